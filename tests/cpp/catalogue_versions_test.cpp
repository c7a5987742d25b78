// SPDX-License-Identifier: Apache-2.0
// Versions of indicators (口径版本) and identities (数据勾稽): their forms, faults and hashes, and what rests on them.
#include <gtest/gtest.h>

#include <algorithm>
#include <casemetry/catalogue.hpp>
#include <string>

namespace casemetry {
namespace {

// The rate was published from 2021 to 2023 without arrests that the procuratorate decided itself.
const char* const example_json = R"json({"schema": 1,
  "table": {"review": {"columns": {
    "decision": {"type": "category", "values": ["approved", "decided", "refused"]},
    "decided_on": {"type": "date"}, "received_on": {"type": "date"}, "closed_on": {"type": "date", "empty": "not_yet"}}}},
  "aggregate": [
    {"id": "refused", "unit": "review", "date": "decided_on", "where": "decision == 'refused'"},
    {"id": "arrested", "unit": "review", "date": "decided_on", "where": "decision in ['approved', 'decided']"},
    {"id": "arrested_on_request", "unit": "review", "date": "decided_on", "where": "decision == 'approved'"},
    {"id": "received", "unit": "review", "date": "received_on"},
    {"id": "pending_cases", "kind": "pending", "unit": "review", "opened": "received_on", "closed": "closed_on"},
    {"id": "duration", "kind": "days", "unit": "review", "date": "decided_on", "start": "received_on", "end": "decided_on"}],
  "indicator": [
    {"id": "decisions", "kind": "count", "of": "arrested + refused",
     "version": [{"valid_to": "2019-12-31", "of": "received"}]},
    {"id": "rate", "kind": "proportion", "numerator": "refused", "denominator": "arrested + refused",
     "version": [{"valid_from": "2021-01-01", "valid_to": "2023-12-31", "denominator": "arrested_on_request + refused",
                  "note": {"zh": "不含自行决定逮捕", "en": "without own decisions"}}]},
    {"id": "share_of_decisions", "kind": "ratio", "numerator": "refused", "denominator": "decisions"}],
  "identity": [
    {"id": "stock_and_flow", "label": "存量与流量",
     "holds": "opening(pending_cases) + received - decisions == pending_cases", "every": "quarter"},
    {"id": "part", "holds": "arrested_on_request <= arrested"}]})json";

Date day(int year, unsigned month, unsigned of_month) {
  using namespace std::chrono;
  return local_days{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(of_month)};
}

Definitions example() {
  return Catalogue::from_json(example_json).definitions();
}

template <typename Item>
Item& item(std::vector<Item>& items, const std::string& id) {
  return *std::ranges::find(items, id, &Item::id);
}

std::string faults_of(const Definitions& definitions) {
  try {
    const Catalogue catalogue(definitions);
  } catch (const DefinitionError& error) {
    return error.what();
  }
  return {};
}

// What is told of the rate with these versions.
std::string faults_with(std::vector<Version> versions) {
  Definitions definitions = example();
  item(definitions.indicators, "rate").versions = std::move(versions);
  return faults_of(definitions);
}

Version version(std::optional<Date> from, std::optional<Date> to, const char* denominator) {
  Version version;
  version.valid_from = from;
  version.valid_to = to;
  if (denominator != nullptr) version.denominator = Formula::parse(denominator);
  return version;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// ----------------------------------------------------------------------------------------------- versions

TEST(Versions, ReadBackFromJsonAndStandInToml) {
  const Catalogue catalogue = Catalogue::from_json(example_json);
  EXPECT_EQ(Catalogue::from_json(catalogue.json()).json(), catalogue.json());
  EXPECT_EQ(catalogue.indicator("rate").versions.front().note.zh, "不含自行决定逮捕");
  EXPECT_TRUE(has(catalogue.toml(),
                  "\n[[indicator.version]]\nvalid_from = \"2021-01-01\"\nvalid_to = \"2023-12-31\"\n"
                  "denominator = \"arrested_on_request + refused\"\n"));
}

TEST(Versions, HoldFromTheFirstDayToTheLastAndTodaysDefinitionElse) {
  const Catalogue catalogue = Catalogue::from_json(example_json);
  const auto denominator = [&](Date when) { return catalogue.at("rate", when).denominator.text(); };
  EXPECT_EQ(denominator(day(2020, 12, 31)), "arrested + refused");
  EXPECT_EQ(denominator(day(2021, 1, 1)), "arrested_on_request + refused");
  EXPECT_EQ(denominator(day(2023, 12, 31)), "arrested_on_request + refused");
  EXPECT_EQ(denominator(day(2024, 1, 1)), "arrested + refused");
  EXPECT_EQ(catalogue.at("rate", day(2022, 6, 1)).note.en, "without own decisions");
}

TEST(Versions, OfACountAreThoseOfWhatCountsIt) {
  const Catalogue catalogue = Catalogue::from_json(example_json);
  EXPECT_EQ(catalogue.at("share_of_decisions", day(2019, 12, 31)).denominator.text(), "received");
  EXPECT_EQ(catalogue.at("share_of_decisions", day(2020, 1, 1)).denominator.text(), "arrested + refused");
}

TEST(Versions, MakeAHistoryWhoseLastIsTodays) {
  const Catalogue catalogue = Catalogue::from_json(example_json);
  const auto history = catalogue.history(catalogue.indicator("rate"));
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0].to, day(2020, 12, 31));
  EXPECT_EQ(history[1].from, day(2021, 1, 1));
  EXPECT_EQ(history[1].to, day(2023, 12, 31));
  EXPECT_EQ(history[2].to, std::nullopt);
  EXPECT_TRUE(history[0].is_todays && !history[1].is_todays && history[2].is_todays);
}

TEST(Versions, NeedWhatTheyCount) {
  const Catalogue catalogue = Catalogue::from_json(example_json);
  const std::vector<std::string> needed{"arrested", "arrested_on_request", "refused"};
  EXPECT_EQ(catalogue.needs(catalogue.indicator("rate")), needed);
}

TEST(Versions, StayWithTheirIndicator) {
  const Catalogue whole = Catalogue::from_json(example_json);
  const Catalogue part = whole.only(std::vector<std::string>{"share_of_decisions"});
  EXPECT_EQ(part.indicator("share_of_decisions").versions.front().denominator->text(), "received");
  EXPECT_EQ(part.definition_hash("share_of_decisions"), whole.definition_hash("share_of_decisions"));
}

TEST(Versions, OverlapIsAFaultWithBothDates) {
  const std::string faults = faults_with({version(day(2019, 1, 1), day(2021, 6, 30), "arrested_on_request + refused"),
                                          version(day(2021, 1, 1), day(2023, 12, 31), "received")});
  EXPECT_TRUE(has(faults, "indicator.rate.version #2.valid_from"));
  EXPECT_TRUE(has(faults, "from 2021-01-01 to 2023-12-31"));
  EXPECT_TRUE(has(faults, "from 2019-01-01 to 2021-06-30"));
}

TEST(Versions, EndAndStandInOrderAndReplaceSomething) {
  const char* then = "arrested_on_request + refused";
  EXPECT_TRUE(has(faults_with({version(day(2021, 1, 1), day(2020, 1, 1), then)}), "before it begins"));
  EXPECT_TRUE(has(faults_with({version(day(2021, 1, 1), {}, then)}), "no last day"));
  EXPECT_TRUE(has(faults_with({version(day(2021, 1, 1), day(2021, 12, 31), nullptr)}), "it replaces nothing"));
  EXPECT_TRUE(has(faults_with({version(day(2021, 1, 1), day(2021, 12, 31), then),
                               version(day(2019, 1, 1), day(2019, 12, 31), then)}),
                  "the earliest comes first"));
  EXPECT_TRUE(has(faults_with({version({}, {}, then), version({}, day(2019, 12, 31), then)}),
                  "only the first version can be from the beginning"));
  EXPECT_EQ(faults_with({version({}, {}, then), version(day(2019, 1, 1), day(2019, 12, 31), "arrested")}), "");
}

TEST(Versions, AreCheckedAsAnIndicatorIs) {
  const auto faults = [](const char* denominator) {
    return faults_with({version(day(2021, 1, 1), day(2021, 12, 31), denominator)});
  };
  EXPECT_TRUE(has(faults("arested"), "indicator.rate.version #1.denominator: no aggregate 'arested'"));
  EXPECT_TRUE(has(faults("arested"), "'arrested'"));
  EXPECT_TRUE(has(faults("received + refused"), "a proportion has one date"));
  EXPECT_TRUE(has(faults("2 * arrested"), "a proportion adds disjoint counts"));
  EXPECT_TRUE(has(faults("duration"), "a proportion takes counts"));
}

TEST(Versions, ChangeTheDefinitionsHashAndNoCounts) {
  Definitions definitions = example();
  const Catalogue with(definitions);
  item(definitions.indicators, "rate").versions.clear();
  const Catalogue without(definitions);
  EXPECT_NE(with.definition_hash("rate"), without.definition_hash("rate"));
  EXPECT_EQ(with.count_hash("refused"), without.count_hash("refused"));
}

TEST(Versions, NotesChangeNoHash) {
  Definitions definitions = example();
  item(definitions.indicators, "rate").versions.front().note.zh = "另一说明";
  EXPECT_EQ(Catalogue(definitions).definition_hash("rate"), Catalogue(example()).definition_hash("rate"));
}

// ----------------------------------------------------------------------------------------------- identities

TEST(Identities, ReadTwoFormulasAndTheirRelation) {
  const Catalogue catalogue = Catalogue::from_json(example_json);
  const Identity& flow = catalogue.identity("stock_and_flow");
  EXPECT_EQ(flow.left.text(), "opening(pending_cases) + received - decisions");
  EXPECT_EQ(flow.relation, Identity::Relation::equal);
  EXPECT_EQ(flow.right.text(), "pending_cases");
  EXPECT_EQ(flow.every, "quarter");
  EXPECT_EQ(catalogue.identity("part").holds(), "arrested_on_request <= arrested");
  EXPECT_TRUE(has(catalogue.toml(), "\n[[identity]]\nid = \"part\"\nholds = \"arrested_on_request <= arrested\"\n"));
}

std::string faults_of_identity(const std::string& holds, const std::string& every = "month") {
  std::string json = example_json;
  json.replace(json.rfind("]}"), 2, R"(, {"id": "i", "holds": ")" + holds + R"(", "every": ")" + every + "\"}]}");
  try {
    Catalogue::from_json(json);
  } catch (const DefinitionError& error) {
    return error.what();
  }
  return {};
}

TEST(Identities, TellTheNearestNameAndWhereAFormulaBreaks) {
  EXPECT_EQ(faults_of_identity("refused + arrested >= received"), "");
  EXPECT_TRUE(has(faults_of_identity("refused == arested"), "identity.i.holds: no aggregate 'arested'"));
  EXPECT_TRUE(has(faults_of_identity("refused = arrested"), "compared by ==, <= or >="));
  EXPECT_TRUE(has(faults_of_identity("refused == arrested +"), "a name is missing at the end"));
  EXPECT_TRUE(has(faults_of_identity("rate <= refused"), "an indicator of kind proportion"));
  EXPECT_TRUE(has(faults_of_identity("duration == refused"), "an identity is of counts and sums"));
  EXPECT_TRUE(has(faults_of_identity("opening(refused) == refused"), "only what is pending has an opening"));
  EXPECT_TRUE(has(faults_of_identity("refused == refused", "quater"), "'quarter'"));
}

TEST(Identities, StayWhereAllThatTheyCompareStays) {
  const Catalogue catalogue = Catalogue::from_json(example_json);
  const Catalogue part = catalogue.only(std::vector<std::string>{"rate"});
  ASSERT_EQ(part.definitions().identities.size(), 1U);
  EXPECT_EQ(part.definitions().identities.front().id, "part");
}

}  // namespace
}  // namespace casemetry
