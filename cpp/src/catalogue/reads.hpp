// SPDX-License-Identifier: Apache-2.0
/// \file
/// The names that an expression reads, by where they stand.
#pragma once

#include <casemetry/expression.hpp>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/order.hpp"

namespace casemetry::definition {

/// A name, or a call, where it stands in the text.
struct Mention {
  std::string name;
  std::optional<std::size_t> position;
};

struct Reads {
  std::vector<Mention> own;        ///< columns outside collapse calls
  std::vector<Mention> source;     ///< columns inside them
  std::vector<Mention> lookups;    ///< of `found(name)`
  std::vector<Mention> groupings;  ///< of patterns
  std::vector<Mention> collapses;  ///< the calls: `max`, `only`
  bool holidays = false;           ///< whether it matters which days are holidays
};

Reads reads_of(const Expression& expression);

Names names_of(const std::vector<Mention>& mentions);

}  // namespace casemetry::definition
