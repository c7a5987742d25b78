// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/error.hpp>
#include <numeric>
#include <utility>

#include "utf8.hpp"

namespace casemetry {
namespace {

using Points = std::vector<char32_t>;

// Full-width ASCII becomes ASCII, letters become small; separators count as one another.
char32_t folded(char32_t point) {
  if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;
  if (point >= U'A' && point <= U'Z') point += U'a' - U'A';
  return point == U'-' || point == U' ' ? U'_' : point;
}

// Malformed bytes stand for themselves: a suggestion may look odd, but never fails.
Points folded_points(std::string_view text) {
  Points points;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint byte{static_cast<unsigned char>(text[at]), 1};
    const auto [point, length] = code_point_at(text, at).value_or(byte);
    points.push_back(folded(point));
    at += length;
  }
  return points;
}

// Edit distance (Levenshtein 1966), one row of the table at a time.
std::size_t distance(const Points& left, const Points& right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  constexpr std::size_t longest = 200;  // a name beyond that is no typing error
  if (name.size() > longest) return std::nullopt;
  const Points wanted = folded_points(name);
  const std::string* best = nullptr;
  std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > longest) continue;
    const std::size_t d = distance(wanted, folded_points(candidate));
    if (d < least) {
      least = d;
      best = &candidate;
    }
  }
  return best != nullptr ? std::optional(*best) : std::nullopt;
}

std::string suggestion(std::string_view name, std::span<const std::string> candidates) {
  if (const auto near = nearest(name, candidates)) return "did you mean '" + *near + "'?";
  if (candidates.empty()) return {};
  constexpr std::size_t shown = 8;
  std::string text = "known: ";
  for (std::size_t i = 0; i < std::min(shown, candidates.size()); ++i) text += (i == 0 ? "" : ", ") + candidates[i];
  return candidates.size() > shown ? text + " … (" + std::to_string(candidates.size()) + ")" : text;
}

std::string hinted(std::string message, std::string_view name, std::span<const std::string> candidates) {
  const std::string hint = suggestion(name, candidates);
  return hint.empty() ? message : std::move(message) + "; " + hint;
}

}  // namespace casemetry
