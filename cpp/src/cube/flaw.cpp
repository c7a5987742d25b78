// SPDX-License-Identifier: Apache-2.0
#include "cube/flaw.hpp"

#include <algorithm>
#include <casemetry/rules.hpp>
#include <initializer_list>
#include <limits>
#include <set>
#include <utility>
#include <vector>

#include "cube/content.hpp"
#include "int128.hpp"
#include "written.hpp"

namespace casemetry::value {
namespace {

/// Looks for a flaw of one block, and keeps the first.
class Inspection {
 public:
  Inspection(const Cube::Data& cube, const Block& block) : cube_(cube), block_(block) {}

  std::optional<std::string> flaw() && {
    for_all_columns(block_, [&](const auto& holder, const auto& column) { nothing_negative(holder, column); });
    if (flaw_) return std::move(flaw_);  // what follows takes for granted that no count is negative
    for (const AggregateCounts& counts : block_.aggregates) inspect(counts);
    for (const JointCounts& counts : block_.proportions) inspect(counts);
    return std::move(flaw_);
  }

 private:
  using Counts = std::vector<std::int64_t>;

  void found(std::size_t cell, const std::string& what) {
    if (!flaw_) flaw_ = what + " in the cell " + cell_text(cube_, block_, cell);
  }

  template <class Holder>
  void nothing_negative(const Holder& holder, const Numbers<Holder, std::int64_t>& column) {
    const Counts& numbers = holder.*column.cells;
    const auto negative = std::ranges::find_if(numbers, [](std::int64_t number) { return number < 0; });
    if (negative == numbers.end()) return;
    found(static_cast<std::size_t>(negative - numbers.begin()),
          name_of(holder) + ": '" + column.name + "' would be " + std::to_string(*negative));
  }
  template <class Holder>
  void nothing_negative(const Holder&, const Numbers<Holder, Wide>&) {}  // a sum may be negative
  template <class Holder>
  void nothing_negative(const Holder& holder, const Histograms<Holder>& column) {
    const auto& offsets = holder.*column.offsets;
    for (std::size_t cell = 0; cell + 1 < offsets.size(); ++cell) {
      for (auto k = static_cast<std::size_t>(offsets[cell]); k < static_cast<std::size_t>(offsets[cell + 1]); ++k) {
        const std::int32_t day = (holder.*column.days)[k];
        const std::int64_t count = (holder.*column.counts)[k];
        if (count <= 0)
          found(cell, name_of(holder) + ": '" + column.name + "' of " + std::to_string(day) + " days would be " +
                          std::to_string(count));
        if (k > static_cast<std::size_t>(offsets[cell]) && (holder.*column.days)[k - 1] >= day)
          found(cell, name_of(holder) + ": '" + column.name + "' is not in ascending order");
      }
    }
  }

  void inspect(const AggregateCounts& counts) {
    const std::string name = name_of(counts);
    at_most(block_.units, {&counts.yes, &counts.unknown, &counts.not_applicable}, name, "units");
    at_most(counts.yes, {&counts.n}, name, "units that are true");
    measured(counts, name);
    Counts lengths;
    for (std::size_t cell = 0; cell + 1 < counts.offsets.size(); ++cell) lengths.push_back(total(counts, cell));
    at_most(counts.yes, {&lengths}, name, "units that are true");
  }

  void inspect(const JointCounts& counts) {
    const std::string name = name_of(counts);
    at_most(block_.units,
            {&counts.known, &counts.numerator_unknown, &counts.both_unknown, &counts.denominator_unknown_n_false,
             &counts.denominator_unknown_n_true},
            name, "units");
    at_most(counts.known, {&counts.both_true}, name, "units of the denominator");
  }

  static std::int64_t of(const Counts& counts, std::size_t cell) { return counts.empty() ? 0 : counts[cell]; }

  static std::int64_t total(const AggregateCounts& counts, std::size_t cell) {
    std::int64_t sum = 0;
    for (auto k = static_cast<std::size_t>(counts.offsets[cell]);
         k < static_cast<std::size_t>(counts.offsets[cell + 1]); ++k)
      if (__builtin_add_overflow(sum, counts.day_counts[k], &sum)) return std::numeric_limits<std::int64_t>::max();
    return sum;
  }

  // A column at a time, which compilers make quick.
  void at_most(const Counts& whole, std::initializer_list<const Counts*> parts, const std::string& name,
               const char* what) {
    if (std::ranges::all_of(parts, [](const Counts* part) { return part->empty(); })) return;
    Counts rest = whole.empty() ? Counts(block_.cells()) : whole;
    for (const Counts* part : parts) {
      for (std::size_t cell = 0; cell < part->size(); ++cell) rest[cell] -= (*part)[cell];
      const auto less = std::ranges::find_if(rest, [](std::int64_t count) { return count < 0; });
      if (less == rest.end()) continue;
      const auto cell = static_cast<std::size_t>(less - rest.begin());
      return found(cell, name + " would count more than the " + std::to_string(of(whole, cell)) + " " + what);
    }
  }

  void measured(const AggregateCounts& counts, const std::string& name) {
    if (counts.sum.empty() && counts.sum_of_squares.empty()) return;
    for (std::size_t cell = 0; cell < block_.cells(); ++cell) {
      const int128 sum = counts.sum.empty() ? 0 : as_int128(counts.sum[cell]);
      const int128 squares = counts.sum_of_squares.empty() ? 0 : as_int128(counts.sum_of_squares[cell]);
      if (squares < 0) found(cell, name + ": 'sum_of_squares' would be negative");
      if (of(counts.n, cell) == 0 && (sum != 0 || squares != 0))
        found(cell, name + " would have a sum of no values that is not 0");
    }
  }

  const Cube::Data& cube_;
  const Block& block_;
  std::optional<std::string> flaw_;
};

std::optional<std::string> flaw_of(const Cube::Data& cube, const std::string& unit, const AggregateCounts& counts) {
  if (counts.scale < 0 || counts.scale > 18) return "the scale of '" + counts.aggregate + "' is none";
  const auto& all = cube.catalogue.definitions().aggregates;
  const auto defined = std::ranges::find(all, counts.aggregate, &Aggregate::id);
  if (defined == all.end()) return "its definitions lack its aggregate '" + counts.aggregate + "'";
  if (defined->unit != unit) return "aggregate '" + counts.aggregate + "' does not count unit '" + unit + "'";
  return std::nullopt;
}

// Those that are listed, and those that the rows of its table told.
std::set<std::string, std::less<>> groups_of(const Cube::Data& cube, const casemetry::Grouping& grouping) {
  std::set<std::string, std::less<>> groups;
  for (const SourceGroup& group : grouping.groups) groups.insert(group.name);
  if (!grouping.rest.empty()) groups.insert(grouping.rest);
  const auto told = cube.groupings.find(grouping.id);
  if (told == cube.groupings.end()) return groups;
  for (const GroupedSource& row : told->second) groups.insert(row.group);
  return groups;
}

// As it is written when leads are counted.
Pattern pattern_written(const std::string& label) {
  Pattern pattern = Pattern::parse(label);
  if (pattern.text() != label) throw DataError("'" + label + "' is a pattern that is written '" + pattern.text() + "'");
  pattern.size();
  return pattern;
}

// `grouping`: null if each source is a group of its own.
std::optional<std::string> flaw_of_patterns(const Cube::Data& cube, const DimensionLabels& dimension,
                                            const casemetry::Grouping* grouping) {
  const auto groups = grouping == nullptr ? std::set<std::string, std::less<>>() : groups_of(cube, *grouping);
  for (const std::string& label : dimension.labels) {
    try {
      for (const auto& [group, members] : pattern_written(label).members)
        if (grouping != nullptr && !groups.contains(group))
          return "'" + dimension.id + "' = '" + label + "': grouping '" + grouping->id + "' has no group '" + group +
                 "'";
    } catch (const DataError& error) {
      return "'" + dimension.id + "': " + error.what();
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> flaw_of_patterns(const Cube::Data& cube) {
  const std::vector<casemetry::Grouping>& groupings = cube.catalogue.definitions().groupings;
  for (const DimensionLabels& dimension : cube.dimensions) {
    const auto grouping =
        std::ranges::find(groupings, dimension.id, [](const auto& known) { return pattern_dimension(known.id); });
    const bool is_listed = grouping != groupings.end();
    if (!is_listed && dimension.id != pattern_dimension(identity_grouping)) continue;
    if (auto flaw = flaw_of_patterns(cube, dimension, is_listed ? &*grouping : nullptr)) return flaw;
  }
  return std::nullopt;
}

std::optional<std::string> flaw_of(const Cube::Data& cube) {
  std::set<std::string> dimensions;
  for (const DimensionLabels& dimension : cube.dimensions)
    if (!dimensions.insert(dimension.id).second) return "two dimensions are called '" + dimension.id + "'";
  std::set<std::pair<std::string, std::string>> places;
  for (const Block& block : cube.blocks) {
    if (!places.emplace(block.unit, block.date).second)
      return "unit '" + block.unit + "' by date '" + block.date + "' stands in it twice";
    if (block.has_dimension.size() != cube.dimensions.size())
      return "it does not say which dimensions unit '" + block.unit + "' has";
    for (const AggregateCounts& counts : block.aggregates)
      if (auto flaw = flaw_of(cube, block.unit, counts)) return flaw;
  }
  return std::nullopt;
}

std::optional<std::string> flaw_of(const Cube::Data& cube, const Block& block) {
  return Inspection(cube, block).flaw();
}

std::string cell_text(const Cube::Data& cube, const Block& block, std::size_t cell) {
  std::string text;
  for (std::size_t d = 0; d < cube.dimensions.size(); ++d) {
    if (!block.has_dimension[d]) continue;
    const DimensionLabels& dimension = cube.dimensions[d];
    const std::uint32_t code = block.codes[cell * cube.dimensions.size() + d];
    const std::string label = code < dimension.labels.size() ? "'" + dimension.labels[code] + "'" : "missing";
    text += dimension.id + " = " + label + ", ";
  }
  const std::int32_t month = block.months[cell];
  return text + (month == undated ? "undated" : month_text(month));
}

}  // namespace casemetry::value
