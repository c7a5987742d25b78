// SPDX-License-Identifier: Apache-2.0
#include "catalogue/text.hpp"

#include <algorithm>

#include "utf8.hpp"

namespace casemetry {
namespace definition {
namespace {

bool is_ascii_letter(char32_t point) {
  return (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z');
}

bool within(char32_t point, char32_t low, char32_t high) {
  return point >= low && point <= high;
}

// Latin-1 signs, general punctuation, spaces and marks of Chinese text (々 and 〇 are letters), full-width ASCII signs.
bool is_sign(char32_t point) {
  if (within(point, 0x80, 0xBF) || point == 0xD7 || point == 0xF7 || within(point, 0x2000, 0x206F)) return true;
  if (within(point, 0x3000, 0x303F)) return point != 0x3005 && point != 0x3007;
  if (within(point, 0xFF00, 0xFF0F) || within(point, 0xFF1A, 0xFF20)) return true;
  if (within(point, 0xFF3B, 0xFF40) || within(point, 0xFF5B, 0xFF65)) return true;
  return point == 0xFEFF || within(point, 0xFFF0, 0xFFFF);
}

}  // namespace

bool begins_id(char32_t point) {
  if (point < 0x80) return is_ascii_letter(point) || point == U'_';
  return !is_sign(point);
}

bool continues_id(char32_t point) {
  return begins_id(point) || within(point, U'0', U'9');
}

bool is_made_id(std::string_view text, std::string_view lead) {
  if (!text.starts_with(lead) || !text.substr(lead.size()).starts_with('.')) return false;
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos)
    return text == out_of_order(lead) || text == no_stage(lead) || text.substr(lead.size()) == ".leads";
  if (!is_id(text.substr(at + 1))) return false;
  for (std::string_view rest = text.substr(0, at);;) {
    const std::size_t dot = rest.find('.');
    if (!is_id(rest.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    rest.remove_prefix(dot + 1);
  }
}

}  // namespace definition

bool is_id(std::string_view name) {
  const auto points = code_points(name);
  return points && !points->empty() && definition::begins_id(points->front()) &&
         std::ranges::all_of(*points, definition::continues_id);
}

}  // namespace casemetry
