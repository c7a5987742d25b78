// SPDX-License-Identifier: Apache-2.0
#include "query/whole.hpp"

#include <map>

namespace casemetry::question {

Wholes total_of(const Cells& cells) {
  return {1, std::vector<std::uint32_t>(cells.size)};
}

Wholes parents_of(const Cells& cells, std::size_t dimensions, std::span<const std::uint32_t> parents) {
  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers;
  Wholes wholes;
  for (std::size_t cell = 0; cell < cells.size; ++cell) {
    const auto codes = std::span(cells.codes).subspan(cell * dimensions, dimensions);
    std::vector<std::uint32_t> up(codes.begin(), codes.end());
    up.back() = parents.empty() ? 0 : parents[codes.back()];
    wholes.of_cell.push_back(numbers.emplace(std::move(up), static_cast<std::uint32_t>(numbers.size())).first->second);
  }
  wholes.size = numbers.size();
  return wholes;
}

std::vector<std::uint32_t> common_wholes(std::span<const std::uint32_t> of_cell, std::span<const std::uint32_t> groups,
                                         std::size_t size) {
  std::vector<bool> is_found(size);
  std::vector<std::uint32_t> wholes(size, nowhere);
  for (std::size_t cell = 0; cell < groups.size(); ++cell) {
    const std::uint32_t group = groups[cell];
    if (group == nowhere) continue;
    wholes[group] = !is_found[group] || wholes[group] == of_cell[cell] ? of_cell[cell] : nowhere;
    is_found[group] = true;
  }
  return wholes;
}

}  // namespace casemetry::question
