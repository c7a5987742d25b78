// SPDX-License-Identifier: Apache-2.0
/// \file
/// Rules (规则): how much of a lead each group of sources is credited with.
///
/// The sources (来源) of a lead (线索) are a set, for one lead may be found by many. "Contribution rate" (贡献率) alone
/// is therefore not a number: a lead found by two models and the hotline counts for the models as 1, as 2/3, as 1/2 or
/// as 0, according to the rule.
///
/// Three steps, each usable alone. The *pattern* of a set under a grouping says how many members each group has in it:
/// {digital 2, traditional 1}. A *rule* gives a group its exact weight in a pattern, a fraction in [0, 1]. A
/// *contribution* is the mean of these weights over leads; counts stay whole and weights fractions until the last
/// division. Nothing here knows a table or a cube: `leads.hpp` asks a cube, and the query evaluates by these functions.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casemetry/catalogue.hpp>
#include <casemetry/export.hpp>
#include <casemetry/wide.hpp>

namespace casemetry {

/// How a lead is credited to a group g, with S the set of its sources, k = |S| and m = |S ∩ g|. No source, no credit.
///
/// | rule | weight of g in a lead | over all groups |
/// |---|---|---|
/// | `any` | 1 if m > 0 | 1 or more |
/// | `exclusive` | 1 if m = k > 0 | 1 or less |
/// | `shapley` | m / k | 1 |
/// | `owen` | 1 / (number of groups in S) if m > 0 | 1 |
/// | `first`, `last` | m / k of the set at the first (last) time: ties are split equally | 1 |
/// | `linear` | m / k of the log, in which a source stands as often as it found the lead | 1 |
///
/// `shapley` is the exact Shapley value (1953, Contributions to the Theory of Games II, 307–317) of the game in which a
/// coalition of sources is worth the leads that it covers, summed over the group's sources: each lead is shared
/// equally by the sources that found it. Splitting a model in two moves it. `owen` is Owen's value (1977,
/// Mathematical Economics and Game Theory, 76–88) of the same game with the groups as unions: groups share equally,
/// then the members within each. Splitting a model in two leaves every group where it is, but the value depends on the
/// grouping, which is why a grouping is named. With exactly two groups it is the midpoint of [exclusive, any].
enum class Rule : std::uint8_t { any, exclusive, first, last, linear, shapley, owen };

/// `any`, `exclusive`, …, in the order of the enumeration.
CASEMETRY_EXPORT std::span<const std::string> rule_names();
CASEMETRY_EXPORT const std::string& rule_name(Rule rule);
/// Throws QueryError with the nearest name.
CASEMETRY_EXPORT Rule rule_named(std::string_view name);

/// How many members each group has in a set of sources (or, of a log, how often its members stand there). A group
/// without any does not occur.
struct Pattern {
  std::map<std::string, std::int64_t, std::less<>> members;

  /// All of them: k. Throws DataError if they do not fit 64 bits.
  CASEMETRY_EXPORT std::int64_t size() const;
  /// Of one group: m.
  CASEMETRY_EXPORT std::int64_t of(std::string_view group) const;
  /// `digital 2, traditional 1`, groups in code-point order; `[]` if there are none. A name that could be misread (with
  /// a comma or a quote, a line end or a tab, with blanks around it, or empty) stands in quotes, as `"a, b" 2`; inside
  /// them `\"`, `\\`, `\n`, `\r` and `\t` mean what they do elsewhere.
  CASEMETRY_EXPORT std::string text() const;
  /// Reads it back, whatever the names. Throws DataError if it is no pattern.
  CASEMETRY_EXPORT static Pattern parse(std::string_view text);
  auto operator<=>(const Pattern&) const = default;
};

/// The pattern of sources under a grouping: of a set, or of a log with its repeats. Throws DataError if a source is in
/// no group and the grouping has no `rest`, with the nearest source that is; QueryError if the grouping is a table,
/// which only data resolve.
CASEMETRY_EXPORT Pattern pattern_of(std::span<const std::string> sources, const Grouping& grouping);

/// The weight of a group in a lead of this pattern: for `first` and `last` the pattern of the sources at that time, for
/// `linear` that of the log, else that of the set. Throws DataError if the group has fewer than no members.
CASEMETRY_EXPORT Rational weight(Rule rule, const Pattern& pattern, std::string_view group);

/// The weight of one source: as that of a group of its own, and for `owen` its equal share of what its group has,
/// 1 / (groups in S · members of its group in S). Over the members of a group they add up to the group's weight under
/// every rule but `any` and `exclusive`. `sources` as for `pattern_of`, which throws.
CASEMETRY_EXPORT Rational source_weight(Rule rule, std::span<const std::string> sources, const Grouping& grouping,
                                        std::string_view source);

/// What some leads weigh together: those whose value v is known, Σ v and Σ v², in the last digit of its column.
struct Worth {
  std::int64_t leads = 0;
  Wide sum, sum_of_squares;
};

/// Leads by pattern.
struct PatternCounts {
  std::map<Pattern, std::int64_t> leads;
  std::int64_t unknown = 0;                     ///< leads of which the sources are not known
  std::map<Pattern, std::int64_t> undecided{};  ///< leads of which it is not known whether they are asked about
  /// What they weigh: nothing, and each lead weighs as much as any other.
  struct Values {
    std::map<Pattern, Worth> leads;
    Worth unknown{};
  };
  std::optional<Values> values{};
};

/// The leads that are asked about, by the patterns that rules read: always of their sets, and of the others what is at
/// hand. All count the same leads.
struct LeadCounts {
  PatternCounts sets;
  std::optional<PatternCounts> first, last, log;
};

/// What a share is a share of: all leads that are asked about (W), or those that have any source (W − U).
enum class Over : std::uint8_t { leads, attributed };

/// `leads`, `attributed`.
CASEMETRY_EXPORT const std::string& over_name(Over over);
/// Of all leads if it is empty. Throws QueryError with the nearest name.
CASEMETRY_EXPORT Over over_named(std::string_view name);

/// A contribution, with all that it rests on.
struct Contribution {
  Rule rule = Rule::any;
  std::optional<double> value;     ///< Σ v w / Σ v; nothing if Σ v = 0
  std::optional<Rational> credit;  ///< Σ v w in lowest terms; nothing if it does not fit 64 bits
  Wide weight{};                   ///< Σ v over the N leads: N where each weighs 1
  std::int64_t leads = 0;          ///< N: those known, of the leads that it is a share of
  std::int64_t all = 0;            ///< W: all that are asked about and whose set is known
  std::int64_t unattributed = 0;   ///< U: those of them without a source
  std::int64_t unknown = 0;        ///< those whose sources or value are not known, and the undecided
  std::optional<double> standard_error;
  std::optional<double> low, high;       ///< the interval
  std::optional<double> exclusive, any;  ///< the band between which every rule that splits leads lies
  std::optional<double> least, most;     ///< what it could be, whatever the unknown turn out to be
};

/// The contribution of a group.
///
/// value = Σ w / N over the N leads whose sources are known, w as `weight` gives it. Its standard error takes leads as
/// drawn independently: se² = (Σ w² / N − value²) / N, computed from deviations. The interval is Wilson's with the
/// n_eff = value (1 − value) / se² leads that would give this error if each counted whole: it is `wilson(x, N)` where
/// every weight is 0 or 1, and stays in [0, 1]. Where all weights are equal there is no error to tell n_eff by, and it
/// is N: few leads that agree tell no more than few leads.
///
/// Where leads have a value v: Σ v w / Σ v, se² = Σ v² (w − value)² / (Σ v)²; equal weights have Wilson's interval
/// with (Σ v)² / Σ v² leads (Kish 1965, Survey Sampling, section 11.7). Leads whose value is not known are unknown.
///
/// least and most: every unknown lead without credit, or with all; each undecided one in or out, whichever makes it
/// less or more. A lead that has sources, but of which no time is known, is unknown under `first` and `last`. None
/// where it is not known how much the unknown weigh. Linear in the patterns.
///
/// Throws QueryError if the rule reads patterns that are not at hand, and says which column of the lead set has them;
/// DataError if a count or weight is negative, if counts do not fit 64 bits together or weights 128, if patterns of the
/// same leads count different numbers of them, or if the interval is asked at a level that is not between 0 and 1.
///
///     contribution({.sets = counts}, "digital", Rule::owen).value
CASEMETRY_EXPORT Contribution contribution(const LeadCounts& counts, std::string_view group, Rule rule,
                                           Over over = Over::leads, double level = 0.95);

/// The six names that a contribution always carries: it is a number only under them.
struct ContributionNames {
  std::string rule;
  std::string among;  ///< which leads: `kind == 'supervision'`, or `all leads`
  std::string stage;  ///< that they reached; `none`: the leads have no stages
  /// The grouping with its groups: `origin: digital (2 sources), traditional (all others)`, or `origin: table sources`.
  std::string groups;
  std::string counts;  ///< what is counted, or weighed: `leads`, `recovered`; `of attributed leads` if only those are
  /// The condition under which a discovery counts, as the set column says: `between(days(registered_on, found_on), -90,
  /// 0)`, or `none`.
  std::string window;
  /// On one line: `rule owen; among all leads; stage filed; groups origin: table sources; counts leads; window none`.
  CASEMETRY_EXPORT std::string text() const;
};

/// Those of an indicator that is a contribution, with its defaults filled in.
CASEMETRY_EXPORT ContributionNames names_of(const Catalogue& catalogue, const Indicator& contribution);

/// Whether leads without a source are among those of a set, so that W and U are known: not if the leads are made from
/// their discoveries, without a lead table that looks these up.
CASEMETRY_EXPORT bool knows_unattributed(const Catalogue& catalogue, const LeadSet& leads);

/// The leads of one year.
struct YearCounts {
  std::string year;
  LeadCounts counts;
  bool is_partial = false;  ///< the data stand at a day before its last one
};

/// A claim such as "digital over 60 per cent, two years running".
struct ClaimTest {
  std::string of;              ///< a group
  std::optional<Rule> rule{};  ///< must be said
  double share = 0.5;          ///< that the contribution is said to exceed; in (0, 1)
  Over over = Over::leads;
  double level = 0.95;  ///< the claim holds if the joint p is at most 1 − level
};

/// What becomes of a claim under one rule.
struct RuleVerdict {
  struct Year {
    std::string year;
    Contribution contribution;
    double p = 1;             ///< one-sided, of this year alone
    bool is_partial = false;  ///< as of its counts
  };
  Rule rule = Rule::any;
  std::vector<Year> years;
  double p = 1;  ///< joint: the largest
  bool holds = false;
};

/// A claim, tested: under the rule that was asked, and under every rule whose patterns are at hand for all years.
struct Claim {
  RuleVerdict asked;
  std::vector<RuleVerdict> rules;  ///< in the order of the enumeration, the asked one among them
  ContributionNames names{};       ///< if a cube was asked
};

/// Tests whether a contribution exceeded a share in each of some years.
///
/// Each year is tested one-sided by the score test that Wilson's interval inverts, z = (value − share) / √(share (1 −
/// share) / n_eff), n_eff as in `contribution`. Jointly it is an intersection–union test (Berger 1982, Technometrics
/// 24, 295–300): the claim holds if every year rejects at level α, so the joint p is the largest of them, without
/// correction for their number.
///
/// Throws QueryError if no rule or year is said, if a year has no leads (which), or if the share is not between 0 and
/// 1; and as `contribution` does.
CASEMETRY_EXPORT Claim claim(std::span<const YearCounts> years, const ClaimTest& question);

/// How sources overlap: who finds what others find as well.
struct Overlap {
  /// A source, in code-point order.
  struct Source {
    std::string source;
    std::int64_t leads = 0;  ///< that it found; 0: a source that never contributes
    std::int64_t alone = 0;  ///< that no other found
    bool always_covered() const { return leads > 0 && alone == 0; }
  };
  /// Two sources that share a lead, `first` before `second` in code-point order.
  struct Pair {
    std::string first, second;
    std::int64_t both = 0;
    std::int64_t either = 0;
    std::int64_t first_leads = 0, second_leads = 0;
    double jaccard() const { return static_cast<double>(both) / static_cast<double>(either); }
    /// The share of the first's leads that the second found as well; and the reverse.
    double first_in_second() const { return static_cast<double>(both) / static_cast<double>(first_leads); }
    double second_in_first() const { return static_cast<double>(both) / static_cast<double>(second_leads); }
  };
  /// Leads found by just these sources, two or more.
  struct Intersection {
    std::vector<std::string> sources;
    std::int64_t leads = 0;
  };
  std::int64_t leads = 0;         ///< W: all whose set is known, those without a source included
  std::int64_t unattributed = 0;  ///< U
  /// Leads of a cube whose set is not known, or of which it is not known whether they are asked about.
  std::int64_t unknown = 0;
  std::vector<Source> sources;
  std::vector<Pair> pairs;                  ///< by `both`, descending, then in code-point order
  std::vector<Intersection> intersections;  ///< by `leads`, descending, then in code-point order
  ContributionNames names{};                ///< if a cube was asked: which leads these are; without rule and groups
};

/// The overlap of sources, from leads by the set of their sources (each set without repeats, in any order; equal sets
/// add). `declared`: sources that are there even if they found nothing. At most `largest` intersections are given. The
/// sum over sets of the square of their size. Throws DataError if a count is negative, if a source stands twice in a
/// set, or if counts do not fit 64 bits.
CASEMETRY_EXPORT Overlap overlap(const std::map<std::vector<std::string>, std::int64_t>& leads_by_set,
                                 std::span<const std::string> declared = {}, std::size_t largest = 10);

}  // namespace casemetry
