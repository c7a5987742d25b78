// SPDX-License-Identifier: Apache-2.0
#include "cube/lane.hpp"

#include <algorithm>
#include <functional>

namespace casemetry::pass {
namespace {

bool is_empty(const CodeSet& codes) {
  return std::find(codes.begin(), codes.end(), true) == codes.end();
}

template <class Operation>
CodeSet combined(const CodeSet& left, const CodeSet& right, Operation operation) {
  CodeSet codes(left.size());
  std::transform(left.begin(), left.end(), right.begin(), codes.begin(), operation);
  return codes;
}

Lane never() {
  return {.conditions = {}, .never = true};
}

// The one column in which the conditions of two lanes on the same columns differ; nothing if there are more.
std::optional<std::size_t> differing_column(const Lane& left, const Lane& right) {
  if (left.conditions.size() != right.conditions.size()) return std::nullopt;
  std::optional<std::size_t> column;
  for (auto l = left.conditions.begin(), r = right.conditions.begin(); l != left.conditions.end(); ++l, ++r) {
    if (l->first != r->first || (l->second != r->second && column)) return std::nullopt;
    if (l->second != r->second) column = l->first;
  }
  return column;
}

}  // namespace

Lane lane_of(std::size_t column, CodeSet codes, const CodeSet& occurs) {
  codes = combined(codes, occurs, std::logical_and<>());
  if (codes == occurs) return {};
  if (is_empty(codes)) return never();
  return {.conditions = {{column, std::move(codes)}}, .never = false};
}

Lane both(const Lane& left, const Lane& right) {
  if (left.never || right.never) return never();
  Lane lane = left;
  for (const auto& [column, codes] : right.conditions) {
    const auto [place, is_new] = lane.conditions.emplace(column, codes);
    if (is_new) continue;
    place->second = combined(place->second, codes, std::logical_and<>());
    if (is_empty(place->second)) return never();
  }
  return lane;
}

std::optional<Lane> either(const Lane& left, const Lane& right, std::span<const CodeSet> occurs) {
  const Lane common = both(left, right);
  if (common == left) return right;
  if (common == right) return left;
  if (left.never || right.never) return left.never ? right : left;
  const auto column = differing_column(left, right);
  if (!column) return std::nullopt;
  Lane lane = left;
  CodeSet& codes = lane.conditions[*column];
  codes = combined(codes, right.conditions.at(*column), std::logical_or<>());
  if (codes == occurs[*column]) lane.conditions.erase(*column);
  return lane;
}

Count::Count(const Lane& lane) {
  if (!lane.never) terms.emplace(lane, 1);
}

Count& Count::operator+=(const Count& other) {
  for (const auto& [lane, times] : other.terms)
    if ((terms[lane] += times) == 0) terms.erase(lane);
  return *this;
}

Count& Count::operator-=(const Count& other) {
  for (const auto& [lane, times] : other.terms)
    if ((terms[lane] -= times) == 0) terms.erase(lane);
  return *this;
}

}  // namespace casemetry::pass
