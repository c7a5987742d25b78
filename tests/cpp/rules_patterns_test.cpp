// SPDX-License-Identifier: Apache-2.0
// Patterns of sources, and what a lead of a pattern weighs under each rule.
#include "lead_samples.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;

// ----------------------------------------------------------------------------------------------- patterns

TEST(Patterns, ReadBackFromTheirText) {
  const Pattern pattern{{{"traditional", 1}, {"digital", 2}}};
  EXPECT_EQ(pattern.text(), "digital 2, traditional 1");
  EXPECT_EQ(Pattern::parse(pattern.text()), pattern);
  EXPECT_EQ(Pattern{}.text(), "[]");
  EXPECT_EQ(Pattern::parse("[]"), Pattern{});
  EXPECT_EQ(Pattern::parse("群众 举报 12"), (Pattern{{{"群众 举报", 12}}}));
}

TEST(Patterns, QuoteNamesThatCouldBeMisread) {
  EXPECT_EQ((Pattern{{{"a, b", 2}, {"c", 1}}}).text(), R"("a, b" 2, c 1)");
  EXPECT_EQ((Pattern{{{R"(say "no"\)", 1}}}).text(), R"("say \"no\"\\" 1)");
  EXPECT_EQ((Pattern{{{"two\nlines", 1}}}).text(), R"("two\nlines" 1)");
  EXPECT_EQ((Pattern{{{"", 1}}}).text(), R"("" 1)");
  EXPECT_EQ((Pattern{{{"12345", 6}, {"a b", 1}, {"[]", 1}}}).text(), "12345 6, [] 1, a b 1");
}

TEST(Patterns, ReadBackWhateverTheNames) {
  const std::vector<std::string> names{
      "",   " ", "a",  "a ", " a",  "a 1", "a, b 2", "\"", "\"a\"", "\\",  "\\n",           "\n",  "\r\n",
      "\t", ",", ", ", "1",  "1 2", "[]",  "线索",   "，", "\\\"",  "a\\", "a\nb, \"c\" 3", "x,y", "\"a\" 1"};
  Pattern all;
  for (const std::string& name : names) {
    const Pattern one{{{name, 3}}};
    EXPECT_EQ(Pattern::parse(one.text()), one) << one.text();
    all.members[name] = static_cast<std::int64_t>(all.members.size() + 1);
  }
  EXPECT_EQ(Pattern::parse(all.text()), all) << all.text();
}

TEST(Patterns, AreRefusedIfTheyAreNone) {
  for (const char* text : {"", "digital", "digital 0", "digital -1", "digital two", " 2", "digital 1, digital 2",
                           "digital 1,", "digital 1, ", "digital 1,traditional 1", R"("digital" 1 )", R"("digital)",
                           R"("digital"1)", R"("\d" 1)", R"("digital\)", R"(digital "a" 1 1,)"})
    expect_says(refusal<DataError>([&] { Pattern::parse(text); }), "is no pattern");
}

TEST(Patterns, PutSourcesThatNoGroupListsIntoTheRest) {
  const Grouping open{.id = "origin", .groups = {{"digital", {"m1", "m2"}}}, .rest = "traditional"};
  EXPECT_EQ(pattern_of(Sources{"m1", "m2", "hotline"}, open).text(), "digital 2, traditional 1");
  const Grouping closed{.id = "origin", .groups = {{"digital", {"model_001"}}}};
  const std::string message = refusal<DataError>([&] { pattern_of(Sources{"model_01"}, closed); });
  expect_says(message, "source 'model_01' is in no group of 'origin'");
  expect_says(message, "did you mean 'model_001'?");
}

TEST(Patterns, OfAGroupingByTableAreLeftToTheData) {
  const Grouping dated{.id = "dated", .table = "source_groups"};
  expect_says(refusal<QueryError>([&] { pattern_of(Sources{"m1"}, dated); }), "table 'source_groups'");
}

// ----------------------------------------------------------------------------------------------- weights

TEST(Weights, AreThoseOfTheTable) {
  const Pattern pattern{{{"digital", 2}, {"hotline", 1}, {"review", 1}}};
  EXPECT_EQ(weight(Rule::any, pattern, "digital"), (Rational{1, 1}));
  EXPECT_EQ(weight(Rule::exclusive, pattern, "digital"), (Rational{0, 1}));
  EXPECT_EQ(weight(Rule::exclusive, Pattern{{{"digital", 2}}}, "digital"), (Rational{1, 1}));
  EXPECT_EQ(weight(Rule::shapley, pattern, "digital"), (Rational{1, 2}));
  EXPECT_EQ(weight(Rule::owen, pattern, "digital"), (Rational{1, 3}));
  EXPECT_EQ(weight(Rule::linear, Pattern{{{"digital", 6}, {"hotline", 3}}}, "digital"), (Rational{2, 3}));
}

TEST(Weights, AreNoneWithoutSources) {
  for (const std::string& name : rule_names()) {
    EXPECT_EQ(weight(rule_named(name), {}, "digital"), (Rational{0, 1})) << name;
    EXPECT_EQ(weight(rule_named(name), Pattern{{{"hotline", 1}}}, "digital"), (Rational{0, 1})) << name;
  }
}

TEST(Weights, OfRulesThatSplitLeadsSumToOne) {
  const Pattern pattern{{{"a", 3}, {"b", 2}, {"c", 2}}};
  for (const Rule rule : {Rule::first, Rule::last, Rule::linear, Rule::shapley, Rule::owen}) {
    double sum = 0;
    for (const char* group : {"a", "b", "c"}) {
      const Rational share = weight(rule, pattern, group);
      sum += static_cast<double>(share.numerator) / static_cast<double>(share.denominator);
    }
    EXPECT_DOUBLE_EQ(sum, 1) << rule_name(rule);
  }
}

TEST(Weights, AreAllEqualWhereASingleSourceFoundTheLead) {
  for (const std::string& name : rule_names())
    EXPECT_EQ(weight(rule_named(name), Pattern{{{"digital", 1}}}, "digital"), (Rational{1, 1})) << name;
}

// Two clones that find the same leads stand for one model.
TEST(Weights, MoveUnderShapleyAndNotUnderOwenWhenAModelIsSplit) {
  const Pattern before{{{"digital", 1}, {"hotline", 1}}};
  const Pattern after{{{"digital", 2}, {"hotline", 1}}};
  EXPECT_EQ(weight(Rule::owen, before, "digital"), weight(Rule::owen, after, "digital"));
  EXPECT_EQ(weight(Rule::shapley, before, "digital"), (Rational{1, 2}));
  EXPECT_EQ(weight(Rule::shapley, after, "digital"), (Rational{2, 3}));
}

TEST(Weights, NameTheNearestRule) {
  expect_says(refusal<QueryError>([] { rule_named("shaply"); }), "no rule 'shaply'; did you mean 'shapley'?");
}

TEST(Shares, AreOverAllLeadsOrThoseWithASource) {
  for (const Over over : {Over::leads, Over::attributed}) EXPECT_EQ(over_named(over_name(over)), over);
  EXPECT_EQ(over_named(""), Over::leads);
  expect_says(refusal<QueryError>([] { over_named("attribute"); }), "not over 'attribute'; did you mean 'attributed'?");
}

}  // namespace
}  // namespace casemetry
