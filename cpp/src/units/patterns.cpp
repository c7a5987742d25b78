// SPDX-License-Identifier: Apache-2.0
#include "units/patterns.hpp"

#include <algorithm>
#include <casemetry/rules.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

#include "units/set_times.hpp"
#include "units/tasks.hpp"

namespace casemetry::counting {
namespace {

constexpr std::size_t sets_a_task = 8192;

// What stands for no pattern: it is not known, or a member is in no group.
constexpr std::uint32_t unknown_pattern = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t ungrouped = unknown_pattern - 1;

/// The groups of a set's members, in order; a group stands in it as often as it has members.
using Bag = std::u32string;

/// Calls `action(begin, end)` for ranges of so many sets, shared out among threads.
template <class Action>
void for_each_range(std::size_t sets, const Action& action) {
  for_each_task((sets + sets_a_task - 1) / sets_a_task,
                [&](std::size_t task) { action(task * sets_a_task, std::min(sets, (task + 1) * sets_a_task)); });
}

std::string text_of(auto groups, std::span<const std::string> names) {
  Pattern pattern;
  for (const std::uint32_t group : groups) ++pattern.members[names[group]];
  return pattern.text();
}

class PatternMaker {
 public:
  explicit PatternMaker(const PatternParts& parts)
      : parts_(parts),
        sets_(parts.sets.sets()),
        steps_(steps_of_labels()),
        times_(sets_, steps_),
        patterns_(times_.size(), unknown_pattern) {}

  Column make() && {
    std::vector<std::string> texts = parts_.identity ? texts_of_sets() : texts_of_groups();
    refuse_ungrouped();
    const std::size_t listed = texts.size();
    const Column labelled = Column::of_codes(parts_.name, Type::category, {}, std::move(texts), listed);
    return std::visit(
        [&]<class Code, class Held>(std::span<const Code>, std::span<const Held> held) {
          const std::vector<Code> codes = codes_of_rows(held, static_cast<Code>(listed));
          return labelled.recoded(parts_.name, std::span<const Code>(codes));
        },
        labelled.codes(), parts_.sets.codes());
  }

 private:
  std::vector<const GroupSteps*> steps_of_labels() const {
    std::vector<const GroupSteps*> steps;
    for (const std::string& label : parts_.sets.labels()) steps.push_back(&parts_.groups.steps(label));
    return steps;
  }

  bool is_listed(std::span<const std::uint32_t> members) const {
    return members.empty() || members.back() < parts_.sets.listed();
  }

  // Each set is a pattern of its own.
  std::vector<std::string> texts_of_sets() {
    std::vector<std::string> texts(sets_.size());
    for_each_range(sets_.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t set = begin; set < end; ++set) {
        texts[set] = text_of(sets_[set], parts_.groups.names());
        if (is_listed(sets_[set])) patterns_[set] = static_cast<std::uint32_t>(set);
      }
    });
    return texts;
  }

  // The different bags of groups are patterns, in the order in which sets come to them.
  std::vector<std::string> texts_of_groups() {
    std::vector<std::vector<Bag>> found((sets_.size() + sets_a_task - 1) / sets_a_task);
    for_each_range(sets_.size(), [&](std::size_t begin, std::size_t end) {
      found[begin / sets_a_task] = different_bags(begin, end);
    });
    std::unordered_map<Bag, std::uint32_t> codes;
    std::vector<std::string> texts;
    for (std::size_t task = 0; task < found.size(); ++task) {
      std::vector<std::uint32_t> code_of;
      for (const Bag& bag : found[task]) {
        const auto [known, is_new] = codes.emplace(bag, static_cast<std::uint32_t>(texts.size()));
        if (is_new) texts.push_back(text_of(bag, parts_.groups.names()));
        code_of.push_back(known->second);
      }
      renumber(task * sets_a_task, std::min(sets_.size(), (task + 1) * sets_a_task), code_of);
    }
    return texts;
  }

  // The patterns of some sets: the places of their bags become codes.
  void renumber(std::size_t begin, std::size_t end, std::span<const std::uint32_t> code_of) {
    for (std::size_t time = times_.first(begin); time < times_.first(end); ++time)
      if (patterns_[time] < ungrouped) patterns_[time] = code_of[patterns_[time]];
  }

  // Of some sets; their patterns are the places of these bags.
  std::vector<Bag> different_bags(std::size_t begin, std::size_t end) {
    std::vector<Bag> bags;
    std::unordered_map<Bag, std::uint32_t> places;
    Bag bag;
    for (std::size_t set = begin; set < end; ++set)
      times_.for_each(set, [&](std::size_t time, std::int32_t day) {
        patterns_[time] = fill(bag, set, day);
        if (patterns_[time] >= ungrouped) return;
        const auto [known, is_new] = places.emplace(bag, static_cast<std::uint32_t>(bags.size()));
        if (is_new) bags.push_back(bag);
        patterns_[time] = known->second;
      });
    return bags;
  }

  // What stands for no pattern if the set has none on that day, else 0.
  std::uint32_t fill(Bag& bag, std::size_t set, std::int32_t day) const {
    bag.clear();
    if (!is_listed(sets_[set])) return unknown_pattern;
    std::uint32_t lack = 0;
    for (const std::uint32_t member : sets_[set]) {
      const std::uint32_t group = group_at(*steps_[member], day);
      if (group == no_group) return ungrouped;
      if (group == unknown_group) lack = unknown_pattern;
      bag += group;
    }
    std::ranges::sort(bag);
    return lack;
  }

  // The time of each row's set; one more than there are, where the set is missing.
  std::size_t time(std::size_t row, std::size_t set) const {
    return set < sets_.size() ? times_.at(set, day(row)) : times_.size();
  }

  std::int32_t day(std::size_t row) const {
    if (!parts_.days) return missing_day;
    const std::int32_t day = parts_.days->days()[row];
    return is_day(day) ? day : missing_day;
  }

  template <class Code, class Held>
  std::vector<Code> codes_of_rows(std::span<const Held> held, Code missing) const {
    std::vector<Code> of_time(times_.size() + 1, missing);
    for (std::size_t time = 0; time < patterns_.size(); ++time)
      if (patterns_[time] < ungrouped) of_time[time] = static_cast<Code>(patterns_[time]);
    if (times_.are_many()) return cells<Code>(held, [&](std::size_t row, Held set) { return of_time[time(row, set)]; });
    return cells<Code>(held, [code_of = of_time.data()](std::size_t, Held set) { return code_of[set]; });
  }

  template <class Code, class Held, class Find>
  static std::vector<Code> cells(std::span<const Held> held, const Find& find) {
    std::vector<Code> cells(held.size());
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, held.size(), rows_a_task), [&](const auto& task) {
      const Find find_here = find;
      const Held* const sets = held.data();
      Code* const out = cells.data();
      for (std::size_t row = task.begin(); row < task.end(); ++row) out[row] = find_here(row, sets[row]);
    });
    return cells;
  }

  // A set that no row has at that time may have a source in no group.
  void refuse_ungrouped() const {
    if (std::ranges::find(patterns_, ungrouped) == patterns_.end()) return;
    std::visit(
        [&](auto held) {
          for (std::size_t row = 0; row < held.size(); ++row)
            if (held[row] < sets_.size() && patterns_[time(row, held[row])] == ungrouped) refuse(row, held[row]);
        },
        parts_.sets.codes());
  }

  [[noreturn]] void refuse(std::size_t row, std::size_t set) const {
    const auto stranger = std::ranges::find_if(
        sets_[set], [&](std::uint32_t member) { return group_at(*steps_[member], day(row)) == no_group; });
    const bool is_dated = steps_[*stranger]->size() > 1;
    throw parts_.ungrouped(parts_.sets.labels()[*stranger], row, is_dated ? day(row) : missing_day);
  }

  const PatternParts& parts_;
  const Sets& sets_;
  std::vector<const GroupSteps*> steps_;  // of each source
  SetTimes times_;
  std::vector<std::uint32_t> patterns_;  // of each set at each of its times
};

}  // namespace

Column pattern_column(const PatternParts& parts) {
  return PatternMaker(parts).make();
}

}  // namespace casemetry::counting
