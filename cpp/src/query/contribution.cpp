// SPDX-License-Identifier: Apache-2.0
#include "query/contribution.hpp"

#include <cmath>

#include "query/evaluate.hpp"

namespace casemetry::question {
namespace {

Worth worth_at(const AggregateCounts& values, std::size_t row) {
  const auto wide_at = [row](const std::vector<Wide>& column) { return column.empty() ? Wide{} : column[row]; };
  return {at(values.n, row), wide_at(values.sum), wide_at(values.sum_of_squares)};
}

Wide difference(const Wide& whole, const Wide& part) {
  return as_wide(as_int128(whole) - as_int128(part));
}

void take_away(Worth& whole, const Worth& part) {
  whole = {whole.leads - part.leads, difference(whole.sum, part.sum),
           difference(whole.sum_of_squares, part.sum_of_squares)};
}

void take_away(PatternCounts& whole, const PatternCounts& part) {
  for (const auto& [pattern, leads] : part.leads) whole.leads[pattern] -= leads;
  for (const auto& [pattern, leads] : part.undecided) whole.undecided[pattern] -= leads;
  whole.unknown -= part.unknown;
  if (!whole.values) return;
  for (const auto& [pattern, worth] : part.values->leads) take_away(whole.values->leads[pattern], worth);
  take_away(whole.values->unknown, part.values->unknown);
}

// In the unit of the column.
Number scaled(double amount, int scale) {
  return Number(amount / std::pow(10.0, scale));
}

Number credit_of(const Contribution& of, double weight, int scale) {
  if (!of.credit) return scaled(of.value.value_or(0) * weight, scale);
  if (of.credit->denominator == 1 && scale == 0) return Number(of.credit->numerator);
  return scaled(static_cast<double>(of.credit->numerator) / static_cast<double>(of.credit->denominator), scale);
}

Number weight_of(int128 weight, int scale) {
  if (scale == 0 && fits_in_64_bits(weight)) return Number(static_cast<std::int64_t>(weight));
  return scaled(static_cast<double>(weight), scale);
}

}  // namespace

PatternCounts patterns_at(const Classified& of, const Block& sums, std::size_t row, std::size_t steps) {
  const AggregateCounts& leads = sums.aggregates[of.counts.column];
  const AggregateCounts* values = of.values ? &sums.aggregates[of.values->column] : nullptr;
  PatternCounts counts;
  if (values != nullptr) counts.values.emplace();
  std::size_t at_class = row / steps * of.classes() * steps + row % steps;
  for (const Pattern& pattern : of.patterns) {
    const std::int64_t n = at(leads.yes, at_class);
    const std::int64_t undecided = at(leads.unknown, at_class);
    if (n > 0) counts.leads.emplace(pattern, n);
    if (undecided > 0) counts.undecided.emplace(pattern, undecided);
    if (n > 0 && values != nullptr) counts.values->leads.emplace(pattern, worth_at(*values, at_class));
    at_class += steps;
  }
  counts.unknown = at(leads.yes, at_class) + at(leads.unknown, at_class);
  if (values != nullptr) counts.values->unknown = worth_at(*values, at_class);
  return counts;
}

LeadCounts leads_at(const Credit& credit, std::span<const Block> by_class, std::size_t row, std::size_t steps) {
  LeadCounts leads{.sets = patterns_at(credit.sets, by_class[credit.sets.place], row, steps)};
  if (!credit.read) return leads;
  auto& read = credit.rule == Rule::first ? leads.first : credit.rule == Rule::last ? leads.last : leads.log;
  read = patterns_at(*credit.read, by_class[credit.read->place], row, steps);
  return leads;
}

LeadCounts rest_of(LeadCounts whole, const LeadCounts& part) {
  take_away(whole.sets, part.sets);
  if (whole.first) take_away(*whole.first, *part.first);
  if (whole.last) take_away(*whole.last, *part.last);
  if (whole.log) take_away(*whole.log, *part.log);
  return whole;
}

Evaluation evaluate_contribution(const Indicator& indicator, const Credit& credit, const LeadCounts& leads,
                                 double level) {
  const Contribution of = contribution(leads, indicator.group, credit.rule, credit.over, level);
  const int128 weight = as_int128(of.weight);
  Evaluation evaluation{.value = of.value,
                        .numerator = credit_of(of, static_cast<double>(weight), credit.scale),
                        .denominator = weight_of(weight, credit.scale),
                        .unknown = of.unknown,
                        .least = of.least,
                        .most = of.most,
                        .band = Band{.standard_error = of.standard_error, .exclusive = of.exclusive, .any = of.any}};
  if (credit.knows_unattributed) {
    evaluation.band->leads = of.all;
    evaluation.band->unattributed = of.unattributed;
  }
  if (of.value && indicator.interval != "none") set_interval(evaluation, Interval{*of.low, *of.high});
  if (weight == 0) {
    evaluation.flags.set(Flag::no_denominator);
  } else if (of.leads < indicator.min_n) {
    evaluation.flags.set(Flag::small);
  }
  return evaluation;
}

}  // namespace casemetry::question
