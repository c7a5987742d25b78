// SPDX-License-Identifier: Apache-2.0
// Sources of outcomes: Kleene's logic over blocks, comparisons and tests. What is compared with a missing or unlisted
// value is unknown.
#pragma once

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "expression/source.hpp"

namespace casemetry::language {

// With no = 0, yes = 1, unknown = 2: no if any is no, else the greatest.
struct AllOf {
  static constexpr Outcome join(Outcome a, Outcome b) {
    return std::min(a, b) == Outcome::no ? Outcome::no : std::max(a, b);
  }
};

// Yes if any is yes, else the greatest.
struct AnyOf {
  static constexpr Outcome join(Outcome a, Outcome b) {
    return a == Outcome::yes || b == Outcome::yes ? Outcome::yes : std::max(a, b);
  }
};

template <class Join>
class Joined final : public Source<Outcome> {
 public:
  explicit Joined(std::vector<SourceOf<Outcome>> parts) : parts_(std::move(parts)) {}
  void read(Rows rows, Outcome* out) const override {
    parts_.front()->read(rows, out);
    Scratch<Outcome> next;
    for (std::size_t part = 1; part < parts_.size(); ++part) {
      parts_[part]->read(rows, next.data());
      for (std::size_t i = 0; i < rows.count; ++i) out[i] = Join::join(out[i], next[i]);
    }
  }

 private:
  std::vector<SourceOf<Outcome>> parts_;
};

// Another outcome for each of no, yes and unknown.
class Translated final : public Source<Outcome> {
 public:
  Translated(SourceOf<Outcome> part, std::array<Outcome, 3> table) : part_(std::move(part)), table_(table) {}
  void read(Rows rows, Outcome* out) const override {
    part_->read(rows, out);
    for (std::size_t i = 0; i < rows.count; ++i) out[i] = table_[static_cast<std::size_t>(out[i])];
  }

 private:
  SourceOf<Outcome> part_;
  std::array<Outcome, 3> table_;
};

template <class T, class Compare>
class Comparison final : public Source<Outcome> {
 public:
  Comparison(SourceOf<T> left, SourceOf<T> right, Compare compare)
      : left_(std::move(left)), right_(std::move(right)), compare_(compare) {}
  void read(Rows rows, Outcome* out) const override {
    Scratch<T> a;
    Scratch<T> b;
    left_->read(rows, a.data());
    right_->read(rows, b.data());
    for (std::size_t i = 0; i < rows.count; ++i) {
      const bool known = Missing<T>::known(a[i]) & Missing<T>::known(b[i]);
      out[i] = known ? static_cast<Outcome>(compare_(a[i], b[i])) : Outcome::unknown;
    }
  }

 private:
  SourceOf<T> left_;
  SourceOf<T> right_;
  Compare compare_;
};

template <class T, class Test>
class Tested final : public Source<Outcome> {
 public:
  Tested(SourceOf<T> value, Test test) : value_(std::move(value)), test_(std::move(test)) {}
  void read(Rows rows, Outcome* out) const override {
    Scratch<T> values;
    value_->read(rows, values.data());
    for (std::size_t i = 0; i < rows.count; ++i)
      out[i] = Missing<T>::known(values[i]) ? static_cast<Outcome>(test_(values[i])) : Outcome::unknown;
  }

 private:
  SourceOf<T> value_;
  Test test_;
};

template <class T>
class IsMissing final : public Source<Outcome> {
 public:
  explicit IsMissing(SourceOf<T> value) : value_(std::move(value)) {}
  void read(Rows rows, Outcome* out) const override {
    Scratch<T> values;
    value_->read(rows, values.data());
    for (std::size_t i = 0; i < rows.count; ++i) out[i] = static_cast<Outcome>(values[i] == Missing<T>::value);
  }

 private:
  SourceOf<T> value_;
};

// The first value that is not missing.
template <class T>
class Coalesced final : public Source<T> {
 public:
  explicit Coalesced(std::vector<SourceOf<T>> parts) : parts_(std::move(parts)) {}
  void read(Rows rows, T* out) const override {
    parts_.front()->read(rows, out);
    Scratch<T> next;
    for (std::size_t part = 1; part < parts_.size(); ++part) {
      parts_[part]->read(rows, next.data());
      for (std::size_t i = 0; i < rows.count; ++i) out[i] = out[i] == Missing<T>::value ? next[i] : out[i];
    }
  }

 private:
  std::vector<SourceOf<T>> parts_;
};

}  // namespace casemetry::language
