// SPDX-License-Identifier: Apache-2.0
#include "cube/weights.hpp"

#include <algorithm>

#include "written.hpp"

namespace casemetry::pass {
namespace {

void check(const LeadSet& leads, RowSets& rows) {
  const Column& weights = rows.at(leads.unit).column(leads.value);
  const auto numbers = weights.numbers();
  const auto first =
      std::ranges::find_if(numbers, [](std::int64_t number) { return number < 0 && number != missing_number; });
  if (first == numbers.end()) return;
  throw DataError("lead set '" + leads.id + "', value: column '" + leads.value + "' of '" + leads.unit + "' is " +
                  number_text(*first, weights.scale()) + " for " +
                  rows.row_text(leads.unit, static_cast<std::size_t>(first - numbers.begin())) +
                  "; what a lead weighs is 0 or more: correct it, or declare `range` so that it is unreadable");
}

}  // namespace

void check_weights(const Selection& selection, const Catalogue& catalogue) {
  for (const LeadSet& leads : catalogue.definitions().leads) {
    const auto weighs = [&](const Aggregate* aggregate) {
      return aggregate->kind == Aggregate::Kind::sum && aggregate->id.starts_with(leads.id + ".");
    };
    if (std::ranges::any_of(selection.aggregates, weighs)) check(leads, *selection.rows);
  }
}

}  // namespace casemetry::pass
