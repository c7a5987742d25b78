// SPDX-License-Identifier: Apache-2.0
/// \file
/// The catalogues that come with the library, in the exchanged form: a source that the build writes.
#pragma once

#include <span>
#include <string_view>

namespace casemetry::definition {

struct Shipped {
  std::string_view id;
  std::string_view json;
};

/// All, sorted by id.
std::span<const Shipped> shipped();

}  // namespace casemetry::definition
