// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "protection/published.hpp"
#include "protection/shown_counts.hpp"
#include "query/compare.hpp"

namespace casemetry {
namespace protection {
namespace {

using Data = Result::Data;

void check(const Protection& protection) {
  if (protection.k < 1)
    throw QueryError("k = " + std::to_string(protection.k) + " protects nothing; k is the least number that is shown");
}

/// Whether it is protected already, by at least as much.
bool is_protected(const Data& data, const Protection& protection) {
  const auto told = data.metadata.find("protection");
  if (told == data.metadata.end()) return false;
  const auto before = nlohmann::json::parse(told->second);
  const bool is_enough = before.at("k").get<std::int64_t>() >= protection.k &&
                         before.at("base").get<std::string>() == protection.base &&
                         (before.at("zeros").get<bool>() || !protection.zeros);
  if (is_enough) return true;
  throw QueryError("the result is protected already, with " + told->second +
                   ", and its counts are gone; protect the result that the cube gave");
}

// Counts by one definition and by another do not add up.
void check_versions(const Data& data) {
  const auto is_another = [](const Flags& flags) { return flags.has(Flag::definition_changed); };
  if (data.query.versions != "as_then") return;
  if (!data.metadata.contains("definitions") && std::ranges::none_of(data.flags, is_another)) return;
  throw QueryError(
      "the result counts by other definitions than today's (versions='as_then'): its periods do not add up to a total, "
      "so nothing tells what must be hidden in it; protect the one with versions='like_for_like'");
}

void check_together(std::span<const Result> results) {
  const Data& first = results.front().data();
  for (const Result& result : results) {
    const Data& data = result.data();
    check_versions(data);
    if (*data.cube != *first.cube)
      throw QueryError("results of unlike cubes cannot be protected together; ask all of them of one cube");
    if (data.query.period.has_value() != first.query.period.has_value() ||
        (!data.query.period && data.query.every != first.query.every))
      throw QueryError(
          "results with and without a period, or without one by unlike steps, cannot be protected "
          "together; give all of them a period");
  }
}

/// Whether any row of it is.
bool is_available(const Data& data, std::uint32_t indicator) {
  for (std::size_t row = 0; row < data.flags.size(); ++row)
    if (data.indicator[row] == indicator && !data.flags[row].has(Flag::not_available)) return true;
  return false;
}

/// Indicators whose units are made of the same rows, or of those of others that are.
class Groups {
 public:
  void add(const Asked& asked, const std::vector<std::string>& units) {
    std::vector<Asked> joined{asked};
    std::set<std::string> all(units.begin(), units.end());
    std::erase_if(groups_, [&](const Group& group) {
      if (std::ranges::none_of(units, [&](const std::string& unit) { return group.units.contains(unit); }))
        return false;
      joined.insert(joined.begin(), group.asked.begin(), group.asked.end());
      all.insert(group.units.begin(), group.units.end());
      return true;
    });
    groups_.push_back({std::move(all), std::move(joined)});
  }
  template <typename Use>
  void each(const Use& use) const {
    for (const Group& group : groups_) use(group.asked);
  }

 private:
  struct Group {
    std::set<std::string> units;
    std::vector<Asked> asked;
  };
  std::vector<Group> groups_;
};

/// A row without its figures. Of its flags those stay that tell of the period and the label.
void hide(Flags& flags) {
  Flags kept;
  for (const Flag flag : {Flag::immature, Flag::partial_period, Flag::definition_changed, Flag::unlisted})
    if (flags.has(flag)) kept.set(flag);
  kept.set(Flag::protected_);
  flags = kept;
}

/// The columns of a result, row by row as it is given them.
class Writer {
 public:
  explicit Writer(const Data& from) : from_(from), to_(std::make_shared<Data>(Data{from.catalogue, from.query})) {
    to_->dimensions = from.dimensions;
    to_->periods = from.periods;
    to_->steps = from.steps;
    if (from.bands) to_->bands.emplace();
    to_->changes.resize(from.changes.size());
  }

  // How many are unknown is not told, nor bounds that would tell it.
  void add(const Result::Row& row, std::size_t at, bool is_hidden, const std::vector<bool>& hidden_then) {
    const std::size_t width = from_.dimensions.size();
    to_->indicator.push_back(from_.indicator[at]);
    to_->period.push_back(from_.period[at]);
    for (std::size_t d = 0; d < width; ++d) to_->codes.push_back(from_.codes[at * width + d]);
    Evaluation shown;
    shown.flags = row.flags;
    if (is_hidden) hide(shown.flags);
    if (!is_hidden)
      shown = {row.value, row.numerator, row.denominator, row.unknown, row.low,
               row.high,  row.least,     row.most,        row.band,    row.flags};
    const bool hides_unknown = is_hidden || row.unknown > 0;
    if (hides_unknown) shown.least = shown.most = std::nullopt;
    to_->add(shown);
    if (hides_unknown) to_->unknown.back() = missing_number;
    for (std::size_t k = 0; k < row.changes.size(); ++k) {
      Change change = row.changes[k];
      if (is_hidden || hidden_then[k]) change = {.value = hidden_then[k] ? std::nullopt : change.value};
      to_->changes[k].add(change);
    }
  }

  // What tells of counts of rows stays behind.
  Result result(const Protection& protection) {
    to_->metadata = from_.metadata;
    for (const char* key : {"rows", "where_unknown", "out_of_order", "no_stage"}) to_->metadata.erase(key);
    to_->metadata["protection"] =
        nlohmann::ordered_json{{"k", protection.k}, {"base", protection.base}, {"zeros", protection.zeros}}.dump();
    return Result(std::move(to_));
  }

 private:
  const Data& from_;
  std::shared_ptr<Data> to_;
};

/// In label order: that of largest cells would tell their order.
std::vector<std::size_t> rows_in_order(const Data& data) {
  std::vector<std::size_t> rows(data.flags.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (!data.query.top) return rows;
  const std::size_t width = data.dimensions.size();
  std::ranges::stable_sort(rows, {}, [&](std::size_t row) {
    const auto codes = std::span(data.codes).subspan(row * width, width);
    return std::pair(data.indicator[row], std::vector(codes.begin(), codes.end()));
  });
  return rows;
}

/// All that is published, each result's indicators with the figures that they are among.
class Protecting {
 public:
  Protecting(std::span<const Result> results, const Protection& protection)
      : results_(results), protection_(protection) {
    Groups groups;
    for (std::size_t result = 0; result < results.size(); ++result)
      for (std::uint32_t i = 0; i < results[result].query().indicators.size(); ++i) add(groups, {result, i});
    groups.each([&](const std::vector<Asked>& asked) {
      published_.emplace_back(results_, asked, protection_);
      for (const Asked& one : asked) of_[{one.result, one.indicator}] = published_.size() - 1;
    });
  }

  Result shown(std::size_t result) const {
    const Data& data = results_[result].data();
    const auto hidden = hidden_rows(result);
    Writer writer(data);
    for (const std::size_t row : rows_in_order(data)) {
      const Hidden& is = hidden[data.indicator[row]][row % (data.flags.size() / hidden.size())];
      writer.add(results_[result].row(static_cast<std::int64_t>(row)), row, is.row, is.compared);
    }
    return writer.result(protection_);
  }

 private:
  void add(Groups& groups, const Asked& asked) const {
    const Data& data = results_[asked.result].data();
    if (!is_available(data, asked.indicator)) return;
    groups.add(asked, counted_units(data.catalogue, data.catalogue.indicator(data.query.indicators[asked.indicator])));
  }

  /// What of a row is hidden: its own figures, what each comparison sets beside it.
  struct Hidden {
    bool row = false;
    std::vector<bool> compared;
  };

  // Of each indicator its rows. Those that count the same units have the same ones: an indicator's rows are the same
  // cells and periods, in the same order.
  std::vector<std::vector<Hidden>> hidden_rows(std::size_t result) const {
    const Data& data = results_[result].data();
    const std::size_t indicators = data.query.indicators.size();
    std::map<std::size_t, std::vector<Hidden>> by_units;
    std::vector<std::vector<Hidden>> hidden;
    for (std::uint32_t i = 0; i < indicators; ++i) {
      const auto published = of_.find({result, i});
      if (published == of_.end()) {
        hidden.emplace_back(data.flags.size() / indicators,
                            Hidden{false, std::vector<bool>(data.query.compare.size())});
        continue;
      }
      const auto [known, is_new] = by_units.try_emplace(published->second);
      if (is_new) known->second = hidden_rows(result, published_[published->second]);
      hidden.push_back(known->second);
    }
    return hidden;
  }

  std::vector<Hidden> hidden_rows(std::size_t result, const Published& published) const {
    const Data& data = results_[result].data();
    const std::size_t width = data.dimensions.size();
    const auto thens = compared(data);
    std::vector<Hidden> hidden;
    for (std::size_t row = 0; row < data.flags.size() / data.query.indicators.size(); ++row) {
      const std::size_t step = row % data.steps.size();
      const Place place{result, std::span(data.codes).subspan(row * width, width), data.steps[step]};
      Hidden& is = hidden.emplace_back(Hidden{published.is_hidden(place), {}});
      for (std::size_t k = 0; k < data.query.compare.size(); ++k)
        is.compared.push_back(published.is_hidden(place, data.query.compare[k], thens[k][step]));
    }
    return hidden;
  }

  static std::vector<std::vector<Period>> compared(const Data& data) {
    std::vector<std::vector<Period>> periods;
    for (const std::string& name : data.query.compare)
      periods.push_back(question::is_with_whole(name)
                            ? data.steps
                            : question::compared_steps(name, data.steps, data.catalogue.definitions().calendar));
    return periods;
  }

  std::span<const Result> results_;
  const Protection& protection_;
  std::deque<Published> published_;
  std::map<std::pair<std::size_t, std::uint32_t>, std::size_t> of_;
};

}  // namespace
}  // namespace protection

std::vector<Result> protect(std::span<const Result> published, const Protection& protection) {
  protection::check(protection);
  std::vector<Result> results(published.begin(), published.end());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < results.size(); ++i)
    if (!protection::is_protected(results[i].data(), protection)) open.push_back(i);
  if (open.empty()) return results;
  if (open.size() < results.size())
    throw QueryError("some of the results are protected already; protect together those that the cube gave");
  protection::check_together(published);
  const protection::Protecting protecting(published, protection);
  for (std::size_t i = 0; i < results.size(); ++i) results[i] = protecting.shown(i);
  return results;
}

Result protect(const Result& result, const Protection& protection) {
  return protect({&result, 1}, protection).front();
}

}  // namespace casemetry
