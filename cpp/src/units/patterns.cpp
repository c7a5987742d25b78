// SPDX-License-Identifier: Apache-2.0
#include "units/patterns.hpp"

#include <algorithm>
#include <atomic>
#include <casemetry/rules.hpp>
#include <numeric>
#include <utility>
#include <vector>

#include "units/tasks.hpp"

namespace casemetry::counting {
namespace {

constexpr std::uint32_t no_pattern = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t patterns_a_task = 4096;

/// The sets of a column, each once for every time in which its members stay in their groups: most of them once. The
/// times of a set begin at the steps of its members; before all of them comes the set without a day.
class Versions {
 public:
  Versions(const Sets& sets, std::span<const GroupSteps* const> steps) {
    begins_.reserve(sets.size() + 1);
    begins_.push_back(0);
    for (std::size_t set = 0; set < sets.size(); ++set) {
      for (const std::uint32_t member : sets[set])
        for (const GroupStep& step : std::span(*steps[member]).subspan(1)) changes_.push_back(step.from);
      const auto begin = changes_.begin() + static_cast<std::ptrdiff_t>(begins_.back());
      std::sort(begin, changes_.end());
      changes_.erase(std::unique(begin, changes_.end()), changes_.end());
      begins_.push_back(changes_.size());
    }
  }

  std::size_t size() const { return begins_.size() - 1 + changes_.size(); }

  std::size_t at(std::size_t set, std::int32_t day) const {
    const std::span<const std::int32_t> changes = changes_of(set);
    const auto later = std::ranges::upper_bound(changes, day);
    return set + begins_[set] + static_cast<std::size_t>(later - changes.begin());
  }

  /// Calls `action(version, day)` for each version of a set, with a day that falls into its time.
  template <class Action>
  void for_each(std::size_t set, const Action& action) const {
    std::size_t version = set + begins_[set];
    action(version, missing_day);
    for (const std::int32_t day : changes_of(set)) action(++version, day);
  }

 private:
  std::span<const std::int32_t> changes_of(std::size_t set) const {
    return std::span(changes_).subspan(begins_[set], begins_[set + 1] - begins_[set]);
  }

  std::vector<std::size_t> begins_;  // a set's changes are those from its begin to the next
  std::vector<std::int32_t> changes_;
};

class PatternMaker {
 public:
  explicit PatternMaker(const PatternParts& parts)
      : parts_(parts),
        sets_(parts.sets.sets()),
        steps_(steps_of_labels()),
        versions_(sets_, steps_),
        patterns_(versions_.size(), no_pattern) {}

  Column make() && {
    find_patterns(occurring());
    std::vector<std::string> texts = parts_.identity ? texts_of(bags_, parts_.groups.names()) : grouped_texts();
    const std::size_t listed = texts.size();
    return of_rows(Column::of_codes(parts_.name, Type::category, {}, std::move(texts), listed));
  }

 private:
  std::size_t rows() const { return static_cast<std::size_t>(parts_.sets.rows()); }

  std::vector<const GroupSteps*> steps_of_labels() const {
    std::vector<const GroupSteps*> steps;
    for (const std::string& label : parts_.sets.labels()) steps.push_back(&parts_.groups.steps(label));
    return steps;
  }

  std::int32_t day(std::size_t row) const {
    if (!parts_.days) return missing_day;
    const std::int32_t day = parts_.days->days()[row];
    return is_day(day) ? day : missing_day;
  }

  // Calls `action(row, version)` for each row whose set is known, rows shared out among threads.
  template <class Action>
  void for_each_row(const Action& action) const {
    std::visit(
        [&](auto codes) {
          tbb::parallel_for(tbb::blocked_range<std::size_t>(0, rows(), rows_a_task), [&](const auto& task) {
            for (std::size_t row = task.begin(); row < task.end(); ++row)
              if (codes[row] < sets_.size()) action(row, versions_.at(codes[row], day(row)));
          });
        },
        parts_.sets.codes());
  }

  // Of each version, whether a row has it: what none has need not be in a group.
  std::vector<std::uint8_t> occurring() const {
    std::vector<std::uint8_t> occurs(versions_.size());
    for_each_row([&](std::size_t, std::size_t version) {
      const std::atomic_ref<std::uint8_t> flag(occurs[version]);
      if (flag.load(std::memory_order_relaxed) == 0) flag.store(1, std::memory_order_relaxed);
    });
    return occurs;
  }

  void find_patterns(const std::vector<std::uint8_t>& occurs) {
    for (std::size_t set = 0; set < sets_.size(); ++set)
      versions_.for_each(set, [&](std::size_t version, std::int32_t day) {
        if (occurs[version] != 0) patterns_[version] = bag(set, version, day);
      });
  }

  // The place of the members' groups among the bags, or no pattern.
  std::uint32_t bag(std::size_t set, std::size_t version, std::int32_t day) {
    groups_.clear();
    bool known = true;
    for (const std::uint32_t member : sets_[set]) {
      const std::uint32_t group = group_at(*steps_[member], day);
      if (group == no_group) throw ungrouped(member, version);
      known &= group != unknown_group && member < parts_.sets.listed();
      groups_.push_back(group);
    }
    if (!known) return no_pattern;
    bags_.add(groups_);
    return static_cast<std::uint32_t>(bags_.size() - 1);
  }

  DataError ungrouped(std::uint32_t member, std::size_t version) const {
    std::atomic<std::size_t> first = rows();
    for_each_row([&](std::size_t row, std::size_t of_row) {
      if (of_row != version) return;
      std::size_t before = first.load();
      while (row < before && !first.compare_exchange_weak(before, row)) {
      }
    });
    const bool dated = steps_[member]->size() > 1;
    return parts_.ungrouped(parts_.sets.labels()[member], first, dated ? day(first) : missing_day);
  }

  // Each different bag has one text.
  std::vector<std::string> grouped_texts() {
    std::vector<std::uint32_t> places(bags_.size());
    std::iota(places.begin(), places.end(), 0U);
    const std::span<const std::string> names = parts_.groups.names();
    const Column different = Column::of_sets(parts_.name, places, bags_, {names.begin(), names.end()}, 0);
    std::visit(
        [&](auto codes) {
          for (std::uint32_t& pattern : patterns_)
            if (pattern != no_pattern) pattern = codes[pattern];
        },
        different.codes());
    return texts_of(different.sets(), different.labels());
  }

  static std::vector<std::string> texts_of(const Sets& bags, std::span<const std::string> names) {
    std::vector<std::string> texts(bags.size());
    for_each_task((bags.size() + patterns_a_task - 1) / patterns_a_task, [&](std::size_t task) {
      const std::size_t end = std::min(bags.size(), (task + 1) * patterns_a_task);
      for (std::size_t place = task * patterns_a_task; place < end; ++place) {
        Pattern pattern;
        for (const std::uint32_t group : bags[place]) ++pattern.members[names[group]];
        texts[place] = pattern.text();
      }
    });
    return texts;
  }

  Column of_rows(const Column& labelled) const {
    return std::visit(
        [&]<class Code>(std::span<const Code>) {
          std::vector<Code> codes(rows(), static_cast<Code>(labelled.missing_code()));
          for_each_row([&](std::size_t row, std::size_t version) {
            if (patterns_[version] != no_pattern) codes[row] = static_cast<Code>(patterns_[version]);
          });
          return labelled.recoded(parts_.name, std::span<const Code>(codes));
        },
        labelled.codes());
  }

  const PatternParts& parts_;
  const Sets& sets_;
  std::vector<const GroupSteps*> steps_;  // of each source
  Versions versions_;
  std::vector<std::uint32_t> patterns_;  // of each version
  Sets bags_;                            // of groups
  std::vector<std::uint32_t> groups_;    // of one set
};

}  // namespace

Column pattern_column(const PatternParts& parts) {
  return PatternMaker(parts).make();
}

}  // namespace casemetry::counting
