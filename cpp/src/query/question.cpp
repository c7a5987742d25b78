// SPDX-License-Identifier: Apache-2.0
#include "query/question.hpp"

#include <algorithm>

#include "query/compare.hpp"
#include "query/levels.hpp"
#include "query/text.hpp"
#include "query/top.hpp"
#include "query/versions.hpp"

namespace casemetry::question {
namespace {

void refuse_repeats(std::span<const std::string> names, const std::string& what) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::ranges::count(names.first(i), names[i]) > 0)
      throw QueryError(what + " '" + names[i] + "' is asked twice; name it once");
}

void check_comparisons(const Query& asked) {
  const auto known = known_comparisons();
  for (const std::string& name : asked.compare) {
    if (std::ranges::count(known, name) == 0)
      throw QueryError("there is no comparison '" + name + "'; " + suggestion(name, known));
    if (is_with_whole(name) && asked.by.empty())
      throw QueryError("compare='" + name + "' needs cells that are parts of it; give dimensions in by");
    if (!is_with_whole(name) && !asked.period)
      throw QueryError("compare='" + name + "' needs a period to compare; give one, such as period='2024-01..2024-09'");
  }
}

void check_top(const Query& asked) {
  if (!asked.top) return;
  const auto known = amounts();
  if (asked.top->n == 0) throw QueryError("the largest 0 cells are none; ask for the top 1 or more");
  if (asked.by.empty()) throw QueryError("top needs cells to choose among; give dimensions in by");
  if (!asked.top->by.empty() && std::ranges::count(known, asked.top->by) == 0)
    throw QueryError("cells have no amount '" + asked.top->by + "'; " + suggestion(asked.top->by, known));
}

}  // namespace

std::vector<std::size_t> positions_of(const Cube& cube, std::span<const std::string> names) {
  const std::vector<std::string> known = names_of(cube);
  std::vector<std::size_t> positions;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(known, name);
    if (found == known.end())
      throw QueryError("the cube has no dimension '" + name + "'; " +
                       (known.empty() ? "it was built without any: build it by '" + name + "'"
                                      : suggestion(name, known) + " or build it by '" + name + "' too"));
    positions.push_back(static_cast<std::size_t>(found - known.begin()));
  }
  return positions;
}

Query checked(const Cube& cube, Query asked) {
  if (asked.indicators.empty()) asked.indicators = cube.indicators();
  refuse_repeats(asked.indicators, "indicator");
  refuse_repeats(asked.by, "dimension");
  refuse_repeats(asked.compare, "comparison");
  if (asked.where) asked.where = with_codes(cube, *asked.where);
  if (asked.versions.empty()) asked.versions = like_for_like;
  check_versions(asked.versions);
  check_comparisons(asked);
  check_top(asked);
  if (!(asked.level > 0 && asked.level < 1))
    throw QueryError("level " + shortest(asked.level) + " is no coverage between 0 and 1; write 0.95 for 95 %");
  return asked;
}

}  // namespace casemetry::question
