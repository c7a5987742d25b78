// SPDX-License-Identifier: Apache-2.0
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>

#include "query/compare.hpp"
#include "query/metadata.hpp"
#include "query/result.hpp"
#include "query/steps.hpp"
#include "query/text.hpp"

namespace casemetry {
namespace question {
namespace {

void refuse_repeats(std::span<const std::string> names, const std::string& what) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::ranges::count(names.first(i), names[i]) > 0)
      throw QueryError(what + " '" + names[i] + "' is asked twice; name it once");
}

std::vector<std::size_t> positions_of(const Cube& cube, std::span<const std::string> by) {
  std::vector<std::string> known;
  for (const DimensionLabels& dimension : cube.dimensions()) known.push_back(dimension.id);
  std::vector<std::size_t> positions;
  for (const std::string& name : by) {
    const auto found = std::ranges::find(known, name);
    if (found == known.end())
      throw QueryError("the cube has no dimension '" + name + "'; " +
                       (known.empty() ? "it was built without any: build it by '" + name + "'"
                                      : suggestion(name, known) + " or build it by '" + name + "' too"));
    positions.push_back(static_cast<std::size_t>(found - known.begin()));
  }
  return positions;
}

void check_comparisons(const Query& asked) {
  const auto known = known_comparisons();
  for (const std::string& name : asked.compare) {
    if (std::ranges::count(known, name) == 0)
      throw QueryError("there is no comparison '" + name + "'; " + suggestion(name, known));
    if (!asked.period)
      throw QueryError("compare='" + name + "' needs a period to compare; give one, such as period='2024-01..2024-09'");
  }
}

/// A question with all its indicators named, or refused.
Query checked(const Cube& cube, Query asked) {
  if (asked.indicators.empty())
    for (const Indicator& indicator : cube.catalogue().definitions().indicators)
      asked.indicators.push_back(indicator.id);
  refuse_repeats(asked.indicators, "indicator");
  refuse_repeats(asked.by, "dimension");
  refuse_repeats(asked.compare, "comparison");
  check_comparisons(asked);
  if (!(asked.level > 0 && asked.level < 1))
    throw QueryError("level " + shortest(asked.level) + " is no coverage between 0 and 1; write 0.95 for 95 %");
  return asked;
}

/// A question laid over a cube: its answers, cells and steps, and from these the rows of its result.
class Asking {
 public:
  Asking(const Cube& cube, const Query& asked)
      : cube_(cube), calendar_(cube.catalogue().definitions().calendar), dimensions_(positions_of(cube, asked.by)) {
    data_ = std::make_shared<Result::Data>(Result::Data{.catalogue = cube.catalogue(), .query = checked(cube, asked)});
    find_answers();
    cells_ = cells_of(cube_, dimensions_, asked_blocks());
    show_what_is_not_available();
    steps_ = steps_of(cube_, asked_blocks(), data_->query);
  }

  Result result() && {
    add_labels();
    const auto now = counts_over(steps_);
    std::vector<std::vector<Block>> then;
    for (const std::string& comparison : data_->query.compare)
      then.push_back(counts_over(compared_steps(comparison, steps_, calendar_)));
    data_->changes.resize(then.size());
    for (std::uint32_t i = 0; i < answers_.size(); ++i) add_rows(i, now, then);
    data_->metadata = metadata_of(cube_, data_->query, answers_);
    return Result(std::move(data_));
  }

 private:
  std::size_t rows() const { return cells_.size * steps_.size(); }

  void find_answers() {
    const bool is_dated = data_->query.period || data_->query.every;
    for (const std::string& id : data_->query.indicators)
      answers_.push_back(answer_of(cube_, cube_.catalogue().indicator(id), dimensions_, is_dated));
  }

  std::vector<bool> asked_blocks() const {
    std::vector<bool> asked(cube_.blocks().size());
    for (const Answer& answer : answers_) {
      if (!answer.not_available.empty()) continue;
      if (answer.outcomes) asked[answer.outcomes->block] = true;
      for (const Needed& needed : answer.aggregates) asked[needed.place.block] = true;
    }
    return asked;
  }

  // Where no cell occurs, an indicator that is not available still has a row to say so.
  void show_what_is_not_available() {
    const auto is_refused = [](const Answer& answer) { return !answer.not_available.empty(); };
    if (cells_.size > 0 || std::ranges::none_of(answers_, is_refused)) return;
    cells_.size = 1;
    for (const std::size_t d : dimensions_)
      cells_.codes.push_back(static_cast<std::uint32_t>(cube_.dimensions()[d].labels.size()));
  }

  std::vector<Block> counts_over(std::span<const Period> steps) const {
    const std::vector<bool> asked = asked_blocks();
    const std::vector<Wanted> wanted = wanted_of(cube_, answers_);
    std::vector<Block> sums(asked.size());
    for (std::size_t b = 0; b < asked.size(); ++b)
      if (asked[b]) sums[b] = counts(cube_.blocks()[b], cells_.of_block[b], cells_.size, steps, wanted[b]);
    return sums;
  }

  // Rows do not depend on one another; each is written by itself.
  template <typename Value, typename Each>
  std::vector<Value> for_all_rows(const Each& each) const {
    std::vector<Value> values(rows());
    oneapi::tbb::parallel_for(std::size_t{0}, rows(), [&](std::size_t row) { values[row] = each(row); });
    return values;
  }

  void add_labels() {
    for (const std::size_t d : dimensions_) data_->dimensions.push_back(cube_.dimensions()[d]);
    for (const Period& step : steps_)
      if (!step.text.empty()) data_->periods.push_back(step.text);
  }

  void add_rows(std::uint32_t i, std::span<const Block> now, std::span<const std::vector<Block>> then) {
    const Answer& answer = answers_[i];
    const double level = data_->query.level;
    const auto evaluations =
        for_all_rows<Evaluation>([&](std::size_t row) { return evaluate(answer, now, row, level); });
    for (std::size_t row = 0; row < rows(); ++row) {
      add_names(i, row);
      data_->add(evaluations[row]);
      flag(row);
    }
    for (std::size_t k = 0; k < then.size(); ++k) {
      const auto changes = for_all_rows<Change>([&](std::size_t row) {
        return compare(*answer.indicator, evaluations[row], evaluate(answer, then[k], row, level), level);
      });
      for (const Change& change : changes) data_->changes[k].add(change);
    }
  }

  // A step without text is the last one, and its code is none.
  void add_names(std::uint32_t indicator, std::size_t row) {
    const auto cell = cells_.codes.begin() + static_cast<std::ptrdiff_t>(row / steps_.size() * dimensions_.size());
    data_->indicator.push_back(indicator);
    data_->codes.insert(data_->codes.end(), cell, cell + static_cast<std::ptrdiff_t>(dimensions_.size()));
    data_->period.push_back(static_cast<std::uint32_t>(row % steps_.size()));
  }

  void flag(std::size_t row) {
    Flags& flags = data_->flags.back();
    if (is_partial(steps_[row % steps_.size()], cube_.as_of(), calendar_) && !flags.has(Flag::not_available))
      flags.set(Flag::partial_period);
    for (std::size_t d = 0; d < dimensions_.size(); ++d) {
      const DimensionLabels& dimension = data_->dimensions[d];
      const std::uint32_t code = cells_.codes[row / steps_.size() * dimensions_.size() + d];
      if (code >= dimension.listed && code < dimension.labels.size()) flags.set(Flag::unlisted);
    }
  }

  const Cube& cube_;
  const Calendar& calendar_;
  std::vector<std::size_t> dimensions_;  // positions among the cube's
  std::shared_ptr<Result::Data> data_;
  std::vector<Answer> answers_;
  Cells cells_;
  std::vector<Period> steps_;
};

}  // namespace
}  // namespace question

Result query(const Cube& cube, const Query& asked) {
  return question::Asking(cube, asked).result();
}

}  // namespace casemetry
