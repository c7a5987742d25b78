// SPDX-License-Identifier: Apache-2.0
#include "cube/guard.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <ranges>
#include <utility>

#include "cube/hierarchy.hpp"
#include "cube/identity.hpp"
#include "cube/names.hpp"
#include "cube/promise.hpp"
#include "written.hpp"

namespace casemetry::value {
namespace {

using Names = std::vector<std::string>;

std::string listed(const auto& names) {
  return names.empty() ? "none" : quoted(names);
}

/// Two cubes side by side; collects every reason why they do not fit.
class Comparison {
 public:
  Comparison(const Cube::Data& left, const Cube::Data& right) : left_(left), right_(right) {}

  void compare_all() {
    compare_definitions();
    compare_promises();
    compare_days();
    compare_holidays();
    compare_groupings();
    refuse_what_parts_could_split();
  }

  void compare_definitions() {
    compare_aggregates();
    if (!reasons_.empty()) return;  // blocks of the same aggregates are the same blocks
    compare_dimensions();
    if (!reasons_.empty()) return;
    for (std::size_t b = 0; b < left_.blocks.size(); ++b) compare(left_.blocks[b], right_.blocks[b]);
  }

  void compare_promises() {
    if (left_.partitioned_by != right_.partitioned_by)
      add("the left is partitioned by " + listed(left_.partitioned_by) + ", the right by " +
          listed(right_.partitioned_by) + "; build both with the same `partitioned_by`");
  }

  // A closing after the day at which the data stand has not come yet.
  void compare_days() {
    if (left_.as_of != right_.as_of && counts_what_is_pending(left_))
      add("what is pending stands at " + day(left_) + " on the left and at " + day(right_) +
          " on the right, so that closings between the two count on one side only; build both with the same "
          "`as_of`, or `keep` the other aggregates");
  }

  // A side without any counted no working days: its other aggregates were kept.
  void compare_holidays() {
    if (left_.holidays.empty() || right_.holidays.empty() || left_.holidays == right_.holidays) return;
    Names different;
    std::vector<std::int32_t> days;
    std::ranges::set_symmetric_difference(left_.holidays, right_.holidays, std::back_inserter(days));
    for (const std::int32_t number : days | std::views::take(3))
      different.push_back(date_text(Date{std::chrono::days{number}}));
    add("working days were counted with other holidays on the left than on the right (" + listed(different) +
        (days.size() > 3 ? ", …" : "") + "); build both with the same table of holidays");
  }

  // What only one side has, the other counted nothing by.
  void compare_groupings() {
    for (const auto& [grouping, left] : left_.groupings) {
      const auto right = right_.groupings.find(grouping);
      if (right != right_.groupings.end() && right->second != left) compare(grouping, left, right->second);
    }
  }

  void refuse_what_parts_could_split() {
    for (const Cube::Data* side : {&left_, &right_})
      for (std::string& risk : split_risks(*side))
        if (std::ranges::find(reasons_, risk) == reasons_.end()) add(std::move(risk));
    if (counts_collapsed_units(left_) && (left_.parts.empty() || right_.parts.empty()))
      add("collapsed units are added and taken away by parts that have a name; build each with `part`");
  }

  void refuse_parts_twice() {
    Names twice;
    std::ranges::set_intersection(left_.parts, right_.parts, std::back_inserter(twice));
    if (!twice.empty()) add("part " + listed(twice) + " is in both and would count twice");
  }

  void refuse_parts_outside() {
    Names outside;
    std::ranges::set_difference(right_.parts, left_.parts, std::back_inserter(outside));
    if (!outside.empty()) add("part " + listed(outside) + " is not inside; inside are: " + listed(left_.parts));
  }

  void throw_if_any(const std::string& what) const {
    if (reasons_.empty()) return;
    std::string text = what;
    for (const std::string& reason : reasons_) text += (reasons_.size() > 1 ? "\n- " : " ") + reason;
    throw MergeError(text);
  }

 private:
  void add(std::string reason) { reasons_.push_back(std::move(reason)); }

  void compare_aggregates() {
    const auto left = count_hashes(left_);
    const auto right = count_hashes(right_);
    Names common;
    Names different;
    Names only_left;
    Names only_right;
    for (const auto& [id, hash] : left) {
      const auto other = right.find(id);
      (other == right.end() ? only_left : other->second == hash ? common : different).push_back(id);
    }
    for (const auto& [id, hash] : right)
      if (!left.contains(id)) only_right.push_back(id);
    const std::string advice = common.empty()
                                   ? "; they have none in common"
                                   : "; keep what they have in common first: `keep([" + quoted(common) + "])`";
    if (!different.empty()) add("aggregates that are defined differently: " + listed(different) + advice);
    if (!only_left.empty()) add("aggregates that only the left has: " + listed(only_left) + advice);
    if (!only_right.empty()) add("aggregates that only the right has: " + listed(only_right) + advice);
  }

  static bool counts_what_is_pending(const Cube::Data& cube) {
    const auto is_pending = [&](const AggregateCounts& counts) {
      return cube.catalogue.aggregate(counts.aggregate).kind == Aggregate::Kind::pending;
    };
    return std::ranges::any_of(cube.blocks,
                               [&](const Block& block) { return std::ranges::any_of(block.aggregates, is_pending); });
  }

  static std::string day(const Cube::Data& cube) { return cube.as_of ? date_text(*cube.as_of) : "no day"; }

  static Names ids(const Cube::Data& cube) {
    Names ids;
    for (const DimensionLabels& dimension : cube.dimensions) ids.push_back(dimension.id);
    return ids;
  }

  void compare_dimensions() {
    if (ids(left_) != ids(right_))
      return add("the left is by " + listed(ids(left_)) + ", the right by " + listed(ids(right_)) +
                 "; roll both up to the same dimensions in the same order: `roll_up([…])`");
    const std::vector<std::string> of_left = dimension_hashes(left_);
    const std::vector<std::string> of_right = dimension_hashes(right_);
    for (std::size_t d = 0; d < left_.dimensions.size(); ++d) {
      const DimensionLabels& left = left_.dimensions[d];
      const DimensionLabels& right = right_.dimensions[d];
      if (of_left[d] != of_right[d] || left.declared != right.declared || left.closed_in != right.closed_in)
        add("dimension '" + left.id + "' is defined differently; roll both up to others");
      if (!left.hierarchy || !right.hierarchy) continue;
      compare(left.id, *left.hierarchy, *right.hierarchy);
      compare_known(left, "left", right, "right");
      compare_known(right, "right", left, "left");
    }
  }

  // A code that stands as written on one side would be put under another by the other's hierarchy.
  void compare_known(const DimensionLabels& dimension, const std::string& side, const DimensionLabels& other,
                     const std::string& other_side) {
    const auto differs = [&](const std::string& label) {
      return find_code(*dimension.hierarchy, label) == nullptr && find_code(*other.hierarchy, label) != nullptr;
    };
    const auto label = std::ranges::find_if(dimension.labels, differs);
    if (label != dimension.labels.end())
      add("dimension '" + dimension.id + "': the hierarchy on the " + side + " does not know code '" + *label +
          "', that on the " + other_side + " does; build both with the same hierarchy");
  }

  void compare(const std::string& dimension, std::span<const HierarchyCode> left,
               std::span<const HierarchyCode> right) {
    for (const HierarchyCode& code : left) {
      const HierarchyCode* other = find_code(right, code.code);
      if (other == nullptr || other->parent == code.parent) continue;
      return add("dimension '" + dimension + "': code '" + code.code + "' is under '" + code.parent +
                 "' on the left and under '" + other->parent + "' on the right; build both with the same hierarchy");
    }
  }

  void compare(const std::string& grouping, const std::vector<GroupedSource>& left,
               const std::vector<GroupedSource>& right) {
    std::vector<GroupedSource> different;
    std::ranges::set_symmetric_difference(left, right, std::back_inserter(different));
    const std::string& source = different.front().source;
    add("grouping '" + grouping + "': source '" + source + "' is in " + groups_of(source, left) +
        " on the left and in " + groups_of(source, right) + " on the right; build both with the same table of groups");
  }

  // `'traditional' to 2023-12-31, 'digital' from 2024-01-01`
  static std::string groups_of(const std::string& source, const std::vector<GroupedSource>& rows) {
    const auto text = [](std::int32_t day) { return date_text(Date{std::chrono::days{day}}); };
    std::string groups;
    for (const GroupedSource& row : rows) {
      if (row.source != source) continue;
      groups += (groups.empty() ? "'" : ", '") + row.group + "'";
      if (row.valid_from != missing_day) groups += " from " + text(row.valid_from);
      if (row.valid_to != missing_day) groups += " to " + text(row.valid_to);
    }
    return groups.empty() ? "none" : groups;
  }

  void compare(const Block& left, const Block& right) {
    if (left.has_dimension != right.has_dimension)
      add("'" + left.unit + "' has other dimensions on the left than on the right; give both the same columns");
    for (std::size_t k = 0; k < left.aggregates.size(); ++k)
      if (left.aggregates[k].scale != right.aggregates[k].scale)
        add("aggregate '" + left.aggregates[k].aggregate + "' sums numbers of " +
            std::to_string(left.aggregates[k].scale) + " decimals on the left and of " +
            std::to_string(right.aggregates[k].scale) + " on the right; declare its column as `decimal(…)`");
    const auto formulas = [](const JointCounts& counts) { return std::pair(counts.numerator, counts.denominator); };
    if (!std::ranges::equal(left.proportions, right.proportions, {}, formulas, formulas))
      add("'" + left.unit + "' has joint counts of other proportions on the left than on the right" +
          joint_difference(left, right) + "; build both for the same indicators");
  }

  static std::string joint_difference(const Block& left, const Block& right) {
    const auto names = [](const Block& block) {
      Names pairs;
      for (const JointCounts& counts : block.proportions)
        pairs.push_back(counts.numerator + " / " + counts.denominator);
      return pairs;
    };
    return " (" + listed(names(left)) + "; " + listed(names(right)) + ")";
  }

  const Cube::Data& left_;
  const Cube::Data& right_;
  Names reasons_;
};

}  // namespace

void check_addition(const Cube::Data& left, const Cube::Data& right) {
  Comparison comparison(left, right);
  comparison.compare_all();
  comparison.refuse_parts_twice();
  comparison.throw_if_any("these cubes cannot be added:");
}

void check_subtraction(const Cube::Data& left, const Cube::Data& right) {
  Comparison comparison(left, right);
  comparison.compare_all();
  comparison.refuse_parts_outside();
  comparison.throw_if_any("this cube cannot be taken away:");
}

}  // namespace casemetry::value
