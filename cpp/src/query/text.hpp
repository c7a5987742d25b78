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

}  // namespace casemetry::question
