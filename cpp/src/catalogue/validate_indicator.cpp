// SPDX-License-Identifier: Apache-2.0
#include "catalogue/history.hpp"
#include "catalogue/order.hpp"
#include "catalogue/rational.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

using Kind = Indicator::Kind;

// One indicator with all that its parts are checked against.
struct IndicatorSubject {
  const Definitions& definitions;
  const Indicator& indicator;
  const std::string& path;
  Faults& faults;
  std::optional<Date> day = std::nullopt;  // as it was defined then; today's

  std::string place(const std::string& key) const { return path + "." + key; }
  const std::string& kind() const { return indicator_kinds()[static_cast<std::size_t>(indicator.kind)]; }
};

bool is_faulty(const IndicatorSubject& subject, const Aggregate& aggregate, const std::string& key) {
  return subject.faults.told("aggregate." + aggregate.id + "." + key);
}

std::optional<Formula> expanded(const IndicatorSubject& subject, const Formula& formula, const std::string& key) {
  return validated_formula(subject.definitions, formula, {subject.place(key), "a " + subject.kind(), subject.day},
                           subject.faults);
}

void validate_circle(const IndicatorSubject& subject) {
  if (subject.indicator.kind != Kind::count || counted(subject.definitions, subject.indicator.id) == nullptr) return;
  const Expansion expansion =
      expand(subject.definitions, Formula{{{Rational{1, 1}, subject.indicator.id}}}, subject.day);
  if (!expansion.circle.empty() && expansion.circle.front() == subject.indicator.id)
    subject.faults.tell_first(subject.place("of"), "it counts itself: " + way(expansion.circle));
}

bool names(const Formula& formula, const std::string& name) {
  return std::ranges::find(formula.terms, name, &Formula::Term::name) != formula.terms.end();
}

using AggregateKinds = std::initializer_list<Aggregate::Kind>;

// Whether all terms are aggregates of these kinds. Tells those that the formula names itself; those of a count that it
// names are told there.
bool of_kinds(const IndicatorSubject& subject, const Formula& expanded, const std::string& key, AggregateKinds kinds,
              const std::string& wanted) {
  const Indicator& indicator = subject.indicator;
  const Formula& written = key == "of"          ? indicator.of
                           : key == "numerator" ? indicator.numerator
                                                : indicator.denominator;
  for (const Formula::Term& term : expanded.terms) {
    const Aggregate& aggregate = *find(subject.definitions.aggregates, term.name);
    if (std::ranges::find(kinds, aggregate.kind) != kinds.end()) continue;
    if (names(written, term.name) && !is_faulty(subject, aggregate, "kind"))
      subject.faults.tell_first(subject.place(key), "'" + term.name + "' is an aggregate of kind " +
                                                        aggregate_kinds()[static_cast<std::size_t>(aggregate.kind)] +
                                                        ": a " + subject.kind() + " takes " + wanted);
    return false;
  }
  return true;
}

void validate_one(const IndicatorSubject& subject, const Formula& formula) {
  if (formula.terms.size() != 1 || formula.terms.front().coefficient != Rational{1, 1})
    subject.faults.tell_first(subject.place("of"),
                              "a " + subject.kind() + " is of one aggregate, without a coefficient");
}

constexpr const char* ratio_instead = "; for a quotient of any two formulas say kind = \"ratio\"";

// Numerator and denominator must be known together for every row: counts on one unit, placed by one date.
void validate_cohort(const IndicatorSubject& subject, const Formula& formula, const std::string& key,
                     const Aggregate& first) {
  if (!of_kinds(subject, formula, key, {Aggregate::Kind::count}, "counts")) return;
  const std::string path = subject.place(key);
  for (const Formula::Term& term : formula.terms) {
    const Aggregate& aggregate = *find(subject.definitions.aggregates, term.name);
    if (term.coefficient != Rational{1, 1}) {
      subject.faults.tell_first(path, "'" + term.name + "' has the coefficient " + text_of(term.coefficient) +
                                          ": a proportion adds disjoint counts" + ratio_instead);
    } else if (is_faulty(subject, aggregate, "unit") || is_faulty(subject, first, "unit")) {
      continue;
    } else if (aggregate.unit != first.unit) {
      subject.faults.tell_first(path, "'" + aggregate.id + "' is counted on '" + aggregate.unit + "', '" + first.id +
                                          "' on '" + first.unit + "': a proportion has one unit" + ratio_instead);
    } else if (aggregate.date != first.date && !is_faulty(subject, aggregate, "date") &&
               !is_faulty(subject, first, "date")) {
      subject.faults.tell_first(path, "'" + aggregate.id + "' is placed by " + aggregate.date.value_or("no date") +
                                          ", '" + first.id + "' by " + first.date.value_or("no date") +
                                          ": a proportion has one date" + ratio_instead);
    }
  }
}

void validate_quotient(const IndicatorSubject& subject) {
  const auto numerator = expanded(subject, subject.indicator.numerator, "numerator");
  const auto denominator = expanded(subject, subject.indicator.denominator, "denominator");
  if (subject.indicator.kind == Kind::ratio) {
    const AggregateKinds kinds{Aggregate::Kind::count, Aggregate::Kind::sum, Aggregate::Kind::pending};
    if (numerator) of_kinds(subject, *numerator, "numerator", kinds, "counts and sums");
    if (denominator) of_kinds(subject, *denominator, "denominator", kinds, "counts and sums");
    return;
  }
  const Formula* whole = denominator ? &*denominator : numerator ? &*numerator : nullptr;
  if (whole == nullptr) return;
  const Aggregate& first = *find(subject.definitions.aggregates, whole->terms.front().name);
  if (denominator) validate_cohort(subject, *denominator, "denominator", first);
  if (numerator) validate_cohort(subject, *numerator, "numerator", first);
}

void validate_of(const IndicatorSubject& subject) {
  const auto formula = expanded(subject, subject.indicator.of, "of");
  if (!formula) return;
  switch (subject.indicator.kind) {
    case Kind::count:
      of_kinds(subject, *formula, "of", {Aggregate::Kind::count, Aggregate::Kind::pending}, "counts");
      break;
    case Kind::stock:
      validate_one(subject, *formula);
      of_kinds(subject, *formula, "of", {Aggregate::Kind::pending}, "what is pending");
      if (formula->terms.front().opening)
        subject.faults.tell_first(subject.place("of"), "the time of a stock is said by at = \"opening\"");
      break;
    case Kind::sum:
      of_kinds(subject, *formula, "of", {Aggregate::Kind::sum}, "sums");
      break;
    case Kind::mean:
      validate_one(subject, *formula);
      of_kinds(subject, *formula, "of", {Aggregate::Kind::sum, Aggregate::Kind::days, Aggregate::Kind::pending},
               "a sum, days, or the ages of what is pending");
      break;
    default:
      validate_one(subject, *formula);
      of_kinds(subject, *formula, "of", {Aggregate::Kind::days, Aggregate::Kind::pending},
               "days, or the ages of what is pending");
  }
}

void validate_at(const IndicatorSubject& subject) {
  const Indicator& indicator = subject.indicator;
  const std::string path = subject.place("at");
  if (indicator.kind != Kind::stock) {
    if (!indicator.at.empty()) subject.faults.tell_first(path, "only a stock has a time: kind = \"stock\"");
    return;
  }
  if (!indicator.at.empty() && !is_one_of(indicator.at, stock_times()))
    subject.faults.tell_first(path, not_one_of(indicator.at, stock_times()));
}

void validate_q(const IndicatorSubject& subject) {
  const Rational& q = subject.indicator.q;
  const std::string path = subject.place("q");
  if (q.denominator <= 0) return subject.faults.tell_first(path, "the denominator of a fraction is positive");
  if (subject.indicator.kind != Kind::quantile) {
    if (q != Rational{1, 2}) subject.faults.tell_first(path, "only a quantile has a q");
  } else if (q.numerator < 0 || q.numerator > q.denominator) {
    subject.faults.tell_first(path, text_of(q) + " is not between 0 and 1");
  }
}

void refuse_formulas(const IndicatorSubject& subject) {
  for (const auto& [key, formula] : {std::pair<const char*, const Formula&>{"of", subject.indicator.of},
                                     {"numerator", subject.indicator.numerator},
                                     {"denominator", subject.indicator.denominator}})
    if (!formula.terms.empty())
      subject.faults.tell_first(subject.place(key), "a contribution has no formula: it is of a group, by a rule");
}

// The formulas that its kind has, and no other.
void validate_formulas(const IndicatorSubject& subject) {
  const Indicator& indicator = subject.indicator;
  if (indicator.kind == Kind::contribution) return refuse_formulas(subject);
  if (indicator.kind == Kind::proportion || indicator.kind == Kind::ratio) {
    if (!indicator.of.terms.empty())
      subject.faults.tell_first(subject.place("of"), "a " + subject.kind() + " has a numerator and a denominator");
    return validate_quotient(subject);
  }
  if (!indicator.numerator.terms.empty())
    subject.faults.tell_first(subject.place("numerator"), "a " + subject.kind() + " has one formula: of");
  if (!indicator.denominator.terms.empty())
    subject.faults.tell_first(subject.place("denominator"), "a " + subject.kind() + " has one formula: of");
  validate_circle(subject);
  validate_of(subject);
}

bool has_faulty_formulas(const Faults& faults, const std::string& path) {
  return faults.told(path + ".of") || faults.told(path + ".numerator") || faults.told(path + ".denominator");
}

// On each day on which a definition begins, its own or that of a count that it names; told once for each version.
void validate_history(const IndicatorSubject& subject) {
  const Indicator& indicator = subject.indicator;
  for (const Date day : turning_days(subject.definitions, indicator)) {
    const Version* version = version_on(indicator, day);
    const std::string path = version == nullptr ? subject.path : path_of_version(indicator, *version, subject.path);
    if (has_faulty_formulas(subject.faults, path) || has_faulty_formulas(subject.faults, subject.path)) continue;
    const Indicator then = defined_on(indicator, day);
    validate_formulas({subject.definitions, then, path, subject.faults, day});
  }
}

// What each kind has, and nothing that it has not.
void validate_kind(const IndicatorSubject& subject) {
  const Indicator& indicator = subject.indicator;
  if (subject.faults.told(subject.place("kind"))) return;
  validate_formulas(subject);
  validate_versions(indicator, subject.path, subject.faults);
  if (indicator.kind == Kind::contribution) {
    validate_contribution(subject.definitions, indicator, subject.path, subject.faults);
  } else {
    validate_history(subject);
    refuse_contribution_keys(indicator, subject.path, subject.faults);
  }
  validate_q(subject);
  validate_at(subject);
  const Words known = intervals(indicator.kind);
  if (!indicator.interval.empty() && !is_one_of(indicator.interval, known))
    subject.faults.tell_first(
        subject.place("interval"),
        hinted("'" + indicator.interval + "' is no interval of a " + subject.kind(), indicator.interval, known));
}

void validate_reading(const IndicatorSubject& subject) {
  const Indicator& indicator = subject.indicator;
  if (indicator.decimals && (*indicator.decimals < 0 || *indicator.decimals > 12))
    subject.faults.tell_first(subject.place("decimals"),
                              std::to_string(*indicator.decimals) + " is not between 0 and 12");
  if (indicator.min_n < 0)
    subject.faults.tell_first(subject.place("min_n"), "negative: the least denominator is 0 or more");
  if (indicator.mature_after < 0)
    subject.faults.tell_first(subject.place("mature_after"), "negative: days after the end of a period");
  if (!indicator.direction.empty() && !is_one_of(indicator.direction, directions()))
    subject.faults.tell_first(subject.place("direction"), not_one_of(indicator.direction, directions()));
  if (!indicator.evidence.empty() && !is_one_of(indicator.evidence, evidences()))
    subject.faults.tell_first(subject.place("evidence"), not_one_of(indicator.evidence, evidences()));
}

void validate_range(const IndicatorSubject& subject) {
  const Indicator& indicator = subject.indicator;
  const std::string path = subject.place("range");
  if (subject.faults.told(subject.place("direction"))) return;
  if (indicator.range && indicator.direction != "range")
    subject.faults.tell_first(path, "a range goes with direction = \"range\"");
  if (!indicator.range && indicator.direction == "range")
    subject.faults.tell_first(path, "no range: direction = \"range\" needs range = [low, high]");
  if (!indicator.range) return;
  if (indicator.range->first.denominator <= 0 || indicator.range->second.denominator <= 0)
    subject.faults.tell_first(path, "the denominator of a fraction is positive");
  if (less(indicator.range->second, indicator.range->first))
    subject.faults.tell_first(path, "reversed: the lower end comes first");
}

void validate_pairs(const IndicatorSubject& subject) {
  const std::string path = subject.place("paired_with");
  for (const std::string& other : subject.indicator.paired_with) {
    if (find(subject.definitions.indicators, other) == nullptr)
      subject.faults.tell(path, hinted("no indicator '" + other + "'", other, ids(subject.definitions.indicators)));
    if (other == subject.indicator.id) subject.faults.tell(path, "an indicator is not paired with itself");
  }
}

}  // namespace

void validate_indicator(const Definitions& definitions, const Indicator& indicator, const std::string& path,
                        Faults& faults) {
  const IndicatorSubject subject{definitions, indicator, path, faults};
  validate_kind(subject);
  validate_reading(subject);
  validate_range(subject);
  validate_pairs(subject);
}

}  // namespace casemetry::definition
