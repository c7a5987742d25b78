// SPDX-License-Identifier: Apache-2.0
#include <casemetry/leads.hpp>

#include "lead_samples.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;

Catalogue catalogue() {
  Definitions definitions;
  definitions.id = "leads";
  definitions.tables = {{.id = "lead"}};
  definitions.leads = {{.id = "supervision",
                        .unit = "lead",
                        .sources = "sources",
                        .first = "first_sources",
                        .among = Expression::parse("kind == 'supervision'"),
                        .stages = {{"registered", "registered_on"}, {"filed", "filed_on"}}}};
  definitions.groupings = {{.id = "origin", .groups = {{"digital", {"m1"}}}, .rest = "traditional"}};
  return Catalogue(definitions);
}

TEST(Questions, HaveTheirDefaultsFilledInAndPrinted) {
  const ContributionQuery asked = resolved(catalogue(), {.of = "digital", .rule = Rule::owen, .groups = "origin"});
  EXPECT_EQ(asked.lead, "supervision");
  EXPECT_EQ(asked.stage, "registered");
  EXPECT_EQ(names_of(catalogue(), asked),
            "rule owen; among kind == 'supervision'; stage registered; groups origin; counts leads; window as column "
            "sources says");
}

TEST(Questions, SayWhatTheyLack) {
  const auto refused = [](ContributionQuery question) {
    return refusal<QueryError>([&] { resolved(catalogue(), std::move(question)); });
  };
  expect_says(refused({.of = "digital", .groups = "origin"}), "needs its rule, for it depends on it; known: any");
  expect_says(refused({.of = "digital", .rule = Rule::owen}),
              "needs its groups, for it depends on them; known: origin");
  expect_says(refused({.of = "digtal", .rule = Rule::owen, .groups = "origin"}), "did you mean 'digital'?");
  expect_says(refused({.of = "digital", .rule = Rule::owen, .groups = "orgin"}), "did you mean 'origin'?");
  expect_says(refused({.of = "digital", .rule = Rule::owen, .groups = "origin", .stage = "file"}),
              "no stage 'file'; did you mean 'filed'?");
  expect_says(refused({.of = "digital", .rule = Rule::linear, .groups = "origin"}), "declare log = ");
}

}  // namespace
}  // namespace casemetry
