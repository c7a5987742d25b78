// SPDX-License-Identifier: Apache-2.0
#include "table/text.hpp"

#include <algorithm>
#include <cstdint>

#include "utf8.hpp"

namespace casemetry {
namespace {

bool is_ascii_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// White_Space of the Unicode character database, beyond ASCII.
constexpr std::string_view wide_blanks[] = {"\u00A0", "\u0085", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                            "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A",
                                            "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

constexpr char32_t not_utf8 = 0xFFFD;  // the replacement character

std::size_t blank_at_front(std::string_view text) {
  if (is_ascii_blank(text.front())) return 1;
  if (static_cast<std::uint8_t>(text.front()) < 0x80) return 0;
  const auto found = std::ranges::find_if(wide_blanks, [&](auto blank) { return text.starts_with(blank); });
  return found == std::end(wide_blanks) ? 0 : found->size();
}

std::size_t blank_at_back(std::string_view text) {
  if (is_ascii_blank(text.back())) return 1;
  if (static_cast<std::uint8_t>(text.back()) < 0x80) return 0;
  const auto found = std::ranges::find_if(wide_blanks, [&](auto blank) { return text.ends_with(blank); });
  return found == std::end(wide_blanks) ? 0 : found->size();
}

}  // namespace

std::string_view without_blanks(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = blank_at_front(text);
    if (length == 0) break;
    text.remove_prefix(length);
  }
  while (!text.empty()) {
    const std::size_t length = blank_at_back(text);
    if (length == 0) break;
    text.remove_suffix(length);
  }
  return text;
}

std::string plain_form(std::string_view text) {
  text = without_blanks(text);
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, length] = code_point_at(text, at).value_or(CodePoint{not_utf8, 1});
    const bool wide = point >= 0xFF01 && point <= 0xFF5E;
    if (wide || point < 0x80) {
      const char c = static_cast<char>(wide ? point - 0xFEE0 : point);
      plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    } else if (point == 0x3000) {
      plain += ' ';
    } else {
      plain += text.substr(at, length);
    }
    at += length;
  }
  return plain;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  const bool cut = text.size() > longest;
  if (cut) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  std::string shown{text};
  std::ranges::replace_if(shown, [](char c) { return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7F; }, '?');
  return "'" + shown + (cut ? "…'" : "'");
}

}  // namespace casemetry
