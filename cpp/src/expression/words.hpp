// SPDX-License-Identifier: Apache-2.0
// The words of the language: its keywords, operators and functions, and how names and constants are spelled.
#pragma once

#include <casemetry/expression.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::language {

inline constexpr std::size_t greatest_depth = 200;
inline constexpr std::size_t greatest_size = 100'000;
inline constexpr int greatest_scale = 18;
inline constexpr Date first_day{std::chrono::days(-719'162)};  // 0001-01-01
inline constexpr Date last_day{std::chrono::days(2'932'896)};  // 9999-12-31
inline constexpr std::size_t any_number = greatest_size;

// A function of the language and how many arguments it takes.
struct Function {
  std::string_view name;
  Operation operation;
  std::size_t least;
  std::size_t most;
  std::string_view usage;
};

const Function* function_named(std::string_view name);
const Function* function_of(Operation operation);
std::vector<std::string> function_names();

// Whether it makes one value of the many rows of a unit.
bool collapses(Operation operation);

// Whether it takes the value at some time: `earliest(x by t)`.
bool is_timed(Operation operation);

// Whether it has values, or the name of a list of them, besides its child.
bool has_values(Operation operation);

// `==`, `<`, `not in`, `and`; empty for what is no operator.
std::string_view symbol_of(Operation operation);

// The keyword that this is when its letters are made small, or empty.
std::string_view keyword_like(std::string_view word);

// Whether a letter, digit or underscore that a name may hold without backticks.
bool is_name_point(char32_t point);
// Whether a name reads back without backticks.
bool is_bare_name(std::string_view name);

std::string spelled_name(std::string_view name);
std::string spelled(const Literal& literal);

// Throws the one fault of a lone expression.
[[noreturn]] void fail(std::string_view message, std::optional<std::size_t> position);

}  // namespace casemetry::language
