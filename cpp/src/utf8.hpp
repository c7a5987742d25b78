// SPDX-License-Identifier: Apache-2.0
// Code points of UTF-8 text, strictly: no overlong form, no surrogate, nothing beyond U+10FFFF. What all rooms may use,
// inside.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace casemetry {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  // in bytes
};

// The code point that begins at byte `at`, which the text has; nothing if the bytes there are not UTF-8.
std::optional<CodePoint> code_point_at(std::string_view text, std::size_t at);

bool is_utf8(std::string_view text);

// All code points; nothing if the text is not UTF-8.
std::optional<std::u32string> code_points(std::string_view text);

void append_code_point(std::string& text, char32_t point);

// Code points as UTF-8.
std::string utf8(std::u32string_view points);

}  // namespace casemetry
