// SPDX-License-Identifier: Apache-2.0
// Code points of UTF-8 text, strictly: no overlong form, no surrogate, nothing beyond U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace casemetry::language {

struct Point {
  char32_t value = 0;
  std::size_t length = 0;  // in bytes
};

// The code point that begins at byte `at`; nothing if the bytes are not UTF-8.
std::optional<Point> point_at(std::string_view text, std::size_t at);

bool is_utf8(std::string_view text);

void append_point(std::string& text, char32_t point);

// `U+200B`, for what cannot be shown.
std::string code_of(char32_t point);

}  // namespace casemetry::language
