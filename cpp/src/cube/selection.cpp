// SPDX-License-Identifier: Apache-2.0
#include "cube/selection.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "cube/odd_leads.hpp"

namespace casemetry::pass {
namespace {

using Names = std::set<std::string>;

Names columns_of(const Aggregate& aggregate) {
  Names names;
  for (const auto* predicate : {&aggregate.where, &aggregate.applies_where})
    if (*predicate)
      for (std::string& name : (*predicate)->columns()) names.insert(std::move(name));
  for (const std::string* name :
       {&aggregate.column, &aggregate.start, &aggregate.end, &aggregate.opened, &aggregate.closed})
    if (!name->empty()) names.insert(*name);
  if (aggregate.date) names.insert(*aggregate.date);
  return names;
}

class Selector {
 public:
  Selector(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options)
      : catalogue_(catalogue), options_(options) {
    selection_.rows = std::make_unique<RowSets>(tables, catalogue, options.morsel);
  }

  Selection select() {
    if (options_.indicators.empty()) {
      for (const Indicator& indicator : catalogue_.definitions().indicators) offer(indicator);
      for (const Aggregate& aggregate : catalogue_.definitions().aggregates) offer(aggregate);
    } else {
      const Names names(options_.indicators.begin(), options_.indicators.end());
      for (const std::string& name : names) demand(catalogue_.indicator(name));
      for (const std::string& id : value::odd_counts(catalogue_, wanted_)) offer(catalogue_.aggregate(id));
    }
    for (const Aggregate& aggregate : catalogue_.definitions().aggregates)
      if (wanted_.contains(aggregate.id)) add(aggregate);
    if (!faults_.empty()) throw DefinitionError(std::move(faults_));
    return std::move(selection_);
  }

 private:
  // Why an aggregate cannot be computed, if it cannot.
  Lack lacking(const Aggregate& aggregate) {
    RowSets& rows = *selection_.rows;
    if (Lack lack = rows.lacking(aggregate.unit)) return lack;
    for (const std::string& name : columns_of(aggregate))
      if (Lack lack = rows.at(aggregate.unit).lacking(name)) return lack;
    if (Lack lack = lacking_pattern(aggregate)) return lack;
    for (const auto* predicate : {&aggregate.where, &aggregate.applies_where})
      if (*predicate)
        if (Lack lack = rows.lacking(**predicate)) return lack;
    return {};
  }

  // Of leads that are counted by a pattern, why that cannot be made.
  Lack lacking_pattern(const Aggregate& aggregate) {
    const UnitDefinition* unit = catalogue_.unit(aggregate.unit);
    if (unit == nullptr) return {};
    RowSets& rows = *selection_.rows;
    for (const UnitColumn& column : unit->columns) {
      if (!column.name.starts_with(pattern_dimension(""))) continue;
      for (const std::string& set : column.value.columns())
        if (Lack lack = rows.at(unit->from).lacking(set)) return lack;
      if (Lack lack = rows.at(unit->id).lacking(column.name)) return lack;
    }
    return {};
  }

  void offer(const Aggregate& aggregate) {
    Lack lack = lacking(aggregate);
    if (!lack) {
      wanted_.insert(aggregate.id);
    } else if (const LeadSet* leads = counted_leads(aggregate)) {
      selection_.not_available.emplace("lead." + leads->id, std::move(lack.reason));
    }
  }

  // The lead set for which it is made, if it is.
  const LeadSet* counted_leads(const Aggregate& aggregate) const {
    for (const LeadSet& leads : catalogue_.definitions().leads)
      if (aggregate.id.starts_with(leads.id + ".")) return &leads;
    return nullptr;
  }

  // A contribution by a grouping that is not counted has no counts: the query says what other patterns tell of it.
  bool has_counts(const Indicator& indicator) const {
    const auto& aggregates = catalogue_.definitions().aggregates;
    return std::ranges::all_of(catalogue_.needs(indicator), [&](const std::string& id) {
      return std::ranges::find(aggregates, id, &Aggregate::id) != aggregates.end();
    });
  }

  // As it is defined today: without what it was before, it can be asked like for like.
  std::vector<std::string> needs_today(const Indicator& indicator) const {
    return catalogue_.needs(catalogue_.history(indicator).back().indicator);
  }

  void offer(const Indicator& indicator) {
    if (!has_counts(indicator)) return;
    for (const std::string& id : needs_today(indicator)) {
      if (Lack lack = lacking(catalogue_.aggregate(id))) {
        selection_.not_available.emplace(indicator.id, std::move(lack.reason));
        return;
      }
    }
    take(indicator);
  }

  void demand(const Indicator& indicator) {
    if (!has_counts(indicator))
      throw QueryError("indicator '" + indicator.id + "': leads are not counted by grouping '" + indicator.groups +
                       "'; name it in `groupings`");
    for (const std::string& id : needs_today(indicator)) {
      const Lack lack = lacking(catalogue_.aggregate(id));
      const std::string message = "indicator '" + indicator.id + "', aggregate '" + id + "': " + lack.reason;
      if (lack && lack.of_table) throw QueryError(message);
      if (lack) throw ColumnNotFoundError(message);
    }
    take(indicator);
  }

  void take(const Indicator& indicator) {
    selection_.indicators.push_back(&indicator);
    for (std::string& id : catalogue_.needs(indicator))
      if (!lacking(catalogue_.aggregate(id))) wanted_.insert(std::move(id));
  }

  void add(const Aggregate& aggregate) {
    selection_.aggregates.push_back(&aggregate);
    RowSet& rows = selection_.rows->at(aggregate.unit);
    selection_.sources.try_emplace(aggregate.unit, rows, *selection_.rows);
    const Scope scope = rows.scope();
    const std::string path = "aggregate." + aggregate.id;
    if (aggregate.where) check(*aggregate.where, scope, true, path + ".where", faults_);
    if (aggregate.applies_where) check(*aggregate.applies_where, scope, true, path + ".applies_where", faults_);
  }

  const Catalogue& catalogue_;
  const BuildOptions& options_;
  Names wanted_;  // aggregates
  std::vector<Fault> faults_;
  Selection selection_;
};

// A level is asked of a cube, which is built by the dimension that it is a level of.
void refuse_level(const std::string& name, const Catalogue& catalogue) {
  if (const Dimension* dimension = catalogue.dimension_of_level(name))
    throw QueryError("by: '" + name + "' is a level of dimension '" + dimension->id + "'; build by '" + dimension->id +
                     "', and ask by '" + name + "'");
}

void check_names(const std::vector<std::string>& by, const Tables& tables, const Catalogue& catalogue, RowSets& rows) {
  Names known;
  for (const Dimension& dimension : catalogue.definitions().dimensions) known.insert(dimension.id);
  for (const auto& [id, table] : tables)
    for (std::string& name : table.column_names()) known.insert(std::move(name));
  for (const UnitDefinition& unit : catalogue.definitions().units)
    for (std::string& name : rows.at(unit.id).column_names()) known.insert(std::move(name));
  for (auto name = by.begin(); name != by.end(); ++name) {
    if (std::find(by.begin(), name, *name) != name) throw QueryError("by: dimension '" + *name + "' is named twice");
    refuse_level(*name, catalogue);
    if (known.contains(*name)) continue;
    throw QueryError(hinted("by: '" + *name + "' is neither a dimension nor a column", *name,
                            std::vector(known.begin(), known.end())));
  }
}

}  // namespace

Selection select(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options) {
  return Selector(tables, catalogue, options).select();
}

std::map<std::string, std::vector<std::optional<std::string>>> dimension_columns(const Selection& selection,
                                                                                 const Tables& tables,
                                                                                 const Catalogue& catalogue,
                                                                                 const std::vector<std::string>& by) {
  check_names(by, tables, catalogue, *selection.rows);
  std::map<std::string, std::vector<std::optional<std::string>>> columns;
  for (const auto& [unit, source] : selection.sources) {
    for (const std::string& name : by) {
      auto column = catalogue.dimension_column(name, unit);
      if (column && !source.has(*column)) {
        if (catalogue.dimension(name) != nullptr)
          throw ColumnNotFoundError("dimension '" + name + "': " + source.lacks(*column));
        column.reset();
      }
      columns[unit].push_back(std::move(column));
    }
  }
  return columns;
}

}  // namespace casemetry::pass
