// SPDX-License-Identifier: Apache-2.0
#include "query/levels.hpp"

#include <algorithm>
#include <map>

namespace casemetry::question {
namespace {

const DimensionLevel* level_at(const Cube& cube, std::size_t position) {
  const std::size_t dimensions = cube.dimensions().size();
  return position < dimensions ? nullptr : &cube.levels()[position - dimensions];
}

// The name of a label in its hierarchy, if it has one.
std::string name_of(const DimensionLabels& dimension, const std::string& label) {
  if (!dimension.hierarchy) return {};
  const auto code = std::ranges::lower_bound(*dimension.hierarchy, label, {}, &HierarchyCode::code);
  return code != dimension.hierarchy->end() && code->code == label ? code->name : std::string();
}

/// The codes of dimensions by what these are called.
class CodesByName {
 public:
  explicit CodesByName(const Cube& cube) : cube_(cube), names_(names_of(cube)) {}

  std::optional<Expression> operator()(const Expression& expression) {
    Expression::Node node = expression.node();
    using enum Operation;
    if (node.operation == in || node.operation == not_in) {
      for (Literal& value : node.values) replace(node.children.front(), value);
      return Expression(std::move(node));
    }
    if (node.operation != equal && node.operation != not_equal) return std::nullopt;
    for (const std::size_t side : {0U, 1U}) {
      if (node.children[side].node().operation != literal) continue;
      Expression::Node value = node.children[side].node();
      replace(node.children[1 - side], value.value);
      node.children[side] = Expression(std::move(value));
    }
    return Expression(std::move(node));
  }

 private:
  using Codes = std::map<std::string, std::string>;

  void replace(const Expression& column, Literal& literal) {
    const auto* text = std::get_if<std::string>(&literal);
    if (text == nullptr || column.node().operation != Operation::column) return;
    const Codes& codes = codes_of(column.node().name);
    if (const auto code = codes.find(*text); code != codes.end()) literal = code->second;
  }

  // What is a label itself stands for itself.
  const Codes& codes_of(const std::string& name) {
    const auto [codes, is_new] = codes_.try_emplace(name);
    const auto position = std::ranges::find(names_, name);
    if (!is_new || position == names_.end()) return codes->second;
    const DimensionLabels& dimension = labels_at(cube_, static_cast<std::size_t>(position - names_.begin()));
    const std::vector<std::string> shown = shown_labels(dimension);
    for (std::size_t i = 0; i < shown.size(); ++i) codes->second.emplace(shown[i], dimension.labels[i]);
    for (const std::string& label : dimension.labels) codes->second.erase(label);
    return codes->second;
  }

  const Cube& cube_;
  std::vector<std::string> names_;
  std::map<std::string, Codes> codes_;
};

}  // namespace

std::vector<std::string> names_of(const Cube& cube) {
  std::vector<std::string> names;
  for (const DimensionLabels& dimension : cube.dimensions()) names.push_back(dimension.id);
  for (const DimensionLevel& level : cube.levels()) names.push_back(level.labels.id);
  return names;
}

const DimensionLabels& labels_at(const Cube& cube, std::size_t position) {
  const DimensionLevel* level = level_at(cube, position);
  return level != nullptr ? level->labels : cube.dimensions()[position];
}

std::size_t dimension_at(const Cube& cube, std::size_t position) {
  const DimensionLevel* level = level_at(cube, position);
  return level != nullptr ? level->dimension : position;
}

std::span<const std::uint32_t> codes_at(const Cube& cube, std::size_t position) {
  const DimensionLevel* level = level_at(cube, position);
  return level != nullptr ? std::span<const std::uint32_t>(level->codes) : std::span<const std::uint32_t>();
}

std::optional<std::size_t> above(const Cube& cube, std::size_t position) {
  const std::size_t dimensions = cube.dimensions().size();
  const std::size_t dimension = dimension_at(cube, position);
  std::optional<std::size_t> coarser;  // levels stand coarsest first, and the dimension itself is the finest
  for (std::size_t i = 0; i < cube.levels().size() && i + dimensions != position; ++i)
    if (cube.levels()[i].dimension == dimension) coarser = i + dimensions;
  return coarser;
}

std::optional<std::size_t> below(const Cube& cube, std::size_t position) {
  const std::size_t dimension = dimension_at(cube, position);
  if (position == dimension) return std::nullopt;
  const std::size_t next = position + 1;
  const bool is_level = next < cube.dimensions().size() + cube.levels().size();
  return is_level && dimension_at(cube, next) == dimension ? next : dimension;
}

std::vector<std::uint32_t> parents_at(const Cube& cube, std::size_t position) {
  const auto parent = above(cube, position);
  if (!parent) return {};
  const auto here = codes_at(cube, position);
  const auto up = codes_at(cube, *parent);
  if (here.empty()) return {up.begin(), up.end()};
  std::vector<std::uint32_t> parents(labels_at(cube, position).labels.size() + 1);
  for (std::size_t code = 0; code < here.size(); ++code) parents[here[code]] = up[code];
  return parents;
}

std::vector<std::string> shown_labels(const DimensionLabels& dimension) {
  std::map<std::string, int> times;
  std::vector<std::string> shown;
  for (const std::string& label : dimension.labels) {
    const std::string name = name_of(dimension, label);
    shown.push_back(name.empty() ? label : name);
    ++times[shown.back()];
  }
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (times[shown[i]] > 1 && shown[i] != dimension.labels[i]) shown[i] += "（" + dimension.labels[i] + "）";
  return shown;
}

std::uint32_t code_called(const DimensionLabels& dimension, const std::string& meant) {
  const std::vector<std::string> shown = shown_labels(dimension);
  for (const std::span<const std::string> labels : {std::span<const std::string>(dimension.labels), std::span(shown)})
    if (const auto place = std::ranges::find(labels, meant); place != labels.end())
      return static_cast<std::uint32_t>(place - labels.begin());
  throw QueryError(hinted("'" + dimension.id + "' has no label '" + meant + "'", meant, shown));
}

Expression with_codes(const Cube& cube, const Expression& where) {
  return replaced(where, CodesByName(cube));
}

}  // namespace casemetry::question
