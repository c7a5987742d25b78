// SPDX-License-Identifier: Apache-2.0
#include <casemetry/rules.hpp>
#include <utility>

#include "query/side.hpp"

namespace casemetry::question {
namespace {

using Part = pass::Figure::Part;

/// The sides of a contribution: leads of one set column, by their patterns.
class LeadSides {
 public:
  LeadSides(const Catalogue& catalogue, const Indicator& indicator, const std::string& side)
      : indicator_(indicator), basis_(catalogue.basis(indicator)), rule_(rule_named(indicator.rule)), side_(side) {
    const bool is_valued = !basis_.leads->value.empty();
    count_ = &catalogue.aggregate(
        (is_valued ? pattern_value : pattern_count)(basis_.leads->id, basis_.stage, basis_.role, basis_.grouping));
    known_ = is_valued ? Part::valued : Part::counted;
    unknown_ = is_valued ? Part::unvalued : Part::unknown;
  }

  std::vector<Counted> found() const {
    if (side_ == "not_applicable") return {leads(Part::not_applicable)};
    if (side_ == "numerator") return {leads(known_, is_credited())};
    refuse_times();
    if (side_ == "denominator") return {leads(known_, is_in())};
    return {leads(unknown_, is_in_or_unknown()), leads(Part::counted, is_unknown())};
  }

 private:
  using Passes = std::function<bool(const Pattern*)>;

  Counted leads(Part part, Passes passes = {}) const {
    Counted counted{.figure = {.part = part,
                               .aggregate = count_->id,
                               .date = count_->date.value_or(""),
                               .numerator = {},
                               .denominator = {}}};
    if (passes) counted.pattern = ByPattern{pattern_dimension(basis_.grouping), std::move(passes)};
    return counted;
  }

  Passes is_credited() const {
    return [rule = rule_, group = indicator_.group](const Pattern* pattern) {
      return pattern != nullptr && weight(rule, *pattern, group).numerator > 0;
    };
  }

  bool is_attributed() const { return over_named(indicator_.over) == Over::attributed; }

  Passes is_in() const {
    return [attributed = is_attributed()](const Pattern* pattern) {
      return pattern != nullptr && !(attributed && pattern->members.empty());
    };
  }

  Passes is_in_or_unknown() const {
    return [is_in = is_in()](const Pattern* pattern) { return pattern == nullptr || is_in(pattern); };
  }

  static Passes is_unknown() {
    return [](const Pattern* pattern) { return pattern == nullptr; };
  }

  // Whether a lead without a first source has none at all, or no time is known, the patterns of first do not tell.
  void refuse_times() const {
    if (basis_.role != "first" && basis_.role != "last") return;
    throw QueryError("the " + side_ + " of '" + indicator_.id + "' is not told by the sources at its " + basis_.role +
                     " time alone: ask for side='numerator', or for a rule that reads all sources, such as owen");
  }

  const Indicator& indicator_;
  Basis basis_;
  Rule rule_;
  const std::string& side_;
  const Aggregate* count_ = nullptr;
  Part known_, unknown_;
};

}  // namespace

std::vector<Counted> lead_side_of(const Catalogue& catalogue, const Indicator& indicator, const std::string& side) {
  return LeadSides(catalogue, indicator, side).found();
}

}  // namespace casemetry::question
