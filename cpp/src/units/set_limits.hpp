// SPDX-License-Identifier: Apache-2.0
// How large a set may be, and of how many members a column of sets.
#pragma once

#include <casemetry/table.hpp>
#include <cstddef>
#include <functional>
#include <string>

namespace casemetry::counting {

inline constexpr std::size_t most_members_of_a_set = 64;  // different ones; repeats are not limited
inline constexpr std::size_t most_members_of_a_column = std::size_t{1} << 16;

/// Throws DataError for a column of sets beyond these limits, with `place` and what `row_text` says of the first such
/// row. Linear in the different sets.
void refuse_large_sets(const Column& column, const std::string& place,
                       const std::function<std::string(std::size_t)>& row_text);

}  // namespace casemetry::counting
