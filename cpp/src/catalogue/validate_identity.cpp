// SPDX-License-Identifier: Apache-2.0
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

// Days have no sum to compare: a side is of counts, sums and what is pending.
void validate_side(const Definitions& definitions, const Formula& side, const std::string& path, Faults& faults) {
  if (side.terms.empty() && faults.told(path)) return;
  const auto formula = validated_formula(definitions, side, {path, "each side of an identity", {}}, faults);
  if (!formula) return;
  for (const Formula::Term& term : formula->terms)
    if (find(definitions.aggregates, term.name)->kind == Aggregate::Kind::days)
      faults.tell(path, "'" + term.name + "' is an aggregate of kind days: an identity is of counts and sums");
}

}  // namespace

void validate_identity(const Definitions& definitions, const Identity& identity, const std::string& path,
                       Faults& faults) {
  validate_side(definitions, identity.left, path + ".holds", faults);
  validate_side(definitions, identity.right, path + ".holds", faults);
  if (!identity.every.empty() && !is_one_of(identity.every, steps()))
    faults.tell_first(path + ".every", not_one_of(identity.every, steps()));
}

}  // namespace casemetry::definition
