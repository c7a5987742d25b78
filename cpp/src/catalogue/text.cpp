// SPDX-License-Identifier: Apache-2.0
#include "catalogue/text.hpp"

#include <algorithm>
#include <cstdint>

namespace casemetry::definition {
namespace {

struct Sequence {
  std::size_t length;
  char32_t bits;   // of the leading byte
  char32_t least;  // a smaller point has a shorter form
};

std::optional<Sequence> sequence_of(unsigned char lead) {
  if (lead < 0x80) return Sequence{1, lead, 0};
  if (lead >= 0xC2 && lead < 0xE0) return Sequence{2, lead & 0x1FU, 0x80};
  if (lead >= 0xE0 && lead < 0xF0) return Sequence{3, lead & 0x0FU, 0x800};
  if (lead >= 0xF0 && lead < 0xF5) return Sequence{4, lead & 0x07U, 0x10000};
  return std::nullopt;
}

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

std::optional<std::u32string> code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto sequence = sequence_of(static_cast<unsigned char>(text[i]));
    if (!sequence || sequence->length > text.size() - i) return std::nullopt;
    char32_t point = sequence->bits;
    for (std::size_t k = 1; k < sequence->length; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      if ((byte & 0xC0U) != 0x80U) return std::nullopt;
      point = (point << 6U) | (byte & 0x3FU);
    }
    if (point < sequence->least || point > 0x10FFFF || within(point, 0xD800, 0xDFFF)) return std::nullopt;
    points.push_back(point);
    i += sequence->length;
  }
  return points;
}

std::string utf8(std::u32string_view points) {
  std::string text;
  const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  for (const char32_t point : points) {
    if (point < 0x80) {
      put(point);
    } else if (point < 0x800) {
      put(0xC0U | (point >> 6U));
      put(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
      put(0xE0U | (point >> 12U));
      put(0x80U | ((point >> 6U) & 0x3FU));
      put(0x80U | (point & 0x3FU));
    } else {
      put(0xF0U | (point >> 18U));
      put(0x80U | ((point >> 12U) & 0x3FU));
      put(0x80U | ((point >> 6U) & 0x3FU));
      put(0x80U | (point & 0x3FU));
    }
  }
  return text;
}

bool begins_id(char32_t point) {
  if (point < 0x80) return is_ascii_letter(point) || point == U'_';
  return !is_sign(point);
}

bool continues_id(char32_t point) {
  return begins_id(point) || within(point, U'0', U'9');
}

bool is_id(std::string_view text) {
  const auto points = code_points(text);
  return points && !points->empty() && begins_id(points->front()) && std::ranges::all_of(*points, continues_id);
}

}  // namespace casemetry::definition
