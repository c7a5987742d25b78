// SPDX-License-Identifier: Apache-2.0
#include "query/metadata.hpp"

#include <algorithm>
#include <casemetry/version.hpp>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "query/text.hpp"
#include "written.hpp"

namespace casemetry::question {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const Label& label) {
  return {{"zh", label.zh}, {"en", label.en}};
}

// That of the declared dimension, else of the first column of that name.
Label dimension_label(const Catalogue& catalogue, const std::string& name) {
  if (const Dimension* declared = catalogue.dimension(name)) return declared->label;
  for (const TableDefinition& table : catalogue.definitions().tables) {
    const auto column = std::ranges::find(table.columns, name, &ColumnDefinition::name);
    if (column != table.columns.end()) return column->label;
  }
  return {};
}

// 件, 人, 件次, 条, or what the unit says.
Label counting_word(const Catalogue& catalogue, const std::string& unit) {
  static const std::map<std::string, Label, std::less<>> words{{"person", {"人", "persons"}},
                                                               {"case", {"件", "cases"}},
                                                               {"occasion", {"件次", "occasions"}},
                                                               {"lead", {"条", "leads"}}};
  const auto word_of = [](const auto& counted) {
    const auto word = words.find(counted.counts);
    return word != words.end() ? word->second : counted.counts_label;
  };
  if (const UnitDefinition* declared = catalogue.unit(unit)) return word_of(*declared);
  const TableDefinition* table = catalogue.table(unit);
  return table != nullptr ? word_of(*table) : Label{};
}

Json labels_of(const Catalogue& catalogue, const Query& question) {
  Json labels = Json::object();
  for (const std::string& id : question.indicators) labels[id] = json_of(catalogue.indicator(id).label);
  for (const std::string& name : question.by) labels[name] = json_of(dimension_label(catalogue, name));
  return labels;
}

Json hashes_of(const Catalogue& catalogue, const Query& question) {
  Json hashes = Json::object();
  for (const std::string& id : question.indicators) hashes[id] = catalogue.definition_hash(id);
  return hashes;
}

Json reasons_of(std::span<const Answer> answers) {
  Json reasons = Json::object();
  for (const Answer& answer : answers)
    if (!answer.not_available.empty()) reasons.emplace(answer.indicator->id, answer.not_available);
  return reasons;
}

// What the indicator's units are called, if all its aggregates count the same thing. Those of a contribution by groups
// that are not counted are not there.
Label counted_by(const Catalogue& catalogue, const Indicator& indicator) {
  const auto& aggregates = catalogue.definitions().aggregates;
  std::set<std::pair<std::string, std::string>> words;
  for (const std::string& id : catalogue.needs(indicator)) {
    const auto aggregate = std::ranges::find(aggregates, id, &Aggregate::id);
    if (aggregate == aggregates.end()) continue;
    const Label word = counting_word(catalogue, aggregate->unit);
    words.emplace(word.zh, word.en);
  }
  return words.size() == 1 ? Label{words.begin()->first, words.begin()->second} : Label{};
}

Json counts_of(const Catalogue& catalogue, const Query& question) {
  Json counts = Json::object();
  for (const std::string& id : question.indicators) {
    const Label word = counted_by(catalogue, catalogue.indicator(id));
    if (word != Label{}) counts[id] = json_of(word);
  }
  return counts;
}

std::vector<const Indicator*> contributions_of(const Catalogue& catalogue, const Query& question) {
  std::vector<const Indicator*> contributions;
  for (const std::string& id : question.indicators)
    if (const Indicator& indicator = catalogue.indicator(id); indicator.kind == Indicator::Kind::contribution)
      contributions.push_back(&indicator);
  return contributions;
}

Json json_of(const ContributionNames& names) {
  return {{"rule", names.rule},     {"among", names.among},   {"stage", names.stage},
          {"groups", names.groups}, {"counts", names.counts}, {"window", names.window}};
}

std::int64_t true_of(const Cube& cube, const std::string& aggregate) {
  std::int64_t sum = 0;
  for (const Block& block : cube.blocks())
    for (const AggregateCounts& counts : block.aggregates)
      if (counts.aggregate == aggregate) sum = std::accumulate(counts.yes.begin(), counts.yes.end(), sum);
  return sum;
}

// What a contribution is a number under, whether the leads without a source are known, and how many leads of a set are
// dated against the order of its stages, or at none.
void put_contributions(const Cube& cube, const Query& question, std::map<std::string, std::string>& metadata) {
  const Catalogue& catalogue = cube.catalogue();
  Json names = Json::object();
  Json disordered = Json::object();
  Json undated = Json::object();
  bool leads_known = true;
  for (const Indicator* indicator : contributions_of(catalogue, question)) {
    const LeadSet& leads = *catalogue.basis(*indicator).leads;
    names[indicator->id] = json_of(casemetry::names_of(catalogue, *indicator));
    leads_known = leads_known && knows_unattributed(catalogue, leads);
    if (const std::int64_t n = true_of(cube, out_of_order(leads.id)); n > 0) disordered[leads.id] = n;
    if (const std::int64_t n = true_of(cube, no_stage(leads.id)); n > 0) undated[leads.id] = n;
  }
  if (!names.empty()) metadata["names"] = dumped(names);
  if (!leads_known) metadata["leads_known"] = "false";
  if (!disordered.empty()) metadata["out_of_order"] = dumped(disordered);
  if (!undated.empty()) metadata["no_stage"] = dumped(undated);
}

Json json_of(const DatedDefinition& definition) {
  Json told = Json::object();
  if (definition.from) told["valid_from"] = date_text(*definition.from);
  if (definition.to) told["valid_to"] = date_text(*definition.to);
  const Indicator& indicator = definition.indicator;
  for (const auto& [key, formula] : {std::pair<const char*, const Formula&>{"of", indicator.of},
                                     {"numerator", indicator.numerator},
                                     {"denominator", indicator.denominator}})
    if (!formula.terms.empty()) told[key] = formula.text();
  if (!definition.is_todays) told["note"] = json_of(indicator.note);
  told["is_todays"] = definition.is_todays;
  return told;
}

Json versions_of(const std::map<std::string, std::vector<DatedDefinition>>& definitions) {
  Json told = Json::object();
  for (const auto& [indicator, held] : definitions)
    for (const DatedDefinition& definition : held) told[indicator].push_back(json_of(definition));
  return told;
}

Json waits_of(const Catalogue& catalogue, const Query& question) {
  Json days = Json::object();
  for (const std::string& id : question.indicators)
    if (const int wait = catalogue.indicator(id).mature_after; wait > 0) days[id] = wait;
  return days;
}

Json top_of(const Top& top, const Circumstances& circumstances) {
  Json told{{"n", top.n}, {"by", top.by}, {"of", circumstances.largest_of}};
  if (circumstances.others > 0) {
    told["others"] = circumstances.others;
    told["label"] = circumstances.others_label;
  }
  return told;
}

}  // namespace

std::map<std::string, std::string> metadata_of(const Cube& cube, const Query& question,
                                               const Circumstances& circumstances) {
  const Catalogue& catalogue = cube.catalogue();
  std::map<std::string, std::string> metadata;
  metadata["casemetry.version"] = CASEMETRY_VERSION;
  metadata["definition"] = catalogue.only(question.indicators).toml();
  metadata["definition_hashes"] = dumped(hashes_of(catalogue, question));
  metadata["labels"] = dumped(labels_of(catalogue, question));
  metadata["rows"] = dumped(cube.rows());
  metadata["level"] = shortest(question.level);
  if (cube.as_of()) metadata["as_of"] = date_text(*cube.as_of());
  if (const Json counts = counts_of(catalogue, question); !counts.empty()) metadata["counts"] = dumped(counts);
  if (const Json waits = waits_of(catalogue, question); !waits.empty()) metadata["mature_after"] = dumped(waits);
  put_contributions(cube, question, metadata);
  if (!circumstances.definitions.empty()) {
    metadata["versions"] = question.versions;
    metadata["definitions"] = dumped(versions_of(circumstances.definitions));
  }
  if (question.period) metadata["period"] = *question.period;
  if (question.where) metadata["where"] = question.where->text();
  if (!circumstances.undecided.empty()) metadata["where_unknown"] = dumped(circumstances.undecided);
  if (question.top) metadata["top"] = dumped(top_of(*question.top, circumstances));
  if (!question.compare.empty()) metadata["compare"] = dumped(question.compare);
  if (const Json reasons = reasons_of(circumstances.answers); !reasons.empty())
    metadata["not_available"] = dumped(reasons);
  return metadata;
}

}  // namespace casemetry::question
