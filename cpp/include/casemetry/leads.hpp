// SPDX-License-Identifier: Apache-2.0
/// \file
/// Leads (线索): questions to a cube about which group of sources found them, and how much of that is its contribution
/// (贡献率).
///
/// A contribution always carries six names (rule, among, stage, groups, what is counted, window) and the band
/// [exclusive, any] around it: what a rule is, and why, is told in `rules.hpp`.
///
/// Patterns are a dimension of the cube, and need no second engine: a derived column `pattern(sources, @origin)` of the
/// unit is a category whose labels are `Pattern::text()`, null where the set is unknown, `[]` where no source found the
/// lead. So the counts of patterns in any cell and period are those of a cube by that column, and they add exactly.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <casemetry/catalogue.hpp>
#include <casemetry/export.hpp>
#include <casemetry/expression.hpp>
#include <casemetry/rules.hpp>

namespace casemetry {

/// A question about the contribution of a group: the names that it always carries. `rule` and `groups` have no default,
/// the others have declared ones, and all are printed with the answer.
struct ContributionQuery {
  std::string of;              ///< a group of the grouping
  std::optional<Rule> rule{};  ///< must be said
  std::string groups{};        ///< a grouping of the catalogue; must be said
  std::string lead{};          ///< a lead set; empty: the only one
  std::string stage{};         ///< empty: the first that is declared, if any is
  Over over = Over::leads;
  std::vector<std::string> by{};  ///< dimensions, as in `Query`; so are those below
  std::optional<std::string> period{};
  std::optional<std::string> every{};
  std::optional<Expression> where{};
  std::vector<std::string> compare{};
  double level = 0.95;
};

/// The question with its defaults filled in. Throws QueryError with the nearest names: a rule or groups that are not
/// said (with those that are known), no such grouping, group, lead set or stage, or a rule whose sources the lead set
/// does not declare. A grouping that is a table has whatever groups its rows tell.
CASEMETRY_EXPORT ContributionQuery resolved(const Catalogue& catalogue, ContributionQuery question);

/// The six names of a resolved question on one line: `rule owen; among kind == 'supervision'; stage filed; groups
/// origin; counts leads; window as column sources says`: a window is a condition of the collapse that made the column.
CASEMETRY_EXPORT std::string names_of(const Catalogue& catalogue, const ContributionQuery& resolved);

}  // namespace casemetry
