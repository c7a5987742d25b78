// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <tuple>
#include <type_traits>
#include <utility>

#include "query/contribution.hpp"

namespace casemetry::question {
namespace {

// What a contribution sees of a pattern.
using Seen = std::tuple<bool, std::int64_t, std::int64_t, bool, bool>;

Seen seen(const Pattern& pattern, const Distinction& by) {
  const Rational credit = by.rule ? weight(*by.rule, pattern, by.group) : Rational{};
  const bool any = by.has_band && pattern.of(by.group) > 0;
  return {pattern.members.empty(), credit.numerator, credit.denominator, any, any && pattern.members.size() == 1};
}

// What `told` says of a pattern is the same for all of a class.
template <class Told>
void classify_by(Classified& of, const DimensionLabels& labels, const Told& told) {
  std::map<std::invoke_result_t<Told, const Pattern&>, std::uint32_t> classes;
  Regrouping regrouping = of.regrouping;
  for (const std::string& label : labels.labels) {
    Pattern pattern = regrouping(Pattern::parse(label));
    const auto next = static_cast<std::uint32_t>(of.patterns.size());
    const auto [place, is_new] = classes.try_emplace(told(pattern), next);
    if (is_new) of.patterns.push_back(std::move(pattern));
    of.class_of.push_back(place->second);
  }
  of.class_of.push_back(static_cast<std::uint32_t>(of.patterns.size()));
}

}  // namespace

Regrouping::Regrouping(const Grouping* asked, const Grouping* counted) : asked_(asked), counted_(counted) {
  if (asked != nullptr && counted != nullptr) groups_ = coarsening(*counted, *asked).value();
}

Pattern Regrouping::operator()(Pattern pattern) {
  if (asked_ == nullptr) return pattern;
  Pattern told;
  for (const auto& [name, members] : pattern.members) told.members[group_of(name)] += members;
  return told;
}

// That of a single source is looked for once.
const std::string& Regrouping::group_of(const std::string& counted) {
  const auto known = groups_.find(counted);
  if (known != groups_.end()) return known->second;
  if (counted_ != nullptr)
    throw DataError("the cube counts leads of group '" + counted + "', which grouping '" + counted_->id +
                    "' does not have; build it again");
  return groups_.emplace(counted, pattern_of({&counted, 1}, *asked_).members.begin()->first).first->second;
}

void classify(Classified& of, const DimensionLabels& labels, const Distinction& by) {
  classify_by(of, labels, [&](const Pattern& pattern) { return seen(pattern, by); });
}

Classified by_pattern(const Classified& of, const DimensionLabels& labels) {
  Classified told{.counts = of.counts, .values = of.values, .dimension = of.dimension, .regrouping = of.regrouping};
  classify_by(told, labels, [](const Pattern& pattern) { return pattern; });
  return told;
}

Block counts_by_class(const Cube& cube, const Classified& of, const Placement& placement, std::size_t cells,
                      std::span<const Period> steps) {
  const Block& block = cube.blocks()[of.counts.block];
  const std::size_t width = cube.dimensions().size();
  const auto classes = static_cast<std::uint32_t>(of.classes());
  if (cells >= nowhere / classes)
    throw QueryError("contributions in " + std::to_string(cells) + " cells by " + std::to_string(classes) +
                     " patterns of sources are too many to count; ask by fewer dimensions");
  std::vector<std::uint32_t> refined = placement[of.counts.block];
  for (std::size_t i = 0; i < refined.size(); ++i)
    if (refined[i] != nowhere) refined[i] = refined[i] * classes + of.class_of[block.codes[i * width + of.dimension]];
  Wanted wanted{std::vector<bool>(block.aggregates.size()), std::vector<bool>(block.proportions.size())};
  wanted.aggregates[of.counts.column] = true;
  if (of.values) wanted.aggregates[of.values->column] = true;
  return counts(block, refined, cells * classes, steps, wanted);
}

}  // namespace casemetry::question
