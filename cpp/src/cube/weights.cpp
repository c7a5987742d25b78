// SPDX-License-Identifier: Apache-2.0
#include "cube/weights.hpp"

#include <algorithm>

#include "written.hpp"

namespace casemetry::pass {
namespace {

// The columns that tell rows apart: of the unit, or of what its rows are made from.
std::vector<std::string> key_of(const Catalogue& catalogue, std::string id) {
  for (const UnitDefinition* unit = catalogue.unit(id); unit != nullptr; unit = catalogue.unit(id)) {
    if (!unit->one_row_per.empty()) return unit->one_row_per;
    id = unit->from;
  }
  const TableDefinition* table = catalogue.table(id);
  return table != nullptr ? table->key : std::vector<std::string>{};
}

std::string text_of(const Column& column, std::size_t row) {
  if (column.type() == Type::date) return date_text(Date{std::chrono::days{column.days()[row]}});
  if (!column.coded()) return number_text(column.numbers()[row], column.scale());
  const auto code = std::visit([row](auto codes) { return std::size_t{codes[row]}; }, column.codes());
  return code < column.labels().size() ? "'" + column.labels()[code] + "'" : "missing";
}

// `lead_id = 'L07'`, or `row 12` where no key is declared.
std::string named_row(const Catalogue& catalogue, RowSet& rows, std::size_t row) {
  std::string text;
  for (const std::string& name : key_of(catalogue, rows.id()))
    text += (text.empty() ? "" : ", ") + name + " = " + text_of(rows.column(name), row);
  return text.empty() ? "row " + std::to_string(row + 1) : text;
}

void check(const LeadSet& leads, RowSet& rows, const Catalogue& catalogue) {
  const Column& weights = rows.column(leads.value);
  const auto numbers = weights.numbers();
  const auto first =
      std::ranges::find_if(numbers, [](std::int64_t number) { return number < 0 && number != missing_number; });
  if (first == numbers.end()) return;
  throw DataError("lead set '" + leads.id + "', value: column '" + leads.value + "' of '" + leads.unit + "' is " +
                  number_text(*first, weights.scale()) + " for " +
                  named_row(catalogue, rows, static_cast<std::size_t>(first - numbers.begin())) +
                  "; what a lead weighs is 0 or more: correct it, or declare `range` so that it is unreadable");
}

}  // namespace

void check_weights(const Selection& selection, const Catalogue& catalogue) {
  for (const LeadSet& leads : catalogue.definitions().leads) {
    const auto weighs = [&](const Aggregate* aggregate) {
      return aggregate->kind == Aggregate::Kind::sum && aggregate->id.starts_with(leads.id + ".");
    };
    if (std::ranges::any_of(selection.aggregates, weighs)) check(leads, selection.rows->at(leads.unit), catalogue);
  }
}

}  // namespace casemetry::pass
