// SPDX-License-Identifier: Apache-2.0
#include "query/versions.hpp"

#include <algorithm>
#include <array>

#include "query/calendar.hpp"

namespace casemetry::question {
namespace {

bool is_placed(const Period& period) {
  return period.last != undated;
}

bool holds_on(const DatedDefinition& definition, Date day) {
  return (!definition.from || *definition.from <= day) && (!definition.to || day <= *definition.to);
}

}  // namespace

void check_versions(const std::string& asked) {
  static const std::array<std::string, 2> known{like_for_like, as_then};
  if (!asked.empty() && std::ranges::count(known, asked) == 0)
    throw QueryError("there are no versions '" + asked + "'; " + suggestion(asked, known));
}

Versions::Versions(const Catalogue& catalogue, const Query& question)
    : question_(question), calendar_(catalogue.definitions().calendar) {
  for (const std::string& id : question.indicators) {
    definitions_.push_back(&catalogue.indicator(id));
    histories_.push_back(catalogue.history(*definitions_.back()));
  }
  for (std::size_t i = 0; i < histories_.size(); ++i) {
    std::vector<std::size_t>& places = places_.emplace_back();
    for (const DatedDefinition& definition : histories_[i]) {
      const bool is_another = question.versions == as_then && !definition.is_todays;
      places.push_back(is_another ? definitions_.size() : i);
      if (is_another) definitions_.push_back(&definition.indicator);
    }
  }
}

std::size_t Versions::place(std::size_t indicator, const Period& period) const {
  if (!is_placed(period)) return indicator;
  const auto& history = histories_[indicator];
  const Date last = last_day(period.last, calendar_);
  const auto held =
      std::ranges::find_if(history, [last](const auto& definition) { return holds_on(definition, last); });
  return places_[indicator][static_cast<std::size_t>(held - history.begin())];
}

bool Versions::has_changed(std::size_t indicator, const Period& period) const {
  if (question_.versions != as_then || !is_placed(period)) return false;
  if (place(indicator, period) != indicator) return true;
  const Days days = days_of(period);
  return std::ranges::any_of(histories_[indicator], [&](const DatedDefinition& definition) {
    return definition.from && days.first < *definition.from && *definition.from <= days.last;
  });
}

std::map<std::string, std::vector<DatedDefinition>> Versions::held_in(std::span<const Period> periods) const {
  std::map<std::string, std::vector<DatedDefinition>> held;
  for (std::size_t i = 0; i < histories_.size(); ++i) {
    std::vector<DatedDefinition> definitions;
    std::ranges::copy_if(histories_[i], std::back_inserter(definitions), [&](const DatedDefinition& definition) {
      return std::ranges::any_of(periods, [&](const Period& period) {
        if (!is_placed(period)) return false;
        const Days days = days_of(period);
        return (!definition.from || *definition.from <= days.last) && (!definition.to || days.first <= *definition.to);
      });
    });
    const bool were_others = !std::ranges::all_of(definitions, &DatedDefinition::is_todays);
    if (were_others) held.emplace(question_.indicators[i], std::move(definitions));
  }
  return held;
}

Versions::Days Versions::days_of(const Period& period) const {
  return {last_day(period.first - 1, calendar_) + std::chrono::days{1}, last_day(period.last, calendar_)};
}

}  // namespace casemetry::question
