// SPDX-License-Identifier: Apache-2.0
#include "cube/behind.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <algorithm>
#include <stdexcept>
#include <utility>

#include "cube/frame.hpp"
#include "cube/measures.hpp"

namespace casemetry::pass {
namespace {

Count count_of(const AggregatePlan& plan, Figure::Part part) {
  switch (part) {
    case Figure::Part::valued:
      return plan.measured;
    case Figure::Part::unknown:
      return plan.unknown;
    case Figure::Part::unvalued:
      return plan.unknown + plan.yes - plan.measured;
    case Figure::Part::not_applicable:
      return plan.not_applicable;
    default:
      return plan.yes;
  }
}

Count count_of(const ProportionPlan& plan, Figure::Part part) {
  if (part == Figure::Part::both) return plan.x;
  if (part == Figure::Part::known) return plan.n;
  return plan.a + plan.b + plan.c + plan.d;
}

Count count_of(const BlockPlan& plan, const Figure& figure) {
  for (const ProportionPlan& proportion : plan.proportions)
    if (proportion.numerator == figure.numerator && proportion.denominator == figure.denominator)
      return count_of(proportion, figure.part);
  for (const AggregatePlan& aggregate : plan.aggregates)
    if (aggregate.aggregate->id == figure.aggregate) return count_of(aggregate, figure.part);
  throw std::logic_error("a figure that the block does not count");
}

// A count is a combination of lanes that is 1 for the units it counts, and 0 for the others.
class Marking {
 public:
  Marking(const Count& count, std::span<const ClassColumn> columns) : columns_(columns) {
    for (const auto& [lane, times] : count.terms) {
      lanes_.push_back(lane);
      times_.push_back(times);
    }
  }

  std::vector<std::uint8_t> marks(std::int64_t units) const {
    std::vector<std::uint8_t> marks(static_cast<std::size_t>(units));
    if (lanes_.empty()) return marks;
    const Masks masks(lanes_, columns_);
    tbb::enumerable_thread_specific<Frame> frames([&] { return Frame(columns_, masks.columns()); });
    constexpr auto step = static_cast<std::int64_t>(block_rows);
    tbb::parallel_for(std::int64_t{0}, (units + step - 1) / step, [&](std::int64_t block) {
      Frame& frame = frames.local();
      const std::int64_t begin = block * step;
      frame.load(begin, static_cast<std::size_t>(std::min(step, units - begin)));
      mark(masks, frame, std::span(marks).subspan(static_cast<std::size_t>(begin), frame.rows()));
    });
    return marks;
  }

 private:
  void mark(const Masks& masks, const Frame& frame, std::span<std::uint8_t> marks) const {
    std::vector<std::uint64_t> words(block_rows * masks.words());
    masks.evaluate(frame, words);
    const MaskedRows rows{.masks = words, .words = masks.words()};
    for (std::size_t row = 0; row < marks.size(); ++row) {
      int counted = 0;
      for (std::size_t lane = 0; lane < times_.size(); ++lane)
        if (rows.in_lane(row, lane)) counted += times_[lane];
      marks[row] = counted > 0;
    }
  }

  std::span<const ClassColumn> columns_;
  std::vector<Lane> lanes_;
  std::vector<int> times_;
};

Cube cube_of(const Catalogue& catalogue, const Prepared& prepared, std::vector<Block> blocks) {
  Cube::Data data{.catalogue = catalogue};
  data.dimensions = prepared.dimensions();
  data.blocks = std::move(blocks);
  return Cube(std::move(data));
}

}  // namespace

UnitsBehind::UnitsBehind(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options,
                         std::span<const Figure> figures)
    : prepared_(tables, catalogue, options), cube_(cube_of(catalogue, prepared_, {})) {
  const std::vector<BlockOf> blocks = prepared_.blocks();
  std::vector<Block> counted_in;
  for (const Figure& figure : figures) {
    const auto of = std::ranges::find_if(blocks, [&](const BlockOf& block) {
      return block.date == figure.date &&
             std::ranges::find(block.aggregates, figure.aggregate, &Aggregate::id) != block.aggregates.end();
    });
    counted_in.push_back(counted(*of, figure));
    unit_ = of->unit;
  }
  cube_ = cube_of(catalogue, prepared_, std::move(counted_in));
}

Block UnitsBehind::counted(const BlockOf& of, const Figure& figure) {
  const BlockPlan plan = prepared_.plan(of);
  const std::int64_t all = prepared_.source(of.unit).rows();
  const auto marks = Marking(count_of(plan, figure), plan.decisions.columns()).marks(all);
  const Months months = prepared_.months(of);
  const std::vector<Digit> digits = prepared_.digits(of, months);
  Block block{.unit = of.unit, .date = of.date};
  block.has_dimension = prepared_.has_dimension(of.unit);
  std::vector<std::int64_t>& units = units_.emplace_back();
  for (std::size_t unit = 0; unit < marks.size(); ++unit) {
    if (marks[unit] == 0) continue;
    auto digit = digits.begin();
    for (const bool has : block.has_dimension)
      block.codes.push_back(has ? static_cast<std::uint32_t>((digit++)->at(unit)) : 0);
    const std::uint64_t month = digit != digits.end() ? digit->at(unit) : months.months.size();
    block.months.push_back(month < months.months.size() ? months.months[month] : undated);
    block.units.push_back(1);
    units.push_back(static_cast<std::int64_t>(unit));
  }
  return block;
}

std::size_t UnitsBehind::size() {
  return static_cast<std::size_t>(prepared_.source(unit_).rows());
}

std::vector<std::int64_t> UnitsBehind::rows(std::span<const std::uint8_t> chosen) {
  return prepared_.selection().rows->at(unit_).rows_behind(chosen);
}

}  // namespace casemetry::pass
