// SPDX-License-Identifier: Apache-2.0
#include "cube/frame.hpp"

#include <algorithm>
#include <map>

namespace casemetry::pass {
namespace {

// Words of a mask are known when the code is compiled, or (0) when it runs.
template <std::size_t words, class Code>
void restrict_masks(std::span<const Code> codes, const std::uint64_t* look_up, std::uint64_t* masks,
                    std::size_t width) {
  const std::size_t n = words != 0 ? words : width;
  for (std::size_t row = 0; row < codes.size(); ++row)
    for (std::size_t word = 0; word < n; ++word) masks[row * n + word] &= look_up[codes[row] * n + word];
}

template <std::size_t words>
void restrict_masks(const Codes& codes, const std::uint64_t* look_up, std::uint64_t* masks, std::size_t width) {
  std::visit([&](auto stored) { restrict_masks<words>(stored, look_up, masks, width); }, codes);
}

Codes as_codes(std::span<const Outcome> outcomes) {
  static_assert(sizeof(Outcome) == 1);
  return std::span(reinterpret_cast<const std::uint8_t*>(outcomes.data()), outcomes.size());
}

}  // namespace

Masks::Masks(std::span<const Lane> lanes, std::span<const ClassColumn> columns) : all_(words_of(lanes.size())) {
  const auto word = [](std::size_t lane) { return lane / lanes_a_word; };
  const auto bit = [](std::size_t lane) { return std::uint64_t{1} << (lane % lanes_a_word); };
  for (std::size_t lane = 0; lane < lanes.size(); ++lane)
    if (!lanes[lane].never) all_[word(lane)] |= bit(lane);
  std::map<std::size_t, std::vector<std::uint64_t>> tables;
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
    for (const auto& [column, codes] : lanes[lane].conditions) {
      auto& table = tables[column];
      if (table.empty())
        for (std::size_t code = 0; code < columns[column].occurs.size(); ++code)
          table.insert(table.end(), all_.begin(), all_.end());
      for (std::size_t code = 0; code < codes.size(); ++code)
        if (!codes[code]) table[code * words() + word(lane)] &= ~bit(lane);
    }
  }
  for (auto& [column, table] : tables) look_ups_.push_back({column, std::move(table)});
}

void Masks::evaluate(const Frame& frame, std::span<std::uint64_t> out) const {
  for (std::size_t row = 0; row < frame.rows(); ++row)
    std::copy(all_.begin(), all_.end(), out.begin() + static_cast<std::ptrdiff_t>(row * words()));
  for (const auto& [column, table] : look_ups_) {
    const Codes& codes = frame.codes(column);
    if (words() == 1) {
      restrict_masks<1>(codes, table.data(), out.data(), 1);
    } else if (words() == 2) {
      restrict_masks<2>(codes, table.data(), out.data(), 2);
    } else {
      restrict_masks<0>(codes, table.data(), out.data(), words());
    }
  }
}

std::vector<std::size_t> Masks::columns() const {
  std::vector<std::size_t> columns;
  for (const LookUp& look_up : look_ups_) columns.push_back(look_up.column);
  return columns;
}

Frame::Frame(std::span<const ClassColumn> columns, std::span<const std::size_t> needed)
    : columns_(columns), needed_(columns.size()), codes_(columns.size()), outcomes_(columns.size()) {
  for (const std::size_t column : needed) require(column);
}

void Frame::require(std::size_t column) {
  if (needed_[column]) return;
  needed_[column] = true;
  const auto& source = columns_[column].source;
  if (std::holds_alternative<Column>(source)) return;
  outcomes_[column].resize(block_rows);
  const auto* decision = std::get_if<std::shared_ptr<const LaneOutcome>>(&source);
  if (decision == nullptr) return;
  masks_.resize(std::max(masks_.size(), block_rows * (*decision)->masks.words()));
  for (const std::size_t input : (*decision)->masks.columns()) require(input);
}

void Frame::load(std::int64_t begin, std::size_t rows) {
  rows_ = rows;
  // A column is decided by earlier ones only, so that one walk is enough.
  for (std::size_t column = 0; column < columns_.size(); ++column)
    if (needed_[column]) codes_[column] = load(column, begin);
}

Codes Frame::load(std::size_t column, std::int64_t begin) {
  const auto& source = columns_[column].source;
  if (const auto* stored = std::get_if<Column>(&source))
    return std::visit([&](auto codes) -> Codes { return codes.subspan(static_cast<std::size_t>(begin), rows_); },
                      stored->codes());
  if (const auto* decision = std::get_if<std::shared_ptr<const LaneOutcome>>(&source))
    return decide(column, **decision);
  const std::span out = std::span(outcomes_[column]).first(rows_);
  std::get<BoundPredicate>(source).outcomes(begin, out);
  return as_codes(out);
}

Codes Frame::decide(std::size_t column, const LaneOutcome& decision) {
  const std::size_t words = decision.masks.words();
  decision.masks.evaluate(*this, masks_);
  for (std::size_t row = 0; row < rows_; ++row) {
    const std::uint64_t* mask = masks_.data() + row * words;
    const auto in_any_lane = [&](std::size_t from, std::size_t until) {
      for (std::size_t lane = from; lane < until; ++lane)
        if (mask[lane / lanes_a_word] >> (lane % lanes_a_word) & 1U) return true;
      return false;
    };
    outcomes_[column][row] = in_any_lane(0, decision.yes)                      ? Outcome::yes
                             : in_any_lane(decision.yes, words * lanes_a_word) ? Outcome::unknown
                                                                               : Outcome::no;
  }
  return as_codes(std::span<const Outcome>(outcomes_[column]).first(rows_));
}

}  // namespace casemetry::pass
