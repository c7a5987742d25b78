// SPDX-License-Identifier: Apache-2.0
#include "cube/groups.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "cube/frame.hpp"

namespace casemetry::pass {
namespace {

// As many possible keys as this are numbers themselves, however few the rows.
constexpr std::uint64_t always_dense = std::uint64_t{1} << 16;
constexpr std::uint64_t most_numbers = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t most_keys = std::uint64_t{1} << 63;

std::string named(std::span<const Digit> digits) {
  std::string text;
  for (const Digit& digit : digits)
    text += (text.empty() ? "" : " × ") + digit.name + " (" + std::to_string(digit.radix) + ")";
  return text;
}

[[noreturn]] void refuse(std::span<const Digit> digits, const std::string& limit) {
  throw DataError("too many cells: " + named(digits) + " are more than " + limit +
                  "; leave a dimension out of `by`, or use one with fewer values");
}

// Multiplies the digits by their weights.
void weigh(std::vector<Digit>& digits) {
  std::uint64_t weight = 1;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    for (std::uint64_t& value : digit->values) value *= weight;
    weight *= digit->radix;
  }
}

// The digit of what a row holds: a code, or a day.
template <class Code>
std::uint64_t value_of(const Digit& digit, Code code) {
  return digit.values[code];
}
std::uint64_t value_of(const Digit& digit, std::int32_t day) {
  return is_day(day) ? digit.values[static_cast<std::size_t>(day - digit.first_day)] : digit.values.back();
}

struct AddDigit {
  const Digit& digit;
  std::size_t begin;
  std::span<std::uint64_t> keys;

  template <class Held>
  void operator()(std::span<const Held> held) const {
    for (std::size_t row = 0; row < keys.size(); ++row) keys[row] += value_of(digit, held[begin + row]);
  }
};

}  // namespace

Digit digit_of(std::string name, const Codes& codes, std::span<const std::uint32_t> merged, std::size_t labels) {
  Digit digit;
  digit.name = std::move(name);
  std::visit([&](auto stored) { digit.cells = stored; }, codes);
  digit.values.assign(merged.begin(), merged.end());
  digit.radix = labels + 1;
  return digit;
}

Digit digit_of(std::span<const std::int32_t> days, const Months& months) {
  Digit digit;
  digit.name = "month";
  digit.cells = days;
  digit.values.assign(months.numbers.begin(), months.numbers.end());
  digit.values.push_back(months.months.size());
  digit.first_day = months.first_day;
  digit.radix = months.months.size() + 1;
  return digit;
}

std::uint64_t Digit::at(std::size_t row) const {
  return std::visit([&](auto stored) { return value_of(*this, stored[row]); }, cells);
}

KeySpace key_space(std::span<const Digit> digits, std::int64_t rows) {
  KeySpace keys;
  for (const Digit& digit : digits) {
    if (digit.radix > most_keys / keys.possible) refuse(digits, "2^63");
    keys.possible *= digit.radix;
  }
  const std::uint64_t most_dense = std::max(always_dense, static_cast<std::uint64_t>(rows));
  keys.dense = keys.possible <= std::min(most_dense, most_numbers);
  return keys;
}

Groups::Groups(std::vector<Digit> digits, std::int64_t rows) : digits_(std::move(digits)) {
  const KeySpace keys = key_space(digits_, rows);
  weigh(digits_);
  if (keys.dense) {
    size_ = keys.possible;
  } else {
    number_keys(rows);
  }
}

void Groups::numbers(std::int64_t begin, std::span<std::uint32_t> out) const {
  std::array<std::uint64_t, block_rows> buffer;
  const std::span found = std::span(buffer).first(out.size());
  keys(begin, found);
  if (numbers_) {
    numbers_->look_up(found, out);
  } else {
    std::transform(found.begin(), found.end(), out.begin(), [](auto key) { return static_cast<std::uint32_t>(key); });
  }
}

void Groups::digits(std::uint32_t number, std::span<std::uint64_t> out) const {
  std::uint64_t key = numbers_ ? numbers_->key(number) : number;
  for (std::size_t i = digits_.size(); i-- > 0; key /= digits_[i].radix) out[i] = key % digits_[i].radix;
}

void Groups::keys(std::int64_t begin, std::span<std::uint64_t> out) const {
  std::fill(out.begin(), out.end(), 0);
  for (const Digit& digit : digits_) std::visit(AddDigit{digit, static_cast<std::size_t>(begin), out}, digit.cells);
}

void Groups::number_keys(std::int64_t rows) {
  constexpr std::size_t blocks_a_task = 64;
  const std::size_t all = static_cast<std::size_t>(rows);
  tbb::enumerable_thread_specific<KeySet> seen;
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, (all + block_rows - 1) / block_rows, blocks_a_task),
                    [&](const auto& blocks) {
                      std::array<std::uint64_t, block_rows> buffer;
                      KeySet& set = seen.local();
                      for (std::size_t block = blocks.begin(); block != blocks.end(); ++block) {
                        const std::size_t begin = block * block_rows;
                        const std::span found = std::span(buffer).first(std::min(block_rows, all - begin));
                        keys(static_cast<std::int64_t>(begin), found);
                        for (const std::uint64_t key : found) set.insert(key);
                      }
                    });
  std::vector<std::uint64_t> occurring;
  for (const KeySet& set : seen) set.append_to(occurring);
  std::sort(occurring.begin(), occurring.end());
  occurring.erase(std::unique(occurring.begin(), occurring.end()), occurring.end());
  if (occurring.size() > most_numbers) refuse(digits_, "2^32 that occur");
  size_ = occurring.size();
  numbers_.emplace(std::move(occurring));
}

}  // namespace casemetry::pass
