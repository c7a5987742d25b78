// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/cube.hpp>
#include <utility>

#include "cube/arrow_form.hpp"
#include "cube/bytes.hpp"
#include "cube/file.hpp"
#include "cube/hierarchy.hpp"
#include "cube/identity.hpp"
#include "cube/keep.hpp"
#include "cube/merge.hpp"

namespace casemetry {

Cube::Cube(Data data)
    : data_(std::make_shared<const Data>(std::move(data))),
      levels_(
          std::make_shared<const std::vector<DimensionLevel>>(value::levels_of(data_->catalogue, data_->dimensions))) {}

// The counts under the definitions that stand over them now.
std::shared_ptr<const Cube::Data> Cube::data() const {
  if (!further_) return data_;
  Data data = *data_;
  data.catalogue = *further_;
  return std::make_shared<const Data>(std::move(data));
}

const Catalogue& Cube::catalogue() const {
  return further_ ? *further_ : data_->catalogue;
}
std::span<const DimensionLabels> Cube::dimensions() const {
  return data_->dimensions;
}
std::span<const DimensionLevel> Cube::levels() const {
  return *levels_;
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
std::vector<std::string> Cube::indicators() const {
  std::vector<std::string> ids = data_->indicators;
  if (ids.empty())
    for (const Indicator& indicator : catalogue().definitions().indicators) ids.push_back(indicator.id);
  return ids;
}
std::span<const std::string> Cube::partitioned_by() const {
  return data_->partitioned_by;
}
const std::set<std::string>& Cube::parts() const {
  return data_->parts;
}
const std::set<std::string>& Cube::whole() const {
  return data_->whole;
}
const std::map<std::string, std::vector<GroupedSource>>& Cube::groupings() const {
  return data_->groupings;
}

Cube& Cube::operator+=(const Cube& other) {
  return *this = Cube(value::sum(*data(), *other.data()));
}
Cube& Cube::operator-=(const Cube& other) {
  return *this = Cube(value::difference(*data(), *other.data()));
}
bool operator==(const Cube& left, const Cube& right) {
  return left.data_ == right.data_ || value::canonical_bytes(*left.data()) == value::canonical_bytes(*right.data());
}

Cube Cube::with(Indicator indicator) const {
  return with(std::vector{std::move(indicator)});
}
Cube Cube::with(std::vector<Indicator> indicators) const {
  Cube cube = *this;
  cube.further_ = catalogue().with(std::move(indicators));
  return cube;
}

// A count by other groups of the same name would be misread.
Cube Cube::with(Grouping grouping) const {
  const bool is_new = catalogue().grouping(grouping.id) == nullptr;
  const std::string place = "grouping." + grouping.id;
  Cube cube = *this;
  cube.further_ = catalogue().with(std::move(grouping));
  if (is_new || value::counts_the_same_by(*data_, *cube.further_)) return cube;
  throw DefinitionError(
      {{place, "leads are counted by other groups of this name here; give these a name of their own", {}}});
}

Cube Cube::keep(std::span<const std::string> aggregates) const {
  return Cube(value::kept(*data(), aggregates));
}
Cube Cube::roll_up(std::span<const std::string> by) const {
  return Cube(value::rolled_up(*data(), by));
}
std::string Cube::fingerprint() const {
  return sha256(value::canonical_bytes(*data()));
}

void Cube::to_arrow(ArrowArrayStream* out) const {
  value::write_arrow(*data(), out);
}
Cube Cube::from_arrow(ArrowArrayStream* stream) {
  return Cube(value::read_arrow(stream));
}

std::string Cube::bytes() const {
  return value::bytes_of(*data());
}
Cube Cube::from_bytes(std::string_view bytes, const std::string& name) {
  return Cube(value::cube_of_bytes(bytes, name));
}
void Cube::save(const std::string& path) const {
  value::write_whole(path, bytes());
}
Cube Cube::load(const std::string& path) {
  return from_bytes(value::read_whole(path), path);
}

}  // namespace casemetry
