// SPDX-License-Identifier: Apache-2.0
#include <casemetry/catalogue.hpp>

#include <set>

#include "catalogue/canonical.hpp"
#include "catalogue/contribution.hpp"
#include "catalogue/faults.hpp"
#include "catalogue/form.hpp"
#include "catalogue/ground.hpp"
#include "catalogue/hash.hpp"
#include "catalogue/history.hpp"
#include "catalogue/only.hpp"
#include "catalogue/patterns.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"

namespace casemetry {

// What form has been told already goes first.
struct Catalogue::Data {
  explicit Data(Definitions given, definition::Faults faults = {})
      : definitions(definition::canonical(std::move(given))), shapes(definition::validate(definitions, faults)) {
    std::move(faults).throw_if_any();
  }
  Definitions definitions;
  definition::Shapes shapes;
};

namespace definition {
namespace {

template <typename Item>
const Item& known(const std::vector<Item>& items, std::string_view id, const std::string& what) {
  if (const Item* item = find(items, id)) return *item;
  throw QueryError(hinted("no " + what + " '" + std::string(id) + "'", id, ids(items)));
}

template <typename Item>
Definitions with(Definitions definitions, std::vector<Item> Definitions::* items, Item item) {
  put(definitions.*items, std::move(item));
  return definitions;
}

[[noreturn]] void fail(const Formula& formula, const Expansion& expansion, const Definitions& definitions) {
  std::string why = expansion.excess;
  if (!expansion.unknown.empty())
    why = hinted("no aggregate '" + expansion.unknown.front() + "'", expansion.unknown.front(),
                 ids(definitions.aggregates));
  throw DefinitionError({Fault{"", formula.text() + ": " + why, std::nullopt}});
}

}  // namespace
}  // namespace definition

Catalogue::Catalogue(Definitions definitions) : data_(std::make_shared<const Data>(std::move(definitions))) {}

Catalogue::Catalogue(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

Catalogue Catalogue::from_json(std::string_view json) {
  definition::Faults faults;
  const auto tree = definition::parse_json(json, faults);
  if (!tree) std::move(faults).throw_if_any();
  Definitions definitions = definition::definitions_of(*tree, faults);
  return Catalogue(std::make_shared<const Data>(std::move(definitions), std::move(faults)));
}

const Definitions& Catalogue::definitions() const {
  return data_->definitions;
}

const Indicator& Catalogue::indicator(std::string_view id) const {
  return definition::known(data_->definitions.indicators, id, "indicator");
}

const Aggregate& Catalogue::aggregate(std::string_view id) const {
  return definition::known(data_->definitions.aggregates, id, "aggregate");
}

const Identity& Catalogue::identity(std::string_view id) const {
  return definition::known(data_->definitions.identities, id, "identity");
}

const TableDefinition* Catalogue::table(std::string_view id) const {
  return definition::find(data_->definitions.tables, id);
}

const UnitDefinition* Catalogue::unit(std::string_view id) const {
  return definition::find(data_->definitions.units, id);
}

std::string Catalogue::root(std::string_view unit_or_table) const {
  while (const UnitDefinition* made = unit(unit_or_table)) unit_or_table = made->from;
  return std::string(unit_or_table);
}

const Dimension* Catalogue::dimension(std::string_view id) const {
  return definition::find(data_->definitions.dimensions, id);
}

const Grouping* Catalogue::grouping(std::string_view id) const {
  return definition::find(data_->definitions.groupings, id);
}

const Dimension* Catalogue::dimension_of_level(std::string_view level) const {
  const auto has_level = [&](const Dimension& dimension) {
    return std::ranges::find(dimension.hierarchy.levels, level) != dimension.hierarchy.levels.end();
  };
  const auto& dimensions = data_->definitions.dimensions;
  const auto found = std::ranges::find_if(dimensions, has_level);
  return found != dimensions.end() ? &*found : nullptr;
}

const ColumnDefinition* Catalogue::column(std::string_view unit_or_table, std::string_view column) const {
  const definition::Shape* shape = data_->shapes.find(unit_or_table);
  return shape != nullptr ? shape->column(column) : nullptr;
}

std::optional<std::string> Catalogue::dimension_column(std::string_view name, std::string_view unit) const {
  const Dimension* dimension = this->dimension(name);
  if (dimension == nullptr || dimension->from.empty()) {
    const bool lacking = this->unit(unit) != nullptr && !data_->shapes.find(unit)->has(name);
    return lacking ? std::nullopt : std::optional(std::string(name));
  }
  const auto column = dimension->from.find(std::string(unit));
  if (column == dimension->from.end()) return std::nullopt;
  return column->second;
}

std::vector<std::string> Catalogue::columns(std::string_view unit_or_table) const {
  definition::Ground ground(data_->definitions);
  for (const Aggregate& aggregate : data_->definitions.aggregates) ground.add(aggregate);
  for (const LeadSet& leads : data_->definitions.leads) ground.add(leads);
  if (!data_->definitions.leads.empty())
    for (const Grouping& grouping : data_->definitions.groupings) ground.add_grouping(grouping.id);
  const auto names = ground.columns().find(unit_or_table);
  if (names == ground.columns().end()) return {};
  return {names->second.begin(), names->second.end()};
}

Formula Catalogue::over_aggregates(const Formula& formula) const {
  definition::Expansion expansion = definition::expand(data_->definitions, formula);
  if (!expansion.whole()) definition::fail(formula, expansion, data_->definitions);
  return std::move(expansion.formula);
}

Basis Catalogue::basis(const Indicator& contribution) const {
  return definition::basis_of(data_->definitions, contribution);
}

std::vector<DatedDefinition> Catalogue::history(const Indicator& indicator) const {
  return definition::history_of(data_->definitions, indicator);
}

Indicator Catalogue::at(std::string_view id, Date day) const {
  for (DatedDefinition& definition : history(indicator(id)))
    if (!definition.to || day <= *definition.to) return std::move(definition.indicator);
  return indicator(id);
}

std::vector<std::string> Catalogue::needs(const Indicator& indicator) const {
  std::set<std::string, std::less<>> names = definition::as_set(definition::needed_counts(definitions(), indicator));
  for (const DatedDefinition& definition : history(indicator))
    for (const Formula* formula : definition::formulas(definition.indicator))
      for (const Formula::Term& term : over_aggregates(*formula).terms) names.insert(term.name);
  return {names.begin(), names.end()};
}

Catalogue Catalogue::with(TableDefinition table) const {
  return Catalogue(definition::with(definitions(), &Definitions::tables, std::move(table)));
}
Catalogue Catalogue::with(UnitDefinition unit) const {
  return Catalogue(definition::with(definitions(), &Definitions::units, std::move(unit)));
}
Catalogue Catalogue::with(Aggregate aggregate) const {
  return Catalogue(definition::with(definitions(), &Definitions::aggregates, std::move(aggregate)));
}
Catalogue Catalogue::with(Indicator indicator) const {
  return Catalogue(definition::with(definitions(), &Definitions::indicators, std::move(indicator)));
}
Catalogue Catalogue::with(std::vector<Indicator> indicators) const {
  Definitions definitions = data_->definitions;
  for (Indicator& indicator : indicators) definition::put(definitions.indicators, std::move(indicator));
  return Catalogue(std::move(definitions));
}
Catalogue Catalogue::with(LeadSet leads) const {
  return Catalogue(definition::with(definitions(), &Definitions::leads, std::move(leads)));
}
Catalogue Catalogue::with(Grouping grouping) const {
  return Catalogue(definition::with(definitions(), &Definitions::groupings, std::move(grouping)));
}

Catalogue Catalogue::with_patterns(std::span<const std::string> groupings) const {
  for (const std::string& id : groupings) definition::known(data_->definitions.groupings, id, "grouping");
  return Catalogue(definition::with_patterns(data_->definitions, groupings));
}

Catalogue Catalogue::only(std::span<const std::string> indicators) const {
  return Catalogue(definition::only(data_->definitions, indicators));
}

std::string Catalogue::json() const {
  return definition::json(definition::tree_of(data_->definitions));
}

std::string Catalogue::toml() const {
  return definition::toml(definition::tree_of(data_->definitions));
}

// Of a contribution also what counts its leads, whether or not this catalogue has it already.
std::string Catalogue::definition_hash(std::string_view id) const {
  const Indicator& indicator = this->indicator(id);
  const bool is_counted = definition::has_own_counts(data_->definitions, indicator);
  return sha256(definition::canonical_text(
      is_counted ? data_->definitions : definition::with_patterns(data_->definitions, {&indicator.groups, 1}),
      indicator));
}

std::string Catalogue::count_hash(std::string_view aggregate) const {
  return sha256(definition::canonical_text(data_->definitions, this->aggregate(aggregate)));
}

std::string Catalogue::dimension_hash(std::string_view dimension, std::span<const std::string> units) const {
  std::map<std::string, std::string> columns;
  for (const std::string& unit : units)
    if (auto column = dimension_column(dimension, unit)) columns.emplace(unit, std::move(*column));
  return sha256(definition::canonical_text(data_->definitions, dimension, columns));
}

}  // namespace casemetry
