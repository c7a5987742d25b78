// SPDX-License-Identifier: Apache-2.0
// The times in which the members of sets stay in their groups.
#pragma once

#include <algorithm>
#include <casemetry/table.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "units/source_groups.hpp"

namespace casemetry::counting {

/// The times of all sets of a column, numbered one set after another. Most sets have one; one whose members change
/// their groups has a time without a day, then one for each step of a member.
class SetTimes {
 public:
  /// `steps` of each member.
  SetTimes(const Sets& sets, std::span<const GroupSteps* const> steps) : sets_(sets.size()) {
    if (std::ranges::all_of(steps, [](const GroupSteps* of_member) { return of_member->size() == 1; })) return;
    begins_.push_back(0);
    for (std::size_t set = 0; set < sets_; ++set) {
      for (const std::uint32_t member : sets[set])
        for (const GroupStep& step : std::span(*steps[member]).subspan(1)) changes_.push_back(step.from);
      const auto begin = changes_.begin() + begins_.back();
      std::sort(begin, changes_.end());
      changes_.erase(std::unique(begin, changes_.end()), changes_.end());
      begins_.push_back(static_cast<std::uint32_t>(changes_.size()));
    }
  }

  /// Whether any set has several times; if none does, a set's time has its number.
  bool are_many() const { return !changes_.empty(); }
  std::size_t size() const { return sets_ + changes_.size(); }
  std::size_t first(std::size_t set) const { return are_many() ? set + begins_[set] : set; }

  /// The time of a set that a day falls into; the first if it is `missing_day`.
  std::size_t at(std::size_t set, std::int32_t day) const {
    const std::span<const std::int32_t> changes = changes_of(set);
    return first(set) + static_cast<std::size_t>(std::ranges::upper_bound(changes, day) - changes.begin());
  }

  /// Calls `action(time, day)` for each time of a set, with a day that falls into it.
  template <class Action>
  void for_each(std::size_t set, const Action& action) const {
    std::size_t time = first(set);
    action(time, missing_day);
    for (const std::int32_t day : changes_of(set)) action(++time, day);
  }

 private:
  std::span<const std::int32_t> changes_of(std::size_t set) const {
    if (!are_many()) return {};
    return std::span(changes_).subspan(begins_[set], begins_[set + 1] - begins_[set]);
  }

  std::size_t sets_;
  std::vector<std::uint32_t> begins_;  // a set's changes are those from its begin to the next
  std::vector<std::int32_t> changes_;
};

}  // namespace casemetry::counting
