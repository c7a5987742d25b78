// SPDX-License-Identifier: Apache-2.0
#include "units/set_limits.hpp"

#include <algorithm>
#include <functional>

namespace casemetry::counting {
namespace {

// Members are in order.
std::size_t different(std::span<const std::uint32_t> members) {
  if (members.size() <= most_members_of_a_set) return members.size();
  std::size_t count = 1;
  for (std::size_t place = 1; place < members.size(); ++place) count += members[place] != members[place - 1] ? 1 : 0;
  return count;
}

std::size_t first_row(const Column& column, std::size_t set) {
  return std::visit(
      [set](auto codes) { return static_cast<std::size_t>(std::ranges::find(codes, set) - codes.begin()); },
      column.codes());
}

}  // namespace

void refuse_large_sets(const Column& column, const std::string& place,
                       const std::function<std::string(std::size_t)>& row_text) {
  if (column.type() != Type::set) return;
  if (column.labels().size() > most_members_of_a_column)
    throw DataError(place + ": " + std::to_string(column.labels().size()) +
                    " different members, and a column of sets has at most 65536; give members that are the same one "
                    "name by aliases, or take a coarser column");
  for (std::size_t set = 0; set < column.sets().size(); ++set) {
    const std::size_t count = different(column.sets()[set]);
    if (count > most_members_of_a_set)
      throw DataError(place + ", " + row_text(first_row(column, set)) + ": " + std::to_string(count) +
                      " different members, and a set has at most 64; make smaller units, or take a coarser column");
  }
}

}  // namespace casemetry::counting
