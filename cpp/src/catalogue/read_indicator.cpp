// SPDX-License-Identifier: Apache-2.0
#include "catalogue/reader.hpp"

namespace casemetry::definition {
namespace {

void read_measure(const Fields& fields, Indicator& indicator) {
  indicator.kind = static_cast<Indicator::Kind>(fields.word("kind", indicator_kinds()).value_or(0));
  if (fields.find("kind") == nullptr)
    fields.faults().tell(fields.path("kind"), hinted("no kind", "", indicator_kinds()));
  indicator.of = fields.formula("of");
  indicator.numerator = fields.formula("numerator");
  indicator.denominator = fields.formula("denominator");
  indicator.q = fields.rational("q").value_or(Rational{1, 2});
  indicator.at = fields.text("at");
  indicator.group = fields.text("group");
  indicator.rule = fields.text("rule");
  indicator.groups = fields.text("groups");
  indicator.lead = fields.text("lead");
  indicator.stage = fields.text("stage");
  indicator.over = fields.text("over");
  indicator.interval = fields.text("interval");
  indicator.min_n = fields.integer("min_n").value_or(0);
  indicator.mature_after = clamped(fields.integer("mature_after"), 0);
}

// One that cannot be read is there, without terms.
std::optional<Formula> formula_if_any(const Fields& fields, const std::string& key) {
  if (fields.find(key) == nullptr) return std::nullopt;
  return fields.formula(key);
}

void read_reading(const Fields& fields, Indicator& indicator) {
  if (const auto format = fields.word("format", formats()))
    indicator.format = static_cast<Indicator::Format>(*format + 1);  // `automatic` is first, and no word
  if (const auto decimals = fields.integer("decimals")) indicator.decimals = clamped(*decimals, 0);
  indicator.direction = fields.text("direction");
  indicator.range = fields.range("range");
  indicator.paired_with = fields.texts("paired_with");
  indicator.evidence = fields.text("evidence");
  indicator.reference = fields.text("reference");
  indicator.note = fields.label("note");
}

Version read_version(const Tree& tree, const std::string& path, Faults& faults) {
  const Fields fields(tree, path, {"valid_from", "valid_to", "of", "numerator", "denominator", "note"}, faults);
  return {.valid_from = fields.date("valid_from"),
          .valid_to = fields.date("valid_to"),
          .of = formula_if_any(fields, "of"),
          .numerator = formula_if_any(fields, "numerator"),
          .denominator = formula_if_any(fields, "denominator"),
          .note = fields.label("note")};
}

}  // namespace

Indicator read_indicator(const Tree& tree, const std::string& path, Faults& faults) {
  const Fields fields(
      tree, path,
      {"id",       "label",     "kind",  "of",          "numerator", "denominator", "q",     "at",           "group",
       "rule",     "groups",    "lead",  "stage",       "over",      "interval",    "min_n", "mature_after", "format",
       "decimals", "direction", "range", "paired_with", "evidence",  "reference",   "note",  "version"},
      faults);
  Indicator indicator;
  if (tree.object() == nullptr) return indicator;
  indicator.id = fields.text("id");
  indicator.label = fields.label("label");
  read_measure(fields, indicator);
  read_reading(fields, indicator);
  const Tree::List& versions = fields.list("version");
  for (std::size_t i = 0; i < versions.size(); ++i)
    indicator.versions.push_back(read_version(versions[i], below(fields.path("version"), i), faults));
  return indicator;
}

}  // namespace casemetry::definition
