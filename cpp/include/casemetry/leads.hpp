// SPDX-License-Identifier: Apache-2.0
/// \file
/// Leads (线索): questions to a cube about which group of sources (来源) found them, how much of that is its
/// contribution (贡献率), and how sources overlap.
///
/// A contribution always carries six names (rule, among, stage, groups, what is counted, window) and the band
/// [exclusive, any] around it: what a rule is, and why, is told in `rules.hpp`. It is an indicator like others
/// (`Indicator::Kind::contribution`), so where, by, period, every and compare are those of a `Query`; the functions
/// here write the indicator, and ask.
///
/// Patterns are a dimension of the cube, and need no second engine: `Catalogue::with_patterns` adds to each lead set
/// units with a column `pattern(sources, @origin)`, a category whose labels are `Pattern::text()`, null where the set
/// is unknown, `[]` where no source found the lead. So their counts in any cell and period are those of a cube by that
/// column, and they add exactly.
///
/// What is odd in the data of leads is told, not mended. A discovery whose lead is not in the lead table is counted in
/// the report of the unit that looks it up (`not_found`). Leads that pass their stages out of order are an aggregate of
/// the cube (`out_of_order`), so are those that are dated at none (`no_stage`), and the metadata of a contribution tell
/// how many there are. A lead that weighs less than nothing is refused when the cube is built.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <casemetry/catalogue.hpp>
#include <casemetry/cube.hpp>
#include <casemetry/export.hpp>
#include <casemetry/expression.hpp>
#include <casemetry/query.hpp>
#include <casemetry/rules.hpp>

namespace casemetry {

/// The groups that a question is about: a grouping of the catalogue by its name (`source`: each source a group of its
/// own, over all only), or another one. By another one any cube answers of which it joins the groups (each group of a
/// grouping that the cube counts lies in one of its groups); else only over all, from the sets themselves.
using Groups = std::variant<std::string, Grouping>;

/// A question about the contribution of a group: the names that it always carries. Rule and groups have no default, the
/// others have declared ones, and all are printed with the answer.
struct ContributionQuery {
  std::string of;             ///< a group
  std::vector<Rule> rules{};  ///< one or more, side by side; must be said
  Groups groups{};            ///< must be said
  std::string lead{};         ///< a lead set; empty: the only one
  std::string stage{};        ///< empty: the first that is declared, if any is
  Over over = Over::leads;
  std::vector<std::string> by{};  ///< dimensions, as in `Query`; so are those below
  std::optional<std::string> period{};
  std::optional<std::string> every{};
  std::optional<Expression> where{};
  std::vector<std::string> compare{};
  double level = 0.95;
};

/// The contribution of a group under each of the rules: an indicator for each, called by the group (and the rule, if
/// there are several). Of fewer than ten leads it is `small`.
///
///     contribution(cube, {.of = "digital", .rules = {Rule::owen}, .groups = "origin", .by = {"office"}})
///
/// Throws QueryError with the nearest names: a rule or groups that are not said (with those that are known), no such
/// grouping, group, lead set or stage, a rule whose sources the lead set does not declare; DefinitionError with every
/// fault of groups that are given; and as `query` does.
CASEMETRY_EXPORT Result contribution(const Cube& cube, const ContributionQuery& question);

/// The same at every stage, side by side: an indicator for each rule and stage, in the order of the stages. `stage` is
/// not said. Each stage has its own date, so over a period a later one may have more leads than an earlier one; over
/// all it cannot. Throws as `contribution`, and QueryError if the lead set has no stages.
CASEMETRY_EXPORT Result stages(const Cube& cube, const ContributionQuery& question);

/// The cube that such a result was asked of: the same counts, with the indicators and groups that the question brought,
/// to ask on with `Query`: for the largest cells, or one level down.
CASEMETRY_EXPORT Cube asked_of(const Cube& cube, const Result& result);

/// A claim about years: "digital over 60 per cent, two years running".
struct ClaimQuery {
  std::string of;                    ///< a group
  std::optional<Rule> rule{};        ///< must be said
  Groups groups{};                   ///< must be said
  double share = 0.5;                ///< that the contribution is said to exceed; in (0, 1)
  std::vector<std::string> years{};  ///< periods, as in `Query`: `2024`; one at least, and none within another
  std::string lead{};                ///< as in `ContributionQuery`; so are those below
  std::string stage{};
  Over over = Over::leads;
  double level = 0.95;  ///< the claim holds if the joint p is at most 1 − level
};

/// Tests a claim in each year and jointly, under the rule that is said and under every other whose sources the lead set
/// declares: what a claim rests on, and under which rules it holds. The test is that of `claim` in `rules.hpp`. Leads
/// are placed in a year by the date of the stage; a year in which the data end is tested as it stands, and marked.
///
///     claim(cube, {.of = "digital", .rule = Rule::owen, .groups = "origin", .share = 0.6, .years = {"2024", "2025"}})
///
/// Throws QueryError as `contribution` does, if no year is said, two have months in common or one has no leads (which),
/// if the share is not
/// between 0 and 1, if the stage has no date, or if the cube does not count by these groups.
CASEMETRY_EXPORT Claim claim(const Cube& cube, const ClaimQuery& question);

/// Which leads an overlap is about.
struct OverlapQuery {
  std::string lead{};        ///< a lead set; empty: the only one
  std::string stage{};       ///< empty: the first that is declared, if any is
  std::size_t largest = 10;  ///< intersections that are given, at most
};

/// How the sources of leads overlap, over all (the sets are counted without other dimensions or dates). Sources that a
/// grouping of the catalogue lists, and that found no lead, are there with none. Leads whose set is not known are told
/// apart (`unknown`), and no part of it. Throws QueryError with the nearest
/// lead set or stage, or if the cube does not count the sets.
CASEMETRY_EXPORT Overlap overlap(const Cube& cube, const OverlapQuery& question = {});

}  // namespace casemetry
