// SPDX-License-Identifier: Apache-2.0
#pragma once
// What may be put into a function of this room. Each check throws DataError, naming the function and the argument.

#include <cstdint>

namespace casemetry::require {

void level(const char* function, double value);
void probability(const char* function, double value);
void count(const char* function, const char* name, std::int64_t value);
void part(const char* function, const char* x_name, std::int64_t x, const char* n_name, std::int64_t n);

}  // namespace casemetry::require
