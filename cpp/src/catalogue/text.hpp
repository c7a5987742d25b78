// SPDX-License-Identifier: Apache-2.0
/// \file
/// What may stand as an id.
#pragma once

#include <casemetry/catalogue.hpp>
#include <string_view>

namespace casemetry::definition {

/// An id begins with a letter of any script or `_`, and goes on with letters, digits and `_`. Beyond ASCII everything
/// counts as a letter but spaces, controls, and the punctuation of Chinese and full-width text.
bool begins_id(char32_t point);
bool continues_id(char32_t point);

/// The id of what is made for a lead set: its own and others joined by dots and, after `@`, that of a grouping; or its
/// own and `leads`, `out_of_order` or `no_stage`.
bool is_made_id(std::string_view text, std::string_view lead);

}  // namespace casemetry::definition
