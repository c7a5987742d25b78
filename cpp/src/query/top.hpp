// SPDX-License-Identifier: Apache-2.0
/// \file
/// The largest cells of a question, and the others as one.
#pragma once

#include "query/counts.hpp"

namespace casemetry::question {

/// The names of the amounts by which cells can be largest.
std::span<const std::string> amounts();

/// What is the size of a cell: the denominator, of an indicator without one the numerator.
std::string size_amount(const Indicator& indicator);

/// The amount of this name; nothing where there is none.
std::optional<double> amount(const Evaluation& evaluation, std::string_view name);

/// Cells as they are shown: the largest ones, then the others as one, if there are any.
struct Shown {
  std::size_t largest = 0;             ///< how many are shown by themselves
  std::size_t others = 0;              ///< how many are added up in one
  std::vector<std::uint32_t> of_cell;  ///< for each cell where it is shown, or `nowhere`
  std::size_t size() const { return largest + (others > 0 ? 1 : 0); }
};

/// The `top.n` greatest amounts first, equal ones in the order of the cells, cells without an amount last.
Shown largest(std::span<const std::optional<double>> amounts, const Top& top);

/// A label for the others, which none of the labels is: `（其他）`.
std::string others_label(std::span<const DimensionLabels> dimensions);

}  // namespace casemetry::question
