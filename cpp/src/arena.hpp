// SPDX-License-Identifier: Apache-2.0
// The threads that a call may use.
#pragma once

#include <tbb/task_arena.h>

#include <casemetry/error.hpp>
#include <string>

namespace casemetry {

/// What an action returns or throws, run by so many threads; 0: by all processors. Throws QueryError for a negative
/// number.
template <class Action>
auto on_threads(int threads, const Action& action) {
  if (threads < 0) throw QueryError("threads: " + std::to_string(threads) + " is none; 0 stands for all processors");
  tbb::task_arena arena(threads > 0 ? threads : tbb::task_arena::automatic);
  return arena.execute(action);
}

}  // namespace casemetry
