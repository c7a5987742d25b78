// SPDX-License-Identifier: Apache-2.0
/// \file
/// Contributions: leads by the patterns of their sources, told apart as far as a rule does, and evaluated.
#pragma once

#include <casemetry/query.hpp>
#include <casemetry/rules.hpp>
#include <map>
#include <optional>
#include <vector>

#include "query/stock.hpp"

namespace casemetry::question {

/// How the patterns that a cube counts are told as those of the grouping that is asked.
class Regrouping {
 public:
  /// The same, single sources, or groups of a finer one. `asked` is none if they are the same.
  Regrouping() = default;
  Regrouping(const Grouping* asked, const Grouping* counted);
  /// Throws DataError if a source is in no group, or if the counted grouping does not have one of the groups.
  Pattern operator()(Pattern pattern);

 private:
  const std::string& group_of(const std::string& counted);

  const Grouping* asked_ = nullptr;
  const Grouping* counted_ = nullptr;
  std::map<std::string, std::string, std::less<>> groups_;  // of what is counted, as far as they are known
};

/// The leads of one set column by classes of its patterns: a cell of the question is refined by them.
struct Classified {
  Place counts;                         ///< the count of the leads
  std::optional<Place> values;          ///< the sum of what they weigh, in the same block
  std::size_t dimension = 0;            ///< that of the patterns, among the cube's
  Regrouping regrouping;                ///< how its labels are told as patterns of the groups that are asked
  std::vector<Pattern> patterns;        ///< one that stands for each class; after them comes that of the unknown
  std::vector<std::uint32_t> class_of;  ///< for each label of the dimension, the missing one last
  std::size_t place = 0;                ///< where its sums stand among those of a question
  std::size_t classes() const { return patterns.size() + 1; }
};

/// How a contribution is answered from a cube.
struct Credit {
  Rule rule = Rule::any;
  Over over = Over::leads;
  bool knows_unattributed = true;
  int scale = 0;  ///< digits after the point of what leads weigh
  Classified sets;
  std::optional<Classified> read;  ///< what the rule reads, if that is not the sets
};

/// By what patterns are told apart: the weight of the group under a rule, and what the band is made of.
struct Distinction {
  std::string_view group;
  std::optional<Rule> rule;  ///< none: the band alone
  bool has_band = true;
};

/// Puts the patterns that are labels of a dimension into classes. Linear in the labels.
void classify(Classified& of, const DimensionLabels& labels, const Distinction& by);
/// The same leads, each pattern a class of its own.
Classified by_pattern(const Classified& of, const DimensionLabels& labels);

/// The sums of a block over a question's rows, class by class: row `(cell · classes + class) · steps + step`.
/// Throws QueryError if there are more than 2^32 cells of these.
Block counts_by_class(const Cube& cube, const Classified& of, const Placement& placement, std::size_t cells,
                      std::span<const Period> steps);

/// The leads of one set column in one of the question's rows.
PatternCounts patterns_at(const Classified& of, const Block& sums, std::size_t row, std::size_t steps);

/// The leads of one of the question's rows.
LeadCounts leads_at(const Credit& credit, std::span<const Block> by_class, std::size_t row, std::size_t steps);

/// Those of a whole that are not in a part of it.
LeadCounts rest_of(LeadCounts whole, const LeadCounts& part);

Evaluation evaluate_contribution(const Indicator& indicator, const Credit& credit, const LeadCounts& leads,
                                 double level);

}  // namespace casemetry::question
