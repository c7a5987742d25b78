// SPDX-License-Identifier: Apache-2.0
#include "units/grouping.hpp"

#include <tbb/enumerable_thread_specific.h>

namespace casemetry::counting {
Grouping::Grouping(const Keys& keys, std::size_t chunk, Scratch& scratch)
    : arrangement_(keys, Arrangement::parts_for(keys.rows(), chunk), chunk, scratch.cells<std::uint64_t>(keys.rows())),
      units_(keys.rows()),
      begin_rows_(arrangement_.parts() + 1),
      begin_units_(arrangement_.parts() + 1) {
  const std::size_t parts = arrangement_.parts();
  const std::span<const std::uint64_t> hashes = scratch.cells<std::uint64_t>(rows());
  for (std::size_t part = 0; part < parts; ++part)
    begin_rows_[part + 1] = begin_rows_[part] + arrangement_.rows_of(part);
  std::vector<std::vector<std::uint32_t>> first_rows(parts);
  tbb::enumerable_thread_specific<Workspace> workspaces;
  for_each_task(parts, [&](std::size_t part) {
    Workspace& workspace = workspaces.local();
    number_units(part, hashes, workspace);
    first_rows[part].assign(workspace.first_rows.begin(), workspace.first_rows.end());
  });
  for (std::size_t part = 0; part < parts; ++part)
    begin_units_[part + 1] = begin_units_[part] + first_rows[part].size();
  first_rows_.resize(begin_units_.back());
  for_each_task(parts, [&](std::size_t part) {
    std::ranges::copy(first_rows[part], first_rows_.begin() + static_cast<std::ptrdiff_t>(begin_units_[part]));
  });
}

void Grouping::number_units(std::size_t part, std::span<const std::uint64_t> hashes, Workspace& workspace) {
  workspace.numbers.clear(arrangement_.rows_of(part), arrangement_.part_bits());
  workspace.first_rows.clear();
  std::uint32_t* unit = units_.data() + begin_rows_[part];
  const auto number = [&](std::size_t chunk, std::size_t entry, std::size_t end) {
    const std::size_t begin = arrangement_.begin(chunk);
    const std::uint16_t* places = arrangement_.places(chunk).data() + (entry - begin);
    workspace.numbers.number(hashes.subspan(entry, end - entry), unit, [&](std::size_t i) {
      workspace.first_rows.push_back(static_cast<std::uint32_t>(begin + places[i]));
    });
    unit += end - entry;
  };
  arrangement_.visit(part, number, [&](std::size_t entry) { fetch(hashes.data() + entry); });
}

}  // namespace casemetry::counting
