// SPDX-License-Identifier: Apache-2.0
#include "cube/identity.hpp"

#include <set>

namespace casemetry::value {
namespace {

std::vector<std::string> dimension_hashes(const Cube::Data& cube, const Catalogue& catalogue) {
  std::set<std::string> counted;
  for (const Block& block : cube.blocks) counted.insert(block.unit);
  const std::vector<std::string> units(counted.begin(), counted.end());
  std::vector<std::string> hashes;
  for (const DimensionLabels& dimension : cube.dimensions)
    hashes.push_back(catalogue.dimension_hash(dimension.id, units));
  return hashes;
}

std::map<std::string, std::string> count_hashes(const Cube::Data& cube, const Catalogue& catalogue) {
  std::map<std::string, std::string> hashes;
  for (const Block& block : cube.blocks)
    for (const AggregateCounts& counts : block.aggregates)
      hashes.emplace(counts.aggregate, catalogue.count_hash(counts.aggregate));
  return hashes;
}

}  // namespace

std::vector<std::string> dimension_hashes(const Cube::Data& cube) {
  return dimension_hashes(cube, cube.catalogue);
}

std::map<std::string, std::string> count_hashes(const Cube::Data& cube) {
  return count_hashes(cube, cube.catalogue);
}

std::vector<std::string> hashes_of(const Cube::Data& cube) {
  std::vector<std::string> hashes = dimension_hashes(cube);
  for (const auto& [aggregate, hash] : count_hashes(cube)) hashes.push_back(hash);
  return hashes;
}

bool counts_the_same_by(const Cube::Data& cube, const Catalogue& catalogue) {
  return dimension_hashes(cube, catalogue) == dimension_hashes(cube) &&
         count_hashes(cube, catalogue) == count_hashes(cube);
}

}  // namespace casemetry::value
