// SPDX-License-Identifier: Apache-2.0
// Names in messages, and names that must be known.
#pragma once

#include <casemetry/error.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace casemetry::value {

/// `'a', 'b'`
inline std::string quoted(const auto& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

/// Throws QueryError, `<what> 'x'; did you mean 'y'?`, for the first name that is not known.
inline void must_be_known(std::span<const std::string> names, const std::set<std::string>& known,
                          const std::string& what) {
  for (const std::string& name : names) {
    if (known.contains(name)) continue;
    throw QueryError(hinted(what + " '" + name + "'", name, std::vector(known.begin(), known.end())));
  }
}

}  // namespace casemetry::value
