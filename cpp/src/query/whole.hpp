// SPDX-License-Identifier: Apache-2.0
/// \file
/// Wholes: the larger cells that the cells of a question are parts of.
#pragma once

#include "query/counts.hpp"

namespace casemetry::question {

/// For each cell the whole that it is a part of, or `nowhere`; wholes are numbered from 0.
struct Wholes {
  std::size_t size = 0;
  std::vector<std::uint32_t> of_cell;
};

/// All cells are parts of one.
Wholes total_of(const Cells& cells);

/// One level up: cells with the same labels but for the last dimension, and there with labels that have the same
/// parent. `parents`: for each code of the last dimension, the missing one last, a number that is its parent's; empty:
/// it has no levels, and all labels are parts of the total over it.
Wholes parents_of(const Cells& cells, std::size_t dimensions, std::span<const std::uint32_t> parents = {});

/// The whole that the cells of each group are parts of; `nowhere` if they are parts of different ones. `groups` has for
/// each cell its group, less than `size`, or `nowhere`.
std::vector<std::uint32_t> common_wholes(std::span<const std::uint32_t> of_cell, std::span<const std::uint32_t> groups,
                                         std::size_t size);

}  // namespace casemetry::question
