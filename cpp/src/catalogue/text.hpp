// SPDX-License-Identifier: Apache-2.0
/// \file
/// Text as code points, and what may stand as an id.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casemetry::definition {

/// The code points of UTF-8 text; nothing if it is not UTF-8 (overlong forms and surrogates included).
std::optional<std::u32string> code_points(std::string_view text);

/// Code points as UTF-8.
std::string utf8(std::u32string_view points);

/// An id begins with a letter of any script or `_`, and goes on with letters, digits and `_`. Beyond ASCII everything
/// counts as a letter but spaces, controls, and the punctuation of Chinese and full-width text.
bool begins_id(char32_t point);
bool continues_id(char32_t point);
bool is_id(std::string_view text);

}  // namespace casemetry::definition
