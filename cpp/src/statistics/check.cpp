// SPDX-License-Identifier: Apache-2.0
#include "statistics/check.hpp"

#include <casemetry/error.hpp>
#include <sstream>

namespace casemetry::require {
namespace {

constexpr std::int64_t greatest_count = 1'000'000'000'000'000;

template <typename... Parts>
[[noreturn]] void refuse(const Parts&... parts) {
  std::ostringstream message;
  (message << ... << parts);
  throw DataError(message.str());
}

}  // namespace

void level(const char* function, double value) {
  if (value > 0 && value < 1) return;
  refuse(function, ": level is ", value, "; expected a number between 0 and 1: write 0.95 for 95 %");
}

void probability(const char* function, double value) {
  if (value >= 0 && value <= 1) return;
  refuse(function, ": q is ", value, "; expected a number from 0 to 1: write 0.5 for the median");
}

void count(const char* function, const char* name, std::int64_t value) {
  if (value >= 0 && value <= greatest_count) return;
  refuse(function, ": ", name, " is ", value, "; expected a count from 0 to ", greatest_count);
}

void part(const char* function, const char* x_name, std::int64_t x, const char* n_name, std::int64_t n) {
  count(function, x_name, x);
  count(function, n_name, n);
  if (x <= n) return;
  refuse(function, ": ", x_name, " is ", x, ", more than ", n_name, ", which is ", n,
         "; a part cannot exceed its whole: for a ratio of two separate counts take ratio_exact");
}

}  // namespace casemetry::require
