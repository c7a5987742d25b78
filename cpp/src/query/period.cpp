// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "query/calendar.hpp"

namespace casemetry {
namespace question {
namespace {

constexpr std::string_view forms =
    "2024, 2024H1, 2024Q3, 2024-07, 2024-01..2024-09, ytd(2024-09), rolling(2024-09, 12)";

/// A span of the calendar as a literal names it.
struct Named {
  Span span = Span::month;
  std::int32_t first = 0;
  std::int32_t last() const { return first + static_cast<std::int32_t>(span) - 1; }
};

/// A period literal, taken apart.
struct Written {
  enum class Form : std::uint8_t { single, range, ytd, rolling } form = Form::single;
  Named from, to;           // single: both the same; ytd, rolling: the last month
  std::int32_t months = 0;  // of rolling
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Reads one literal; every refusal says what is wrong with it and which forms there are.
class Reader {
 public:
  Reader(std::string_view text, const Calendar& calendar) : text_(trimmed(text)), calendar_(calendar) {}

  Written read() const {
    if (const auto inside = arguments("ytd")) return read_ytd(*inside);
    if (const auto inside = arguments("rolling")) return read_rolling(*inside);
    if (const auto dots = text_.find(".."); dots != std::string_view::npos) return read_range(dots);
    const Named named = read_named(text_);
    return {Written::Form::single, named, named, 0};
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw QueryError("period '" + std::string(text_) + "' " + why + "; write one of " + std::string(forms));
  }

  // What stands between the parentheses of `name(…)`.
  std::optional<std::string_view> arguments(std::string_view name) const {
    if (!text_.starts_with(name)) return std::nullopt;
    const std::string_view rest = trimmed(text_.substr(name.size()));
    if (rest.size() < 2 || rest.front() != '(' || rest.back() != ')') return std::nullopt;
    return trimmed(rest.substr(1, rest.size() - 2));
  }

  std::optional<std::int32_t> number(std::string_view digits) const {
    std::int32_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc{} || stop != end || value < 0) return std::nullopt;
    return value;
  }

  // Part `part` of the year that bears the number `year`.
  Named part_of(std::int32_t year, Span span, std::int32_t part) const {
    const std::int32_t begins = 12 * year - (calendar_.year_starts_on == 1 ? 0 : 13 - calendar_.year_starts_on);
    return {span, begins + (part - 1) * static_cast<std::int32_t>(span)};
  }

  Named read_named(std::string_view text) const {
    const auto year = text.size() >= 4 ? number(text.substr(0, 4)) : std::nullopt;
    if (!year || *year == 0) refuse("does not begin with a year of four digits");
    const std::string_view rest = text.substr(4);
    if (rest.empty()) return part_of(*year, Span::year, 1);
    const auto part = number(rest.substr(1));
    if (rest[0] == '-') return read_month(*year, part, rest.size() == 3);
    if ((rest[0] == 'H' || rest[0] == 'h') && rest.size() == 2) return read_part(*year, Span::half, part, "half");
    if ((rest[0] == 'Q' || rest[0] == 'q') && rest.size() == 2) return read_part(*year, Span::quarter, part, "quarter");
    refuse("is none that is known");
  }

  Named read_month(std::int32_t year, std::optional<std::int32_t> month, bool two_digits) const {
    if (!month || !two_digits) refuse("needs a month of two digits after the '-'");
    if (*month < 1 || *month > 12) refuse("names a month " + std::to_string(*month) + ", which no year has");
    return {Span::month, 12 * year + *month - 1};
  }

  Named read_part(std::int32_t year, Span span, std::optional<std::int32_t> part, const std::string& word) const {
    const std::int32_t parts = 12 / static_cast<std::int32_t>(span);
    if (!part || *part < 1 || *part > parts) refuse("names no " + word + " from 1 to " + std::to_string(parts));
    return part_of(year, span, *part);
  }

  Named read_last_month(std::string_view text) const {
    const Named month = read_named(trimmed(text));
    if (month.span != Span::month) refuse("must end in a month, such as 2024-09");
    return month;
  }

  Written read_range(std::size_t dots) const {
    const Named from = read_named(trimmed(text_.substr(0, dots)));
    const Named to = read_named(trimmed(text_.substr(dots + 2)));
    if (to.last() < from.first) refuse("ends before it begins");
    return {Written::Form::range, from, to, 0};
  }

  Written read_ytd(std::string_view inside) const {
    const Named month = read_last_month(inside);
    return {Written::Form::ytd, month, month, 0};
  }

  Written read_rolling(std::string_view inside) const {
    const auto comma = inside.find(',');
    if (comma == std::string_view::npos) refuse("lacks its number of months");
    const Named month = read_last_month(inside.substr(0, comma));
    const auto months = number(trimmed(inside.substr(comma + 1)));
    if (!months || *months < 1 || *months > month.first) refuse("needs a number of months, at least 1");
    return {Written::Form::rolling, month, month, *months};
  }

  std::string_view text_;
  const Calendar& calendar_;
};

std::int32_t first_month(const Written& written, const Calendar& calendar) {
  switch (written.form) {
    case Written::Form::ytd:
      return span_start(written.to.first, Span::year, calendar);
    case Written::Form::rolling:
      return written.to.first - written.months + 1;
    default:
      return written.from.first;
  }
}

std::string text_of(const Written& written, const Calendar& calendar) {
  const std::string from = span_text(written.from.first, written.from.span, calendar);
  switch (written.form) {
    case Written::Form::single:
      return from;
    case Written::Form::range:
      return from + ".." + span_text(written.to.first, written.to.span, calendar);
    case Written::Form::ytd:
      return "ytd(" + from + ")";
    case Written::Form::rolling:
      return "rolling(" + from + ", " + std::to_string(written.months) + ")";
  }
  return from;
}

// A range a number of months earlier; an end that no longer is a quarter or year of the calendar is named by its month.
void shift(Written& written, std::int32_t months) {
  const auto by_month = [&](Named& end, std::int32_t month) {
    if (months % static_cast<std::int32_t>(end.span) != 0) end = {Span::month, month};
  };
  const std::int32_t last = written.to.last();
  by_month(written.from, written.from.first);
  by_month(written.to, last);
  written.from.first -= months;
  written.to.first -= months;
}

Period period_of(const Written& written, const Calendar& calendar, std::string text) {
  return {first_month(written, calendar), written.to.last(), std::move(text)};
}

}  // namespace
}  // namespace question

Period Period::parse(std::string_view text, const Calendar& calendar) {
  return question::period_of(question::Reader(text, calendar).read(), calendar, std::string(question::trimmed(text)));
}

Period Period::year_ago(const Calendar& calendar) const {
  question::Written written = question::Reader(text, calendar).read();
  written.from.first -= 12;
  written.to.first -= 12;
  return question::period_of(written, calendar, question::text_of(written, calendar));
}

Period Period::previous(const Calendar& calendar) const {
  question::Written written = question::Reader(text, calendar).read();
  if (written.form == question::Written::Form::ytd)
    throw QueryError("period '" + text +
                     "' has no previous one: so many months before its year would begin within another; compare with "
                     "'year_ago', or ask for a range of months");
  question::shift(written, written.form == question::Written::Form::rolling ? written.months : last - first + 1);
  return question::period_of(written, calendar, question::text_of(written, calendar));
}

}  // namespace casemetry
