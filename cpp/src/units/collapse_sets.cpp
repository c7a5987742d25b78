// SPDX-License-Identifier: Apache-2.0
#include "units/collapse_sets.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "distinct_sets.hpp"
#include "units/tasks.hpp"

namespace casemetry::counting {
namespace {

constexpr std::uint32_t no_member = std::numeric_limits<std::uint32_t>::max();

// A row's value and when it was so; of two times the lesser one counts.
template <class Time>
struct Timed {
  Time time;
  std::uint32_t member;
};

// What a member can be: the declared values, if the texts are closed, then what else there is.
struct Members {
  Members(const Column& values, const std::vector<std::string>& declared_values)
      : labels(declared_values), declared(declared_values.size()) {
    std::unordered_map<std::string_view, std::uint32_t> places;
    for (std::uint32_t place = 0; place < declared; ++place) places.emplace(declared_values[place], place);
    for (const std::string& label : values.labels()) {
      const auto known = places.find(label);
      of_code.push_back(known != places.end() ? known->second : static_cast<std::uint32_t>(labels.size()));
      if (known == places.end()) labels.push_back(label);
    }
    of_code.push_back(no_member);
  }

  std::vector<std::string> labels;
  std::size_t declared;
  std::vector<std::uint32_t> of_code;  // of the texts, the missing one last
};

// The members that stand in the set of each unit of a part, as a chain of rows.
class Chains {
 public:
  void begin(std::size_t units, std::size_t rows) {
    last_.assign(units, no_link);
    links_.clear();
    links_.reserve(rows);
  }
  void add(std::uint32_t unit, std::uint32_t member) {
    links_.push_back({member, last_[unit]});
    last_[unit] = static_cast<std::uint32_t>(links_.size() - 1);
  }
  void forget(std::uint32_t unit) { last_[unit] = no_link; }
  /// Calls `take(member)` for each member of a unit.
  template <class Take>
  void visit(std::size_t unit, const Take& take) const {
    for (std::uint32_t row = last_[unit]; row != no_link; row = links_[row].before) take(links_[row].member);
  }

 private:
  static constexpr std::uint32_t no_link = std::numeric_limits<std::uint32_t>::max();
  struct Link {
    std::uint32_t member;
    std::uint32_t before;
  };
  std::vector<std::uint32_t> last_;  // of a unit
  std::vector<Link> links_;
};

// The sets of a few units, members in order.
class UnitSets {
 public:
  static constexpr std::size_t most = 64;

  void clear() {
    members_.clear();
    ends_.assign(1, 0);
  }
  void add(const Chains& chains, std::size_t unit, bool repeats) {
    const std::size_t begin = members_.size();
    chains.visit(unit, [this](std::uint32_t member) { members_.push_back(member); });
    if (members_.size() - begin > 1) {
      const auto first = members_.begin() + static_cast<std::ptrdiff_t>(begin);
      std::sort(first, members_.end());
      if (!repeats) members_.erase(std::unique(first, members_.end()), members_.end());
    }
    ends_.push_back(members_.size());
  }
  std::span<const std::uint32_t> operator[](std::size_t set) const {
    return std::span(members_).subspan(ends_[set], ends_[set + 1] - ends_[set]);
  }

 private:
  std::vector<std::uint32_t> members_;
  std::vector<std::size_t> ends_;
};

struct Run {
  std::size_t begin;
  std::size_t end;
};

// What a thread makes sets with: codes of its own, and the units that have them.
struct Workspace {
  explicit Workspace(std::size_t labels) : distinct(labels) {}
  DistinctSets distinct;
  Chains chains;
  UnitSets sets;
  std::vector<Run> units;
};

class SetCollapser {
 public:
  SetCollapser(const Expression& call, const CollapsedRows& rows, Condition& condition)
      : call_(call),
        operation_(call.node().operation),
        rows_(rows),
        condition_(condition),
        values_(materialised(argument(), rows.column, rows.lists, rows.holidays, call.text(),
                             static_cast<std::int64_t>(rows.grouping.rows()))),
        members_(values_, declared()),
        workspaces_([this] { return Workspace(members_.labels.size()); }),
        codes_(rows.grouping.units()) {}

  Column collapse() && {
    if (operation_ == Operation::collapse_set || operation_ == Operation::collapse_bag) {
      std::visit([&](auto codes) { collect(codes); }, values_.codes());
    } else {
      const BoundValue time(call_.node().children[1], rows_.column, rows_.holidays);
      time.type() == Type::date ? collect_at<std::int32_t>(time) : collect_at<std::int64_t>(time);
    }
    return column();
  }

 private:
  const Expression& argument() const { return call_.node().children.front(); }

  std::vector<std::string> declared() const {
    const Scope scope{.column = rows_.definition, .lists = &rows_.lists, .holidays = rows_.holidays.known()};
    const auto definition = result_of(argument(), scope);
    return definition ? definition->values : std::vector<std::string>{};
  }

  // All values of a unit. The codes themselves are arranged: they are narrow.
  template <class Code>
  void collect(std::span<const Code> codes) {
    const auto missing = static_cast<Code>(values_.missing_code());
    const auto load = [&](std::size_t begin, std::span<Code> out) {
      const Code* of_rows = codes.data() + begin;
      if (condition_.always()) return of_rows;
      std::ranges::copy(codes.subspan(begin, out.size()), out.begin());
      leave_out(begin, out, [missing](Code& code) { code = missing; });
      return static_cast<const Code*>(out.data());
    };
    rows_.grouping.each_part(rows_.grouping.arranged<Code>(rows_.scratch, load), [&](const auto& part) {
      Workspace& workspace = workspaces_.local();
      Chains& chains = workspace.chains;
      chains.begin(part.units(), part.rows());
      part.visit([&chains, member_of = members_.of_code.data()](std::uint32_t unit, Code code) {
        if (member_of[code] != no_member) chains.add(unit, member_of[code]);
      });
      finish({part.first_unit(), part.first_unit() + part.units()}, workspace);
    });
  }

  // The values of a unit at its first time, or its last. A value without a time is skipped.
  template <class Time>
  void collect_at(const BoundValue& time) {
    const auto load = [&](std::size_t begin, std::span<Timed<Time>> out) {
      read(time, begin, out);
      return static_cast<const Timed<Time>*>(out.data());
    };
    tbb::enumerable_thread_specific<std::vector<Time>> buffers;
    rows_.grouping.each_part(rows_.grouping.arranged<Timed<Time>>(rows_.scratch, load), [&](const auto& part) {
      Workspace& workspace = workspaces_.local();
      Chains& chains = workspace.chains;
      chains.begin(part.units(), part.rows());
      std::vector<Time>& times = buffers.local();
      times.assign(part.units(), std::numeric_limits<Time>::max());
      part.visit([&chains, first = times.data()](std::uint32_t unit, const Timed<Time>& cell) {
        if (cell.member == no_member || cell.time > first[unit]) return;
        if (cell.time < first[unit]) chains.forget(unit);
        first[unit] = cell.time;
        chains.add(unit, cell.member);
      });
      finish({part.first_unit(), part.first_unit() + part.units()}, workspace);
    });
  }

  template <class Time>
  void read(const BoundValue& time, std::size_t begin, std::span<Timed<Time>> out) {
    std::vector<std::int64_t> times(out.size());
    time.values(static_cast<std::int64_t>(begin), times);
    const bool is_last = operation_ == Operation::collapse_latest;
    std::visit(
        [&](auto codes) {
          for (std::size_t row = 0; row < out.size(); ++row)
            out[row] = {static_cast<Time>(is_last ? ~times[row] : times[row]), members_.of_code[codes[begin + row]]};
        },
        values_.codes());
    leave_out(begin, out, [](Timed<Time>& cell) { cell.member = no_member; });
    std::int64_t timeless = 0;
    for (std::size_t row = 0; row < out.size(); ++row) {
      if (times[row] != missing_number || out[row].member == no_member) continue;
      out[row].member = no_member;
      ++timeless;
    }
    if (timeless > 0) condition_.skip(timeless);
  }

  // Changes the cells of rows that the condition does not take.
  template <class Cell, class Change>
  void leave_out(std::size_t begin, std::span<Cell> cells, const Change& change) {
    if (condition_.always()) return;
    std::vector<Outcome> outcomes(cells.size());
    condition_.outcomes(begin, outcomes);
    for (std::size_t row = 0; row < cells.size(); ++row)
      if (outcomes[row] != Outcome::yes) change(cells[row]);
  }

  // Codes the sets of the units of a part, some units at a time: where they are looked for is known before.
  void finish(Run units, Workspace& workspace) {
    const bool repeats = operation_ == Operation::collapse_bag;
    for (std::size_t begin = units.begin; begin < units.end; begin += UnitSets::most) {
      const std::size_t count = std::min(UnitSets::most, units.end - begin);
      UnitSets& sets = workspace.sets;
      sets.clear();
      for (std::size_t unit = 0; unit < count; ++unit) {
        sets.add(workspace.chains, begin - units.begin + unit, repeats);
        workspace.distinct.fetch_code(sets[unit]);
      }
      for (std::size_t unit = 0; unit < count; ++unit) codes_[begin + unit] = workspace.distinct.code(sets[unit]);
    }
    workspace.units.push_back(units);
  }

  // The sets of all threads one after another; which of them are the same, and their order, is the column's affair.
  Column column() {
    Sets sets;
    for (Workspace& workspace : workspaces_) {
      const auto first = static_cast<std::uint32_t>(sets.size());
      Sets found = std::move(workspace.distinct).take();
      if (first == 0) {
        sets = std::move(found);
        continue;
      }
      for (std::size_t set = 0; set < found.size(); ++set) sets.add(found[set]);
      for_each_task(workspace.units.size(), [&](std::size_t run) {
        for (std::size_t unit = workspace.units[run].begin; unit < workspace.units[run].end; ++unit)
          codes_[unit] += first;
      });
    }
    return Column::of_sets(call_.text(), codes_, sets, std::move(members_.labels), members_.declared);
  }

  const Expression& call_;
  Operation operation_;
  const CollapsedRows& rows_;
  Condition& condition_;
  Column values_;
  Members members_;
  tbb::enumerable_thread_specific<Workspace> workspaces_;
  std::vector<std::uint32_t> codes_;  // a unit each
};

}  // namespace

Column collapsed_sets(const Expression& call, const CollapsedRows& rows, Condition& condition) {
  return SetCollapser(call, rows, condition).collapse();
}

}  // namespace casemetry::counting
