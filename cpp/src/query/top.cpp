// SPDX-License-Identifier: Apache-2.0
#include "query/top.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "query/evaluate.hpp"

namespace casemetry::question {

std::span<const std::string> amounts() {
  static const std::array<std::string, 4> names{"denominator", "numerator", "value", "unknown"};
  return names;
}

std::string size_amount(const Indicator& indicator) {
  return is_amount(indicator) ? "numerator" : "denominator";
}

std::optional<double> amount(const Evaluation& evaluation, std::string_view name) {
  if (name == "value") return evaluation.value;
  if (name == "unknown") return static_cast<double>(evaluation.unknown);
  const auto& number = name == "denominator" ? evaluation.denominator : evaluation.numerator;
  return number ? std::optional<double>(*number) : std::nullopt;
}

Shown largest(std::span<const std::optional<double>> amounts, const Top& top) {
  std::vector<std::uint32_t> order(amounts.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater{}, [&](std::uint32_t cell) { return amounts[cell]; });
  const std::size_t kept = std::min(top.n, order.size());
  Shown shown{.largest = kept, .of_cell = std::vector<std::uint32_t>(order.size(), nowhere)};
  if (top.others) shown.others = order.size() - kept;
  for (std::size_t place = 0; place < order.size(); ++place)
    if (place < kept || top.others) shown.of_cell[order[place]] = static_cast<std::uint32_t>(std::min(place, kept));
  return shown;
}

std::string others_label(std::span<const DimensionLabels> dimensions) {
  std::string label = "（其他）";
  const auto is_taken = [&](const DimensionLabels& dimension) {
    return std::ranges::find(dimension.labels, label) != dimension.labels.end();
  };
  while (std::ranges::any_of(dimensions, is_taken)) label = "（" + label + "）";
  return label;
}

}  // namespace casemetry::question
