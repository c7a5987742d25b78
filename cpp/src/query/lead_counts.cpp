// SPDX-License-Identifier: Apache-2.0
#include "query/lead_counts.hpp"

#include <optional>
#include <utility>

#include "query/answer.hpp"
#include "query/steps.hpp"

namespace casemetry::question {
namespace {

std::vector<PatternCounts> patterns_over(const Cube& cube, const Credit& credit, std::span<const Period> steps) {
  const Classified& counted = credit.read ? *credit.read : credit.sets;
  const Classified of = by_pattern(counted, cube.dimensions()[counted.dimension]);
  Placement placement(cube.blocks().size());
  placement[of.counts.block].resize(cube.blocks()[of.counts.block].cells());  // all in one cell
  const Block sums = counts_by_class(cube, of, placement, 1, steps);
  std::vector<PatternCounts> patterns;
  for (std::size_t step = 0; step < steps.size(); ++step) patterns.push_back(patterns_at(of, sums, step, steps.size()));
  return patterns;
}

// The leads may not have the set column that the rule reads, and the cube may not count it.
bool can_read(const Cube& cube, const Indicator& contribution, bool is_dated) {
  const Basis basis = cube.catalogue().basis(contribution);
  return !basis.leads->set_column(basis.role).empty() && answer_of(cube, contribution, {}, is_dated).credit.has_value();
}

}  // namespace

std::vector<PatternCounts> pattern_counts(const Cube& cube, const Indicator& contribution,
                                          std::span<const Period> periods) {
  const Answer answer = answer_of(cube, contribution, {}, !periods.empty());
  if (!answer.credit) throw QueryError(answer.not_available);
  return patterns_over(cube, *answer.credit, periods.empty() ? std::span(&everything, 1) : periods);
}

std::vector<LeadCounts> lead_counts(const Cube& cube, const Indicator& contribution, std::span<const Period> periods) {
  std::vector<LeadCounts> leads;
  Indicator indicator = contribution;
  indicator.rule = rule_name(Rule::any);
  for (PatternCounts& sets : pattern_counts(cube, indicator, periods)) leads.push_back({.sets = std::move(sets)});
  const auto add = [&](Rule rule, std::optional<PatternCounts> LeadCounts::* read) {
    indicator.rule = rule_name(rule);
    if (!can_read(cube, indicator, !periods.empty())) return;
    std::vector<PatternCounts> patterns = pattern_counts(cube, indicator, periods);
    for (std::size_t i = 0; i < leads.size(); ++i) leads[i].*read = std::move(patterns[i]);
  };
  add(Rule::first, &LeadCounts::first);
  add(Rule::last, &LeadCounts::last);
  add(Rule::linear, &LeadCounts::log);
  return leads;
}

}  // namespace casemetry::question
