// SPDX-License-Identifier: Apache-2.0
#include "expression/binder.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_set>
#include <utility>

#include "expression/leaves.hpp"
#include "expression/logic.hpp"

namespace casemetry::language {
namespace {

constexpr std::array negation{Outcome::yes, Outcome::no, Outcome::unknown};

SourceOf<Outcome> translated(SourceOf<Outcome> part, std::array<Outcome, 3> table) {
  return std::make_unique<Translated>(std::move(part), table);
}

SourceOf<Outcome> negated_if(bool negated, SourceOf<Outcome> part) {
  return negated ? translated(std::move(part), negation) : std::move(part);
}

template <class T, class Test>
SourceOf<Outcome> tested(SourceOf<T> value, Test test) {
  return std::make_unique<Tested<T, Test>>(std::move(value), std::move(test));
}

// Without the values that it lists: of a column that was made, only those that occur are known.
ColumnDefinition definition_of(const Column& column) {
  return {.name = column.name(), .type = column.type(), .scale = column.scale()};
}

// The labels that occur; the others are left blank, so that they do not bear on how the dates are spelled.
std::vector<std::string> occurring_labels(const Column& column) {
  const auto labels = column.labels();
  std::vector<char> occurs(labels.size() + 1);
  std::visit(
      [&](auto codes) {
        for (const auto code : codes) occurs[code] = 1;
      },
      column.codes());
  std::vector<std::string> texts(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (occurs[i] != 0) texts[i] = labels[i];
  return texts;
}

// The day of each code of a text column.
std::vector<std::int64_t> days_of_codes(const Column& column) {
  const std::vector<std::string> texts = occurring_labels(column);
  std::vector<std::int64_t> days(texts.size() + 1, missing_number);
  if (texts.empty()) return days;
  const Column dates = Table::of({{column.name(), std::span(texts)}}).columns().front().as_dates();
  read_all<std::int64_t>(Days(dates.days()), 0, std::span(days).first(texts.size()));
  return days;
}

std::vector<Word> words_of_codes(const Column& column, Dictionary& dictionary) {
  std::vector<Word> words = dictionary.words(column.labels());
  for (std::size_t code = column.listed(); code < words.size(); ++code) words[code] |= unlisted_bit;
  words.push_back(Missing<Word>::value);
  return words;
}

const std::string& text_of(const Expression& literal) {
  return std::get<std::string>(literal.node().value);
}

bool is_literal(const Expression& expression) {
  return expression.node().operation == Operation::literal;
}

}  // namespace

BoundColumns::BoundColumns(const Expression& expression, const std::function<Column(std::string_view)>& column) {
  for (const std::string& name : expression.columns()) {
    const auto& read = columns_.emplace(name, column(name)).first->second;
    definitions_.emplace(name, definition_of(read));
  }
}

Scope BoundColumns::scope(const NamedLists& lists, const Holidays& holidays) const {
  return {.column = [this](std::string_view name) { return &definitions_.find(name)->second; },
          .lists = &lists,
          .holidays = holidays.known()};
}

const Column* Binder::sole_coded_column(const Expression& expression) const {
  const std::vector<std::string> names = expression.columns();
  if (names.size() != 1) return nullptr;
  const Column& column = columns_.column(names.front());
  return column.coded() || column.type() == Type::set ? &column : nullptr;
}

std::vector<Outcome> Binder::decided(const Expression& expression, const Column& column) const {
  Binder binder(columns_, scope_, holidays_);
  binder.rows_are_codes_ = true;
  std::vector<Outcome> outcomes(column.missing_code() + 1);
  read_all<Outcome>(*binder.truth(expression), 0, outcomes);
  return outcomes;
}

template <class T>
SourceOf<T> Binder::by_code(const Column& column, std::vector<T> values) {
  if (rows_are_codes_) return std::make_unique<OfCodes<T>>(std::move(values));
  const ColumnReport& report = column.report();
  for (std::size_t code = 0; code < values.size(); ++code) {
    const bool last = code + 1 == values.size();
    const bool may_be = column.type() == Type::set || code < column.listed() || report.unlisted > 0;
    const bool occurs = last ? report.missing + report.unreadable > 0 : may_be;
    may_be_unknown_ |= occurs && !Missing<T>::known(values[code]);
  }
  return std::visit(
      [&]<class Code>(std::span<const Code> codes) -> SourceOf<T> {
        return std::make_unique<ByCode<T, Code>>(codes, std::move(values));
      },
      column.codes());
}

template SourceOf<Outcome> Binder::by_code(const Column&, std::vector<Outcome>);
template NumberSource Binder::by_code(const Column&, std::vector<std::int64_t>);

SourceOf<Outcome> Binder::truth(const Expression& expression) {
  if (const Column* column = rows_are_codes_ ? nullptr : sole_coded_column(expression))
    return by_code(*column, decided(expression, *column));
  const Node& node = expression.node();
  const auto& children = node.children;
  switch (node.operation) {
    case Operation::literal:
      return std::make_unique<Constant<Outcome>>(static_cast<Outcome>(std::get<bool>(node.value)));
    case Operation::column:
      return by_code<Outcome>(columns_.column(node.name), {Outcome::no, Outcome::yes, Outcome::unknown});
    case Operation::between: {
      std::vector<SourceOf<Outcome>> bounds;
      bounds.push_back(comparison(Operation::greater_equal, children[0], children[1]));
      bounds.push_back(comparison(Operation::less_equal, children[0], children[2]));
      return std::make_unique<Joined<AllOf>>(std::move(bounds));
    }
    case Operation::in:
    case Operation::not_in:
      return negated_if(node.operation == Operation::not_in, member(node));
    case Operation::is_null:
      return missing(children[0]);
    case Operation::starts_with:
      return tested_text(children[0], [&](std::string_view text) { return text.starts_with(text_of(children[1])); });
    case Operation::contains:
      return tested_text(children[0],
                         [&](std::string_view text) { return text.find(text_of(children[1])) != text.npos; });
    case Operation::has:
    case Operation::meets:
    case Operation::within:
      return set_test(node);
    case Operation::logical_not:
      return negated_if(true, truth(children[0]));
    case Operation::logical_and:
      return std::make_unique<Joined<AllOf>>(truths(children));
    case Operation::logical_or:
      return std::make_unique<Joined<AnyOf>>(truths(children));
    case Operation::coalesce:
      return std::make_unique<Coalesced<Outcome>>(truths(children));
    default:
      return comparison(node.operation, children[0], children[1]);
  }
}

std::vector<SourceOf<Outcome>> Binder::truths(const std::vector<Expression>& expressions) {
  std::vector<SourceOf<Outcome>> parts;
  for (const Expression& expression : expressions) parts.push_back(truth(expression));
  return parts;
}

SourceOf<Outcome> Binder::comparison(Operation operation, const Expression& left, const Expression& right) {
  switch (operation) {
    case Operation::not_equal:
      return negated_if(true, comparison(Operation::equal, left, right));
    case Operation::less:
      return ordered(Order::less, left, right);
    case Operation::less_equal:
      return ordered(Order::less_equal, left, right);
    case Operation::greater:
      return ordered(Order::less, right, left);
    case Operation::greater_equal:
      return ordered(Order::less_equal, right, left);
    default:
      break;
  }
  switch (family_of(common_kind(kind(left), kind(right)).value())) {
    case Family::text:
      return equal_texts(left, right);
    case Family::truth:
      return std::make_unique<Comparison<Outcome, std::equal_to<>>>(truth(left), truth(right), std::equal_to<>());
    default:
      return ordered(Order::equal, left, right);
  }
}

SourceOf<Outcome> Binder::equal_texts(const Expression& left, const Expression& right) {
  if (is_literal(left)) return tested_text(right, [&](std::string_view text) { return text == text_of(left); });
  if (is_literal(right)) return tested_text(left, [&](std::string_view text) { return text == text_of(right); });
  Dictionary dictionary;
  SourceOf<Word> first = word(left, dictionary);
  return std::make_unique<Comparison<Word, std::equal_to<>>>(std::move(first), word(right, dictionary),
                                                             std::equal_to<>());
}

// A constant takes the other side's scale if it can, so that most comparisons are of plain 64-bit numbers.
SourceOf<Outcome> Binder::ordered(Order order, const Expression& left, const Expression& right) {
  Number a = number(left);
  Number b = number(right);
  const auto adapt = [](const Expression& expression, Number& constant, const Number& other) {
    if (!is_literal(expression) || constant.scale == other.scale) return;
    const auto value = exactly(expression.node().value, other.scale);
    if (value) constant = {std::make_unique<Constant<std::int64_t>>(*value), other.scale};
  };
  adapt(left, a, b);
  adapt(right, b, a);
  return compared(order, std::move(a.source), a.scale, std::move(b.source), b.scale);
}

SourceOf<Outcome> Binder::member(const Node& node) {
  const Expression& value = node.children[0];
  const auto& values = node.name.empty() ? node.values : scope_.lists->find(node.name)->second;
  const bool dates = !values.empty() && std::holds_alternative<Date>(values.front());
  const Family family = dates ? Family::date : family_of(kind(value));
  if (family == Family::text) {
    std::unordered_set<std::string_view> texts;
    for (const Literal& literal : values) texts.insert(std::get<std::string>(literal));
    return tested_text(value, [&](std::string_view text) { return texts.contains(text); });
  }
  if (family == Family::truth) {
    std::array table{Outcome::no, Outcome::no, Outcome::unknown};
    for (const Literal& literal : values) table[std::get<bool>(literal) ? 1 : 0] = Outcome::yes;
    return translated(truth(value), table);
  }
  Number number = Binder::number(value);
  std::vector<std::int64_t> numbers;
  for (const Literal& literal : values) {
    const auto* day = std::get_if<Date>(&literal);
    const auto exact =
        day != nullptr ? std::optional<std::int64_t>(day->time_since_epoch().count()) : exactly(literal, number.scale);
    if (exact) numbers.push_back(*exact);
  }
  std::ranges::sort(numbers);
  return tested(std::move(number.source),
                [numbers = std::move(numbers)](std::int64_t n) { return std::ranges::binary_search(numbers, n); });
}

SourceOf<Outcome> Binder::missing(const Expression& expression) {
  const Family family = family_of(kind(expression));
  if (family == Family::truth) return translated(truth(expression), {Outcome::no, Outcome::no, Outcome::yes});
  if (family == Family::set) {
    const Column& column = columns_.column(expression.node().name);
    std::vector<Outcome> outcomes(column.missing_code(), Outcome::no);
    outcomes.push_back(Outcome::yes);
    return by_code(column, std::move(outcomes));
  }
  if (family != Family::text) return std::make_unique<IsMissing<std::int64_t>>(number(expression).source);
  Dictionary dictionary;
  return std::make_unique<IsMissing<Word>>(word(expression, dictionary));
}

SourceOf<Outcome> Binder::tested_text(const Expression& expression, const TextTest& test) {
  Dictionary dictionary;
  SourceOf<Word> words = word(expression, dictionary);
  std::vector<char> passes(dictionary.texts().size());
  std::ranges::transform(dictionary.texts(), passes.begin(), test);
  return tested(std::move(words), [passes = std::move(passes)](Word word) { return passes[word] != 0; });
}

SourceOf<Word> Binder::word(const Expression& expression, Dictionary& dictionary) {
  const Node& node = expression.node();
  if (node.operation == Operation::literal)
    return std::make_unique<Constant<Word>>(dictionary.word(text_of(expression)));
  if (node.operation == Operation::column) {
    const Column& column = columns_.column(node.name);
    return by_code(column, words_of_codes(column, dictionary));
  }
  std::vector<SourceOf<Word>> parts;
  for (const Expression& child : node.children) parts.push_back(word(child, dictionary));
  return std::make_unique<Coalesced<Word>>(std::move(parts));
}

Binder::Number Binder::number(const Expression& expression) {
  const Node& node = expression.node();
  const auto& children = node.children;
  switch (node.operation) {
    case Operation::literal: {
      const int scale = kind_of(node.value).scale;
      const auto* day = std::get_if<Date>(&node.value);
      const std::int64_t value = day != nullptr ? day->time_since_epoch().count() : *exactly(node.value, scale);
      return {std::make_unique<Constant<std::int64_t>>(value), scale};
    }
    case Operation::column:
      return {number_column(columns_.column(node.name)), columns_.column(node.name).scale()};
    case Operation::size:
      return set_size(children[0]);
    case Operation::days:
      return {days_between(date(children[0]), date(children[1]))};
    case Operation::year:
      return {year_of(date(children[0]))};
    case Operation::quarter:
      return {quarter_of(date(children[0]))};
    case Operation::month:
      return {month_of(date(children[0]))};
    case Operation::add_days:
      may_be_unknown_ = true;
      return {days_added(date(children[0]), number(children[1]).source)};
    case Operation::add_months:
      may_be_unknown_ = true;
      return {months_added(date(children[0]), number(children[1]).source)};
    case Operation::workdays:
      return {workdays_between(date(children[0]), date(children[1]), holidays_)};
    case Operation::add_workdays:
      may_be_unknown_ = true;
      return {workdays_added(date(children[0]), number(children[1]).source, holidays_)};
    default:
      return joined_numbers(expression);
  }
}

NumberSource Binder::date(const Expression& expression) {
  may_be_unknown_ |= may_be_not_yet(expression);
  return number(expression).source;
}

// A function of dates is missing where its date has not come yet, though the date itself is not.
bool Binder::may_be_not_yet(const Expression& expression) const {
  return std::ranges::any_of(expression.columns(), [&](const std::string& name) {
    const Column& column = columns_.column(name);
    return column.type() == Type::date && std::ranges::find(column.days(), not_yet_day) != column.days().end();
  });
}

NumberSource Binder::number_column(const Column& column) {
  if (column.coded()) return by_code(column, days_of_codes(column));
  may_be_unknown_ |= column.report().missing + column.report().unreadable > 0;
  if (column.type() == Type::date) return std::make_unique<Days>(column.days());
  return std::make_unique<Numbers>(column.numbers());
}

Binder::Number Binder::joined_numbers(const Expression& expression) {
  const int scale = kind(expression).scale;
  std::vector<NumberSource> parts;
  for (const Expression& child : expression.node().children) {
    Number part = number(child);
    may_be_unknown_ |= part.scale != scale;
    parts.push_back(rescaled(std::move(part.source), scale - part.scale));
  }
  if (expression.node().operation == Operation::least) return {least_of(std::move(parts)), scale};
  if (expression.node().operation == Operation::greatest) return {greatest_of(std::move(parts)), scale};
  return {std::make_unique<Coalesced<std::int64_t>>(std::move(parts)), scale};
}

}  // namespace casemetry::language
