// SPDX-License-Identifier: Apache-2.0
// What the expression of a unit's column reads, by where it stands.
#pragma once

#include <casemetry/expression.hpp>
#include <string>
#include <vector>

namespace casemetry::counting {

/// The columns outside collapse calls: the unit's own.
std::vector<std::string> own_columns(const Expression& expression);
/// The columns inside them: the source's.
std::vector<std::string> source_columns(const Expression& expression);
/// Whether it counts working days.
bool needs_holidays(const Expression& expression);

/// The expression over columns only: a collapse call or a pattern is a column called by `call_name`, `found(x)` one by
/// `found_name`. Either begins with a control character, as no column's name does.
Expression over_columns(const Expression& expression);
std::string call_name(const Expression& call);
std::string found_name(const std::string& lookup);

}  // namespace casemetry::counting
