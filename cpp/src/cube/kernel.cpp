// SPDX-License-Identifier: Apache-2.0
#include "cube/kernel.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <algorithm>
#include <utility>

#include "cube/counters.hpp"

namespace casemetry::pass {
namespace {

constexpr std::size_t cells_a_tile = 64;

// What a thread counts with.
class Worker {
 public:
  Worker(const Pass& pass, const Masks& masks)
      : counters(pass.groups->size(), masks.words()),
        pass_(&pass),
        masks_(&masks),
        frame_(pass.columns, masks.columns()),
        mask_buffer_(block_rows * masks.words()),
        cell_buffer_(block_rows) {
    for (const SumOf& of : pass.sums) sums.emplace_back(of, pass.groups->size());
    for (const DaysOf& of : pass.days) days.emplace_back(of);
  }

  void count(std::int64_t begin, std::int64_t end) {
    constexpr auto step = static_cast<std::int64_t>(block_rows);
    for (; begin < end; begin += step) count_block(begin, static_cast<std::size_t>(std::min(step, end - begin)));
  }

  Counters counters;
  std::vector<Sums> sums;
  std::vector<DayPairs> days;

 private:
  void count_block(std::int64_t begin, std::size_t rows) {
    const std::span cells = std::span(cell_buffer_).first(rows);
    pass_->groups->numbers(begin, cells);
    frame_.load(begin, rows);
    masks_->evaluate(frame_, mask_buffer_);
    const MaskedRows masked{.begin = begin, .cells = cells, .masks = mask_buffer_, .words = masks_->words()};
    counters.add(masked);
    for (Sums& sum : sums) sum.add(masked);
    for (DayPairs& pairs : days) pairs.add(masked);
  }

  const Pass* pass_;
  const Masks* masks_;
  Frame frame_;
  std::vector<std::uint64_t> mask_buffer_;
  std::vector<std::uint32_t> cell_buffer_;
};

using Workers = std::vector<Worker*>;

std::vector<std::uint32_t> occurring(const Workers& workers, std::size_t cells) {
  std::vector<std::uint32_t> found;
  for (std::size_t cell = 0; cell < cells; ++cell)
    if (std::any_of(workers.begin(), workers.end(), [&](const Worker* w) { return w->counters.occurs(cell); }))
      found.push_back(static_cast<std::uint32_t>(cell));
  return found;
}

// Counters lie cell by cell, results lane by lane: a tile of both stays in the cache while it is turned.
void add_tile(const Workers& workers, std::size_t begin, std::size_t end, Counted& counted) {
  const std::size_t lanes = counted.lanes.size();
  std::vector<std::int64_t> counts(lanes * (end - begin));
  for (std::size_t i = begin; i < end; ++i)
    for (const Worker* worker : workers)
      worker->counters.add_to(std::span(counts).subspan((i - begin) * lanes, lanes), counted.cells[i]);
  for (std::size_t lane = 0; lane < lanes; ++lane)
    for (std::size_t i = begin; i < end; ++i) counted.lanes[lane][i] = counts[(i - begin) * lanes + lane];
}

void add_lanes(const Workers& workers, Counted& counted) {
  const std::size_t cells = counted.cells.size();
  tbb::parallel_for(std::size_t{0}, (cells + cells_a_tile - 1) / cells_a_tile, [&](std::size_t tile) {
    add_tile(workers, tile * cells_a_tile, std::min(cells, (tile + 1) * cells_a_tile), counted);
  });
}

Counted merged(const Pass& pass, const Workers& workers) {
  Counted counted{.cells = occurring(workers, pass.groups->size()), .lanes = {}, .sums = {}, .days = {}};
  counted.lanes.assign(pass.lanes.size(), std::vector<std::int64_t>(counted.cells.size()));
  add_lanes(workers, counted);
  counted.sums.assign(pass.sums.size(), std::vector<PowerSums>(counted.cells.size()));
  for (std::size_t i = 0; i < pass.sums.size(); ++i)
    for (const Worker* worker : workers) worker->sums[i].add_to(counted.sums[i], counted.cells);
  for (std::size_t i = 0; i < pass.days.size(); ++i) {
    std::vector<DayPairs*> parts;
    for (Worker* worker : workers) parts.push_back(&worker->days[i]);
    counted.days.push_back(DayPairs::histogram(parts, counted.cells));
  }
  return counted;
}

}  // namespace

Counted count(const Pass& pass) {
  const Masks masks(pass.lanes, pass.columns);
  tbb::enumerable_thread_specific<Worker> local([&] { return Worker(pass, masks); });
  const auto all = static_cast<std::size_t>(pass.rows);
  const auto morsel = static_cast<std::int64_t>(std::clamp<std::size_t>(pass.morsel, 1, std::max<std::size_t>(1, all)));
  tbb::parallel_for(std::int64_t{0}, (pass.rows + morsel - 1) / morsel,
                    [&](std::int64_t i) { local.local().count(i * morsel, std::min(pass.rows, (i + 1) * morsel)); });
  Workers workers;
  for (Worker& worker : local) workers.push_back(&worker);
  return merged(pass, workers);
}

}  // namespace casemetry::pass
