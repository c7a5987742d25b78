// SPDX-License-Identifier: Apache-2.0
// Keys of many columns. Where the digits of some are too many for one number, the keys that occur so far are numbered,
// and their number is one digit from there on.
#include <algorithm>
#include <utility>

#include "units/grouping.hpp"
#include "units/matching.hpp"

namespace casemetry::counting {
namespace {

using Digits = std::vector<KeyDigit>;

KeyDigit own_digit(std::shared_ptr<const Buffer<std::uint32_t>> numbers, std::uint64_t radix) {
  const std::span<const std::uint32_t> cells = *numbers;
  return {.cells = cells,
          .first = 0,
          .radix = std::max<std::uint64_t>(radix, 1),
          .digit_of_code = {},
          .own = std::move(numbers)};
}

// A digit, or a few, of both sides. The other side may be none.
struct DigitsOfBoth {
  Digits own, other;
  std::uint64_t radix = 1;
};

class KeyMaker {
 public:
  KeyMaker(std::span<const Column> own, std::span<const Column> other, std::size_t chunk)
      : own_(own), other_(other), chunk_(chunk) {}

  KeysOfBoth keys() && {
    const Range range = own_.size() == 1 ? Range::whole : Range::needed;
    DigitsOfBoth keys;
    for (std::size_t column = 0; column < own_.size(); ++column) keys = joined(std::move(keys), digit(column, range));
    return {Keys(std::move(keys.own), rows(own_)), Keys(std::move(keys.other), rows(other_))};
  }

 private:
  static std::size_t rows(std::span<const Column> columns) {
    return columns.empty() ? 0 : static_cast<std::size_t>(columns.front().rows());
  }

  DigitsOfBoth digit(std::size_t column, Range range) const {
    DigitsOfBoth digits;
    digits.own.push_back(digit_of(own_[column], range));
    if (!other_.empty()) digits.other.push_back(digit_like(other_[column], own_[column], digits.own.front()));
    digits.radix = digits.own.front().radix;
    return digits;
  }

  // All keys but `no_key` may occur.
  static bool fit(const DigitsOfBoth& first, const DigitsOfBoth& second) {
    return first.radix <= no_key / second.radix;
  }

  DigitsOfBoth joined(DigitsOfBoth first, DigitsOfBoth second) const {
    if (!fit(first, second)) first = numbered(std::move(first));
    if (!fit(first, second)) second = numbered(std::move(second));
    first.radix *= second.radix;
    std::ranges::move(second.own, std::back_inserter(first.own));
    std::ranges::move(second.other, std::back_inserter(first.other));
    return first;
  }

  // What has no key has no number.
  void leave_missing(const Keys& keys, std::span<std::uint32_t> numbers) const {
    for_each_task((keys.rows() + chunk_ - 1) / chunk_, [&](std::size_t task) {
      const std::span<std::uint32_t> part =
          numbers.subspan(task * chunk_, std::min(chunk_, keys.rows() - task * chunk_));
      std::vector<std::uint64_t> read(part.size());
      keys.read(task * chunk_, read);
      for (std::size_t row = 0; row < part.size(); ++row)
        if (read[row] == no_key) part[row] = no_row;
    });
  }

  DigitsOfBoth numbered(DigitsOfBoth digits) const {
    Scratch scratch;
    const Keys own(std::move(digits.own), rows(own_));
    const Grouping grouping(own, chunk_, scratch);
    std::vector<std::uint32_t> numbers(grouping.units());
    std::ranges::generate(numbers, [number = std::uint32_t{0}]() mutable { return number++; });
    auto of_rows = std::make_shared<Buffer<std::uint32_t>>(own.rows());
    grouping.spread<std::uint32_t>(numbers, *of_rows, scratch);
    leave_missing(own, *of_rows);
    DigitsOfBoth made{.own = {}, .other = {}, .radix = std::max<std::uint64_t>(grouping.units(), 1)};
    if (!other_.empty()) {
      Matching matching = match(Keys(std::move(digits.other), rows(other_)), own, chunk_);
      auto of_others = std::make_shared<Buffer<std::uint32_t>>(std::move(matching.rows));
      for (std::size_t row = 0; row < of_others->size(); ++row)
        if ((*of_others)[row] != no_row) (*of_others)[row] = (*of_rows)[(*of_others)[row]];
      made.other.push_back(own_digit(std::move(of_others), made.radix));
    }
    made.own.push_back(own_digit(std::move(of_rows), made.radix));
    return made;
  }

  std::span<const Column> own_;
  std::span<const Column> other_;
  std::size_t chunk_;
};

}  // namespace

Keys keys_of(std::span<const Column> columns, std::size_t chunk) {
  return KeyMaker(columns, {}, chunk).keys().own;
}

KeysOfBoth keys_of_both(std::span<const Column> own, std::span<const Column> other, std::size_t chunk) {
  return KeyMaker(own, other, chunk).keys();
}

}  // namespace casemetry::counting
