// SPDX-License-Identifier: Apache-2.0
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <casemetry/expression.hpp>
#include <functional>
#include <utility>

#include "expression/binder.hpp"

namespace casemetry {
namespace language {
namespace {

// A multiple of `block_rows`, enough to be worth a thread.
constexpr std::size_t rows_a_task = 64 * block_rows;

// The cells of a column: each value of the source as a cell.
template <class Cell, class T, class Convert>
std::vector<Cell> cells_of(const Source<T>& source, std::size_t rows, Convert convert) {
  std::vector<Cell> cells(rows);
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, rows, rows_a_task), [&](const auto& task) {
    Scratch<T> values;
    for (std::size_t begin = task.begin(); begin < task.end(); begin += block_rows) {
      const std::size_t count = std::min(block_rows, task.end() - begin);
      source.read({begin, count}, values.data());
      std::transform(values.data(), values.data() + count, cells.data() + begin, convert);
    }
  });
  return cells;
}

std::int32_t day_cell(std::int64_t day) {
  return day == missing_number ? missing_day : static_cast<std::int32_t>(day);
}

// The listed texts first. What one column lists is listed, though another does not.
struct TextCodes {
  TextCodes(const std::vector<Word>& words, std::span<const std::string_view> texts) : code_of(texts.size()) {
    std::vector<char> listed_text(texts.size());
    std::vector<char> occurs(texts.size());
    for (const Word word : words) {
      if (word == Missing<Word>::value) continue;
      occurs[word & ~unlisted_bit] = 1;
      if (Missing<Word>::known(word)) listed_text[word] = 1;
    }
    const auto number = [&](bool is_listed) {
      for (std::size_t text = 0; text < texts.size(); ++text) {
        if (occurs[text] == 0 || (listed_text[text] != 0) != is_listed) continue;
        code_of[text] = static_cast<std::uint32_t>(labels.size());
        labels.emplace_back(texts[text]);
      }
    };
    number(true);
    listed = labels.size();
    number(false);
  }

  std::vector<std::string> labels;
  std::size_t listed = 0;
  std::vector<std::uint32_t> code_of;
};

Column text_column(Binder& binder, const Expression& expression, const Kind& kind, std::string name, std::size_t rows) {
  Dictionary dictionary;
  const SourceOf<Word> source = binder.word(expression, dictionary);
  std::vector<Word> words = cells_of<Word>(*source, rows, std::identity());
  TextCodes codes(words, dictionary.texts());
  for (Word& word : words)
    word = word == Missing<Word>::value ? static_cast<Word>(codes.labels.size()) : codes.code_of[word & ~unlisted_bit];
  return Column::of_codes(std::move(name), kind.type, words, std::move(codes.labels), codes.listed);
}

Column number_column(Binder& binder, const Expression& expression, const Kind& kind, std::string name,
                     std::size_t rows) {
  const Binder::Number number = binder.number(expression);
  if (kind.type == Type::date)
    return Column::of_days(std::move(name), cells_of<std::int32_t>(*number.source, rows, day_cell));
  const auto scale = kind.type == Type::decimal ? std::optional(number.scale) : std::nullopt;
  return Column::of_numbers(std::move(name), cells_of<std::int64_t>(*number.source, rows, std::identity()), scale);
}

Column truth_column(Binder& binder, const Expression& expression, std::string name, std::size_t rows) {
  const SourceOf<Outcome> truth = binder.truth(expression);
  const auto cell = [](Outcome outcome) { return static_cast<std::uint8_t>(outcome); };
  return Column::of_truths(std::move(name), cells_of<std::uint8_t>(*truth, rows, cell));
}

}  // namespace
}  // namespace language

Column materialised(const Expression& expression, const std::function<Column(std::string_view)>& column,
                    const std::map<std::string, std::vector<Literal>>& lists, const Holidays& holidays,
                    std::string name, std::int64_t rows) {
  const auto& node = expression.node();
  if (node.operation == Operation::column) return column(node.name).renamed(std::move(name));
  const language::BoundColumns columns(expression, column);
  const Scope scope = columns.scope(lists, holidays);
  language::require_checked(expression, scope, false);
  language::Binder binder(columns, scope, holidays);
  const language::Kind kind = binder.kind(expression);
  const auto cells = static_cast<std::size_t>(rows);
  switch (language::family_of(kind)) {
    case language::Family::truth:
      return language::truth_column(binder, expression, std::move(name), cells);
    case language::Family::text:
      return language::text_column(binder, expression, kind, std::move(name), cells);
    default:
      return language::number_column(binder, expression, kind, std::move(name), cells);
  }
}

}  // namespace casemetry
