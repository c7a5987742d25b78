// SPDX-License-Identifier: Apache-2.0
/// \file
/// Numbers as text.
#pragma once

#include <array>
#include <charconv>
#include <string>

namespace casemetry::question {

/// The shortest decimal that reads back as the same number: `0.95`.
inline std::string shortest(double number) {
  std::array<char, 32> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

/// A whole number with zeros before it, to a width: `07`.
inline std::string padded(int number, std::size_t width) {
  const std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace casemetry::question
