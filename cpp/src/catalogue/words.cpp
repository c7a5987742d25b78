// SPDX-License-Identifier: Apache-2.0
#include "catalogue/words.hpp"

#include <algorithm>

#include "rule_words.hpp"

namespace casemetry::definition {

const Words& aggregate_kinds() {
  static const Words words{"count", "sum", "days", "pending"};
  return words;
}

const Words& indicator_kinds() {
  static const Words words{"count", "sum", "proportion", "ratio", "mean", "quantile", "stock", "contribution"};
  return words;
}

const Words& formats() {
  static const Words words{"percent", "count", "one_to", "per_100", "days", "decimal"};
  return words;
}

const Words& directions() {
  static const Words words{"higher", "lower", "neutral", "range"};
  return words;
}

const Words& evidences() {
  static const Words words{"stated", "reproduced", "inferred", "unconfirmed"};
  return words;
}

const Words& counted_things() {
  static const Words words{"person", "case", "occasion", "lead"};
  return words;
}

const Words& date_formats() {
  static const Words words{"month/day/year", "day/month/year"};
  return words;
}

const Words& empties() {
  static const Words words{"not_yet"};
  return words;
}

const Words& duplicates() {
  static const Words words{"unknown"};
  return words;
}

const Words& relations() {
  static const Words words{"==", "<=", ">="};
  return words;
}

const Words& steps() {
  static const Words words{"month", "quarter", "year"};
  return words;
}

const Words& stock_times() {
  static const Words words{"opening", "closing"};
  return words;
}

const Words& shares_over() {
  static const Words words(over_words().begin(), over_words().end());
  return words;
}

const Words& column_types() {
  static const Words words{"text", "category", "date", "integer", "decimal(2)", "boolean"};
  return words;
}

const Words& reserved_dimensions() {
  static const Words words{
      "unit",  "indicator", "period", "value", "numerator",      "denominator", "unknown", "low",   "high",
      "least", "most",      "status", "flags", "standard_error", "exclusive",   "any",     "leads", "unattributed"};
  return words;
}

Words intervals(Indicator::Kind kind) {
  switch (kind) {
    case Indicator::Kind::count:
      return {"poisson", "none"};
    case Indicator::Kind::sum:
      return {"none"};
    case Indicator::Kind::proportion:
      return {"wilson", "clopper_pearson", "none"};
    case Indicator::Kind::ratio:
      return {"conditional", "none"};
    case Indicator::Kind::mean:
      return {"student", "none"};
    case Indicator::Kind::quantile:
      return {"order", "none"};
    case Indicator::Kind::contribution:
      return {"wilson", "none"};
    case Indicator::Kind::stock:
      return {"none"};
  }
  return {};
}

std::optional<std::size_t> place(std::string_view word, const Words& words) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

bool is_one_of(std::string_view word, const Words& words) {
  return place(word, words).has_value();
}

std::string not_one_of(std::string_view word, const Words& words) {
  return hinted("'" + std::string(word) + "' is no word for it", word, words);
}

bool parse_type(std::string_view word, ColumnDefinition& column) {
  constexpr std::string_view decimal = "decimal(";
  if (word.starts_with(decimal) && word.ends_with(")")) {
    const std::string_view digits = word.substr(decimal.size(), word.size() - decimal.size() - 1);
    if (digits.empty() || digits.size() > 2 || digits.find_first_not_of("0123456789") != std::string_view::npos)
      return false;
    column.type = Type::decimal;
    column.scale = std::stoi(std::string(digits));
    return column.scale <= 18;
  }
  for (const Type type : {Type::text, Type::category, Type::date, Type::integer, Type::boolean, Type::set}) {
    if (word != type_name(type)) continue;
    column.type = type;
    return true;
  }
  return false;
}

}  // namespace casemetry::definition
