// SPDX-License-Identifier: Apache-2.0
#include "table/arrow_numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "table/builders.hpp"
#include "table/numbers.hpp"

namespace casemetry {
namespace {

constexpr int most_places = 9;
constexpr double most_exact = 9007199254740992.0;  // 2^53

std::string written(double value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.begin(), text.end(), value).ptr};
}

bool is_whole(double value) {
  return std::trunc(value) == value;
}

// Digits after the point that a value needs.
int places_of(double value) {
  if (!std::isfinite(value) || is_whole(value)) return 0;
  return shortest_decimal(value).scale;
}

std::optional<std::int64_t> number_at(double value, int scale) {
  if (!std::isfinite(value)) return std::nullopt;
  if (is_whole(value)) {
    if (std::abs(value) > most_exact) return std::nullopt;
    return rescaled(static_cast<std::int64_t>(value), 0, scale);
  }
  const ShortestDecimal decimal = shortest_decimal(value);
  return decimal.scale > scale ? std::nullopt : rescaled(decimal.digits, decimal.scale, scale);
}

}  // namespace

std::optional<std::int64_t> load_128(const void* buffer, std::int64_t index) {
  const auto low = load<std::int64_t>(buffer, 2 * index);
  const auto high = load<std::int64_t>(buffer, 2 * index + 1);
  return high == (low < 0 ? -1 : 0) ? std::optional(low) : std::nullopt;
}

double widened_float(float value) {
  if (!std::isfinite(value)) return value;
  std::array<char, 32> text{};
  const char* end = std::to_chars(text.begin(), text.end(), value).ptr;
  double wide = 0;
  std::from_chars(text.data(), end, wide);
  return wide;
}

ColumnData FloatingBuilder::finish() && {
  int scale = 0;
  for (const double value : values_)
    if (const int places = places_of(value); places <= most_places) scale = std::max(scale, places);
  NumberBuilder cells(scale == 0 ? Type::integer : Type::decimal, std::move(name_), missing_number);
  for (const double value : values_) {
    if (std::isnan(value)) {
      cells.add_missing();
    } else if (const auto number = number_at(value, scale)) {
      cells.add(*number);
    } else {
      cells.add_unreadable(written(value));
    }
  }
  return std::move(cells).finish(scale);
}

}  // namespace casemetry
