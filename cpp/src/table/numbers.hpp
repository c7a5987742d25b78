// SPDX-License-Identifier: Apache-2.0
/// \file
/// Numbers and yes or no as they are written, and back. Nothing is rounded: what does not fit is not read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casemetry {

/// Digits after the point that a decimal may have.
inline constexpr int greatest_scale = 18;

/// `9,662`, `-3.50`, full-width or not, times ten to the scale. Nothing for a value with more digits than the scale
/// (zeros at the end apart), for commas that are not between thousands, or for scientific notation.
std::optional<std::int64_t> read_number(std::string_view text, int scale);

/// The same number at another scale; nothing if digits would be lost or it does not fit.
std::optional<std::int64_t> rescaled(std::int64_t number, int from, int to);

/// True for what an integer is printed as: no sign but a minus, no leading zeros, at most 18 digits.
bool is_canonical_integer(std::string_view text);

/// true/false, 1/0, yes/no, y/n, t/f, 是/否, of any case and width.
std::optional<bool> read_boolean(std::string_view text);

/// A double as the shortest decimal that reads back as it.
struct ShortestDecimal {
  std::int64_t digits;  ///< all of them, with the sign
  int scale;            ///< how many stand after the point; negative if zeros follow
};
ShortestDecimal shortest_decimal(double value);

}  // namespace casemetry
