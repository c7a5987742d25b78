// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/cube.hpp>
#include <utility>

namespace casemetry {

Cube::Cube(Data data) : data_(std::make_shared<const Data>(std::move(data))) {}

const Catalogue& Cube::catalogue() const {
  return data_->catalogue;
}
std::span<const DimensionLabels> Cube::dimensions() const {
  return data_->dimensions;
}
std::optional<Date> Cube::as_of() const {
  return data_->as_of;
}
std::span<const Block> Cube::blocks() const {
  return data_->blocks;
}

const Block* Cube::block(std::string_view unit, std::string_view date) const {
  const auto place = std::find_if(data_->blocks.begin(), data_->blocks.end(),
                                  [&](const Block& block) { return block.unit == unit && block.date == date; });
  return place != data_->blocks.end() ? &*place : nullptr;
}

std::int64_t Cube::cells() const {
  std::size_t cells = 0;
  for (const Block& block : data_->blocks) cells += block.cells();
  return static_cast<std::int64_t>(cells);
}

const std::map<std::string, std::int64_t>& Cube::rows() const {
  return data_->rows;
}
const std::map<std::string, std::vector<ColumnReport>>& Cube::reports() const {
  return data_->reports;
}
std::span<const UnitReport> Cube::unit_reports() const {
  return data_->unit_reports;
}

const std::map<std::string, std::string>& Cube::not_available() const {
  return data_->not_available;
}

}  // namespace casemetry
