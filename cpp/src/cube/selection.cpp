// SPDX-License-Identifier: Apache-2.0
#include "cube/selection.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace casemetry::pass {
namespace {

using Names = std::set<std::string>;

Names columns_of(const Aggregate& aggregate) {
  Names names;
  for (const auto* predicate : {&aggregate.where, &aggregate.applies_where})
    if (*predicate)
      for (std::string& name : (*predicate)->columns()) names.insert(std::move(name));
  for (const std::string* name : {&aggregate.column, &aggregate.start, &aggregate.end})
    if (!name->empty()) names.insert(*name);
  if (aggregate.date) names.insert(*aggregate.date);
  return names;
}

std::string table_names(const Tables& tables) {
  std::string names;
  for (const auto& [name, table] : tables) names += (names.empty() ? "" : ", ") + name;
  return names.empty() ? "none" : names;
}

class Selector {
 public:
  Selector(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options)
      : tables_(tables), catalogue_(catalogue), options_(options) {}

  Selection select() {
    if (options_.indicators.empty()) {
      for (const Indicator& indicator : catalogue_.definitions().indicators) offer(indicator);
      for (const Aggregate& aggregate : catalogue_.definitions().aggregates)
        if (lacking(aggregate).empty()) wanted_.insert(aggregate.id);
    } else {
      const Names names(options_.indicators.begin(), options_.indicators.end());
      for (const std::string& name : names) demand(catalogue_.indicator(name));
    }
    for (const Aggregate& aggregate : catalogue_.definitions().aggregates)
      if (wanted_.contains(aggregate.id)) add(aggregate);
    if (!faults_.empty()) throw DefinitionError(std::move(faults_));
    return std::move(selection_);
  }

 private:
  // Why an aggregate cannot be computed; empty if it can.
  std::string lacking(const Aggregate& aggregate) {
    if (aggregate.kind == Aggregate::Kind::pending) return "aggregate '" + aggregate.id + "' is of what is pending";
    const Source* source = find(aggregate.unit);
    if (source == nullptr) return "needs table '" + aggregate.unit + "'; the tables given are: " + table_names(tables_);
    for (const std::string& name : columns_of(aggregate))
      if (!source->has(name)) return source->lacks(name);
    return {};
  }

  void offer(const Indicator& indicator) {
    for (const std::string& id : catalogue_.needs(indicator)) {
      if (std::string reason = lacking(catalogue_.aggregate(id)); !reason.empty()) {
        selection_.not_available.emplace(indicator.id, std::move(reason));
        return;
      }
    }
    take(indicator);
  }

  void demand(const Indicator& indicator) {
    for (const std::string& id : catalogue_.needs(indicator)) {
      const Aggregate& aggregate = catalogue_.aggregate(id);
      const std::string reason = lacking(aggregate);
      const std::string message = "indicator '" + indicator.id + "', aggregate '" + id + "': " + reason;
      if (!reason.empty() && find(aggregate.unit) == nullptr) throw QueryError(message);
      if (!reason.empty()) throw ColumnNotFoundError(message);
    }
    take(indicator);
  }

  void take(const Indicator& indicator) {
    selection_.indicators.push_back(&indicator);
    for (std::string& id : catalogue_.needs(indicator)) wanted_.insert(std::move(id));
  }

  void add(const Aggregate& aggregate) {
    selection_.aggregates.push_back(&aggregate);
    const Source& source = sources_.at(aggregate.unit);
    selection_.sources.emplace(aggregate.unit, source);
    const Scope scope = source.scope(catalogue_.definitions().lists);
    const std::string path = "aggregate." + aggregate.id;
    if (aggregate.where) check(*aggregate.where, scope, true, path + ".where", faults_);
    if (aggregate.applies_where) check(*aggregate.applies_where, scope, true, path + ".applies_where", faults_);
  }

  const Source* find(const std::string& unit) {
    if (const auto place = sources_.find(unit); place != sources_.end()) return &place->second;
    const auto table = tables_.find(unit);
    if (table == tables_.end()) return nullptr;
    return &sources_.emplace(unit, Source(unit, table->second, catalogue_.table(unit))).first->second;
  }

  const Tables& tables_;
  const Catalogue& catalogue_;
  const BuildOptions& options_;
  std::map<std::string, Source> sources_;
  Names wanted_;  // aggregates
  std::vector<Fault> faults_;
  Selection selection_;
};

const Dimension* declared(const Catalogue& catalogue, const std::string& name) {
  const auto& dimensions = catalogue.definitions().dimensions;
  const auto place = std::find_if(dimensions.begin(), dimensions.end(), [&](const auto& d) { return d.id == name; });
  return place != dimensions.end() ? &*place : nullptr;
}

void check_names(const std::vector<std::string>& by, const Tables& tables, const Catalogue& catalogue) {
  Names known;
  for (const Dimension& dimension : catalogue.definitions().dimensions) known.insert(dimension.id);
  for (const auto& [id, table] : tables)
    for (std::string& name : table.column_names()) known.insert(std::move(name));
  for (auto name = by.begin(); name != by.end(); ++name) {
    if (std::find(by.begin(), name, *name) != name) throw QueryError("by: dimension '" + *name + "' is named twice");
    if (known.contains(*name)) continue;
    const std::string hint = suggestion(*name, std::vector(known.begin(), known.end()));
    throw QueryError("by: '" + *name + "' is neither a dimension nor a column" + (hint.empty() ? "" : "; " + hint));
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
  check_names(by, tables, catalogue);
  std::map<std::string, std::vector<std::optional<std::string>>> columns;
  for (const auto& [unit, source] : selection.sources) {
    for (const std::string& name : by) {
      auto column = catalogue.dimension_column(name, unit);
      if (column && !source.has(*column)) {
        if (declared(catalogue, name) != nullptr)
          throw ColumnNotFoundError("dimension '" + name + "': " + source.lacks(*column));
        column.reset();
      }
      columns[unit].push_back(std::move(column));
    }
  }
  return columns;
}

}  // namespace casemetry::pass
