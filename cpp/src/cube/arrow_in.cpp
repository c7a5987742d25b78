// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "cube/arrow_batch.hpp"
#include "cube/arrow_form.hpp"
#include "cube/canonical.hpp"
#include "cube/cells.hpp"
#include "cube/flaw.hpp"

namespace casemetry::value {
namespace {

[[noreturn]] void refuse_row(const std::string& column, std::size_t row, const std::string& what) {
  throw SchemaError("the Arrow form of a cube, column '" + column + "', row " + std::to_string(row + 1) + ": " + what);
}

std::size_t code_at(const Column& column, std::size_t row) {
  return std::visit([row](auto codes) { return std::size_t{codes[row]}; }, column.codes());
}

// `2024-03` as a month; nothing if it is none.
std::optional<std::int32_t> month_of(std::string_view text) {
  if (text.size() < 7 || text[text.size() - 3] != '-') return std::nullopt;
  const auto number = [](std::string_view digits) {
    std::int32_t value = -1;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return fault == std::errc{} && end == digits.data() + digits.size() ? value : -1;
  };
  const std::int32_t year = number(text.substr(0, text.size() - 3));
  const std::int32_t month = number(text.substr(text.size() - 2));
  if (year < 0 || year > 10000 || month < 1 || month > 12) return std::nullopt;
  return 12 * year + month - 1;
}

/// Fills the blocks of a cube from batches.
class Filling {
 public:
  void begin(const ArrowSchema& schema) {
    cube_ = cube_of_metadata(metadata_of(schema));
    codes_.resize(cube_->dimensions.size());
    check_columns(column_names(schema));
  }

  void take(const ArrowSchema& schema, ArrowArray& array) {
    const ArrowBatchColumns batch(schema, array);
    const std::vector<std::size_t> blocks = blocks_of(batch);
    add_places(batch, blocks);
    for (std::size_t b = 0; b < cube_->blocks.size(); ++b)
      for_each_arrow_column(cube_->blocks[b], cube_->catalogue,
                            [&](auto& holder, const auto& column) { read(batch, blocks, b, holder, column); });
    rows_ += batch.rows();
  }

  Cube::Data cube() && {
    for (std::size_t d = 0; d < codes_.size(); ++d) finish_labels(d);
    if (const auto flaw = flaw_of_patterns(*cube_)) throw SchemaError("the Arrow form of a cube: " + *flaw);
    for (Block& block : cube_->blocks) {
      if (const auto flaw = flaw_of(*cube_, block)) throw SchemaError("the Arrow form of a cube: " + *flaw);
      const Piece piece{.block = &block, .codes = block.codes};
      const Grouping places = by_place({&piece, 1}, codes_.size());
      if (places.groups() < block.cells())
        throw SchemaError("the Arrow form of a cube: two rows of unit '" + block.unit + "' are the same cell, " +
                          repeated(block, places) + "; read them as two cubes and add these");
      block = gathered({&piece, 1}, places, codes_.size());
    }
    canonicalise(*cube_);
    return std::move(*cube_);
  }

 private:
  using Codes = std::unordered_map<std::string, std::uint32_t>;

  void check_columns(const std::vector<std::string>& found) {
    for (const char* name : {"unit", "date", "period"}) expected_.push_back(name);
    for (const DimensionLabels& dimension : cube_->dimensions) expected_.push_back(dimension.id);
    for (Block& block : cube_->blocks)
      for_each_arrow_column(block, cube_->catalogue, [&](const auto& holder, const auto& column) {
        std::string name = column_name(holder, column);
        if (std::ranges::find(expected_, name) == expected_.end()) expected_.push_back(name);
        holders_[std::move(name)].insert(&block);
      });
    if (cube_->blocks.empty()) expected_.push_back("units");
    for (const std::string& name : expected_)
      if (std::ranges::find(found, name) == found.end())
        throw SchemaError("the Arrow form of a cube lacks column '" + name + "'");
    for (const std::string& name : found)
      if (std::ranges::find(expected_, name) == expected_.end())
        throw SchemaError("the Arrow form of a cube has a column '" + name + "' that its metadata do not describe; " +
                          suggestion(name, expected_));
  }

  // Which block each row is of.
  std::vector<std::size_t> blocks_of(const ArrowBatchColumns& batch) const {
    const std::vector<std::string> units = texts(batch, "unit");
    const std::vector<std::string> dates = texts(batch, "date");
    std::map<std::pair<std::string, std::string>, std::size_t> known;
    for (std::size_t b = 0; b < cube_->blocks.size(); ++b)
      known.emplace(std::pair(cube_->blocks[b].unit, cube_->blocks[b].date), b);
    std::vector<std::size_t> blocks;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      const auto found = known.find({units[row], dates[row]});
      if (found == known.end())
        refuse_row("unit", rows_ + row,
                   "the metadata describe no unit '" + units[row] + "' by date '" + dates[row] + "'");
      blocks.push_back(found->second);
    }
    return blocks;
  }

  static std::string text_at(const Column& column, std::size_t row) {
    const std::size_t code = code_at(column, row);
    return code < column.labels().size() ? column.labels()[code] : std::string();
  }

  // Of text or codes, a missing one empty.
  Column text_column(const ArrowBatchColumns& batch, const std::string& name) const {
    Column column = batch.plain(name);
    if (column.type() != Type::text && column.type() != Type::category)
      throw SchemaError("the Arrow form of a cube, column '" + name + "': it must be text, or a dictionary of text");
    return column;
  }
  std::vector<std::string> texts(const ArrowBatchColumns& batch, const std::string& name) const {
    const Column column = text_column(batch, name);
    std::vector<std::string> all;
    for (std::size_t row = 0; row < batch.rows(); ++row) all.push_back(text_at(column, row));
    return all;
  }

  void add_places(const ArrowBatchColumns& batch, const std::vector<std::size_t>& blocks) {
    std::vector<std::vector<std::uint32_t>> codes;
    for (std::size_t d = 0; d < codes_.size(); ++d) codes.push_back(codes_in(batch, d, blocks));
    const std::vector<std::string> periods = texts(batch, "period");
    for (std::size_t row = 0; row < blocks.size(); ++row) {
      Block& block = cube_->blocks[blocks[row]];
      for (std::size_t d = 0; d < codes.size(); ++d) block.codes.push_back(codes[d][row]);
      const auto month = periods[row].empty() ? std::optional(undated) : month_of(periods[row]);
      if (!month) refuse_row("period", rows_ + row, "'" + periods[row] + "' is no month; write it as in 2024-03");
      block.months.push_back(*month);
    }
  }

  static constexpr std::uint32_t no_label = std::numeric_limits<std::uint32_t>::max();

  // Labels are numbered as they come; the missing one is numbered at the end.
  std::vector<std::uint32_t> codes_in(const ArrowBatchColumns& batch, std::size_t d,
                                      const std::vector<std::size_t>& blocks) {
    const std::string& name = cube_->dimensions[d].id;
    const Column column = text_column(batch, name);
    std::vector<std::uint32_t> codes;
    for (std::size_t row = 0; row < blocks.size(); ++row) {
      const std::size_t code = code_at(column, row);
      const bool has = cube_->blocks[blocks[row]].has_dimension[d];
      const bool is_label = code < column.labels().size();
      if (is_label && !has)
        refuse_row(name, rows_ + row, "unit '" + cube_->blocks[blocks[row]].unit + "' has no such dimension");
      codes.push_back(!has ? 0 : is_label ? number(d, column.labels()[code]) : no_label);
    }
    return codes;
  }
  std::uint32_t number(std::size_t d, const std::string& label) {
    return codes_[d].emplace(label, static_cast<std::uint32_t>(codes_[d].size())).first->second;
  }

  void finish_labels(std::size_t d) {
    DimensionLabels& dimension = cube_->dimensions[d];
    dimension.labels.resize(codes_[d].size());
    for (const auto& [label, code] : codes_[d]) dimension.labels[code] = label;
    const auto missing = static_cast<std::uint32_t>(dimension.labels.size());
    for (Block& block : cube_->blocks)
      for (std::size_t i = d; i < block.codes.size(); i += codes_.size())
        if (block.codes[i] == no_label) block.codes[i] = missing;
  }

  // Calls `append` with the rows of one block, which must have a cell; rows of blocks without the column must have
  // none.
  template <class IsThere, class Append>
  void for_each_row(const std::vector<std::size_t>& blocks, std::size_t b, const std::string& name,
                    const IsThere& is_there, const Append& append) const {
    const std::set<const Block*>& holders = holders_.at(name);
    for (std::size_t row = 0; row < blocks.size(); ++row) {
      const bool there = is_there(row);
      if (blocks[row] == b) {
        if (!there) refuse_row(name, rows_ + row, "it is missing, or does not fit 64 bits");
        append(row);
      } else if (there && !holders.contains(&cube_->blocks[blocks[row]])) {
        refuse_row(name, rows_ + row, "unit '" + cube_->blocks[blocks[row]].unit + "' by this date has none");
      }
    }
  }

  template <class Holder>
  void read(const ArrowBatchColumns& batch, const std::vector<std::size_t>& blocks, std::size_t b, Holder& holder,
            const Numbers<Holder, std::int64_t>& column) {
    const std::string name = column_name(holder, column);
    const Column cells = batch.plain(name);
    const std::span<const std::int64_t> numbers = integers(cells, name);
    for_each_row(
        blocks, b, name, [&](std::size_t row) { return numbers[row] != missing_number; },
        [&](std::size_t row) { (holder.*column.cells).push_back(numbers[row]); });
  }

  void read(const ArrowBatchColumns& batch, const std::vector<std::size_t>& blocks, std::size_t b,
            AggregateCounts& holder, const Numbers<AggregateCounts, Wide>& column) {
    const std::string name = column_name(holder, column);
    const auto numbers = batch.decimals(name, scale_of(holder, column));
    for_each_row(
        blocks, b, name, [&](std::size_t row) { return numbers[row].has_value(); },
        [&](std::size_t row) { (holder.*column.cells).push_back(as_wide(*numbers[row])); });
  }

  template <class Holder>
  void read(const ArrowBatchColumns& batch, const std::vector<std::size_t>& blocks, std::size_t b, Holder& holder,
            const Histograms<Holder>& column) {
    const std::string name = column_name(holder, column);
    const ArrowBatchColumns::DayLists lists = batch.day_lists(name);
    const std::span<const std::int64_t> days = integers(lists.days, name);
    const std::span<const std::int64_t> counts = integers(lists.counts, name);
    auto& offsets = holder.*column.offsets;
    if (offsets.empty()) offsets.push_back(0);
    for_each_row(
        blocks, b, name, [&](std::size_t row) { return lists.there[row]; },
        [&](std::size_t row) {
          for (std::size_t k = lists.offsets[row]; k < lists.offsets[row + 1]; ++k) {
            const auto day = static_cast<std::int32_t>(days[k]);
            if (day != days[k] || counts[k] == missing_number)
              refuse_row(name, rows_ + row, "a day or count is missing, or a day does not fit 32 bits");
            (holder.*column.days).push_back(day);
            (holder.*column.counts).push_back(counts[k]);
          }
          offsets.push_back(static_cast<std::int64_t>((holder.*column.days).size()));
        });
  }

  static std::span<const std::int64_t> integers(const Column& column, const std::string& name) {
    if (column.type() != Type::integer)
      throw SchemaError("the Arrow form of a cube, column '" + name + "': its type must be integer, not " +
                        type_name(column.type(), column.scale()));
    return column.numbers();
  }

  std::string repeated(const Block& block, const Grouping& places) const {
    std::size_t group = 0;
    while (places.begins[group + 1] - places.begins[group] == 1) ++group;
    return cell_text(*cube_, block, places.order[places.begins[group]].cell);
  }

  std::optional<Cube::Data> cube_;
  std::vector<std::string> expected_;
  std::map<std::string, std::set<const Block*>> holders_;  // the blocks that have a column of counts
  std::vector<Codes> codes_;                               // of the labels of each dimension
  std::size_t rows_ = 0;
};

}  // namespace

Cube::Data read_arrow(ArrowArrayStream* stream) {
  Filling filling;
  for_each_batch(
      stream, [&](const ArrowSchema& schema) { filling.begin(schema); },
      [&](const ArrowSchema& schema, ArrowArray& batch) { filling.take(schema, batch); });
  return std::move(filling).cube();
}

}  // namespace casemetry::value
