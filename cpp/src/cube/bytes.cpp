// SPDX-License-Identifier: Apache-2.0
#include "cube/bytes.hpp"

#include <utility>

#include "cube/canonical.hpp"
#include "cube/flaw.hpp"
#include "cube/hierarchy.hpp"
#include "cube/identity.hpp"
#include "cube/transfer.hpp"

namespace casemetry::value {
namespace {

// The line ends show what a transfer as text did to them.
constexpr std::string_view mark = "CMCUBE\r\n";
constexpr int form_version = 1;
constexpr std::size_t hash_digits = 64;
constexpr std::size_t head_size = mark.size() + 4 + 8 + hash_digits;

[[noreturn]] void refuse(const std::string& place, const std::string& what) {
  throw SchemaError(place + " " + what);
}

std::string payload_of(const Cube::Data& cube) {
  Writer writer;
  writer(std::string_view(canonical_bytes(cube)));
  transfer_provenance(writer, cube, cube.catalogue.json());
  return std::move(writer).take();
}

// What the head says is checked in the order in which it makes sense to a reader.
std::string_view checked_payload(std::string_view bytes, const std::string& place) {
  if (!mark.starts_with(bytes.substr(0, mark.size())) || bytes.empty())
    refuse(place, "is not a cube; `Cube.save` and `bytes()` write one");
  if (bytes.size() < head_size) refuse(place, "is cut off: not even its head is whole; copy it again");
  Reader head(bytes.substr(mark.size(), head_size - mark.size() - hash_digits), place);
  int version = 0;
  std::int64_t length = 0;
  head(version);
  if (version != form_version)
    refuse(place, "is a cube of form " + std::to_string(version) + ", but this version of casemetry reads form " +
                      std::to_string(form_version) +
                      "; read it with the version that wrote it, and hand it on as Arrow");
  head(length);
  const std::string_view payload = bytes.substr(head_size);
  const auto there = static_cast<std::int64_t>(payload.size());
  if (there != length)
    refuse(place, (there < length ? "is cut off: " : "has bytes too many: ") + std::to_string(there) + " bytes of " +
                      std::to_string(length) + " follow its head; copy it again");
  if (sha256(payload) != bytes.substr(head_size - hash_digits, hash_digits))
    refuse(place, "is damaged: its checksum does not fit its bytes; copy it again");
  return payload;
}

// What later steps rely on, so that nothing is read outside its vector.
void check_cells(const Cube::Data& cube, const Block& block, const Reader& reader) {
  constexpr std::int32_t months_end = 12 * 10001;
  const std::size_t width = cube.dimensions.size();
  reader.must_hold(block.has_dimension.size() == width, "a block has other dimensions than its cube");
  reader.must_hold(block.codes.size() == block.cells() * width, "a block has codes of other cells than it has");
  for (std::size_t i = 0; i < block.codes.size(); ++i) {
    const std::size_t d = i % width;
    const std::size_t most = block.has_dimension[d] ? cube.dimensions[d].labels.size() : 0;
    reader.must_hold(block.codes[i] <= most, "a code stands for no label");
  }
  for (const std::int32_t month : block.months)
    reader.must_hold(month == undated || (month >= 0 && month < months_end), "a month is beyond the year 10000");
}

Cube::Data content_of(std::string_view canonical, const std::string& place, std::vector<std::string>& hashes) {
  Reader reader(canonical, place);
  Cube::Data cube{.catalogue = Catalogue(Definitions{})};
  transfer_content(reader, cube, hashes);
  reader.must_hold(reader.rest().empty(), "bytes are left over after its cells");
  for (const DimensionLabels& dimension : cube.dimensions)
    reader.must_hold(dimension.listed <= dimension.labels.size(), "more labels are listed than there are");
  for (const Block& block : cube.blocks) check_cells(cube, block, reader);
  for (const DimensionLabels& dimension : cube.dimensions)
    if (const auto flaw = dimension.hierarchy ? flaw_of(*dimension.hierarchy) : std::nullopt)
      refuse(place, "is damaged: " + *flaw);
  for (const Block& block : cube.blocks)
    if (const auto flaw = flaw_of(cube, block)) refuse(place, "is damaged: " + *flaw);
  return cube;
}

}  // namespace

std::string canonical_bytes(const Cube::Data& cube) {
  Writer writer;
  transfer_content(writer, cube, hashes_of(cube));
  return std::move(writer).take();
}

std::string bytes_of(const Cube::Data& cube) {
  const std::string payload = payload_of(cube);
  Writer head;
  head(form_version);
  head(payload.size());
  return std::string(mark) + std::move(head).take() + sha256(payload) + payload;
}

Cube::Data cube_of_bytes(std::string_view bytes, const std::string& place) {
  Reader reader(checked_payload(bytes, place), place);
  std::string canonical;
  std::vector<std::string> hashes;
  std::string json;
  reader(canonical);
  Cube::Data cube = content_of(canonical, place, hashes);
  transfer_provenance(reader, cube, json);
  reader.must_hold(reader.rest().empty(), "bytes are left over at its end");
  cube.catalogue = Catalogue::from_json(json);
  if (const auto flaw = flaw_of(cube)) refuse(place, "is damaged: " + *flaw);
  if (const auto flaw = flaw_of_patterns(cube)) refuse(place, "is damaged: " + *flaw);
  reader.must_hold(hashes_of(cube) == hashes, "its definitions are not those that it was counted by");
  canonicalise(cube);
  reader.must_hold(canonical_bytes(cube) == canonical, "its cells are not in canonical form");
  return cube;
}

}  // namespace casemetry::value
