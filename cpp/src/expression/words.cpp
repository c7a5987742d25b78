// SPDX-License-Identifier: Apache-2.0
#include "expression/words.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "utf8.hpp"
#include "written.hpp"

namespace casemetry::language {
namespace {

constexpr std::array functions{
    Function{"between", Operation::between, 3, 3, "between(x, low, high)"},
    Function{"is_null", Operation::is_null, 1, 1, "is_null(x)"},
    Function{"starts_with", Operation::starts_with, 2, 2, "starts_with(x, 'text')"},
    Function{"contains", Operation::contains, 2, 2, "contains(x, 'text')"},
    Function{"has", Operation::has, 2, 2, "has(set, 'text')"},
    Function{"meets", Operation::meets, 1, 1, "meets(set, ['a', 'b'])"},
    Function{"within", Operation::within, 1, 1, "within(set, ['a', 'b'])"},
    Function{"size", Operation::size, 1, 1, "size(set)"},
    Function{"pattern", Operation::pattern, 1, 2, "pattern(set, @grouping by date)"},
    Function{"days", Operation::days, 2, 2, "days(from, to)"},
    Function{"year", Operation::year, 1, 1, "year(date)"},
    Function{"quarter", Operation::quarter, 1, 1, "quarter(date)"},
    Function{"month", Operation::month, 1, 1, "month(date)"},
    Function{"coalesce", Operation::coalesce, 2, any_number, "coalesce(a, b, …)"},
    Function{"least", Operation::least, 2, any_number, "least(a, b, …)"},
    Function{"greatest", Operation::greatest, 2, any_number, "greatest(a, b, …)"},
    Function{"add_days", Operation::add_days, 2, 2, "add_days(date, n)"},
    Function{"add_months", Operation::add_months, 2, 2, "add_months(date, n)"},
    Function{"workdays", Operation::workdays, 2, 2, "workdays(from, to)"},
    Function{"add_workdays", Operation::add_workdays, 2, 2, "add_workdays(date, n)"},
    Function{"found", Operation::found, 0, 0, "found(lookup)"},
    Function{"any", Operation::collapse_any, 1, 2, "any(condition where condition)"},
    Function{"all", Operation::collapse_all, 1, 2, "all(condition where condition)"},
    Function{"count", Operation::collapse_count, 1, 2, "count(condition where condition)"},
    Function{"min", Operation::collapse_min, 1, 2, "min(x where condition)"},
    Function{"max", Operation::collapse_max, 1, 2, "max(x where condition)"},
    Function{"sum", Operation::collapse_sum, 1, 2, "sum(x where condition)"},
    Function{"only", Operation::collapse_only, 1, 2, "only(x where condition)"},
    Function{"set", Operation::collapse_set, 1, 2, "set(x where condition)"},
    Function{"bag", Operation::collapse_bag, 1, 2, "bag(x where condition)"},
    Function{"earliest", Operation::collapse_earliest, 2, 3, "earliest(x by time where condition)"},
    Function{"latest", Operation::collapse_latest, 2, 3, "latest(x by time where condition)"},
};

constexpr std::array<std::string_view, 6> keywords{"and", "or", "not", "in", "true", "false"};

struct Range {
  char32_t first;
  char32_t last;
};

// Spaces, controls and punctuation beyond ASCII, by their Unicode blocks; 々〆〇 are letters.
constexpr std::array outside_names{
    Range{0x80, 0xA9},     Range{0xAB, 0xB4},     Range{0xB6, 0xB9},     Range{0xBB, 0xBF},     Range{0xD7, 0xD7},
    Range{0xF7, 0xF7},     Range{0x2000, 0x206F}, Range{0x3000, 0x3004}, Range{0x3008, 0x3020}, Range{0xFE10, 0xFE1F},
    Range{0xFE30, 0xFE6F}, Range{0xFEFF, 0xFEFF}, Range{0xFF00, 0xFF0F}, Range{0xFF1A, 0xFF20}, Range{0xFF3B, 0xFF40},
    Range{0xFF5B, 0xFF65}, Range{0xFFE0, 0xFFFF},
};

std::string escaped_control(char byte) {
  if (byte == '\n') return "\\n";
  if (byte == '\r') return "\\r";
  if (byte == '\t') return "\\t";
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "\\u{%X}", static_cast<unsigned>(byte));
  return buffer.data();
}

std::string in_quotes(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char byte : text) {
    if (byte == quote || byte == '\\') {
      out += '\\';
      out += byte;
    } else if ((byte >= 0 && byte < 0x20) || byte == 0x7F) {
      out += escaped_control(byte);
    } else {
      out += byte;
    }
  }
  return out + quote;
}

}  // namespace

const Function* function_named(std::string_view name) {
  const auto found = std::ranges::find(functions, name, &Function::name);
  return found == functions.end() ? nullptr : &*found;
}

const Function* function_of(Operation operation) {
  const auto found = std::ranges::find(functions, operation, &Function::operation);
  return found == functions.end() ? nullptr : &*found;
}

std::vector<std::string> function_names() {
  std::vector<std::string> names;
  for (const Function& function : functions) names.emplace_back(function.name);
  return names;
}

bool collapses(Operation operation) {
  return operation >= Operation::collapse_any && operation <= Operation::collapse_latest;
}

bool is_timed(Operation operation) {
  return operation == Operation::collapse_earliest || operation == Operation::collapse_latest;
}

bool has_values(Operation operation) {
  return operation == Operation::in || operation == Operation::not_in || operation == Operation::meets ||
         operation == Operation::within;
}

std::string_view symbol_of(Operation operation) {
  switch (operation) {
    case Operation::equal:
      return "==";
    case Operation::not_equal:
      return "!=";
    case Operation::less:
      return "<";
    case Operation::less_equal:
      return "<=";
    case Operation::greater:
      return ">";
    case Operation::greater_equal:
      return ">=";
    case Operation::in:
      return "in";
    case Operation::not_in:
      return "not in";
    case Operation::logical_not:
      return "not";
    case Operation::logical_and:
      return "and";
    case Operation::logical_or:
      return "or";
    default:
      return {};
  }
}

std::string_view keyword_like(std::string_view word) {
  const auto same = [](char left, char right) { return (left >= 'A' && left <= 'Z' ? left + 32 : left) == right; };
  for (const std::string_view keyword : keywords)
    if (std::ranges::equal(word, keyword, same)) return keyword;
  return {};
}

bool is_name_point(char32_t point) {
  if (point < 0x80)
    return (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z') || (point >= U'0' && point <= U'9') ||
           point == U'_';
  return std::ranges::none_of(outside_names, [&](Range r) { return r.first <= point && point <= r.last; });
}

bool is_bare_name(std::string_view name) {
  if (name.empty() || !keyword_like(name).empty()) return false;
  for (std::size_t at = 0; at < name.size();) {
    const auto point = code_point_at(name, at);
    if (!point || !is_name_point(point->value)) return false;
    const bool digit =
        (point->value >= U'0' && point->value <= U'9') || (point->value >= 0xFF10 && point->value <= 0xFF19);
    if (at == 0 && digit) return false;
    at += point->length;
  }
  return true;
}

std::string spelled_name(std::string_view name) {
  return is_bare_name(name) ? std::string(name) : in_quotes(name, '`');
}

std::string spelled(const Literal& literal) {
  struct Spell {
    std::string operator()(const std::string& text) const {
      const bool apostrophe = text.find('\'') != std::string::npos && text.find('"') == std::string::npos;
      return in_quotes(text, apostrophe ? '"' : '\'');
    }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const Decimal& value) const { return number_text(value.digits, value.scale); }
    std::string operator()(Date value) const { return date_text(value); }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(EmptySet) const { return "[]"; }
  };
  return std::visit(Spell{}, literal);
}

void fail(std::string_view message, std::optional<std::size_t> position) {
  throw DefinitionError({Fault{{}, std::string(message), position}});
}

}  // namespace casemetry::language
