// SPDX-License-Identifier: Apache-2.0
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <numeric>

#include "query/choice.hpp"
#include "query/compare.hpp"
#include "query/levels.hpp"
#include "query/metadata.hpp"
#include "query/question.hpp"
#include "query/result.hpp"
#include "query/steps.hpp"
#include "query/top.hpp"
#include "query/versions.hpp"
#include "query/whole.hpp"

namespace casemetry {
namespace question {
namespace {

/// What a comparison sets beside the cells of a question: for each a cell of its own, or `nowhere`.
struct Beside {
  std::vector<std::uint32_t> of_cell;
  Sums counts;
  std::vector<Period> steps;  // those of the question, or the periods that are compared with them
  bool is_whole = false;
};

std::vector<std::uint32_t> each_itself(std::size_t cells) {
  std::vector<std::uint32_t> numbers(cells);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

/// A question laid over a cube: its answers, cells and steps, and from these the rows of its result.
class Asking {
 public:
  Asking(const Cube& cube, const Query& asked)
      : cube_(cube), calendar_(cube.catalogue().definitions().calendar), dimensions_(positions_of(cube, asked.by)) {
    data_ = std::make_shared<Result::Data>(Result::Data{.catalogue = cube.catalogue(), .query = checked(cube, asked)});
    versions_.emplace(cube.catalogue(), data_->query);
    find_answers();
    choice_ = choice_of(cube_, data_->query.where, asked_.blocks);
    cells_ = cells_of(cube_, dimensions_, asked_.blocks, choice_);
    show_what_is_not_available();
    steps_ = steps_of(cube_, cells_.of_block, asked_.undated, data_->query);
    find_last_months();
  }

  Result result() && {
    circumstances_.answers = answers_;
    circumstances_.undecided = undecided_units(cube_, choice_, steps_);
    add_wholes();
    if (data_->query.top) keep_largest(*data_->query.top);
    add_periods();
    add_labels();
    const auto now = counts_over(steps_, cells_.of_block, cells_.size);
    data_->changes.resize(beside_.size());
    for (std::uint32_t i = 0; i < data_->query.indicators.size(); ++i) add_rows(i, now);
    circumstances_.definitions = versions_->held_in(all_steps());
    data_->metadata = metadata_of(cube_, data_->query, circumstances_);
    data_->steps = steps_;
    data_->cube = cube_;
    return Result(std::move(data_));
  }

 private:
  std::size_t rows() const { return cells_.size * steps_.size(); }
  std::size_t cell_of(std::size_t row) const { return row / steps_.size(); }
  std::size_t step_of(std::size_t row) const { return row % steps_.size(); }
  std::span<const std::uint32_t> codes_of(std::size_t cell) const {
    return std::span(cells_.codes).subspan(cell * dimensions_.size(), dimensions_.size());
  }
  auto place_of(std::vector<std::uint32_t>& codes, std::size_t cell) const {
    return codes.begin() + static_cast<std::ptrdiff_t>(cell * dimensions_.size());
  }

  // An indicator must have the dimensions that are asked by and those of the condition.
  void find_answers() {
    std::vector<std::size_t> needed = dimensions_;
    for (const std::size_t dimension : condition_dimensions(cube_, data_->query.where)) needed.push_back(dimension);
    const bool is_dated = data_->query.period || data_->query.every;
    for (const Indicator* definition : versions_->definitions())
      answers_.push_back(answer_of(cube_, *definition, needed, is_dated));
    const auto is_contribution = [](const Answer& a) { return a.indicator->kind == Indicator::Kind::contribution; };
    if (std::ranges::any_of(answers_, is_contribution)) data_->bands.emplace();
    asked_ = asked_of(cube_, answers_);
    stocks_ = gathered_stocks(answers_);
    classes_ = gathered_classes(answers_);
  }

  void find_last_months() {
    const auto matures = [](const Answer& answer) { return answer.indicator->mature_after > 0; };
    if (std::ranges::none_of(answers_, matures)) return;
    for (const Period& step : steps_) last_months_.push_back(last_month(cube_, cells_.of_block, step));
  }

  // Where no cell occurs, an indicator that is not available still has a row to say so.
  void show_what_is_not_available() {
    const auto is_refused = [](const Answer& answer) { return !answer.not_available.empty(); };
    if (cells_.size > 0 || std::ranges::none_of(answers_, is_refused)) return;
    cells_.size = 1;
    for (const std::size_t d : dimensions_)
      cells_.codes.push_back(static_cast<std::uint32_t>(labels_at(cube_, d).labels.size()));
  }

  Sums counts_over(std::span<const Period> steps, const Placement& placement, std::size_t cells) const {
    const std::vector<Wanted> wanted = wanted_of(cube_, answers_);
    Sums sums{.blocks = std::vector<Block>(cube_.blocks().size() + 1), .by_class = {}, .steps = steps.size()};
    for (std::size_t b = 0; b < cube_.blocks().size(); ++b)
      if (wanted[b].any()) sums.blocks[b] = counts(cube_.blocks()[b], placement[b], cells, steps, wanted[b]);
    for (const Stock& of : stocks_) sums.blocks.back().aggregates.push_back(stock(cube_, of, placement, cells, steps));
    for (const Classified* of : classes_) sums.by_class.push_back(counts_by_class(cube_, *of, placement, cells, steps));
    return sums;
  }

  // Of all cells, also those that are not shown.
  void add_wholes() {
    for (const std::string& comparison : data_->query.compare) {
      Beside& beside = beside_.emplace_back();
      if (!is_with_whole(comparison)) continue;
      Wholes wholes = comparison == "total"
                          ? total_of(cells_)
                          : parents_of(cells_, dimensions_.size(), parents_at(cube_, dimensions_.back()));
      beside.is_whole = true;
      beside.steps = steps_;
      beside.counts = counts_over(steps_, placed(cells_.of_block, wholes.of_cell), wholes.size);
      beside.of_cell = std::move(wholes.of_cell);
    }
  }

  void add_periods() {
    for (std::size_t k = 0; k < beside_.size(); ++k) {
      if (beside_[k].is_whole) continue;
      beside_[k].steps = compared_steps(data_->query.compare[k], steps_, calendar_);
      beside_[k].counts = counts_over(beside_[k].steps, cells_.of_block, cells_.size);
      beside_[k].of_cell = each_itself(cells_.size);
    }
  }

  std::vector<Period> all_steps() const {
    std::vector<Period> all = steps_;
    for (const Beside& beside : beside_) all.insert(all.end(), beside.steps.begin(), beside.steps.end());
    return all;
  }

  void keep_largest(Top& top) {
    const Period all{steps_.front().first, steps_.back().last, {}};
    for (std::size_t i = 0; i < data_->query.indicators.size(); ++i) {
      const Answer& answer = answers_[versions_->place(i, all)];
      if (!answer.not_available.empty()) continue;
      if (top.by.empty()) top.by = size_amount(*answer.indicator);
      circumstances_.largest_of = answer.indicator->id;
      return show(largest(amounts_of(answer, top.by, all), top));
    }
  }

  // Of each cell over all steps.
  std::vector<std::optional<double>> amounts_of(const Answer& answer, std::string_view name, const Period& all) const {
    const auto sums = counts_over({&all, 1}, cells_.of_block, cells_.size);
    std::vector<std::optional<double>> amounts;
    for (std::size_t cell = 0; cell < cells_.size; ++cell)
      amounts.push_back(amount(evaluate(answer, sums, cell, data_->query.level), name));
    return amounts;
  }

  void show(const Shown& shown) {
    std::vector<std::uint32_t> codes(shown.size() * dimensions_.size(), nowhere);
    for (std::size_t cell = 0; cell < cells_.size; ++cell)
      if (shown.of_cell[cell] < shown.largest) std::ranges::copy(codes_of(cell), place_of(codes, shown.of_cell[cell]));
    for (Beside& beside : beside_)
      if (beside.is_whole) beside.of_cell = common_wholes(beside.of_cell, shown.of_cell, shown.size());
    cells_ = {shown.size(), std::move(codes), placed(cells_.of_block, shown.of_cell)};
    circumstances_.others = shown.others;
  }

  // Rows do not depend on one another; each is written by itself.
  template <typename Value, typename Each>
  std::vector<Value> for_all_rows(const Each& each) const {
    std::vector<Value> values(rows());
    oneapi::tbb::parallel_for(std::size_t{0}, rows(), [&](std::size_t row) { values[row] = each(row); });
    return values;
  }

  void add_labels() {
    for (const std::size_t d : dimensions_) {
      data_->dimensions.push_back(labels_at(cube_, d));
      data_->dimensions.back().labels = shown_labels(labels_at(cube_, d));
    }
    for (const Period& step : steps_)
      if (!step.text.empty()) data_->periods.push_back(step.text);
    if (circumstances_.others == 0) return;
    circumstances_.others_label = others_label(data_->dimensions);
    for (DimensionLabels& dimension : data_->dimensions) dimension.labels.push_back(circumstances_.others_label);
  }

  // How an indicator is answered in each of these steps.
  std::vector<const Answer*> answers_over(std::size_t i, std::span<const Period> steps) const {
    std::vector<const Answer*> answers;
    for (const Period& step : steps) answers.push_back(&answers_[versions_->place(i, step)]);
    return answers;
  }

  void add_rows(std::uint32_t i, const Sums& now) {
    const auto answers = answers_over(i, steps_);
    const auto evaluations = for_all_rows<Evaluation>(
        [&](std::size_t row) { return evaluate(*answers[step_of(row)], now, row, data_->query.level); });
    const std::vector<bool> changed = changed_steps(i);
    for (std::size_t row = 0; row < rows(); ++row) {
      add_names(i, row);
      data_->add(evaluations[row]);
      flag(*answers[step_of(row)]->indicator, row, changed[step_of(row)]);
    }
    for (std::size_t k = 0; k < beside_.size(); ++k) {
      const auto then = answers_over(i, beside_[k].steps);
      const auto changes = for_all_rows<Change>(
          [&](std::size_t row) { return change(*then[step_of(row)], evaluations[row], now, beside_[k], row); });
      for (const Change& change : changes) data_->changes[k].add(change);
    }
  }

  // The steps whose figures, or what is set beside them, rest on another definition than today's.
  std::vector<bool> changed_steps(std::size_t i) const {
    std::vector<bool> changed;
    for (std::size_t step = 0; step < steps_.size(); ++step) {
      const auto is_beside = [&](const Beside& beside) { return versions_->has_changed(i, beside.steps[step]); };
      changed.push_back(versions_->has_changed(i, steps_[step]) || std::ranges::any_of(beside_, is_beside));
    }
    return changed;
  }

  // `answer`: that of what is set beside; of wholes it is the cells' own.
  Change change(const Answer& answer, const Evaluation& now, const Sums& sums, const Beside& beside,
                std::size_t row) const {
    const std::uint32_t cell = beside.of_cell[cell_of(row)];
    if (cell == nowhere) return {};
    const double level = data_->query.level;
    const std::size_t other = cell * steps_.size() + step_of(row);
    const Evaluation then = evaluate(answer, beside.counts, other, level);
    if (!beside.is_whole) return compare(*answer.indicator, now, then, level);
    if (!answer.credit) return compare_with_whole(*answer.indicator, now, then, level);
    return compare_with_whole(*answer.indicator, now, then,
                              evaluate_rest(answer, beside.counts, other, sums, row, level));
  }

  // A step without text is the last one, and its code is none.
  void add_names(std::uint32_t indicator, std::size_t row) {
    data_->indicator.push_back(indicator);
    const auto codes = codes_of(cell_of(row));
    for (std::size_t d = 0; d < codes.size(); ++d) data_->codes.push_back(shown_code(d, codes[d]));
    data_->period.push_back(static_cast<std::uint32_t>(step_of(row)));
  }

  // The label of the others comes last, and the code of the missing one is the number of labels.
  std::uint32_t shown_code(std::size_t d, std::uint32_t code) const {
    const auto labels = static_cast<std::uint32_t>(labels_at(cube_, dimensions_[d]).labels.size());
    if (code == nowhere) return labels;
    return code == labels ? static_cast<std::uint32_t>(data_->dimensions[d].labels.size()) : code;
  }

  void flag(const Indicator& indicator, std::size_t row, bool has_changed) {
    Flags& flags = data_->flags.back();
    if (has_changed) flags.set(Flag::definition_changed);
    if (!flags.has(Flag::not_available)) flag_period(indicator, step_of(row), flags);
    const auto codes = codes_of(cell_of(row));
    for (std::size_t d = 0; d < codes.size(); ++d) {
      const DimensionLabels& dimension = labels_at(cube_, dimensions_[d]);
      if (codes[d] >= dimension.listed && codes[d] < dimension.labels.size()) flags.set(Flag::unlisted);
    }
  }

  void flag_period(const Indicator& indicator, std::size_t step, Flags& flags) const {
    if (is_partial(steps_[step], cube_.as_of(), calendar_)) flags.set(Flag::partial_period);
    if (indicator.mature_after == 0 || !last_months_[step]) return;
    if (is_immature(*last_months_[step], indicator.mature_after, cube_.as_of(), calendar_)) flags.set(Flag::immature);
  }

  const Cube& cube_;
  const Calendar& calendar_;
  std::vector<std::size_t> dimensions_;  // positions among the cube's
  std::shared_ptr<Result::Data> data_;
  std::optional<Versions> versions_;
  std::vector<Answer> answers_;  // to each definition
  Asked asked_;
  std::vector<Stock> stocks_;               // what the answers need that is pending
  std::vector<const Classified*> classes_;  // by which the answers tell leads apart
  Choice choice_;
  Cells cells_;  // codes of `nowhere`: the others
  std::vector<Period> steps_;
  std::vector<std::optional<std::int32_t>> last_months_;  // of the steps, if any indicator is to mature
  std::vector<Beside> beside_;                            // one for each comparison
  Circumstances circumstances_;
};

}  // namespace
}  // namespace question

Result query(const Cube& cube, const Query& asked) {
  return question::Asking(cube, asked).result();
}

}  // namespace casemetry
