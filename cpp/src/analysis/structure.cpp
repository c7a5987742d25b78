// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/analysis.hpp>
#include <set>

#include "analysis/classes.hpp"
#include "analysis/parts.hpp"

namespace casemetry {
namespace analysis {
namespace {

constexpr Flag flags_of_rows[] = {Flag::immature, Flag::partial_period, Flag::definition_changed};

/// The counts of a cell by class; in none: those of labels that are in no class.
struct Tally {
  std::vector<std::int64_t> by_class;
  std::int64_t in_none = 0;
  std::int64_t unknown = 0;
  Flags flags;

  void add(std::optional<std::size_t> place, const Result::Row& row) {
    if (row.numerator && !row.numerator->is_whole())
      throw QueryError("a structure is of whole numbers; ask for a count without fractions");
    const std::int64_t count = row.numerator ? row.numerator->whole() : 0;
    unknown += row.unknown;
    for (const Flag flag : flags_of_rows)
      if (row.flags.has(flag)) flags.set(flag);
    if (!place) {
      in_none += count;
      return;
    }
    by_class.resize(std::max(by_class.size(), *place + 1));
    by_class[*place] += count;
  }

  // As long as there are classes, and what is in none behind them if that is shown.
  std::vector<std::int64_t> counts(std::size_t classes, bool with_none) const {
    std::vector<std::int64_t> counts = by_class;
    counts.resize(classes);
    if (with_none) counts.push_back(in_none);
    return counts;
  }
};

using Cell = std::vector<std::optional<std::string>>;

struct TalliedCell {
  Cell cell;
  Tally tally;
};

/// A period with what is compared with it.
struct Step {
  std::optional<std::string> period;
  std::vector<TalliedCell> now;
  std::vector<std::vector<TalliedCell>> then;  // one for each comparison, the same cells
};

bool is_count(const Aggregate& aggregate) {
  return aggregate.kind == Aggregate::Kind::count || aggregate.kind == Aggregate::Kind::pending;
}

// The indicator that is asked for, and a cube that has it: of an aggregate, a count of that.
Cube with_count(const Cube& cube, const std::string& of) {
  const Definitions& definitions = cube.catalogue().definitions();
  std::vector<std::string> known;
  for (const Indicator& indicator : definitions.indicators) {
    if (indicator.id == of && indicator.kind == Indicator::Kind::count) return cube;
    if (indicator.id == of) throw QueryError("'" + of + "' is no count; a structure is of what is counted");
    if (indicator.kind == Indicator::Kind::count) known.push_back(indicator.id);
  }
  for (const Aggregate& aggregate : definitions.aggregates) {
    if (!is_count(aggregate)) continue;
    known.push_back(aggregate.id);
    if (aggregate.id != of) continue;
    Indicator count;
    count.id = of;
    count.label = aggregate.label;
    count.of = Formula::parse(of);
    return cube.with(std::move(count));
  }
  throw QueryError(hinted("no count '" + of + "'", of, known));
}

/// A question laid over a cube.
class Asking {
 public:
  Asking(const Cube& cube, const StructureQuery& question)
      : cube_(with_count(cube, question.of)), question_(question), classes_(cube_, question) {
    check();
  }

  Structure structure() && {
    for (const auto& period : periods()) steps_.push_back(step_of(period));
    Structure structure{.dimensions = question_.by,
                        .comparisons = question_.compare,
                        .classes = classes_.names(),
                        .unmapped = std::nullopt,
                        .wholes = {},
                        .metadata = metadata_,
                        .identifies = identifies_};
    structure.metadata["structure"] = question_.of;
    structure.metadata["dimension"] = question_.dimension;
    if (holds_unmapped()) {
      structure.unmapped = structure.classes.size();
      structure.classes.emplace_back(unmapped_class);
    }
    for (std::size_t cell = 0; cell < steps_.front().now.size(); ++cell)
      for (const Step& step : steps_)
        structure.wholes.push_back(whole(step, cell, classes_.names().size(), structure.unmapped.has_value()));
    return structure;
  }

 private:
  void check() const {
    if (question_.dimension.empty())
      throw QueryError("no dimension: a structure puts the labels of one into classes; name it, such as case_type");
    if (classes_.is_dated() && !question_.period)
      throw QueryError("classes that hold for days need a period; give one, such as period='2024-01..2024-09'");
    if (question_.every && !question_.period)
      throw QueryError("every='" + *question_.every + "' needs a period; give one, such as period='2024'");
    const std::vector<std::string> known{"year_ago", "previous"};
    for (const std::string& name : question_.compare)
      if (std::ranges::find(known, name) == known.end())
        throw QueryError("a structure has no comparison '" + name + "'; " + suggestion(name, known));
    if (!question_.compare.empty() && !question_.period)
      throw QueryError("compare='" + question_.compare.front() +
                       "' needs a period to compare; give one, such as period='2024-01..2024-09'");
  }

  std::vector<std::optional<std::string>> periods() const {
    if (!question_.every) return {question_.period};
    std::vector<std::optional<std::string>> periods;
    for (const Result::Row& row :
         query(cube_, {.indicators = {question_.of}, .period = question_.period, .every = question_.every}))
      periods.emplace_back(row.period);
    return periods;
  }

  Step step_of(const std::optional<std::string>& period) {
    Step step{.period = period, .now = tallied(period), .then = {}};
    const Calendar& calendar = cube_.catalogue().definitions().calendar;
    for (const std::string& comparison : question_.compare) {
      const Period now = Period::parse(*period, calendar);
      step.then.push_back(tallied((comparison == "previous" ? now.previous(calendar) : now.year_ago(calendar)).text));
    }
    return step;
  }

  // Rows come cell by cell, the classified dimension last.
  std::vector<TalliedCell> tallied(const std::optional<std::string>& period) {
    Query asked{.indicators = {question_.of}, .by = question_.by, .period = period, .where = question_.where};
    asked.by.push_back(question_.dimension);
    if (classes_.is_dated()) asked.every = "month";
    const Result result = query(cube_, asked);
    if (metadata_.empty()) metadata_ = result.metadata();
    identifies_ = result.identifies();
    const Calendar& calendar = cube_.catalogue().definitions().calendar;
    std::vector<TalliedCell> cells;
    for (const Result::Row& row : result) {
      if (row.flags.has(Flag::not_available)) throw QueryError(reason(result));
      Cell cell(row.cell.begin(), row.cell.end() - 1);
      if (cells.empty() || cells.back().cell != cell) cells.push_back({std::move(cell), {}});
      const auto month = row.period ? std::optional(Period::parse(*row.period, calendar).last) : std::nullopt;
      cells.back().tally.add(classes_.of(row.cell.back(), month), row);
    }
    return cells;
  }

  std::string reason(const Result& result) const {
    return "no structure of '" + question_.of + "': " + result.metadata().at("not_available");
  }

  bool holds_unmapped() const {
    const auto holds = [](const std::vector<TalliedCell>& cells) {
      return std::ranges::any_of(cells, [](const TalliedCell& cell) { return cell.tally.in_none > 0; });
    };
    return std::ranges::any_of(
        steps_, [&](const Step& step) { return holds(step.now) || std::ranges::any_of(step.then, holds); });
  }

  static Whole whole(const Step& step, std::size_t cell, std::size_t classes, bool with_none) {
    const Tally& tally = step.now[cell].tally;
    const std::vector<std::int64_t> counts = tally.counts(classes, with_none);
    Whole whole = whole_of(std::vector<Figure>(counts.begin(), counts.end()));
    whole.cell = step.now[cell].cell;
    whole.period = step.period;
    whole.unknown = tally.unknown;
    for (const Flag flag : flags_of_rows)
      if (tally.flags.has(flag)) whole.flags.set(flag);
    for (const auto& then : step.then) compare(whole, then[cell].tally.counts(classes, with_none));
    return whole;
  }

  Cube cube_;
  const StructureQuery& question_;
  Classes classes_;
  std::map<std::string, std::string> metadata_;
  bool identifies_ = false;
  std::vector<Step> steps_;
};

}  // namespace
}  // namespace analysis

Structure structure(const Cube& cube, const StructureQuery& question) {
  return analysis::Asking(cube, question).structure();
}

Structure structure(std::span<const std::pair<std::string, Figure>> figures) {
  Structure structure;
  std::vector<Figure> counts;
  for (const auto& [name, figure] : figures) {
    structure.classes.push_back(name);
    counts.push_back(figure);
  }
  structure.wholes.push_back(analysis::whole_of(counts));
  return structure;
}

}  // namespace casemetry
