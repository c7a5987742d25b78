// SPDX-License-Identifier: Apache-2.0
#include "catalogue/resolve.hpp"

#include "catalogue/history.hpp"
#include "catalogue/rational.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

constexpr std::size_t most_nested = 100;

class Expander {
 public:
  Expander(const Definitions& definitions, std::optional<Date> day) : definitions_(definitions), day_(day) {}

  Expansion expand(const Formula& formula) && {
    expansion_.formula = over_aggregates(formula);
    return std::move(expansion_);
  }

 private:
  Formula over_aggregates(const Formula& formula) {
    Formula total;
    for (const Formula::Term& term : formula.terms) {
      if (find(definitions_.aggregates, term.name) != nullptr) {
        add(total, term, Rational{1, 1});
      } else if (const Indicator* indicator = term.opening ? nullptr : counted(definitions_, term.name)) {
        for (const Formula::Term& inner : opened(*indicator).terms) add(total, inner, term.coefficient);
      } else {
        expansion_.unknown.push_back(term.name);
      }
    }
    std::erase_if(total.terms, [](const Formula::Term& term) { return term.coefficient.numerator == 0; });
    return total;
  }

  // Each count indicator is opened once, however often it is named.
  const Formula& opened(const Indicator& indicator) {
    static const Formula nothing;
    if (const auto known = opened_.find(indicator.id); known != opened_.end()) return known->second;
    if (const auto before = std::ranges::find(open_, indicator.id); before != open_.end()) {
      if (expansion_.circle.empty()) {
        expansion_.circle.assign(before, open_.end());
        expansion_.circle.push_back(indicator.id);
      }
      return nothing;
    }
    if (open_.size() == most_nested) {
      expansion_.excess = "counts of counts are nested deeper than " + std::to_string(most_nested);
      return nothing;
    }
    open_.push_back(indicator.id);
    Formula formula = over_aggregates(day_ ? defined_on(indicator, *day_).of : indicator.of);
    open_.pop_back();
    expansion_.hollow |= formula.terms.empty();
    return opened_.emplace(indicator.id, std::move(formula)).first->second;
  }

  void add(Formula& total, const Formula::Term& term, const Rational& factor) {
    const auto coefficient = product(factor, term.coefficient);
    const auto like = std::ranges::find_if(total.terms, [&](const Formula::Term& other) {
      return other.name == term.name && other.opening == term.opening;
    });
    const auto before = like == total.terms.end() ? Rational{0, 1} : like->coefficient;
    const auto after = coefficient ? sum(before, *coefficient) : std::nullopt;
    if (!after) {
      expansion_.excess = "the coefficients are too large for 64 bits";
    } else if (like == total.terms.end()) {
      total.terms.push_back({*after, term.name, term.opening});
    } else {
      like->coefficient = *after;
    }
  }

  const Definitions& definitions_;
  std::optional<Date> day_;
  std::map<std::string, Formula, std::less<>> opened_;
  std::vector<std::string> open_;  // the count indicators that are being opened
  Expansion expansion_;
};

}  // namespace

const ColumnDefinition* column_of(const TableDefinition& table, std::string_view name) {
  const auto found = std::ranges::find(table.columns, name, &ColumnDefinition::name);
  return found == table.columns.end() ? nullptr : &*found;
}

std::vector<std::string> column_names(const TableDefinition& table) {
  std::vector<std::string> names;
  for (const ColumnDefinition& column : table.columns) names.push_back(column.name);
  return names;
}

std::string no_table(const Definitions& definitions, const std::string& name) {
  return hinted("no table '" + name + "'", name, ids(definitions.tables));
}

std::string no_column(const std::string& unit_or_table, const std::string& name, const Words& known) {
  return hinted("'" + unit_or_table + "' has no column '" + name + "'", name, known);
}

const Indicator* counted(const Definitions& definitions, std::string_view name) {
  if (find(definitions.aggregates, name) != nullptr) return nullptr;
  const Indicator* indicator = find(definitions.indicators, name);
  return indicator != nullptr && indicator->kind == Indicator::Kind::count ? indicator : nullptr;
}

Expansion expand(const Definitions& definitions, const Formula& formula, std::optional<Date> day) {
  return Expander(definitions, day).expand(formula);
}

std::vector<const Formula*> formulas(const Indicator& indicator) {
  if (indicator.kind == Indicator::Kind::proportion || indicator.kind == Indicator::Kind::ratio)
    return {&indicator.numerator, &indicator.denominator};
  if (indicator.kind == Indicator::Kind::contribution) return {};
  return {&indicator.of};
}

bool is_dated(const Definitions& definitions, const Grouping& grouping) {
  const TableDefinition* table = find(definitions.tables, grouping.table);
  return table != nullptr && (column_of(*table, "valid_from") != nullptr || column_of(*table, "valid_to") != nullptr);
}

bool is_set(const ColumnDefinition* column) {
  return column != nullptr && column->type == Type::set;
}

std::string no_key(const std::string& column) {
  return "'" + column + "' is a set: keys are of single values, by which rows are told apart";
}

}  // namespace casemetry::definition
