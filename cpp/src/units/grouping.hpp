// SPDX-License-Identifier: Apache-2.0
// Grouping: the rows of a table that have the same key are one unit. Which unit is which depends on nothing that anyone
// sees.
#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <cstdint>
#include <span>
#include <vector>

#include "units/arrangement.hpp"
#include "units/unit_numbers.hpp"

namespace casemetry::counting {

class Grouping {
 public:
  /// Groups rows that all have a key, in parallel, `chunk` at a time: 8 bytes of scratch and 6 bytes a row, 4 a unit.
  Grouping(const Keys& keys, std::size_t chunk, Scratch& scratch);

  std::size_t rows() const { return arrangement_.rows(); }
  std::size_t units() const { return first_rows_.size(); }
  /// A row of each unit: its first.
  std::span<const std::uint32_t> first_rows() const { return first_rows_; }

  /// The cells of rows in the order in which `fold` takes them. `load(first row, buffer)` gives the cells of a chunk:
  /// in the buffer, or where they are.
  template <class Cell, class Load>
  std::span<const Cell> arranged(Scratch& scratch, const Load& load) const;
  /// The units of one part, and the cells of their rows.
  template <class Cell>
  class Part;
  /// Calls `work(part)` for each part. No two threads have the same unit.
  template <class Cell, class Work>
  void each_part(std::span<const Cell> arranged, const Work& work) const;
  /// Steps the states of units by the cells of their rows. `step_of(first unit)` is the step of one part, of states
  /// that begin there: `step(unit, cell)`. No two threads have the same unit.
  template <class Cell, class StepOf>
  void fold(std::span<const Cell> arranged, const StepOf& step_of) const;
  /// Hands a value of each unit to its rows.
  template <class Value>
  void spread(std::span<const Value> of_units, std::span<Value> of_rows, Scratch& scratch) const;

 private:
  // What a thread numbers the units of a part with.
  struct Workspace {
    UnitNumbers numbers;
    std::vector<std::uint32_t> first_rows;
  };
  void number_units(std::size_t part, std::span<const std::uint64_t> hashes, Workspace& workspace);
  Arrangement arrangement_;
  Buffer<std::uint32_t> units_;           // of a row's part, part after part
  std::vector<std::size_t> begin_rows_;   // of a part, in `units_`
  std::vector<std::size_t> begin_units_;  // of a part, among all units
  std::vector<std::uint32_t> first_rows_;
};

template <class Cell, class Load>
std::span<const Cell> Grouping::arranged(Scratch& scratch, const Load& load) const {
  const std::span<Cell> entries = scratch.cells<Cell>(rows());
  tbb::enumerable_thread_specific<std::vector<Cell>> buffers;
  for_each_task(arrangement_.chunks(), [&](std::size_t chunk) {
    std::vector<Cell>& buffer = buffers.local();
    buffer.resize(arrangement_.size(chunk));
    const std::size_t begin = arrangement_.begin(chunk);
    arrangement_.arrange(chunk, load(begin, std::span<Cell>(buffer)), entries.data() + begin);
  });
  return entries;
}

template <class Cell>
class Grouping::Part {
 public:
  Part(const Grouping& grouping, std::size_t part, std::span<const Cell> arranged)
      : grouping_(grouping), part_(part), arranged_(arranged) {}

  /// The first of its units among all, how many they are, and how many rows they have.
  std::size_t first_unit() const { return grouping_.begin_units_[part_]; }
  std::size_t units() const { return grouping_.begin_units_[part_ + 1] - first_unit(); }
  std::size_t rows() const { return grouping_.begin_rows_[part_ + 1] - grouping_.begin_rows_[part_]; }

  /// Steps by the cell of each row: `step(unit, cell)`, units counted from the first of the part.
  template <class Step>
  void visit(const Step& step) const {
    const auto step_all = [](std::span<const Cell> cells, const std::uint32_t* unit, auto step_one) {
      for (const Cell cell : cells) step_one(*unit++, cell);
    };
    const std::uint32_t* unit = grouping_.units_.data() + grouping_.begin_rows_[part_];
    grouping_.arrangement_.visit(
        part_,
        [&](std::size_t, std::size_t entry, std::size_t end) {
          step_all(arranged_.subspan(entry, end - entry), unit, step);
          unit += end - entry;
        },
        [&](std::size_t entry) { fetch(arranged_.data() + entry); });
  }

 private:
  const Grouping& grouping_;
  std::size_t part_;
  std::span<const Cell> arranged_;
};

template <class Cell, class Work>
void Grouping::each_part(std::span<const Cell> arranged, const Work& work) const {
  for_each_task(arrangement_.parts(), [&](std::size_t part) { work(Part<Cell>(*this, part, arranged)); });
}

template <class Cell, class StepOf>
void Grouping::fold(std::span<const Cell> arranged, const StepOf& step_of) const {
  each_part(arranged, [&](const Part<Cell>& part) { part.visit(step_of(part.first_unit())); });
}

template <class Value>
void Grouping::spread(std::span<const Value> of_units, std::span<Value> of_rows, Scratch& scratch) const {
  const std::span<Value> entries = scratch.cells<Value>(rows());
  for_each_task(arrangement_.parts(), [&](std::size_t part) {
    const Value* of_part = of_units.data() + begin_units_[part];
    const std::uint32_t* unit = units_.data() + begin_rows_[part];
    arrangement_.visit(
        part,
        [&](std::size_t, std::size_t entry, std::size_t end) {
          for (; entry < end; ++entry) entries[entry] = of_part[*unit++];
        },
        [](std::size_t) {});
  });
  arrangement_.restore(std::span<const Value>(entries), of_rows);
}

}  // namespace casemetry::counting
