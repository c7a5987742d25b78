// SPDX-License-Identifier: Apache-2.0
#include "units/collapse_sets.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "units/tasks.hpp"

namespace casemetry::counting {
namespace {

constexpr std::uint32_t no_member = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t units_a_task = 16384;

// A row's value and when it was so.
struct Timed {
  std::int64_t time;
  std::uint32_t member;
};

std::uint32_t member_of(std::uint32_t member) {
  return member;
}
std::uint32_t member_of(const Timed& cell) {
  return cell.member;
}

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

class SetCollapser {
 public:
  SetCollapser(const Expression& call, const CollapsedRows& rows, Condition& condition)
      : call_(call),
        rows_(rows),
        condition_(condition),
        values_(materialised(argument(), rows.column, rows.lists, rows.holidays, call.text(),
                             static_cast<std::int64_t>(rows.grouping.rows()))),
        members_(values_, declared()) {}

  Column collapse() && {
    switch (call_.node().operation) {
      case Operation::collapse_earliest:
        return at([](std::int64_t before, std::int64_t time) { return before == missing_number || time < before; });
      case Operation::collapse_latest:
        return at([](std::int64_t before, std::int64_t time) { return time > before; });  // missing is the least
      default:
        return sets(values_of_rows(), [](std::size_t, std::uint32_t) { return true; });
    }
  }

 private:
  const Expression& argument() const { return call_.node().children.front(); }
  std::size_t units() const { return rows_.grouping.units(); }

  std::vector<std::string> declared() const {
    const Scope scope{.column = rows_.definition, .lists = &rows_.lists, .holidays = rows_.holidays.known()};
    const auto definition = result_of(argument(), scope);
    return definition ? definition->values : std::vector<std::string>{};
  }

  // The members of the rows from `begin` on; none of those that are not taken.
  void read(std::size_t begin, std::span<std::uint32_t> out) {
    std::visit(
        [&](auto codes) {
          for (std::size_t row = 0; row < out.size(); ++row) out[row] = members_.of_code[codes[begin + row]];
        },
        values_.codes());
    if (condition_.always()) return;
    std::vector<Outcome> outcomes(out.size());
    condition_.outcomes(begin, outcomes);
    for (std::size_t row = 0; row < out.size(); ++row)
      if (outcomes[row] != Outcome::yes) out[row] = no_member;
  }

  std::span<const std::uint32_t> values_of_rows() {
    return rows_.grouping.arranged<std::uint32_t>(rows_.scratch, [&](std::size_t begin, std::span<std::uint32_t> out) {
      read(begin, out);
      return out.data();
    });
  }

  std::span<const Timed> timed_values() {
    const BoundValue time(call_.node().children[1], rows_.column, rows_.holidays);
    return rows_.grouping.arranged<Timed>(rows_.scratch, [&](std::size_t begin, std::span<Timed> out) {
      std::vector<std::uint32_t> members(out.size());
      std::vector<std::int64_t> times(out.size());
      read(begin, members);
      time.values(static_cast<std::int64_t>(begin), times);
      std::int64_t timeless = 0;
      for (std::size_t row = 0; row < out.size(); ++row) {
        const bool skipped = members[row] != no_member && times[row] == missing_number;
        timeless += skipped ? 1 : 0;
        out[row] = {times[row], skipped ? no_member : members[row]};
      }
      if (timeless > 0) condition_.skip(timeless);
      return out.data();
    });
  }

  // The sets of values at the time that comes `before` all others of the unit.
  template <class Before>
  Column at(Before before) {
    const std::span<const Timed> cells = timed_values();
    std::vector<std::int64_t> times(units(), missing_number);
    rows_.grouping.fold(cells, [&](std::size_t begin) {
      return [before, time = times.data() + begin](std::uint32_t unit, const Timed& cell) {
        if (cell.member != no_member && before(time[unit], cell.time)) time[unit] = cell.time;
      };
    });
    return sets(cells, [&times](std::size_t unit, const Timed& cell) { return cell.time == times[unit]; });
  }

  // Calls `take(unit, member)` for each value that stands in the set of its unit; no two threads have the same unit.
  template <class Cell, class Stands, class Take>
  void visit(std::span<const Cell> cells, Stands stands, Take take) const {
    rows_.grouping.fold(cells, [&](std::size_t begin) {
      return [&, begin](std::uint32_t unit, const Cell& cell) {
        const std::uint32_t member = member_of(cell);
        if (member != no_member && stands(begin + unit, cell)) take(begin + unit, member);
      };
    });
  }

  // Counts the values of each unit, makes room for them, and puts them there.
  template <class Cell, class Stands>
  Column sets(std::span<const Cell> cells, Stands stands) const {
    std::vector<std::size_t> ends(units() + 1);
    visit(cells, stands, [&ends](std::size_t unit, std::uint32_t) { ++ends[unit + 1]; });
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<std::uint32_t> values(ends.back());
    std::vector<std::size_t> next(ends.begin(), ends.end() - 1);
    visit(cells, stands, [&](std::size_t unit, std::uint32_t member) { values[next[unit]++] = member; });
    return column_of(std::move(values), ends, std::move(next));
  }

  // Unit `u` has the values from `begins[u]` to `ends[u]`.
  Column column_of(std::vector<std::uint32_t> values, const std::vector<std::size_t>& begins,
                   std::vector<std::size_t> ends) const {
    const bool repeats = call_.node().operation == Operation::collapse_bag;
    for_each_task((units() + units_a_task - 1) / units_a_task, [&](std::size_t task) {
      const std::size_t end = std::min(units(), (task + 1) * units_a_task);
      for (std::size_t unit = task * units_a_task; unit < end; ++unit) {
        const std::span<std::uint32_t> members(values.data() + begins[unit], ends[unit] - begins[unit]);
        std::ranges::sort(members);
        if (!repeats) ends[unit] -= std::ranges::unique(members).size();
      }
    });
    Sets sets;
    for (std::size_t unit = 0; unit < units(); ++unit)
      sets.add(std::span<const std::uint32_t>(values).subspan(begins[unit], ends[unit] - begins[unit]));
    std::vector<std::uint32_t> codes(units());
    std::iota(codes.begin(), codes.end(), 0U);
    return Column::of_sets(call_.text(), codes, sets, members_.labels, members_.declared);
  }

  const Expression& call_;
  const CollapsedRows& rows_;
  Condition& condition_;
  Column values_;
  Members members_;
};

}  // namespace

Column collapsed_sets(const Expression& call, const CollapsedRows& rows, Condition& condition) {
  return SetCollapser(call, rows, condition).collapse();
}

}  // namespace casemetry::counting
