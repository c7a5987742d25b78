// SPDX-License-Identifier: Apache-2.0
#include <casemetry/leads.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

using Names = std::vector<std::string>;
// A grouping of the catalogue by its name, or groups with their sources.
using GivenGroups = std::variant<std::string, std::vector<std::pair<std::string, Names>>>;

Groups groups_of(const GivenGroups& given, const std::string& rest) {
  if (const auto* name = std::get_if<std::string>(&given)) return *name;
  Grouping grouping;
  for (const auto& [name, sources] : std::get<1>(given)) grouping.groups.push_back({name, sources});
  grouping.rest = rest;
  return grouping;
}

std::vector<Rule> rules_named(const Names& names) {
  std::vector<Rule> rules;
  for (const std::string& name : names) rules.push_back(rule_named(name));
  return rules;
}

// Of the lead set by that name, or of the only one.
bool knows_unattributed_of(const Cube& cube, const std::string& lead) {
  const std::vector<LeadSet>& sets = cube.catalogue().definitions().leads;
  const auto asked = [&](const LeadSet& leads) { return lead.empty() || leads.id == lead; };
  return std::ranges::all_of(
      sets, [&](const LeadSet& leads) { return !asked(leads) || knows_unattributed(cube.catalogue(), leads); });
}

// Those that are said, as the metadata of a result have them.
std::map<std::string, std::string> dict_of(const ContributionNames& names) {
  std::map<std::string, std::string> said{{"rule", names.rule},     {"among", names.among},   {"stage", names.stage},
                                          {"groups", names.groups}, {"counts", names.counts}, {"window", names.window}};
  std::erase_if(said, [](const auto& name) { return name.second.empty(); });
  return said;
}

// The first arguments of what asks for contributions, which it fills a question from.
ContributionQuery question_of(std::string of, const Names& rules, const GivenGroups& groups, const std::string& rest,
                              std::string lead, const std::string& over, Names by, std::optional<std::string> period,
                              std::optional<std::string> every, std::optional<Expression> where, Names compare,
                              double level) {
  return {.of = std::move(of),
          .rules = rules_named(rules),
          .groups = groups_of(groups, rest),
          .lead = std::move(lead),
          .over = over_named(over),
          .by = std::move(by),
          .period = std::move(period),
          .every = std::move(every),
          .where = std::move(where),
          .compare = std::move(compare),
          .level = level};
}

void register_claims(py::module_& module) {
  py::class_<RuleVerdict::Year>(module, "ClaimYear", "A contribution in one year of a claim.")
      .def_readonly("year", &RuleVerdict::Year::year)
      .def_property_readonly("value", [](const RuleVerdict::Year& year) { return year.contribution.value; })
      .def_property_readonly("low", [](const RuleVerdict::Year& year) { return year.contribution.low; })
      .def_property_readonly("high", [](const RuleVerdict::Year& year) { return year.contribution.high; })
      .def_property_readonly("leads", [](const RuleVerdict::Year& year) { return year.contribution.leads; })
      .def_property_readonly("unattributed",
                             [](const RuleVerdict::Year& year) { return year.contribution.unattributed; })
      .def_property_readonly("unknown", [](const RuleVerdict::Year& year) { return year.contribution.unknown; })
      .def_readonly("p", &RuleVerdict::Year::p, "One-sided, of this year alone.")
      .def_readonly("is_partial", &RuleVerdict::Year::is_partial, "The data stand at a day before its last one.");
  py::class_<RuleVerdict>(module, "ClaimUnderRule", "What becomes of a claim under one rule.")
      .def_property_readonly("rule", [](const RuleVerdict& verdict) { return rule_name(verdict.rule); })
      .def_readonly("years", &RuleVerdict::years)
      .def_readonly("p", &RuleVerdict::p, "Joint: the largest of the years.")
      .def_readonly("holds", &RuleVerdict::holds);
  py::class_<Claim>(module, "Claim", "A claim, tested under the rule that was asked and under every other.")
      .def_readonly("asked", &Claim::asked)
      .def_readonly("rules", &Claim::rules)
      .def_property_readonly(
          "names", [](const Claim& claim) { return dict_of(claim.names); }, "The six names that it carries.");
  module.def(
      "claim",
      [](const Cube& cube, std::string of, const std::optional<std::string>& rule, const GivenGroups& groups,
         const std::string& rest, double share, Names years, std::string lead, std::string stage,
         const std::string& over, double level) {
        const ClaimQuery question{.of = std::move(of),
                                  .rule = rule ? std::optional(rule_named(*rule)) : std::nullopt,
                                  .groups = groups_of(groups, rest),
                                  .share = share,
                                  .years = std::move(years),
                                  .lead = std::move(lead),
                                  .stage = std::move(stage),
                                  .over = over_named(over),
                                  .level = level};
        const py::gil_scoped_release released;
        return claim(cube, question);
      },
      py::arg("cube"), py::arg("of"), py::kw_only(), py::arg("rule") = py::none(), py::arg("groups") = std::string{},
      py::arg("rest") = std::string{}, py::arg("share"), py::arg("years"), py::arg("lead") = std::string{},
      py::arg("stage") = std::string{}, py::arg("over") = "leads", py::arg("level") = 0.95,
      "Tests whether a contribution exceeded a share in each of some years.");
}

void register_overlap(py::module_& module) {
  py::class_<Overlap::Source>(module, "OverlapSource", "A source: the leads that it found.")
      .def_readonly("source", &Overlap::Source::source)
      .def_readonly("leads", &Overlap::Source::leads)
      .def_readonly("alone", &Overlap::Source::alone, "That no other found.")
      .def_property_readonly("always_covered", &Overlap::Source::always_covered);
  py::class_<Overlap::Pair>(module, "OverlapPair", "Two sources that share a lead.")
      .def_readonly("first", &Overlap::Pair::first)
      .def_readonly("second", &Overlap::Pair::second)
      .def_readonly("both", &Overlap::Pair::both)
      .def_readonly("either", &Overlap::Pair::either)
      .def_readonly("first_leads", &Overlap::Pair::first_leads)
      .def_readonly("second_leads", &Overlap::Pair::second_leads)
      .def_property_readonly("jaccard", &Overlap::Pair::jaccard)
      .def_property_readonly("first_in_second", &Overlap::Pair::first_in_second)
      .def_property_readonly("second_in_first", &Overlap::Pair::second_in_first);
  py::class_<Overlap::Intersection>(module, "OverlapIntersection", "Leads found by just these sources.")
      .def_readonly("sources", &Overlap::Intersection::sources)
      .def_readonly("leads", &Overlap::Intersection::leads);
  py::class_<Overlap>(module, "Overlap", "How sources overlap: who finds what others find as well.")
      .def_readonly("leads", &Overlap::leads, "All whose set is known, those without a source included.")
      .def_readonly("unattributed", &Overlap::unattributed)
      .def_readonly("unknown", &Overlap::unknown,
                    "Leads whose set is not known, or of which it is not known whether "
                    "they are asked about.")
      .def_readonly("sources", &Overlap::sources)
      .def_readonly("pairs", &Overlap::pairs)
      .def_readonly("intersections", &Overlap::intersections)
      .def_property_readonly(
          "names", [](const Overlap& overlap) { return dict_of(overlap.names); }, "Which leads these are.");
  module.def(
      "overlap",
      [](const Cube& cube, std::string lead, std::string stage, std::size_t largest) {
        const py::gil_scoped_release released;
        return overlap(cube, {.lead = std::move(lead), .stage = std::move(stage), .largest = largest});
      },
      py::arg("cube"), py::kw_only(), py::arg("lead") = std::string{}, py::arg("stage") = std::string{},
      py::arg("largest") = OverlapQuery{}.largest, "How the sources of leads overlap, over all.");
}

void register_contribution(py::module_& module) {
  module.def(
      "contribution",
      [](const Cube& cube, std::string of, const Names& rules, const GivenGroups& groups, const std::string& rest,
         std::string lead, std::string stage, const std::string& over, Names by, std::optional<std::string> period,
         std::optional<std::string> every, std::optional<Expression> where, Names compare, double level) {
        ContributionQuery question =
            question_of(std::move(of), rules, groups, rest, std::move(lead), over, std::move(by), std::move(period),
                        std::move(every), std::move(where), std::move(compare), level);
        question.stage = std::move(stage);
        const py::gil_scoped_release released;
        return contribution(cube, question);
      },
      py::arg("cube"), py::arg("of"), py::kw_only(), py::arg("rules") = Names{}, py::arg("groups") = std::string{},
      py::arg("rest") = std::string{}, py::arg("lead") = std::string{}, py::arg("stage") = std::string{},
      py::arg("over") = "leads", py::arg("by") = Names{}, py::arg("period") = py::none(), py::arg("every") = py::none(),
      py::arg("where") = py::none(), py::arg("compare") = Names{}, py::arg("level") = 0.95,
      "The contribution of a group of sources, an indicator for each rule.");
  module.def(
      "stages",
      [](const Cube& cube, std::string of, const Names& rules, const GivenGroups& groups, const std::string& rest,
         std::string lead, const std::string& over, Names by, std::optional<std::string> period,
         std::optional<std::string> every, std::optional<Expression> where, Names compare, double level) {
        const ContributionQuery question =
            question_of(std::move(of), rules, groups, rest, std::move(lead), over, std::move(by), std::move(period),
                        std::move(every), std::move(where), std::move(compare), level);
        const py::gil_scoped_release released;
        return stages(cube, question);
      },
      py::arg("cube"), py::arg("of"), py::kw_only(), py::arg("rules") = Names{}, py::arg("groups") = std::string{},
      py::arg("rest") = std::string{}, py::arg("lead") = std::string{}, py::arg("over") = "leads",
      py::arg("by") = Names{}, py::arg("period") = py::none(), py::arg("every") = py::none(),
      py::arg("where") = py::none(), py::arg("compare") = Names{}, py::arg("level") = 0.95,
      "The same at every stage, side by side.");
  module.def("asked_of", &asked_of, py::arg("cube"), py::arg("result"), py::call_guard<py::gil_scoped_release>(),
             "The cube with what such a question brought, to ask on.");
}

}  // namespace

void register_leads(py::module_& module) {
  module.def("knows_unattributed", &knows_unattributed_of, py::arg("cube"), py::arg("lead") = std::string{},
             "Whether leads without a source are among those of a set, so that W and U are known.");
  register_contribution(module);
  register_claims(module);
  register_overlap(module);
}

}  // namespace casemetry::bindings
