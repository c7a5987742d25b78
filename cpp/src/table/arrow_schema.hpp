// SPDX-License-Identifier: Apache-2.0
/// \file
/// The schemas of what is handed out as Arrow.
#pragma once

#include <casemetry/arrow.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casemetry {

/// The format of a column, and of what its lists or its dictionary hold.
struct ArrowForm {
  std::string format;
  std::string_view items;
};

ArrowForm arrow_form_of(const ArrowColumn& column);

/// A batch of these columns by name. `metadata`: the bytes of the interface, none if it is empty.
ArrowSchema arrow_schema(const std::vector<std::pair<std::string, ArrowForm>>& columns, std::string metadata);

/// Releases the parts of a schema or array. A consumer may have moved one away, which then is his to release.
template <class Structure>
void release_parts(std::vector<Structure>& children, Structure* dictionary) {
  for (Structure& child : children)
    if (child.release != nullptr) child.release(&child);
  if (dictionary != nullptr && dictionary->release != nullptr) dictionary->release(dictionary);
}

}  // namespace casemetry
