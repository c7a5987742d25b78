// SPDX-License-Identifier: Apache-2.0
// Units of tables of chance, beside the same rules written row by row; the same for any order of rows, any number of
// threads and any chunking.
#include "unit_samples.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <set>

namespace casemetry {
namespace {

using namespace samples;
using testing::Cells;

struct Event {
  std::int64_t number;
  std::string text;
  std::string kind;
  std::optional<Date> on;
  std::optional<std::int64_t> amount;
};

// `keys` different numbers at most; half of all rows may have one key.
std::vector<Event> events_of_chance(std::size_t rows, std::size_t keys, bool dominated, unsigned seed) {
  std::mt19937 chance(seed);
  const auto any = [&](std::size_t n) { return static_cast<std::int64_t>(chance() % n); };
  std::vector<Event> events;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::int64_t number = dominated && any(2) == 0 ? 0 : any(keys) * 1'000'003;
    const std::int64_t kind = any(5);
    events.push_back({.number = number,
                      .text = "t" + std::to_string(dominated && number == 0 ? 0 : any(3)),
                      .kind = kind == 0 ? "" : "k" + std::to_string(kind),
                      .on = any(7) == 0 ? std::nullopt : day(2024, 1 + static_cast<unsigned>(any(12)), 1),
                      .amount = any(7) == 0 ? std::nullopt : std::optional(any(1000) - 500)});
  }
  return events;
}

Table table_of(const std::vector<Event>& events) {
  Numbers number;
  Texts text;
  Texts kind;
  Dates on;
  Numbers amount;
  for (const Event& event : events) {
    number.push_back(event.number);
    text.push_back(event.text);
    kind.push_back(event.kind);
    on.push_back(event.on);
    amount.push_back(event.amount);
  }
  return Table::of({column("number", number), column("text", text), column("kind", kind), column("on", on),
                    column("amount", amount)},
                   "events");
}

const ColumnTexts columns{{"n", "count(true)"},
                          {"any_k1", "any(kind == 'k1')"},
                          {"all_late", "all(on >= 2024-03-01 where kind != 'k2')"},
                          {"first", "min(on)"},
                          {"last", "max(on where kind == 'k3')"},
                          {"sum", "sum(amount)"},
                          {"least", "min(amount where kind == 'k1')"},
                          {"kind_of", "only(kind)"},
                          {"on_of", "only(on where kind == 'k4')"}};

// ---- the rules, row by row

using Key = std::pair<std::int64_t, std::string>;
using Rows = std::vector<const Event*>;

std::optional<bool> is_kind(const Event& event, const std::string& kind) {
  if (event.kind.empty()) return std::nullopt;
  return event.kind == kind;
}

std::string text_of(std::optional<bool> truth) {
  return !truth ? "-" : *truth ? "true" : "false";
}

std::string text_of(std::optional<std::int64_t> number) {
  return number ? std::to_string(*number) : "-";
}

std::string text_of(std::optional<Date> date) {
  if (!date) return "-";
  const std::chrono::year_month_day parts{*date};
  return std::to_string(int{parts.year()}) + "/" + std::to_string(unsigned{parts.month()}) + "/" +
         std::to_string(unsigned{parts.day()});
}

std::optional<bool> any_of(const Rows& rows, auto predicate) {
  bool unknown = false;
  for (const Event* row : rows) {
    const std::optional<bool> truth = predicate(*row);
    if (truth == true) return true;
    unknown = unknown || !truth;
  }
  return unknown ? std::nullopt : std::optional(false);
}

std::optional<bool> negated(std::optional<bool> truth) {
  return truth ? std::optional(!*truth) : std::nullopt;
}

// The values of rows, those of a kind if one is given, as a sorted set with repeats.
template <class Value>
std::multiset<Value> values(const Rows& rows, std::optional<Value> Event::* field, const std::string& kind = {}) {
  std::multiset<Value> all;
  for (const Event* row : rows)
    if ((kind.empty() || is_kind(*row, kind) == true) && row->*field) all.insert(*(row->*field));
  return all;
}

template <class Value>
std::optional<Value> first(const std::multiset<Value>& all) {
  return all.empty() ? std::nullopt : std::optional(*all.begin());
}
template <class Value>
std::optional<Value> last(const std::multiset<Value>& all) {
  return all.empty() ? std::nullopt : std::optional(*all.rbegin());
}
template <class Value>
std::optional<Value> only(const std::multiset<Value>& all) {
  return first(all) == last(all) ? first(all) : std::nullopt;
}

std::vector<Cells> by_hand(const std::vector<Event>& events, bool with_text) {
  std::map<Key, Rows> units;
  for (const Event& event : events) units[{event.number, with_text ? event.text : ""}].push_back(&event);
  std::vector<Cells> made;
  for (const auto& [key, rows] : units) {
    const auto amounts = values(rows, &Event::amount);
    std::set<std::string> kinds;
    for (const Event* row : rows)
      if (!row->kind.empty()) kinds.insert(row->kind);
    Rows not_k2;
    for (const Event* row : rows)
      if (negated(is_kind(*row, "k2")) == true) not_k2.push_back(row);
    const auto early = [](const Event& row) {
      return row.on ? std::optional(*row.on < day(2024, 3, 1)) : std::nullopt;
    };
    std::optional<std::int64_t> sum;
    if (!amounts.empty()) sum = std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
    Cells cells{std::to_string(key.first)};
    if (with_text) cells.push_back(key.second);
    for (std::string text :
         {std::to_string(rows.size()), text_of(any_of(rows, [](const Event& row) { return is_kind(row, "k1"); })),
          text_of(negated(any_of(not_k2, early))), text_of(first(values(rows, &Event::on))),
          text_of(last(values(rows, &Event::on, "k3"))), text_of(sum),
          text_of(first(values(rows, &Event::amount, "k1"))), kinds.size() == 1 ? *kinds.begin() : "-",
          text_of(only(values(rows, &Event::on, "k4")))})
      cells.push_back(std::move(text));
    made.push_back(std::move(cells));
  }
  return made;
}

std::vector<Cells> rows_of(const Table& table) {
  std::vector<Cells> rows(static_cast<std::size_t>(table.rows()));
  for (const Column& column : table.columns())
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row].push_back(testing::cell(column, row));
  return rows;
}

Catalogue catalogue_of(const std::vector<std::string>& key) {
  return Catalogue(units_of({{.id = "events"}}, {unit("u", "events", key, columns)}));
}

void expect_as_by_hand(const std::vector<Event>& events, bool with_text, const UnitOptions& options) {
  const std::vector<std::string> key = with_text ? Texts{"number", "text"} : Texts{"number"};
  const std::vector<Cells> made = rows_of(units({{"events", table_of(events)}}, catalogue_of(key), "u", options));
  const std::vector<Cells> expected = by_hand(events, with_text);
  ASSERT_EQ(made.size(), expected.size());
  for (std::size_t row = 0; row < made.size(); ++row) ASSERT_EQ(made[row], expected[row]) << row;
}

TEST(RandomUnits, AreWhatTheRulesSayRowByRow) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const std::size_t rows = seed < 10 ? seed : 97 * seed;
    for (const std::size_t keys : {1, 7, 500}) expect_as_by_hand(events_of_chance(rows, keys, false, seed), true, {});
  }
}

TEST(RandomUnits, AreTheSameForAnyThreadsMorselsAndOrder) {
  std::vector<Event> events = events_of_chance(6'000, 1'500, true, 1);
  std::mt19937 chance(2);
  for (const int threads : {1, 2, 3, 7}) {
    for (const std::size_t morsel : {std::size_t{0}, std::size_t{1}, std::size_t{10}, std::size_t{333},
                                     std::size_t{4096}, std::numeric_limits<std::size_t>::max()}) {
      std::ranges::shuffle(events, chance);
      expect_as_by_hand(events, morsel % 2 == 0, {.threads = threads, .morsel = morsel});
    }
  }
}

TEST(RandomUnits, MayBeMoreThan65536InOnePart) {
  // A morsel of one row allows a single part.
  constexpr std::int64_t n = 150'000;
  Numbers number;
  for (std::int64_t row = 0; row < 2 * n; ++row) number.push_back((row * 7919) % n);
  const Table table =
      units({{"events", Table::of({column("number", number)})}},
            Catalogue(units_of({{.id = "events"}}, {unit("u", "events", {"number"}, {{"n", "count(true)"}})})), "u",
            {.morsel = 1});
  ASSERT_EQ(table.rows(), n);
  for (std::int64_t row = 0; row < n; ++row) {
    ASSERT_EQ(table.column("number").numbers()[static_cast<std::size_t>(row)], row);
    ASSERT_EQ(table.column("n").numbers()[static_cast<std::size_t>(row)], 2);
  }
}

TEST(RandomUnits, HaveOneKeyThatHalfOfAllRowsShare) {
  const std::vector<Event> events = events_of_chance(200'000, 30'000, true, 3);
  expect_as_by_hand(events, true, {.threads = 2});
}

// ---- lookups

void expect_found_as_by_hand(std::size_t left, std::size_t right, std::size_t keys, const UnitOptions& options) {
  const std::vector<Event> rows = events_of_chance(left, keys, false, 5);
  std::vector<Event> others = events_of_chance(right, 2 * keys, false, 6);
  std::map<Key, std::vector<std::int64_t>> values;
  for (std::size_t i = 0; i < others.size(); ++i) {
    others[i].amount = static_cast<std::int64_t>(i);
    values[{others[i].number, others[i].text}].push_back(*others[i].amount);
  }
  Definitions made =
      units_of({{.id = "rows"}, {.id = "others"}},
               {unit("u", "rows", {}, {{"is_found", "found(other)"}, {"value", "amount_of"}},
                     {{.name = "other", .from = "o", .on = {{"number", "n"}, {"text", "t"}}, .take = {"amount_of"}}}),
                unit("o", "others", {}, {{"n", "number"}, {"t", "text"}, {"amount_of", "amount"}})});
  made.units[0].lookups[0].duplicates_unknown = true;
  const Table table = units({{"rows", table_of(rows)}, {"others", table_of(others)}}, Catalogue(made), "u", options);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto there = values.find({rows[row].number, rows[row].text});
    const bool is_found = there != values.end();
    const bool is_one = is_found && there->second.size() == 1;
    ASSERT_EQ(testing::cell(table.column("is_found"), row), !is_found ? "false" : is_one ? "true" : "-") << row;
    ASSERT_EQ(testing::cell(table.column("value"), row), is_one ? std::to_string(there->second[0]) : "-") << row;
  }
}

TEST(RandomLookups, FindWhatTheRulesSayRowByRow) {
  expect_found_as_by_hand(0, 10, 5, {});
  expect_found_as_by_hand(10, 0, 5, {});
  for (const int threads : {1, 2, 3, 7})
    for (const std::size_t morsel : {std::size_t{1}, std::size_t{37}, std::size_t{65536}})
      expect_found_as_by_hand(3'000, 2'000, 1'500, {.threads = threads, .morsel = morsel});
  expect_found_as_by_hand(100'000, 300, 300, {});
  expect_found_as_by_hand(300, 100'000, 100'000, {.threads = 2});
}

}  // namespace
}  // namespace casemetry
