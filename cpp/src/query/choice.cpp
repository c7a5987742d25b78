// SPDX-License-Identifier: Apache-2.0
#include "query/choice.hpp"

#include <algorithm>
#include <numeric>

#include "query/levels.hpp"
#include "query/question.hpp"

namespace casemetry::question {
namespace {

using Definition = std::optional<ColumnDefinition>;

Definition definition_of(const Catalogue& catalogue, const std::string& dimension, const std::string& unit) {
  const auto name = catalogue.dimension_column(dimension, unit);
  const ColumnDefinition* column = name ? catalogue.column(unit, *name) : nullptr;
  return column != nullptr ? Definition(*column) : std::nullopt;
}

// What a further unit says of the same dimension: its values are listed too; a type of its own makes it text.
void join(ColumnDefinition& joined, const Definition& other) {
  if (!other || other->type != joined.type || other->scale != joined.scale) {
    joined = {.name = joined.name};
  } else if (joined.values.empty() || other->values.empty()) {
    joined.values.clear();
  } else {
    for (const std::string& value : other->values)
      if (std::ranges::find(joined.values, value) == joined.values.end()) joined.values.push_back(value);
  }
}

bool has_bands(const Catalogue& catalogue, const std::string& dimension) {
  const Dimension* declared = catalogue.dimension(dimension);
  return declared != nullptr && !declared->bands.empty();
}

}  // namespace

ColumnDefinition column_of(const Cube& cube, std::size_t position) {
  const std::size_t dimension = dimension_at(cube, position);
  const std::string& name = labels_at(cube, position).id;
  if (position != dimension) return {.name = name};
  if (has_bands(cube.catalogue(), name))
    return {.name = name, .type = Type::category, .values = cube.dimensions()[dimension].declared};
  std::optional<ColumnDefinition> joined;
  for (const Block& block : cube.blocks()) {
    if (!block.has_dimension[dimension]) continue;
    const Definition definition = definition_of(cube.catalogue(), name, block.unit);
    if (joined) {
      join(*joined, definition);
    } else {
      joined = definition.value_or(ColumnDefinition{});
      joined->name = name;
    }
  }
  return joined.value_or(ColumnDefinition{.name = name});
}

namespace {

/// The dimensions of a cube as columns, by name.
class Columns {
 public:
  Columns(const Cube& cube, std::span<const std::size_t> dimensions) {
    for (const std::size_t dimension : dimensions) definitions_.push_back(column_of(cube, dimension));
  }

  const ColumnDefinition* find(std::string_view name) const {
    const auto found = std::ranges::find(definitions_, name, &ColumnDefinition::name);
    return found == definitions_.end() ? nullptr : &*found;
  }

 private:
  std::vector<ColumnDefinition> definitions_;
};

/// The labels of combinations of dimensions, a row each, as columns of the types that are declared.
class Labels {
 public:
  Labels(const Cube& cube, std::span<const std::size_t> dimensions, const Cells& combinations) {
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      const DimensionLabels& of = labels_at(cube, dimensions[d]);
      std::vector<std::string_view> texts;
      for (std::size_t i = d; i < combinations.codes.size(); i += dimensions.size()) {
        const std::uint32_t code = combinations.codes[i];
        texts.push_back(code < of.labels.size() ? std::string_view(of.labels[code]) : std::string_view());
      }
      const Table table = Table::of({{of.id, std::span<const std::string_view>(texts)}});
      columns_.emplace(of.id, table.columns().front().as(column_of(cube, dimensions[d])));
    }
  }

  const Column& column(std::string_view name) const { return columns_.find(name)->second; }

 private:
  std::map<std::string, Column, std::less<>> columns_;
};

std::vector<Outcome> outcomes_of(const Cube& cube, const Expression& where, std::span<const std::size_t> dimensions,
                                 const Cells& combinations) {
  const Labels labels(cube, dimensions, combinations);
  const BoundPredicate predicate(
      where, [&](std::string_view name) { return labels.column(name); }, cube.catalogue().definitions().lists);
  std::vector<Outcome> outcomes(combinations.size);
  predicate.outcomes(0, outcomes);
  return outcomes;
}

std::int64_t undecided_units(const Block& block, std::span<const Outcome> outcomes, std::span<const Period> steps) {
  std::int64_t units = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const auto holds = [&](const Period& step) {
      return step.first <= block.months[i] && block.months[i] <= step.last;
    };
    if (outcomes[i] == Outcome::unknown && std::ranges::any_of(steps, holds)) units += block.units[i];
  }
  return units;
}

}  // namespace

std::vector<std::size_t> condition_dimensions(const Cube& cube, const std::optional<Expression>& where) {
  if (!where) return {};
  const std::vector<std::size_t> dimensions = positions_of(cube, where->columns());
  const Columns columns(cube, dimensions);
  const Scope scope{.column = [&](std::string_view name) { return columns.find(name); },
                    .column_names = where->columns(),
                    .lists = &cube.catalogue().definitions().lists};
  std::vector<Fault> faults;
  check(*where, scope, true, "where", faults);
  if (!faults.empty()) throw DefinitionError(std::move(faults));
  return dimensions;
}

Choice choice_of(const Cube& cube, const std::optional<Expression>& where, const std::vector<bool>& asked) {
  Choice choice;
  if (!where) return choice;
  const std::vector<std::size_t> dimensions = positions_of(cube, where->columns());
  const Cells combinations = cells_of(cube, dimensions, asked);
  const std::vector<Outcome> outcomes = outcomes_of(cube, *where, dimensions, combinations);
  choice.outcomes.resize(asked.size());
  for (std::size_t b = 0; b < asked.size(); ++b)
    for (const std::uint32_t combination : combinations.of_block[b])
      choice.outcomes[b].push_back(outcomes[combination]);
  return choice;
}

std::map<std::string, std::int64_t> undecided_units(const Cube& cube, const Choice& choice,
                                                    std::span<const Period> steps) {
  std::map<std::string, std::int64_t> by_unit;
  for (std::size_t b = 0; b < choice.outcomes.size(); ++b) {
    const std::int64_t units = undecided_units(cube.blocks()[b], choice.outcomes[b], steps);
    if (units > 0) by_unit[cube.blocks()[b].unit] = std::max(by_unit[cube.blocks()[b].unit], units);
  }
  return by_unit;
}

}  // namespace casemetry::question
