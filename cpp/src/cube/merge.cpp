// SPDX-License-Identifier: Apache-2.0
#include "cube/merge.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "cube/canonical.hpp"
#include "cube/cells.hpp"
#include "cube/flaw.hpp"
#include "cube/guard.hpp"
#include "cube/reports.hpp"

namespace casemetry::value {
namespace {

using Codes = std::vector<std::vector<std::uint32_t>>;  // dimension → code → code in the whole

Codes codes_in(const std::vector<DimensionLabels>& whole, const Cube::Data& part) {
  Codes codes;
  for (std::size_t d = 0; d < whole.size(); ++d)
    codes.push_back(codes_among(part.dimensions[d].labels, whole[d].labels));
  return codes;
}

// Blocks, dimensions, aggregates and proportions of both are the same ones, in the same order: the guard has seen to
// it.
Cube::Data merged(const Cube::Data& left, const Cube::Data& right, Sign sign) {
  Cube::Data cube = left;
  cube.blocks.clear();
  for (std::size_t d = 0; d < left.dimensions.size(); ++d)
    cube.dimensions[d] = united(left.dimensions[d], right.dimensions[d]);
  const Codes of_left = codes_in(cube.dimensions, left);
  const Codes of_right = codes_in(cube.dimensions, right);
  for (std::size_t b = 0; b < left.blocks.size(); ++b) {
    const Piece pieces[] = {
        {.block = &left.blocks[b], .codes = recoded(left.blocks[b], of_left)},
        {.block = &right.blocks[b], .codes = recoded(right.blocks[b], of_right), .subtracted = sign == Sign::subtract}};
    cube.blocks.push_back(gathered(pieces, by_place(pieces, cube.dimensions.size()), cube.dimensions.size()));
  }
  return cube;
}

// What either was built for, and why either lacks what it lacks. None named: all of the catalogue.
void unite_indicators(Cube::Data& cube, const Cube::Data& other) {
  cube.not_available.insert(other.not_available.begin(), other.not_available.end());
  if (cube.indicators == other.indicators) return;
  const bool all = cube.indicators.empty() || other.indicators.empty();
  std::set<std::string> named(cube.indicators.begin(), cube.indicators.end());
  named.insert(other.indicators.begin(), other.indicators.end());
  cube.indicators.clear();
  if (!all) cube.indicators.assign(named.begin(), named.end());
}

}  // namespace

Cube::Data sum(const Cube::Data& left, const Cube::Data& right) {
  check_addition(left, right);
  Cube::Data cube = merged(left, right, Sign::add);
  merge_reports(cube, right, Sign::add);
  unite_indicators(cube, right);
  cube.as_of = std::max(left.as_of, right.as_of);  // none is earliest
  if (cube.holidays.empty()) cube.holidays = right.holidays;
  cube.groupings.insert(right.groupings.begin(), right.groupings.end());
  cube.parts.insert(right.parts.begin(), right.parts.end());
  std::erase_if(cube.whole, [&](const std::string& table) { return !right.whole.contains(table); });
  canonicalise(cube);
  return cube;
}

Cube::Data difference(const Cube::Data& left, const Cube::Data& right) {
  check_subtraction(left, right);
  Cube::Data cube = merged(left, right, Sign::subtract);
  for (const Block& block : cube.blocks)
    if (const auto flaw = flaw_of(cube, block))
      throw MergeError("what is taken away is not inside: " + *flaw + "; take away only what was added");
  merge_reports(cube, right, Sign::subtract);
  for (const std::string& part : right.parts) cube.parts.erase(part);
  canonicalise(cube);
  return cube;
}

}  // namespace casemetry::value
