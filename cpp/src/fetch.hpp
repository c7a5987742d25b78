// SPDX-License-Identifier: Apache-2.0
// Memory that is fetched before it is read.
#pragma once

#include <cstddef>

namespace casemetry {

/// How much of a run of cells is fetched: what the processor needs until it follows by itself.
inline constexpr std::size_t lines_of_a_run = 4;

/// Has the first cache lines of some cells fetched.
template <class Cell>
void fetch(const Cell* cells, std::size_t lines = lines_of_a_run) {
#if defined(__GNUC__)
  constexpr std::size_t line = 64;
  for (std::size_t i = 0; i < lines; ++i) __builtin_prefetch(reinterpret_cast<const char*>(cells) + i * line);
#else
  static_cast<void>(cells);
  static_cast<void>(lines);
#endif
}

}  // namespace casemetry
