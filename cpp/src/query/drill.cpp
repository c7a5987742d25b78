// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "query/choice.hpp"
#include "query/levels.hpp"
#include "query/question.hpp"

namespace casemetry {
namespace question {
namespace {

Expression is_cell(const Cube& cube, std::size_t position, const std::optional<std::string>& meant) {
  const DimensionLabels& dimension = labels_at(cube, position);
  if (!meant) return is_null(col(dimension.id));
  const std::string& label = dimension.labels[code_called(dimension, *meant)];
  const Type type = column_of(cube, position).type;
  const bool is_text = type == Type::text || type == Type::category;
  return col(dimension.id) == (is_text ? lit(label) : Expression::parse(label));
}

void go_down(std::vector<std::string>& by, const std::string& from, const std::string& to) {
  const auto place = std::ranges::find(by, from);
  if (std::ranges::find(by, to) != by.end()) {
    by.erase(place);
  } else {
    *place = to;
  }
}

}  // namespace
}  // namespace question

Query drill(const Cube& cube, const Query& asked, const std::map<std::string, std::optional<std::string>>& cell) {
  Query down = asked;
  bool is_down = false;
  for (const auto& [name, label] : cell) {
    if (std::ranges::find(asked.by, name) == asked.by.end())
      throw QueryError("the cells are not by '" + name + "'; " +
                       (asked.by.empty() ? "they are one" : suggestion(name, asked.by)));
    const std::size_t position = question::positions_of(cube, {&name, 1}).front();
    const Expression condition = question::is_cell(cube, position, label);
    down.where = down.where ? *down.where && condition : condition;
    const auto below = question::below(cube, position);
    if (!below) continue;
    question::go_down(down.by, name, question::labels_at(cube, *below).id);
    is_down = true;
  }
  if (!is_down)
    throw QueryError(
        "there is no level below this cell: name a label of a level of a hierarchy, such as province='41'");
  return down;
}

}  // namespace casemetry
