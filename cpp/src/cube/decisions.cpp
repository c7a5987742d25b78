// SPDX-License-Identifier: Apache-2.0
#include "cube/decisions.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace casemetry::pass {
namespace {

// What is later has not come yet.
constexpr Date last_date{std::chrono::year{9999} / 12 / 31};

constexpr std::size_t outcome_codes = 3;
constexpr auto code_of(Outcome outcome) {
  return static_cast<std::size_t>(outcome);
}

CodeSet codes_where(std::span<const Outcome> by_code, auto holds) {
  CodeSet codes(by_code.size());
  std::transform(by_code.begin(), by_code.end(), codes.begin(), holds);
  return codes;
}

bool is_yes(Outcome outcome) {
  return outcome == Outcome::yes;
}
bool is_possible(Outcome outcome) {
  return outcome != Outcome::no;
}

// The parts of a top-level `and`, from left to right.
void split(const Expression& predicate, std::vector<Expression>& parts) {
  if (predicate.node().operation != Operation::logical_and) return parts.push_back(predicate);
  for (const Expression& part : predicate.node().children) split(part, parts);
}

}  // namespace

Decision Decisions::decide(const std::optional<Expression>& predicate) {
  Decision decision;
  if (!predicate) return decision;
  std::vector<Expression> parts;
  split(*predicate, parts);
  for (const Expression& part : parts) {
    const Decision one = decide(part, [this](std::string_view name) { return source_.column(std::string(name)); });
    decision = {both(decision.yes, one.yes), both(decision.possible, one.possible)};
  }
  return decision;
}

Decision Decisions::decide(const Expression& predicate, const Columns& reading) {
  return atom(BoundPredicate(predicate, reading, lists_, source_.holidays(predicate)));
}

Decision Decisions::known(const std::string& column, const Columns& reading) {
  const Column read = reading(column);
  if (read.type() == Type::date && !std::ranges::all_of(read.days(), is_day))
    return decide(col(column) <= lit(last_date), reading);
  if (!has_missing(read)) return {};
  return decide(!is_null(col(column)), reading);
}

Decision Decisions::applied(const Decision& applies, const Decision& where) {
  const Lane yes = both(applies.yes, where.yes);
  const Lane possible = both(applies.yes, where.possible);
  if (applies.certain()) return {yes, possible};
  if (const auto unknown = without(applies.possible, applies.yes))
    return any_of(std::vector{yes}, std::vector{possible, *unknown});
  return applied(decided_by_lanes(std::vector{applies.yes}, std::vector{applies.possible}), where);
}

Decision Decisions::any(std::span<const Decision> decisions) {
  std::vector<Lane> yes;
  std::vector<Lane> possible;
  for (const Decision& decision : decisions) {
    yes.push_back(decision.yes);
    possible.push_back(decision.possible);
  }
  return any_of(yes, possible);
}

Decision Decisions::any_of(std::span<const Lane> yes, std::span<const Lane> possible) {
  const auto yes_lane = united(yes);
  const auto possible_lane = united(possible);
  return yes_lane && possible_lane ? Decision{*yes_lane, *possible_lane} : decided_by_lanes(yes, possible);
}

Decision Decisions::decided_by_lanes(std::span<const Lane> yes, std::span<const Lane> possible) {
  const bool certain = std::equal(yes.begin(), yes.end(), possible.begin(), possible.end());
  std::vector<Lane> lanes(yes.begin(), yes.end());
  if (!certain) lanes.insert(lanes.end(), possible.begin(), possible.end());
  CodeSet occurs(outcome_codes, true);
  occurs[code_of(Outcome::unknown)] = !certain;
  return of_column(
      add({std::make_shared<const LaneOutcome>(LaneOutcome{Masks(lanes, columns_), yes.size()}), std::move(occurs)}));
}

std::optional<Lane> Decisions::united(std::span<const Lane> lanes) const {
  std::optional<Lane> all = lanes.front();
  for (const Lane& lane : lanes.subspan(1)) {
    all = either(*all, lane, occurs_);
    if (!all) return std::nullopt;
  }
  return all;
}

// The rows in a lane and not in another that it holds, if that is a lane: they differ in one column.
std::optional<Lane> Decisions::without(const Lane& lane, const Lane& removed) const {
  if (removed.never) return lane;
  std::optional<std::size_t> differing;
  for (const auto& [column, codes] : removed.conditions) {
    const auto place = lane.conditions.find(column);
    if (place != lane.conditions.end() && place->second == codes) continue;
    if (differing) return std::nullopt;
    differing = column;
  }
  if (!differing) return std::nullopt;
  CodeSet others = removed.conditions.at(*differing);
  others.flip();
  return both(lane, lane_of(*differing, std::move(others), occurs_[*differing]));
}

Decision Decisions::atom(const BoundPredicate& predicate) {
  if (const Column* column = predicate.decided_by()) {
    const std::size_t number = stored(*column);
    const CodeSet& occurs = occurs_[number];
    return {lane_of(number, codes_where(predicate.by_code(), is_yes), occurs),
            lane_of(number, codes_where(predicate.by_code(), is_possible), occurs)};
  }
  CodeSet occurs(outcome_codes, true);
  occurs[code_of(Outcome::unknown)] = predicate.may_be_unknown();
  return of_column(add({predicate, std::move(occurs)}));
}

Decision Decisions::of_column(std::size_t column) {
  const CodeSet& occurs = occurs_[column];
  CodeSet codes(outcome_codes);
  codes[code_of(Outcome::yes)] = true;
  const Lane yes = lane_of(column, codes, occurs);
  codes[code_of(Outcome::unknown)] = true;
  return {yes, lane_of(column, codes, occurs)};
}

std::size_t Decisions::stored(const Column& column) {
  const auto [place, is_new] = stored_.emplace(column.name(), columns_.size());
  if (!is_new) return place->second;
  CodeSet occurs(column.missing_code() + 1, true);
  occurs.back() = has_missing(column);
  return add({column, std::move(occurs)});
}

std::size_t Decisions::add(ClassColumn column) {
  occurs_.push_back(column.occurs);
  columns_.push_back(std::move(column));
  return columns_.size() - 1;
}

}  // namespace casemetry::pass
