// SPDX-License-Identifier: Apache-2.0
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

std::string unknown_name(const Definitions& definitions, const std::string& name) {
  const Indicator* indicator = find(definitions.indicators, name);
  if (indicator != nullptr) {
    const std::string& kind = indicator_kinds()[static_cast<std::size_t>(indicator->kind)];
    return "'" + name + "' is an indicator of kind " + kind + ": a formula takes aggregates and counts only";
  }
  Words known = ids(definitions.aggregates);
  for (const Indicator& other : definitions.indicators)
    if (other.kind == Indicator::Kind::count) known.push_back(other.id);
  return hinted("no aggregate '" + name + "'", name, known);
}

// What a name in a formula stands for; `opening` is of what is pending.
void validate_term(const Definitions& definitions, const Formula::Term& term, const std::string& path, Faults& faults) {
  const Aggregate* aggregate = find(definitions.aggregates, term.name);
  if (aggregate == nullptr && (term.opening || counted(definitions, term.name) == nullptr)) {
    faults.tell(path, unknown_name(definitions, term.name));
  } else if (term.opening && aggregate->kind != Aggregate::Kind::pending &&
             !faults.told("aggregate." + aggregate->id + ".kind")) {
    faults.tell(path, "opening(" + term.name + "): '" + term.name + "' is an aggregate of kind " +
                          aggregate_kinds()[static_cast<std::size_t>(aggregate->kind)] +
                          ", and only what is pending has an opening");
  }
}

}  // namespace

std::optional<Formula> validated_formula(const Definitions& definitions, const Formula& formula,
                                         const FormulaPlace& place, Faults& faults) {
  if (formula.terms.empty()) {
    faults.tell_first(place.path, "no formula: " + place.of + " needs one");
    return std::nullopt;
  }
  for (const Formula::Term& term : formula.terms) validate_term(definitions, term, place.path, faults);
  Expansion expansion = expand(definitions, formula, place.day);
  if (!expansion.excess.empty()) faults.tell_first(place.path, expansion.excess);
  if (!expansion.whole()) return std::nullopt;
  if (expansion.formula.terms.empty()) {
    faults.tell_first(place.path, "its terms cancel out: nothing remains");
    return std::nullopt;
  }
  return std::move(expansion.formula);
}

}  // namespace casemetry::definition
