// SPDX-License-Identifier: Apache-2.0
#include "expression/tokenizer.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "expression/number.hpp"
#include "expression/words.hpp"

namespace casemetry::language {
namespace {

struct Advice {
  std::string_view sign;
  std::string_view instead;
};

// Longest first. What other languages write, and what a Chinese keyboard writes.
constexpr std::array advice{
    Advice{"===", "write =="},
    Advice{"<>", "write !="},
    Advice{"=<", "write <="},
    Advice{"=>", "write >="},
    Advice{"&&", "write and"},
    Advice{"||", "write or"},
    Advice{"=", "write == to compare"},
    Advice{"&", "write and"},
    Advice{"|", "write or"},
    Advice{"!", "write not, or != to compare"},
    Advice{"~", "write not"},
    Advice{"+", "there is no arithmetic; add_days(date, n) moves a date"},
    Advice{"-", "there is no arithmetic; days(from, to) counts the days between two dates"},
    Advice{"*", "there is no arithmetic"},
    Advice{"/", "there is no arithmetic; dates are written 2024-03-01"},
    Advice{"%", "there is no arithmetic"},
    Advice{".", "a decimal is written 0.5; a name with other signs than letters, digits and _ stands in backticks"},
    Advice{"（", "a full-width bracket: write ("},
    Advice{"）", "a full-width bracket: write )"},
    Advice{"［", "a full-width bracket: write ["},
    Advice{"］", "a full-width bracket: write ]"},
    Advice{"【", "a Chinese bracket: write ["},
    Advice{"】", "a Chinese bracket: write ]"},
    Advice{"，", "a Chinese comma: write ,"},
    Advice{"、", "a Chinese enumeration comma: write ,"},
    Advice{"；", "a Chinese semicolon: write ,"},
    Advice{"。", "a Chinese full stop: leave it out"},
    Advice{"‘", "a curved quotation mark: write '"},
    Advice{"’", "a curved quotation mark: write '"},
    Advice{"“", "a curved quotation mark: write \""},
    Advice{"”", "a curved quotation mark: write \""},
    Advice{"＇", "a full-width quotation mark: write '"},
    Advice{"＂", "a full-width quotation mark: write \""},
    Advice{"「", "a Chinese quotation mark: write '"},
    Advice{"」", "a Chinese quotation mark: write '"},
    Advice{"＝", "a full-width sign: write =="},
    Advice{"！", "a full-width sign: write != or not"},
    Advice{"＜", "a full-width sign: write <"},
    Advice{"＞", "a full-width sign: write >"},
    Advice{"≤", "write <="},
    Advice{"≥", "write >="},
    Advice{"≠", "write !="},
    Advice{"＠", "a full-width sign: write @"},
};

constexpr std::array<std::string_view, 11> signs{"==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ","};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hexadecimal(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_space(char32_t point) {
  return point == U' ' || (point >= U'\t' && point <= U'\r') || point == 0xA0 || point == 0x3000;
}

// `U+200B`, for what cannot be shown.
std::string code_of(char32_t point) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "U+%04X", static_cast<unsigned>(point));
  return buffer.data();
}

}  // namespace

Tokenizer::Tokenizer(std::string_view text) : text_(text) {}

CodePoint Tokenizer::point() const {
  const auto found = code_point_at(text_, byte_);
  if (!found) fail("the text is not valid UTF-8", position_);
  return *found;
}

CodePoint Tokenizer::advance() {
  const CodePoint passed = point();
  byte_ += passed.length;
  ++position_;
  return passed;
}

void Tokenizer::skip_spaces() {
  while (!at_end() && is_space(point().value)) advance();
}

bool Tokenizer::begins_number() const {
  return is_digit(byte()) || (byte() == '-' && is_digit(byte(1)));
}

void Tokenizer::next(Token& token) {
  skip_spaces();
  const std::size_t begin = byte_;
  const std::size_t position = position_;
  token = at_end() ? Token{} : read();
  token.position = position;
  token.spelling = since(begin);
}

Token Tokenizer::read() {
  if (begins_number()) return number();
  switch (byte()) {
    case '\'':
    case '"':
      return {.kind = TokenKind::literal, .value = closed_by(byte(), "the text")};
    case '`':
      return {.kind = TokenKind::name, .text = closed_by('`', "the name")};
    case '@':
      return list();
    default:
      return is_name_point(point().value) ? word() : sign();
  }
}

// The longest run that could be meant as one number or date, so that the message can quote it whole.
Token Tokenizer::number() {
  const std::size_t begin = byte_;
  const std::size_t position = position_;
  advance();
  const auto goes_on = [this] {
    return is_name_point(point().value) || byte() == '.' || byte() == '-' || byte() == '/' || byte() == ':';
  };
  while (!at_end() && goes_on()) advance();
  return {.kind = TokenKind::literal, .value = read_number(since(begin), position)};
}

Token Tokenizer::word() {
  const std::size_t begin = byte_;
  const std::size_t position = position_;
  while (!at_end() && is_name_point(point().value)) advance();
  const std::string text(since(begin));
  if (const std::string_view keyword = keyword_like(text); !keyword.empty()) {
    if (keyword != text) fail("'" + text + "': write " + std::string(keyword) + " in small letters", position);
    if (keyword == "true" || keyword == "false") return {.kind = TokenKind::literal, .value = keyword == "true"};
    return {.kind = TokenKind::sign, .text = text};
  }
  if (!is_bare_name(text)) fail("'" + text + "' begins with a full-width digit: write numbers as 12", position);
  return {.kind = TokenKind::name, .text = text};
}

Token Tokenizer::list() {
  const std::size_t position = position_;
  advance();
  const bool named = !at_end() && (byte() == '`' || (is_name_point(point().value) && !is_digit(byte())));
  if (!named) fail("@ begins the name of a list: decision in @refusals", position);
  std::string name;
  if (byte() == '`') {
    name = closed_by('`', "the name");
  } else {
    while (!at_end() && is_name_point(point().value)) append_code_point(name, advance().value);
  }
  return {.kind = TokenKind::list, .text = name};
}

Token Tokenizer::sign() {
  const std::string_view rest = text_.substr(byte_);
  const auto begins = [&](std::string_view sign) { return rest.starts_with(sign); };
  const auto advised = std::ranges::find_if(advice, begins, &Advice::sign);
  const auto known = std::ranges::find_if(signs, begins);
  const bool longer = advised != advice.end() && (known == signs.end() || advised->sign.size() > known->size());
  if (longer) fail("'" + std::string(advised->sign) + "': " + std::string(advised->instead), position_);
  if (known == signs.end()) {
    const CodePoint found = point();
    const std::string shown =
        found.value > 0x20 && found.value < 0x7F ? "'" + std::string(1, byte()) + "'" : code_of(found.value);
    fail(shown + " has no meaning here; a name with other signs than letters, digits and _ stands in backticks",
         position_);
  }
  for (std::size_t i = 0; i < known->size(); ++i) advance();
  return {.kind = TokenKind::sign, .text = std::string(*known)};
}

std::string Tokenizer::closed_by(char quote, std::string_view what) {
  const std::size_t begin = position_;
  std::string content;
  advance();
  while (!at_end() && byte() != quote) {
    const char32_t next = advance().value;
    append_code_point(content, next == U'\\' ? escape() : next);
  }
  if (at_end()) fail(std::string(what) + " that begins here is not closed by " + quote, begin);
  advance();
  if (quote == '`' && content.empty()) fail("a name cannot be empty", begin);
  return content;
}

// After a backslash.
char32_t Tokenizer::escape() {
  const std::size_t begin = position_ - 1;
  const char32_t letter = at_end() ? U'\0' : advance().value;
  if (letter == U'n') return U'\n';
  if (letter == U'r') return U'\r';
  if (letter == U't') return U'\t';
  if (letter == U'\\' || letter == U'\'' || letter == U'"' || letter == U'`') return letter;
  char32_t value = 0;
  std::size_t digits = 0;
  if (letter == U'u' && byte() == '{') {
    advance();
    for (; hexadecimal(byte()) >= 0 && digits <= 6; ++digits)
      value = value * 16 + static_cast<char32_t>(hexadecimal(static_cast<char>(advance().value)));
  }
  std::string point;
  append_code_point(point, value);
  if (digits == 0 || digits > 6 || byte() != '}' || !is_utf8(point))
    fail("after \\ stands one of \\ ' \" ` n r t, or a code point as \\u{4E2D}; a backslash itself is written \\\\",
         begin);
  advance();
  return value;
}

}  // namespace casemetry::language
