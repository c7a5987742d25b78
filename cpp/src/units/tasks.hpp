// SPDX-License-Identifier: Apache-2.0
// How work is shared out among threads.
#pragma once

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>

#include <cstddef>

namespace casemetry::counting {

/// Rows that are enough to be worth a thread.
inline constexpr std::size_t rows_a_task = std::size_t{1} << 16;

/// Runs an action for each of so many things, each a task of its own.
template <class Action>
void for_each_task(std::size_t tasks, const Action& action) {
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, tasks, 1),
      [&](const tbb::blocked_range<std::size_t>& range) {
        for (std::size_t task = range.begin(); task != range.end(); ++task) action(task);
      },
      tbb::simple_partitioner());
}

}  // namespace casemetry::counting
