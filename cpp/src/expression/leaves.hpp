// SPDX-License-Identifier: Apache-2.0
// Sources that read no other source: constants, and the cells of columns.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "expression/source.hpp"

namespace casemetry::language {

template <class T>
class Constant final : public Source<T> {
 public:
  explicit Constant(T value) : value_(value) {}
  void read(Rows rows, T* out) const override { std::fill_n(out, rows.count, value_); }

 private:
  T value_;
};

// The value of each row's code. A column's last code is the missing one.
template <class T, class Code>
class ByCode final : public Source<T> {
 public:
  ByCode(std::span<const Code> codes, std::vector<T> values) : codes_(codes), values_(std::move(values)) {}
  void read(Rows rows, T* out) const override {
    const Code* codes = codes_.data() + rows.begin;
    const T* values = values_.data();
    for (std::size_t i = 0; i < rows.count; ++i) out[i] = values[codes[i]];
  }

 private:
  std::span<const Code> codes_;
  std::vector<T> values_;
};

// The same where the rows are the codes themselves: 0, 1, 2, …
template <class T>
class OfCodes final : public Source<T> {
 public:
  explicit OfCodes(std::vector<T> values) : values_(std::move(values)) {}
  void read(Rows rows, T* out) const override { std::copy_n(values_.data() + rows.begin, rows.count, out); }

 private:
  std::vector<T> values_;
};

class Numbers final : public Source<std::int64_t> {
 public:
  explicit Numbers(std::span<const std::int64_t> numbers) : numbers_(numbers) {}
  void read(Rows rows, std::int64_t* out) const override { std::copy_n(numbers_.data() + rows.begin, rows.count, out); }

 private:
  std::span<const std::int64_t> numbers_;
};

class Days final : public Source<std::int64_t> {
 public:
  explicit Days(std::span<const std::int32_t> days) : days_(days) {}
  void read(Rows rows, std::int64_t* out) const override {
    const std::int32_t* days = days_.data() + rows.begin;
    for (std::size_t i = 0; i < rows.count; ++i) out[i] = days[i] == missing_day ? missing_number : days[i];
  }

 private:
  std::span<const std::int32_t> days_;
};

}  // namespace casemetry::language
