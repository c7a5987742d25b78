// SPDX-License-Identifier: Apache-2.0
#include "table/text.hpp"

#include <algorithm>
#include <cstdint>

namespace casemetry {
namespace {

struct CodePoint {
  char32_t value;
  std::size_t length;  // bytes; 0 if they are not UTF-8
};

// Table 3-7 of the Unicode standard: the second byte's bounds depend on the first.
CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t k) { return static_cast<std::uint8_t>(text[at + k]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {lead, 0};
  const std::uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const std::uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < least || byte(1) > most) return {lead, 0};
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(k) & 0xC0) != 0x80) return {lead, 0};
    value = (value << 6) | (byte(k) & 0x3FU);
  }
  return {value, length};
}

bool is_ascii_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// White_Space of the Unicode character database, beyond ASCII.
constexpr std::string_view wide_blanks[] = {"\u00A0", "\u0085", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                            "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A",
                                            "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

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

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = code_point_at(text, at).length;
    if (length == 0) return false;
    at += length;
  }
  return true;
}

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
    const auto [value, length] = code_point_at(text, at);
    const bool wide = length == 3 && value >= 0xFF01 && value <= 0xFF5E;
    if (wide || length == 1) {
      const char c = static_cast<char>(wide ? value - 0xFEE0 : value);
      plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    } else if (value == 0x3000) {
      plain += ' ';
    } else {
      plain += text.substr(at, std::max<std::size_t>(1, length));
    }
    at += std::max<std::size_t>(1, length);
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
