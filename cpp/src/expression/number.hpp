// SPDX-License-Identifier: Apache-2.0
// Integers, decimals and dates as they are written in the language.
#pragma once

#include <casemetry/expression.hpp>
#include <string_view>

namespace casemetry::language {

// The constant that a word beginning with a digit or minus spells: `12`, `-3.50`, `2024-03-01`. Throws DefinitionError
// at `position` if it spells none.
Literal read_number(std::string_view word, std::size_t position);

}  // namespace casemetry::language
