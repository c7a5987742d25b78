// SPDX-License-Identifier: Apache-2.0
#include "query/steps.hpp"

#include <algorithm>
#include <array>

namespace casemetry::question {
namespace {

const Period undated_units{undated, undated, ""};

Span span_named(const std::string& word) {
  static const std::array<std::string, 3> words{"month", "quarter", "year"};
  static constexpr std::array<Span, 3> spans{Span::month, Span::quarter, Span::year};
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) throw QueryError("every='" + word + "' is no step; " + suggestion(word, words));
  return spans[static_cast<std::size_t>(found - words.begin())];
}

std::vector<Period> cut(const Period& period, Span span, const Calendar& calendar) {
  const auto months = static_cast<std::int32_t>(span);
  std::vector<Period> steps;
  for (std::int32_t start = span_start(period.first, span, calendar); start <= period.last; start += months)
    steps.push_back(
        span_period(std::max(start, period.first), std::min(start + months - 1, period.last), span, calendar));
  return steps;
}

/// The months of cells that are placed.
class Occurring {
 public:
  Occurring(const Cube& cube, const Placement& cells, const std::vector<bool>& may_be_undated) {
    for (std::size_t b = 0; b < cells.size(); ++b)
      for (std::size_t i = 0; i < cells[b].size(); ++i) {
        const std::int32_t month = cube.blocks()[b].months[i];
        if (cells[b][i] != nowhere && (month != undated || may_be_undated[b])) months_.push_back(month);
      }
    std::ranges::sort(months_);
    const auto repeats = std::ranges::unique(months_);
    months_.erase(repeats.begin(), repeats.end());
  }

  std::optional<std::int32_t> last() const { return months_.empty() ? std::nullopt : std::optional(months_.back()); }

  std::vector<Period> steps(Span span, const Calendar& calendar) const {
    std::vector<Period> steps;
    for (const std::int32_t month : months_) {
      if (month == undated || (!steps.empty() && month <= steps.back().last)) continue;
      const std::int32_t start = span_start(month, span, calendar);
      steps.push_back(span_period(start, start + static_cast<std::int32_t>(span) - 1, span, calendar));
    }
    const bool has_undated = !months_.empty() && months_.back() == undated;
    if (has_undated || steps.empty()) steps.push_back(undated_units);
    return steps;
  }

 private:
  std::vector<std::int32_t> months_;  // ascending; undated is the last
};

}  // namespace

std::vector<Period> steps_of(const Cube& cube, const Placement& cells, const std::vector<bool>& may_be_undated,
                             const Query& question) {
  const Calendar& calendar = cube.catalogue().definitions().calendar;
  const auto span = question.every ? std::optional(span_named(*question.every)) : std::nullopt;
  if (question.period) {
    const Period period = Period::parse(*question.period, calendar);
    return span ? cut(period, *span, calendar) : std::vector{period};
  }
  return span ? Occurring(cube, cells, may_be_undated).steps(*span, calendar) : std::vector{everything};
}

std::optional<std::int32_t> last_month(const Cube& cube, const Placement& cells, const Period& step) {
  if (step.first == undated) return std::nullopt;
  if (step.last != undated) return step.last;
  return Occurring(cube, cells, std::vector<bool>(cells.size())).last();
}

bool is_immature(std::int32_t last_month, int days, std::optional<Date> as_of, const Calendar& calendar) {
  return !as_of || *as_of < last_day(last_month, calendar) + std::chrono::days{days};
}

bool is_partial(const Period& step, std::optional<Date> as_of, const Calendar& calendar) {
  return as_of && !step.text.empty() && *as_of < last_day(step.last, calendar);
}

}  // namespace casemetry::question
