// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <casemetry/catalogue.hpp>

namespace casemetry {
namespace {

// ----------------------------------------------------------------------------------------------- the example

Aggregate count_of(std::string id, const char* where) {
  return {.id = std::move(id), .unit = "arrest_review", .date = "decided_on", .where = Expression::parse(where)};
}

Indicator quotient(std::string id, Indicator::Kind kind, const char* numerator, const char* denominator) {
  Indicator indicator{.id = std::move(id), .kind = kind};
  indicator.numerator = Formula::parse(numerator);
  indicator.denominator = Formula::parse(denominator);
  return indicator;
}

Indicator measure(std::string id, Indicator::Kind kind, const char* of) {
  Indicator indicator{.id = std::move(id), .kind = kind};
  indicator.of = Formula::parse(of);
  return indicator;
}

Definitions example() {
  Definitions definitions;
  definitions.id = "example";
  definitions.label = {"审查逮捕", "Arrest review"};
  definitions.lists["refusals"] = {std::string("refused_no_crime"), std::string("refused_evidence")};
  definitions.tables = {{.id = "arrest_review",
                         .label = {"审查逮捕", ""},
                         .counts = "person",
                         .also = {"审查逮捕案卡"},
                         .in_order = {{"received_on", "decided_on", "entered_on"}},
                         .entered = "entered_on",
                         .columns = {{.name = "office", .type = Type::category},
                                     {.name = "decision",
                                      .type = Type::category,
                                      .values = {"approved", "decided", "refused_no_crime", "refused_evidence"},
                                      .aliases = {{"批捕", "approved"}}},
                                     {.name = "decided_on", .type = Type::date},
                                     {.name = "received_on", .type = Type::date},
                                     {.name = "entered_on", .type = Type::date},
                                     {.name = "amount", .type = Type::decimal, .scale = 2}}},
                        {.id = "items"}};
  definitions.dimensions = {{.id = "court", .from = {{"arrest_review", "office"}}}};
  definitions.aggregates = {count_of("refused", "decision in @refusals"),
                            count_of("arrested", "decision in ['approved', 'decided']"),
                            {.id = "filed", .unit = "items"},
                            {.id = "amount", .kind = Aggregate::Kind::sum, .unit = "arrest_review", .column = "amount"},
                            {.id = "duration",
                             .kind = Aggregate::Kind::days,
                             .unit = "arrest_review",
                             .date = "decided_on",
                             .start = "received_on",
                             .end = "decided_on"}};
  definitions.indicators = {measure("decisions", Indicator::Kind::count, "arrested + refused"),
                            quotient("non_arrest_rate", Indicator::Kind::proportion, "refused", "decisions"),
                            measure("median_days", Indicator::Kind::quantile, "duration")};
  return definitions;
}

Aggregate& aggregate(Definitions& definitions, const std::string& id) {
  return *std::ranges::find(definitions.aggregates, id, &Aggregate::id);
}

Indicator& indicator(Definitions& definitions, const std::string& id) {
  return *std::ranges::find(definitions.indicators, id, &Indicator::id);
}

std::vector<Fault> faults_of(const Definitions& definitions) {
  try {
    const Catalogue catalogue(definitions);
  } catch (const DefinitionError& error) {
    return error.faults();
  }
  return {};
}

std::string told(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) text += fault.path + ": " + fault.message + "\n";
  return text;
}

// ----------------------------------------------------------------------------------------------- formulas

TEST(Formula, IsASumOfTermsWithExactCoefficients) {
  const Formula formula = Formula::parse("arrested + 1/2 * refused - 0.25*审结");
  const std::vector<Formula::Term> terms{{{1, 1}, "arrested"}, {{1, 2}, "refused"}, {{-1, 4}, "审结"}};
  EXPECT_EQ(formula.terms, terms);
  EXPECT_EQ(formula.text(), "arrested + 1/2 * refused - 1/4 * 审结");
}

TEST(Formula, PrintsWhatItReadsBack) {
  for (const char* text : {"a", "-a", "2 * a", "-1/3 * a + b", "a - a", "365 * _x1", "9223372036854775807 * 不捕"})
    EXPECT_EQ(Formula::parse(text).text(), text);
}

TEST(Formula, TellsWhereItBreaks) {
  const auto position = [](std::string_view text) -> std::optional<std::size_t> {
    try {
      Formula::parse(text);
    } catch (const DefinitionError& error) {
      return error.faults().front().position;
    }
    return std::nullopt;
  };
  EXPECT_EQ(position(""), 0U);
  EXPECT_EQ(position("不捕 ＋ 逮捕"), 3U);  // a full-width sign, counted in code points
  EXPECT_EQ(position("a + "), 4U);
  EXPECT_EQ(position("a + 2"), 4U);
  EXPECT_EQ(position("2 * 3 * a"), 4U);
  EXPECT_EQ(position("(a + b)"), 0U);
  EXPECT_EQ(position("a b"), 2U);
  EXPECT_EQ(position("1/0 * a"), 0U);
  EXPECT_EQ(position("99999999999999999999 * a"), 0U);
  EXPECT_EQ(position("1.2.3 * a"), 0U);
}

TEST(Formula, IsRefusedIfItIsNotUtf8) {
  EXPECT_THROW(Formula::parse("a + \xC0\xAF"), DefinitionError);
}

// ----------------------------------------------------------------------------------------------- what a catalogue
// knows

TEST(Catalogue, FindsItsDefinitionsAndSuggestsTheNearest) {
  const Catalogue catalogue(example());
  EXPECT_EQ(catalogue.indicator("median_days").q, (Rational{1, 2}));
  EXPECT_EQ(catalogue.aggregate("refused").unit, "arrest_review");
  EXPECT_EQ(catalogue.table("arrest_review")->counts, "person");
  EXPECT_EQ(catalogue.table("nowhere"), nullptr);
  try {
    catalogue.indicator("non_arest_rate");
    FAIL();
  } catch (const QueryError& error) {
    EXPECT_STREQ(error.what(), "no indicator 'non_arest_rate'; did you mean 'non_arrest_rate'?");
  }
}

TEST(Catalogue, ReplacesCountIndicatorsByAggregatesAndAddsLikeTerms) {
  const Catalogue catalogue(example());
  EXPECT_EQ(catalogue.over_aggregates(Formula::parse("decisions - 1/2 * refused")).text(), "arrested + 1/2 * refused");
  EXPECT_EQ(catalogue.over_aggregates(Formula::parse("refused - refused")).terms.size(), 0U);
  EXPECT_THROW(catalogue.over_aggregates(Formula::parse("nothing")), DefinitionError);
  EXPECT_EQ(catalogue.needs(catalogue.indicator("non_arrest_rate")), (std::vector<std::string>{"arrested", "refused"}));
}

TEST(Catalogue, OpensCountsOfCountsInLinearTime) {
  Definitions definitions = example();
  definitions.indicators = {measure("n0", Indicator::Kind::count, "refused")};
  for (int i = 1; i <= 50; ++i) {
    const std::string before = "n" + std::to_string(i - 1);
    definitions.indicators.push_back(
        measure("n" + std::to_string(i), Indicator::Kind::count, (before + " + " + before).c_str()));
  }
  const Catalogue catalogue(definitions);
  EXPECT_EQ(catalogue.over_aggregates(Formula::parse("n50")).text(), "1125899906842624 * refused");
}

TEST(Catalogue, NamesTheColumnOfADimension) {
  const Catalogue catalogue(example());
  EXPECT_EQ(catalogue.dimension_column("court", "arrest_review"), "office");
  EXPECT_EQ(catalogue.dimension_column("court", "items"), std::nullopt);
  EXPECT_EQ(catalogue.dimension_column("charge", "items"), "charge");
}

TEST(Catalogue, TellsTheColumnsThatAreReadOfATable) {
  const Catalogue catalogue(example());
  EXPECT_EQ(catalogue.columns("arrest_review"),
            (std::vector<std::string>{"amount", "decided_on", "decision", "received_on"}));
  EXPECT_TRUE(catalogue.columns("items").empty());
}

TEST(Catalogue, GrowsByValueAndIsCheckedAgain) {
  const Catalogue catalogue(example());
  const Catalogue more = catalogue.with(count_of("approved", "decision == 'approved'"))
                             .with(quotient("approval", Indicator::Kind::proportion, "approved", "decisions"));
  EXPECT_EQ(more.indicator("approval").denominator.text(), "decisions");
  EXPECT_THROW(catalogue.indicator("approval"), QueryError);
  EXPECT_THROW(catalogue.with(quotient("x", Indicator::Kind::ratio, "nothing", "refused")), DefinitionError);
}

TEST(Catalogue, ReplacesADefinitionOfTheSameId) {
  const Catalogue catalogue = Catalogue(example()).with(measure("decisions", Indicator::Kind::count, "arrested"));
  EXPECT_EQ(catalogue.definitions().indicators.size(), 3U);
  EXPECT_EQ(catalogue.needs(catalogue.indicator("decisions")), std::vector<std::string>{"arrested"});
}

TEST(Catalogue, KeepsOnlyWhatAnIndicatorNeeds) {
  const std::vector<std::string> wanted{"non_arrest_rate"};
  const Catalogue whole(example());
  const Catalogue part = whole.only(wanted);
  EXPECT_EQ(part.indicator("non_arrest_rate").denominator.text(), "arrested + refused");
  EXPECT_EQ(part.definitions().indicators.size(), 1U);
  EXPECT_EQ(part.definitions().aggregates.size(), 2U);
  EXPECT_EQ(part.definitions().tables.size(), 1U);
  EXPECT_EQ(part.definitions().tables.front().columns.size(), 3U);  // office is the court's
  EXPECT_EQ(part.definitions().lists.size(), 1U);
  EXPECT_EQ(part.definition_hash("non_arrest_rate"), whole.definition_hash("non_arrest_rate"));
  EXPECT_TRUE(part.definitions().tables.front().in_order.empty());  // of its dates only decided_on is needed
  EXPECT_EQ(part.definitions().tables.front().entered, "");
  const std::vector<std::string> wrong{"non_arest_rate"};
  EXPECT_THROW(whole.only(wrong), QueryError);
}

// ----------------------------------------------------------------------------------------------- the two forms

TEST(CatalogueForms, JsonReadsBackToTheSame) {
  const Catalogue catalogue(example());
  const std::string json = catalogue.json();
  EXPECT_EQ(Catalogue::from_json(json).json(), json);
  EXPECT_EQ(Catalogue::from_json(json).toml(), catalogue.toml());
}

TEST(Catalogue, KeepsTheOrderOfTheDatesThatAnIndicatorNeeds) {
  const std::vector<std::string> wanted{"median_days"};
  const Catalogue part = Catalogue(example()).only(wanted);
  EXPECT_EQ(part.definitions().tables.front().in_order,
            (std::vector<std::vector<std::string>>{{"received_on", "decided_on"}}));
}

TEST(CatalogueForms, KeepTheNamesAndTheOrderOfDatesOfATable) {
  const Catalogue catalogue(example());
  EXPECT_EQ(Catalogue::from_json(catalogue.json()).definitions().tables, catalogue.definitions().tables);
}

TEST(CatalogueForms, LeaveDefaultsOut) {
  Definitions definitions;
  definitions.tables = {{.id = "cases"}};
  definitions.aggregates = {{.id = "filed", .unit = "cases", .date = "filed_on"}};
  definitions.indicators = {measure("n", Indicator::Kind::count, "filed")};
  const Catalogue catalogue(definitions);
  EXPECT_EQ(
      catalogue.json(),
      R"({"schema": 1, "table": {"cases": {}}, "aggregate": [{"id": "filed", "unit": "cases", "date": "filed_on"}],)"
      R"( "indicator": [{"id": "n", "kind": "count", "of": "filed"}]})");
  EXPECT_EQ(catalogue.toml(),
            "schema = 1\n\n[table.cases]\n\n[[aggregate]]\nid = \"filed\"\nunit = \"cases\"\ndate = \"filed_on\"\n\n"
            "[[indicator]]\nid = \"n\"\nkind = \"count\"\nof = \"filed\"\n");
}

TEST(CatalogueForms, KeepValuesOfListsExact) {
  Definitions definitions = example();
  definitions.lists["days"] = {Date{std::chrono::year{2024} / 2 / 29}};
  definitions.lists["prices"] = {Decimal{150, 2}, Decimal{-5, 3}};
  definitions.lists["codes"] = {std::int64_t{7}, Decimal{70, 1}};
  const Catalogue catalogue = Catalogue::from_json(Catalogue(definitions).json());
  EXPECT_EQ(catalogue.definitions().lists.at("days"), (std::vector<Literal>{Date{std::chrono::year{2024} / 2 / 29}}));
  EXPECT_EQ(catalogue.definitions().lists.at("prices"), (std::vector<Literal>{Decimal{15, 1}, Decimal{-5, 3}}));
  EXPECT_EQ(catalogue.definitions().lists.at("codes"), (std::vector<Literal>{std::int64_t{7}, std::int64_t{7}}));
}

TEST(CatalogueForms, EscapeWhatCannotStandInText) {
  Definitions definitions = example();
  definitions.label.zh = "引号\" 反斜\\ 换行\n \x7F 😀";
  const Catalogue catalogue(definitions);
  EXPECT_NE(catalogue.toml().find(R"(引号\" 反斜\\ 换行\n \u007F 😀)"), std::string::npos);
  EXPECT_EQ(Catalogue::from_json(catalogue.json()).definitions().label, definitions.label);
}

// ----------------------------------------------------------------------------------------------- faults

TEST(CatalogueFaults, AreToldAllAtOnceWithTheirPaths) {
  Definitions definitions = example();
  definitions.calendar.month_starts_on = 31;
  aggregate(definitions, "filed").unit = "item";
  aggregate(definitions, "refused").where = Expression::parse("decison == 'approved'");
  aggregate(definitions, "arrested").date = "decided";
  indicator(definitions, "median_days").q = {3, 2};
  indicator(definitions, "median_days").evidence = "statd";
  indicator(definitions, "decisions").of = Formula::parse("arested");
  indicator(definitions, "decisions").min_n = -1;
  indicator(definitions, "decisions").paired_with = {"non_arrest"};
  const auto faults = faults_of(definitions);
  std::vector<std::string> paths;
  for (const Fault& fault : faults) paths.push_back(fault.path);
  std::ranges::sort(paths);
  const std::vector<std::string> expected{
      "aggregate.arrested.date",         "aggregate.filed.unit",           "aggregate.refused.where",
      "calendar.month_starts_on",        "indicator.decisions.min_n",      "indicator.decisions.of",
      "indicator.decisions.paired_with", "indicator.median_days.evidence", "indicator.median_days.q"};
  EXPECT_EQ(paths, expected) << told(faults);
}

TEST(CatalogueFaults, AProportionAddsDisjointCountsOfOneUnitAndOneDate) {
  const auto told_for = [](const char* numerator, const char* denominator) {
    Definitions definitions = example();
    definitions.indicators = {quotient("p", Indicator::Kind::proportion, numerator, denominator)};
    return told(faults_of(definitions));
  };
  EXPECT_NE(told_for("2 * refused", "arrested").find("the coefficient 2"), std::string::npos);
  EXPECT_NE(told_for("refused", "arrested + filed").find("has one unit"), std::string::npos);
  EXPECT_NE(told_for("amount", "arrested").find("kind sum: a proportion takes counts"), std::string::npos);
  EXPECT_NE(told_for("refused", "arrested + refused + refused").find("the coefficient 2"), std::string::npos);
  Definitions definitions = example();
  aggregate(definitions, "refused").date = "received_on";
  EXPECT_NE(told(faults_of(definitions)).find("a proportion has one date; for a quotient"), std::string::npos);
}

TEST(CatalogueFaults, ACountDoesNotCountItself) {
  Definitions definitions = example();
  definitions.indicators = {measure("a", Indicator::Kind::count, "b"),
                            measure("b", Indicator::Kind::count, "a + refused"),
                            measure("c", Indicator::Kind::count, "a")};
  const auto faults = faults_of(definitions);
  ASSERT_EQ(faults.size(), 2U) << told(faults);  // c only rests on it
  EXPECT_EQ(faults[0].path, "indicator.a.of");
  EXPECT_EQ(faults[0].message, "it counts itself: a → b → a");
}

TEST(CatalogueFaults, AnAggregateGoesBeforeACountIndicatorOfItsName) {
  Definitions definitions = example();
  definitions.indicators = {measure("refused", Indicator::Kind::count, "refused")};
  EXPECT_EQ(told(faults_of(definitions)), "");
}

TEST(CatalogueFaults, TextIsUtf8) {
  Definitions definitions = example();
  indicator(definitions, "decisions").label.zh = "\xB2\xBB";
  const auto faults = faults_of(definitions);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults.front().message, "the text is not UTF-8");
}

TEST(CatalogueFaults, OfFormAndOfMeaningComeTogether) {
  try {
    Catalogue::from_json(R"({"schema": 1, "tabel": {}, "table": {"cases": {}, "cases": {}},
      "aggregate": [{"id": "filed", "unit": "case", "where": "a =="}],
      "indicator": [{"id": "x", "kind": "count", "of": "filed + 2", "decimals": "one"}]})");
    FAIL();
  } catch (const DefinitionError& error) {
    std::vector<std::string> paths;
    for (const Fault& fault : error.faults()) paths.push_back(fault.path);
    const std::vector<std::string> expected{"table.cases",           "tabel",
                                            "aggregate.filed.where", "indicator.x.of",
                                            "indicator.x.decimals",  "aggregate.filed.unit"};
    EXPECT_EQ(paths, expected) << error.what();
  }
}

TEST(CatalogueFaults, BrokenJsonIsOneFaultAndDeepJsonNoCrash) {
  EXPECT_THROW(Catalogue::from_json("{"), DefinitionError);
  EXPECT_THROW(Catalogue::from_json(""), DefinitionError);
  EXPECT_THROW(Catalogue::from_json("{\"schema\": 1, \"label\": \"\xFF\"}"), DefinitionError);
  EXPECT_THROW(Catalogue::from_json(std::string(100'000, '[')), DefinitionError);
  EXPECT_THROW(Catalogue::from_json("[]"), DefinitionError);
}

// ----------------------------------------------------------------------------------------------- hashes

TEST(Sha256, EqualsTheExamplesOfFips180) {  // csrc.nist.gov, SHA-256 examples; the empty text from CAVP
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

struct Hashes {
  std::string refused;
  std::string rate;
  bool operator==(const Hashes&) const = default;
};

Hashes hashes_of(const Definitions& definitions) {
  const Catalogue catalogue(definitions);
  return {catalogue.count_hash("refused"), catalogue.definition_hash("non_arrest_rate")};
}

TEST(CatalogueHashes, DoNotChangeWithWhatIsOnlyRead) {
  Definitions definitions = example();
  const Hashes before = hashes_of(definitions);
  definitions.label.en = "Other";
  definitions.tables.front().columns[1].aliases["决定"] = "decided";
  definitions.tables.front().columns[1].label.zh = "决定";
  definitions.tables.front().also = {"案卡"};
  definitions.tables.front().in_order.clear();
  definitions.tables.front().entered.clear();
  Indicator& rate = indicator(definitions, "non_arrest_rate");
  rate.label.zh = "不捕率";
  rate.note.en = "note";
  rate.format = Indicator::Format::percent;
  rate.evidence = "stated";
  rate.denominator = Formula::parse("refused + arrested");
  EXPECT_EQ(hashes_of(definitions), before);
}

TEST(CatalogueHashes, ChangeWithWhatIsCounted) {
  const Hashes before = hashes_of(example());
  const auto changes_both = [&](const std::function<void(Definitions&)>& change) {
    Definitions definitions = example();
    change(definitions);
    const Hashes after = hashes_of(definitions);
    return after.refused != before.refused && after.rate != before.rate;
  };
  EXPECT_TRUE(changes_both([](Definitions& d) { aggregate(d, "refused").where = Expression::parse("office == 'A'"); }));
  EXPECT_TRUE(
      changes_both([](Definitions& d) { aggregate(d, "refused").applies_where = Expression::parse("office == 'A'"); }));
  EXPECT_TRUE(changes_both([](Definitions& d) {
    for (const char* id : {"refused", "arrested"}) aggregate(d, id).date = "received_on";
  }));
  EXPECT_TRUE(changes_both([](Definitions& d) { d.lists["refusals"].pop_back(); }));
  EXPECT_TRUE(changes_both([](Definitions& d) { d.tables.front().columns[1].values.push_back("other"); }));
  EXPECT_TRUE(changes_both([](Definitions& d) { d.calendar.month_starts_on = 26; }));
}

TEST(CatalogueHashes, OfAnIndicatorDoNotRestOnNames) {
  Definitions definitions = example();
  aggregate(definitions, "refused").id = "not_arrested";
  indicator(definitions, "decisions").of = Formula::parse("arrested + not_arrested");
  indicator(definitions, "non_arrest_rate").numerator = Formula::parse("not_arrested");
  EXPECT_EQ(Catalogue(definitions).definition_hash("non_arrest_rate"),
            Catalogue(example()).definition_hash("non_arrest_rate"));
  std::swap(indicator(definitions, "non_arrest_rate").numerator, indicator(definitions, "non_arrest_rate").denominator);
  EXPECT_NE(Catalogue(definitions).definition_hash("non_arrest_rate"),
            Catalogue(example()).definition_hash("non_arrest_rate"));
}

}  // namespace
}  // namespace casemetry
