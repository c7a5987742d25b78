// SPDX-License-Identifier: Apache-2.0
// Which group a source is in, at any time.
#pragma once

#include <casemetry/units.hpp>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::counting {

/// Of a source that is in no group, and of one of which it is not known which group it is in.
inline constexpr std::uint32_t no_group = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint32_t unknown_group = no_group - 1;

/// The group of a source from a day on, until its next step. The first step is from `missing_day`: the group where no
/// day is said. A source that stays in its group has no other.
struct GroupStep {
  std::int32_t from = missing_day;
  std::uint32_t group = no_group;
};
using GroupSteps = std::vector<GroupStep>;

/// The step that a day falls into.
inline std::uint32_t group_at(std::span<const GroupStep> steps, std::int32_t day) {
  std::size_t step = steps.size() - 1;
  while (steps[step].from > day) --step;
  return steps[step].group;
}

/// The groups of sources: of all sources that a grouping names, and of all others.
///
/// Where no day is said, a source is in the one group that it is ever in; one that has been in several could be in any.
class SourceGroups {
 public:
  /// `rows` put no source into two groups at one time. An empty `rest` leaves all other sources, and those outside
  /// their days, in no group.
  SourceGroups(std::span<const GroupedSource> rows, const std::string& rest);
  /// Each of these sources in a group of its own.
  explicit SourceGroups(std::span<const std::string> sources);

  /// The names of the groups; a group's code is its place.
  std::span<const std::string> names() const { return names_; }
  const GroupSteps& steps(std::string_view source) const;
  /// The sources that it names.
  std::vector<std::string> sources() const;

 private:
  std::uint32_t code(const std::string& group);
  GroupSteps steps_of(std::span<const GroupedSource> rows);

  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t, std::less<>> codes_;
  std::uint32_t rest_ = no_group;
  GroupSteps others_;
  std::map<std::string, GroupSteps, std::less<>> steps_;
};

}  // namespace casemetry::counting
