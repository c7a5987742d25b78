// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is done to the text of a cell before it is read: blanks cut, wide characters narrowed.
#pragma once

#include <string>
#include <string_view>

namespace casemetry {

/// The text without blanks around it: white space of ASCII and Unicode, the ideographic space among it.
std::string_view without_blanks(std::string_view text);

/// Full-width forms (全角) as ASCII, letters small, no blanks around: how numbers, dates and yes or no are compared.
std::string plain_form(std::string_view text);

/// The text for a message: quoted, cut after 60 bytes, control characters shown as `?`.
std::string in_quotes(std::string_view text);

}  // namespace casemetry
