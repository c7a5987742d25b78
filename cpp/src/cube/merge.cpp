// SPDX-License-Identifier: Apache-2.0
#include "cube/merge.hpp"

#include <algorithm>
#include <utility>

#include "cube/canonical.hpp"
#include "cube/cells.hpp"
#include "cube/flaw.hpp"
#include "cube/guard.hpp"

namespace casemetry::value {
namespace {

enum class Sign : std::int8_t { add = 1, subtract = -1 };

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

void count(std::int64_t& into, std::int64_t rows, Sign sign) {
  if (__builtin_add_overflow(into, static_cast<std::int64_t>(sign) * rows, &into))
    throw DataError("the row counts of these cubes would not fit 64 bits together");
}

void count_reports(std::vector<ColumnReport>& into, const std::vector<ColumnReport>& from, Sign sign) {
  constexpr std::size_t most_examples = 5;
  for (const ColumnReport& report : from) {
    auto known = std::ranges::find(into, report.name, &ColumnReport::name);
    if (known == into.end())
      known = into.insert(into.end(), ColumnReport{.name = report.name, .read_as = report.read_as});
    count(known->rows, report.rows, sign);
    count(known->missing, report.missing, sign);
    count(known->unreadable, report.unreadable, sign);
    count(known->unlisted, report.unlisted, sign);
    if (sign == Sign::subtract) continue;
    for (const std::string& example : report.examples)
      if (known->examples.size() < most_examples &&
          std::ranges::find(known->examples, example) == known->examples.end())
        known->examples.push_back(example);
  }
}

void merge_provenance(Cube::Data& cube, const Cube::Data& other, Sign sign) {
  for (const auto& [table, rows] : other.rows) count(cube.rows[table], rows, sign);
  for (const auto& [table, reports] : other.reports) count_reports(cube.reports[table], reports, sign);
  std::erase_if(cube.whole, [&](const std::string& table) { return !other.whole.contains(table); });
}

}  // namespace

Cube::Data sum(const Cube::Data& left, const Cube::Data& right) {
  check_addition(left, right);
  Cube::Data cube = merged(left, right, Sign::add);
  merge_provenance(cube, right, Sign::add);
  cube.as_of = std::max(left.as_of, right.as_of);  // none is earliest
  cube.parts.insert(right.parts.begin(), right.parts.end());
  canonicalise(cube);
  return cube;
}

Cube::Data difference(const Cube::Data& left, const Cube::Data& right) {
  check_subtraction(left, right);
  Cube::Data cube = merged(left, right, Sign::subtract);
  for (const Block& block : cube.blocks)
    if (const auto flaw = flaw_of(cube, block))
      throw MergeError("what is taken away is not inside: " + *flaw + "; take away only what was added");
  merge_provenance(cube, right, Sign::subtract);
  for (const std::string& part : right.parts) cube.parts.erase(part);
  canonicalise(cube);
  return cube;
}

}  // namespace casemetry::value
