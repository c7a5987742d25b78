// SPDX-License-Identifier: Apache-2.0
// What a cube is written as and read from, said once for both directions. What belongs to its identity is content (the
// canonical bytes); what tells where it came from is provenance, outside the fingerprint. Whatever else a cube holds
// one day is a line in one of these, beside its member of Cube::Data, with a line in arrow_metadata.cpp, and in
// merge.cpp what becomes of it when cubes add. A kind of count a cell is a line in content.hpp, and nothing else.
#pragma once

#include <casemetry/cube.hpp>
#include <string>
#include <vector>

#include "cube/archive.hpp"
#include "cube/content.hpp"

namespace casemetry::value {

/// Histograms go as how many days each cell has, which narrow widths hold, instead of as offsets.
inline void transfer_histograms(Writer& archive, const std::vector<std::int64_t>& offsets,
                                const std::vector<std::int32_t>& days, const std::vector<std::int64_t>& counts,
                                std::size_t cells) {
  std::vector<std::int64_t> lengths;
  for (std::size_t cell = 0; cell + 1 < offsets.size(); ++cell) lengths.push_back(offsets[cell + 1] - offsets[cell]);
  archive.counts(lengths, cells);
  archive.numbers(days);
  archive.numbers(counts);
}

inline void transfer_histograms(Reader& archive, std::vector<std::int64_t>& offsets, std::vector<std::int32_t>& days,
                                std::vector<std::int64_t>& counts, std::size_t cells) {
  std::vector<std::int64_t> lengths;
  archive.counts(lengths, cells);
  archive.numbers(days);
  archive.numbers(counts);
  archive.must_hold(days.size() == counts.size(), "a histogram has more days than counts, or fewer");
  const auto size = static_cast<std::int64_t>(days.size());
  offsets.assign(lengths.empty() ? 0 : 1, 0);
  for (const std::int64_t length : lengths) {
    archive.must_hold(length >= 0 && length <= size - offsets.back(), "a histogram reaches past its days");
    offsets.push_back(offsets.back() + length);
  }
  archive.must_hold((lengths.empty() ? 0 : offsets.back()) == size, "a histogram has days that no cell has");
}

template <class Archive, class Holder>
void transfer_columns(Archive& archive, Holder& holder, std::size_t cells) {
  for_each_column<std::remove_const_t<Holder>>([&](const auto& column) {
    if constexpr (requires { column.days; }) {
      transfer_histograms(archive, holder.*column.offsets, holder.*column.days, holder.*column.counts, cells);
    } else {
      archive.counts(holder.*column.cells, cells);
    }
  });
}

template <class Archive>
void transfer_block(Archive& archive, Given<Archive, Block>& block) {
  archive(block.unit);
  archive(block.date);
  archive(block.has_dimension);
  archive.numbers(block.codes);
  archive.numbers(block.months);
  const std::size_t cells = block.months.size();
  transfer_columns(archive, block, cells);
  if constexpr (Archive::reads) block.units.resize(cells);
  archive.each(block.aggregates, [&](auto& counts) {
    archive(counts.aggregate);
    archive(counts.scale);
    transfer_columns(archive, counts, cells);
  });
  archive.each(block.proportions, [&](auto& counts) {
    archive(counts.numerator);
    archive(counts.denominator);
    transfer_columns(archive, counts, cells);
  });
}

/// What is above what; what the codes are called stands outside.
template <class Archive>
void transfer_hierarchy(Archive& archive, Given<Archive, std::optional<std::vector<HierarchyCode>>>& hierarchy) {
  bool has_hierarchy = hierarchy.has_value();
  archive(has_hierarchy);
  if (!has_hierarchy) return;
  if constexpr (Archive::reads) hierarchy.emplace();
  archive.each(*hierarchy, [&](auto& code) {
    archive(code.code);
    archive(code.parent);
  });
}

/// The canonical bytes. `hashes`: of the definitions of its dimensions and aggregates.
template <class Archive>
void transfer_content(Archive& archive, Given<Archive, Cube::Data>& cube,
                      Given<Archive, std::vector<std::string>>& hashes) {
  archive(hashes);
  archive.each(cube.dimensions, [&](auto& dimension) {
    archive(dimension.id);
    archive(dimension.labels);
    archive(dimension.listed);
    archive(dimension.declared);
    archive(dimension.closed_in);
    transfer_hierarchy(archive, dimension.hierarchy);
  });
  archive.each(cube.blocks, [&](auto& block) { transfer_block(archive, block); });
}

template <class Archive>
void transfer_report(Archive& archive, Given<Archive, ColumnReport>& report) {
  archive(report.name);
  archive(report.read_as);
  archive(report.rows);
  archive(report.missing);
  archive(report.unreadable);
  archive(report.unlisted);
  archive(report.examples);
}

template <class Archive>
void transfer_report(Archive& archive, Given<Archive, UnitReport>& report) {
  archive(report.unit);
  archive(report.rows);
  archive(report.units);
  archive.each(report.columns, [&](auto& column) {
    archive(column.column);
    archive(column.disagreeing);
    archive(column.skipped);
  });
  archive.each(report.lookups, [&](auto& lookup) {
    archive(lookup.lookup);
    archive(lookup.found);
    archive(lookup.not_found);
    archive(lookup.duplicates);
  });
}

/// Only where a table told groups: other cubes have nothing at this place, the end.
template <class Archive>
void transfer_groupings(Archive& archive,
                        Given<Archive, std::map<std::string, std::vector<GroupedSource>>>& groupings) {
  if constexpr (Archive::reads) {
    if (archive.rest().empty()) return;
  } else {
    if (groupings.empty()) return;
  }
  archive.pairs(groupings, [&](auto& rows) {
    archive.each(rows, [&](auto& row) {
      archive(row.source);
      archive(row.group);
      archive(row.valid_from);
      archive(row.valid_to);
    });
  });
}

/// All that stands outside them, but the catalogue, whose text is `json`.
template <class Archive>
void transfer_provenance(Archive& archive, Given<Archive, Cube::Data>& cube, Given<Archive, std::string>& json) {
  archive(json);
  for (auto& dimension : cube.dimensions) archive(dimension.identifies);
  for (auto& dimension : cube.dimensions)
    if (dimension.hierarchy)
      for (auto& code : *dimension.hierarchy) archive(code.name);
  archive(cube.as_of);
  archive(cube.indicators);
  archive(cube.partitioned_by);
  archive(cube.parts);
  archive(cube.whole);
  archive.numbers(cube.holidays);
  archive.pairs(cube.rows, archive);
  archive.pairs(cube.reports,
                [&](auto& columns) { archive.each(columns, [&](auto& report) { transfer_report(archive, report); }); });
  archive.each(cube.unit_reports, [&](auto& report) { transfer_report(archive, report); });
  archive.pairs(cube.not_available, archive);
  transfer_groupings(archive, cube.groupings);
}

}  // namespace casemetry::value
