// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "query/evaluate.hpp"

namespace casemetry {
namespace question {
namespace {

/// The figures that an indicator's aggregates are given.
class Given {
 public:
  Given(const Catalogue& catalogue, const Indicator& indicator, const Counts& counts) {
    refuse_unknown(catalogue, counts);
    for (const Variable& variable : variables_of(catalogue, indicator)) {
      const auto figure = counts.find(variable.text());
      if (figure == counts.end()) refuse_missing(catalogue, indicator, variable);
      check(catalogue.aggregate(variable.aggregate), figure->second);
      least_.push_back(figure->second.low);
      ranges_.push_back({figure->second.low, figure->second.high});
    }
  }

  bool are_exact() const {
    return std::ranges::all_of(ranges_, [](const Range& range) { return range.low == range.high; });
  }
  const std::vector<int128>& least() const { return least_; }
  const std::vector<Range>& ranges() const { return ranges_; }

 private:
  static std::string listed(std::span<const Variable> variables) {
    std::string text;
    for (const Variable& variable : variables) text += (text.empty() ? "'" : ", '") + variable.text() + "'";
    return text;
  }

  [[noreturn]] static void refuse_missing(const Catalogue& catalogue, const Indicator& indicator,
                                          const Variable& variable) {
    throw QueryError("indicator '" + indicator.id + "' needs a figure for '" + variable.text() +
                     "'; give figures for " + listed(variables_of(catalogue, indicator)));
  }

  static void refuse_unknown(const Catalogue& catalogue, const Counts& counts) {
    std::vector<std::string> known;
    for (const Aggregate& aggregate : catalogue.definitions().aggregates) {
      known.push_back(aggregate.id);
      if (aggregate.kind == Aggregate::Kind::pending) known.push_back(Variable{aggregate.id, true}.text());
    }
    for (const auto& [name, figure] : counts)
      if (std::ranges::count(known, name) == 0)
        throw QueryError("the catalogue has no aggregate '" + name + "' to give a figure for; " +
                         suggestion(name, known));
  }

  static void check(const Aggregate& aggregate, const Figure& figure) {
    const std::string range = "[" + std::to_string(figure.low) + ", " + std::to_string(figure.high) + "]";
    if (figure.low > figure.high)
      throw QueryError("the figure " + range + " for '" + aggregate.id + "' ends before it begins; give [low, high]");
    if (figure.low < 0 && aggregate.kind != Aggregate::Kind::sum)
      throw QueryError("the figure " + range + " for '" + aggregate.id + "' is a count and cannot be negative");
  }

  std::vector<int128> least_;
  std::vector<Range> ranges_;
};

void refuse_contribution(const Indicator& indicator) {
  if (indicator.kind == Indicator::Kind::contribution)
    throw QueryError("indicator '" + indicator.id +
                     "' is a contribution, made of leads by the patterns of their sources, which figures do not tell; "
                     "ask a cube for it");
}

void refuse_distribution(const Indicator& indicator) {
  if (indicator.kind == Indicator::Kind::mean || indicator.kind == Indicator::Kind::quantile)
    throw QueryError("indicator '" + indicator.id + "' is a " +
                     (indicator.kind == Indicator::Kind::mean ? "mean" : "quantile") +
                     " of single values, which figures do not tell; ask a cube for it");
}

std::optional<Number> determined(const LinearForm& form, const Given& given) {
  const bool is_fixed = std::ranges::equal(form.coefficients, given.ranges(),
                                           [](std::int64_t c, const Range& r) { return c == 0 || r.low == r.high; });
  return is_fixed ? std::optional(form.number(form.times_divisor(given.least()))) : std::nullopt;
}

// Of figures that are ranges the value is known only if it is the same wherever in them the truth lies.
Evaluation evaluate_ranges(const Indicator& indicator, const Fraction& fraction, const Given& given) {
  Evaluation evaluation;
  const Bounds band = bounds(fraction, given.ranges());
  evaluation.least = band.least;
  evaluation.most = band.most;
  evaluation.numerator = determined(fraction.numerator, given);
  if (fraction.has_denominator()) evaluation.denominator = determined(fraction.denominator, given);
  if (band.least && band.least == band.most) {
    evaluation.value = band.least;
  } else {
    evaluation.flags.set(Flag::not_determined);
  }
  flag_denominator(indicator, evaluation);
  if (is_share(indicator) && band.least > 1.0) evaluation.flags.set(Flag::exceeds_denominator);
  return evaluation;
}

}  // namespace
}  // namespace question

Evaluation evaluate(const Catalogue& catalogue, std::string_view id, const Counts& counts, double level) {
  const Indicator& indicator = catalogue.indicator(id);
  question::refuse_contribution(indicator);
  question::refuse_distribution(indicator);
  const question::Given given(catalogue, indicator, counts);
  const std::vector<int> no_scales(given.ranges().size());
  const question::Fraction fraction = question::fraction_of(catalogue, indicator, no_scales);
  if (!given.are_exact()) return question::evaluate_ranges(indicator, fraction, given);
  return question::evaluate_fraction(indicator, fraction, {given.least(), std::nullopt, 0}, level);
}

Evaluation evaluate(const Catalogue& catalogue, std::string_view id, const Counts& counts, double level, Date at) {
  return evaluate(catalogue.with(catalogue.at(id, at)), id, counts, level);
}

}  // namespace casemetry
