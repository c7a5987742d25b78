// SPDX-License-Identifier: Apache-2.0
// Values as bytes and back: little-endian, every list with its length before it, numbers of a column in the narrowest
// width that holds them all. The writer and the reader have the same face, so that one description (transfer.hpp) does
// for both. The reader trusts nothing: whatever bytes it is given, it throws or reads.
#pragma once

#include <algorithm>
#include <casemetry/table.hpp>
#include <casemetry/wide.hpp>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "int128.hpp"

namespace casemetry::value {

/// What an archive is given: the writer looks at it, the reader fills it.
template <class Archive, class Value>
using Given = std::conditional_t<Archive::reads, Value, const Value>;

template <class Number>
using Whole = std::conditional_t<std::is_same_v<Number, Wide>, int128, std::int64_t>;

inline int128 whole_of(const Wide& number) {
  return as_int128(number);
}
inline std::int64_t whole_of(std::integral auto number) {
  return static_cast<std::int64_t>(number);
}

/// The narrowest of 1, 2, 4, 8 and 16 bytes that holds both.
inline int narrowest(int128 low, int128 high) {
  int width = 1;
  while (width < 16 && (low < -(int128{1} << (8 * width - 1)) || high >= int128{1} << (8 * width - 1))) width *= 2;
  return width;
}

class Writer {
 public:
  static constexpr bool reads = false;

  void operator()(bool value) { put(value ? 1 : 0, 1); }
  void operator()(int value) { put(value, 4); }
  void operator()(std::size_t value) { put(static_cast<std::int64_t>(value), 8); }
  void operator()(std::int64_t value) { put(value, 8); }
  void operator()(std::string_view text) {
    (*this)(text.size());
    bytes_ += text;
  }
  void operator()(const std::string& text) { (*this)(std::string_view(text)); }
  void operator()(const std::vector<bool>& values) {
    (*this)(values.size());
    for (const bool value : values) (*this)(value);
  }
  template <class Item>
  void operator()(const std::vector<Item>& items) {
    each(items, *this);
  }
  void operator()(const std::set<std::string>& items) { each(items, *this); }
  void operator()(const std::optional<Date>& day) {
    (*this)(day.has_value());
    if (day) (*this)(std::int64_t{day->time_since_epoch().count()});
  }
  /// A value by name: `write` writes one.
  template <class Value, class Write>
  void pairs(const std::map<std::string, Value>& pairs, Write&& write) {
    each(pairs, [&](const auto& pair) {
      (*this)(pair.first);
      write(pair.second);
    });
  }
  /// A list of anything: `write` writes one.
  template <class Items, class Write>
  void each(const Items& items, Write&& write) {
    (*this)(items.size());
    for (const auto& item : items) write(item);
  }
  /// Numbers, however many.
  template <class Number>
  void numbers(const std::vector<Number>& numbers) {
    (*this)(numbers.size());
    put_column(numbers, width_of(numbers));
  }
  /// A number a cell, nothing if all are zero.
  template <class Number>
  void counts(const std::vector<Number>& numbers, std::size_t /* cells */) {
    const bool is_zero = std::ranges::all_of(numbers, [](const Number& number) { return number == Number{}; });
    if (is_zero) return put(0, 1);
    put_column(numbers, width_of(numbers));
  }
  std::string take() && { return std::move(bytes_); }

 private:
  template <class Number>
  static int width_of(const std::vector<Number>& numbers) {
    Whole<Number> low = 0;
    Whole<Number> high = 0;
    for (const Number& number : numbers) {
      low = std::min(low, whole_of(number));
      high = std::max(high, whole_of(number));
    }
    return narrowest(low, high);
  }
  template <class Number>
  void put_column(const std::vector<Number>& numbers, int width) {
    put(width, 1);
    bytes_.reserve(bytes_.size() + numbers.size() * static_cast<std::size_t>(width));
    for (const Number& number : numbers) put(whole_of(number), width);
  }
  template <class Value>
  void put(Value value, int width) {
    for (int byte = 0; byte < width; ++byte, value = static_cast<Value>(value >> 8))
      bytes_.push_back(static_cast<char>(static_cast<unsigned char>(value & 0xFF)));
  }

  std::string bytes_;
};

class Reader {
 public:
  static constexpr bool reads = true;

  /// `place` begins messages; SchemaError is what is thrown.
  Reader(std::string_view bytes, std::string place) : rest_(bytes), place_(std::move(place)) {}

  void operator()(bool& value) {
    const std::int64_t stored = get(1);
    must_hold(stored == 0 || stored == 1, "a truth value is neither 0 nor 1");
    value = stored == 1;
  }
  void operator()(int& value) { value = static_cast<int>(get(4)); }
  void operator()(std::int64_t& value) { value = get(8); }
  void operator()(std::size_t& value) {
    const std::int64_t stored = get(8);
    must_hold(stored >= 0, "a length is negative");
    value = static_cast<std::size_t>(stored);
  }
  void operator()(std::string& text) { text = take(length(1)); }
  void operator()(std::vector<bool>& values) {
    values.resize(length(1));
    for (std::size_t i = 0; i < values.size(); ++i) {
      bool value = false;
      (*this)(value);
      values[i] = value;
    }
  }
  template <class Item>
  void operator()(std::vector<Item>& items) {
    each(items, *this);
  }
  void operator()(std::set<std::string>& items) {
    std::vector<std::string> list;
    (*this)(list);
    items = {list.begin(), list.end()};
  }
  void operator()(std::optional<Date>& day) {
    bool is_there = false;
    (*this)(is_there);
    if (!is_there) return;
    std::int64_t days = 0;
    (*this)(days);
    must_hold(days >= first_day && days <= last_day, "a day is outside the years 1 to 9999");
    day = Date{std::chrono::days{days}};
  }
  template <class Value, class Read>
  void pairs(std::map<std::string, Value>& pairs, Read&& read) {
    std::vector<std::pair<std::string, Value>> list;
    each(list, [&](auto& pair) {
      (*this)(pair.first);
      read(pair.second);
    });
    for (auto& pair : list) pairs.insert(std::move(pair));
  }
  /// A list of anything: `read` reads one, a byte at least.
  template <class Item, class Read>
  void each(std::vector<Item>& items, Read&& read) {
    for (std::size_t n = length(1); n > 0; --n) read(items.emplace_back());
  }
  template <class Number>
  void numbers(std::vector<Number>& numbers) {
    std::size_t n = 0;
    (*this)(n);
    get_column(numbers, n, width());
  }
  template <class Number>
  void counts(std::vector<Number>& numbers, std::size_t cells) {
    const int wide = width();
    numbers.clear();
    if (wide > 0) get_column(numbers, cells, wide);
  }
  void must_hold(bool holds, const char* what) const {
    if (!holds) throw SchemaError(place_ + " is damaged: " + what);
  }
  std::string_view rest() const { return rest_; }

 private:
  // A length of things that take at least so many bytes each.
  std::size_t length(std::size_t bytes_each) {
    std::size_t n = 0;
    (*this)(n);
    must_hold(n <= rest_.size() / bytes_each, "a list is longer than the bytes that are left");
    return n;
  }
  int width() {
    const auto wide = static_cast<int>(get(1));
    must_hold(wide == 0 || wide == 1 || wide == 2 || wide == 4 || wide == 8 || wide == 16, "a width is none");
    return wide;
  }
  std::string_view take(std::size_t n) {
    must_hold(n <= rest_.size(), "it ends too early");
    const std::string_view taken = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return taken;
  }
  template <class Number>
  void get_column(std::vector<Number>& numbers, std::size_t n, int wide) {
    must_hold(wide > 0 && n <= rest_.size() / static_cast<std::size_t>(wide),
              "a column is longer than the bytes that are left");
    numbers.resize(n);
    for (Number& number : numbers) number = fitted<Number>(signed_number(take(static_cast<std::size_t>(wide))));
  }
  template <class Number>
  Number fitted(int128 value) const {
    if constexpr (std::is_same_v<Number, Wide>) {
      return as_wide(value);
    } else {
      must_hold(value == static_cast<Number>(value), "a number is beyond what it can be");
      return static_cast<Number>(value);
    }
  }
  static int128 signed_number(std::string_view bytes) {
    uint128 value = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
    const auto unused = static_cast<int>(128 - 8 * bytes.size());
    return static_cast<int128>(value << unused) >> unused;
  }
  std::int64_t get(std::size_t wide) { return static_cast<std::int64_t>(signed_number(take(wide))); }

  static constexpr std::int64_t first_day = -719162;  // 0001-01-01
  static constexpr std::int64_t last_day = 2932896;   // 9999-12-31

  std::string_view rest_;
  std::string place_;
};

}  // namespace casemetry::value
