// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <casemetry/expression.hpp>

namespace casemetry {
namespace {

Date on(int year, unsigned month, unsigned day) {
  return Date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

std::string reprinted(std::string_view text) {
  return Expression::parse(text).text();
}

Fault fault_of(std::string_view text) {
  try {
    Expression::parse(text);
  } catch (const DefinitionError& error) {
    EXPECT_EQ(error.faults().size(), 1U) << text;
    return error.faults().front();
  }
  ADD_FAILURE() << text << " is read without a fault";
  return {};
}

// ---- the language as it is written

TEST(Expression, PrintsBackWhatWasWritten) {
  for (const std::string_view text : {
           "decision == 'refused'",
           "age >= 18 and age < 60",
           "decision in ['approved', 'decided'] or not after_arrest",
           "decision not in @refusals",
           "between(decided_on, 2024-01-01, 2024-12-31)",
           "not is_null(decided_on)",
           "starts_with(charge, '危险') and contains(charge, '驾驶')",
           "days(filed_on, decided_on) <= 7",
           "year(decided_on) == 2024 and quarter(decided_on) in [1, 2] and month(decided_on) != 6",
           "coalesce(guilty_on, disposed_on) > least(filed_on, greatest(a, b))",
           "answered_on <= add_days(received_on, 7)",
           "add_months(received_on, -3) < 2024-03-01",
           "amount > 12.50",
           "amount == -0.05",
           "arrested",
           "true",
           "(a == b) == true",
           "(a or b) and (c or d)",
           "not (a and b)",
           "not not a",
           "a or b and c",
           "(not a) == b",
           "`审查 结论` == '不捕'",
           "审查结论 == '不捕'",
           "`and` == `it's \\` a \\\\ name`",
           "decision in @`my list`",
           "decision in []",
           "name == \"it's\"",
           "name == 'it\\'s \"so\"'",
           "name == 'line\\nbreak\\t\\u{0}\\\\'",
       })
    EXPECT_EQ(reprinted(text), text);
}

TEST(Expression, PrintsNoMoreThanIsNeeded) {
  EXPECT_EQ(reprinted(" ((decision)=='refused')  or(a or (b)) "), "decision == 'refused' or a or b");
  EXPECT_EQ(reprinted("(a and b) or (c and (d and e))"), "a and b or c and d and e");
  EXPECT_EQ(reprinted("not (a == b)"), "not a == b");
  EXPECT_EQ(reprinted("`decision` == \"refused\""), "decision == 'refused'");
  EXPECT_EQ(reprinted("a　==　b"), "a == b");  // ideographic spaces
  EXPECT_EQ(reprinted("decision in ['a',]"), "decision in ['a']");
  EXPECT_EQ(reprinted("name == '\\u{4E2D}\\'文'"), "name == \"中'文\"");
}

TEST(Expression, BindsOrLooserThanAndLooserThanNotLooserThanComparison) {
  EXPECT_TRUE(Expression::parse("a or b and not c == d").same_as(col("a") || (col("b") && !(col("c") == col("d")))));
}

TEST(Expression, TakesAFunctionNameAsAColumnUnlessItIsCalled) {
  EXPECT_EQ(Expression::parse("year == 2024 and year(month) == 2024").columns(),
            (std::vector<std::string>{"month", "year"}));
}

TEST(Expression, IsTheSameTreeFromOperatorsAsFromText) {
  const Expression built =
      col("decision") == "refused" && in(col("office"), {"A", "B"}) && !(col("age") < lit(std::int64_t{18})) &&
      between(col("on"), on(2024, 3, 1), on(2024, 4, 30)) && days(col("a"), col("b")) != lit(Decimal{25, 1}) &&
      not_in_list(col("c"), "x") && (is_null(col("d")) || starts_with(col("e"), "x") || contains(col("e"), "y"));
  EXPECT_EQ(
      built.text(),
      "decision == 'refused' and office in ['A', 'B'] and not age < 18 and between(on, 2024-03-01, 2024-04-30) and "
      "days(a, b) != 2.5 and c not in @x and (is_null(d) or starts_with(e, 'x') or contains(e, 'y'))");
  EXPECT_TRUE(Expression::parse(built.text()).same_as(built));
  EXPECT_FALSE(built.same_as(col("decision")));
}

TEST(Expression, TellsTheColumnsAndListsItReads) {
  const Expression expression = Expression::parse("b in @z and (a in @y or b == `c d`) and b in @z");
  EXPECT_EQ(expression.columns(), (std::vector<std::string>{"a", "b", "c d"}));
  EXPECT_EQ(expression.lists(), (std::vector<std::string>{"y", "z"}));
}

TEST(Expression, KnowsWhereEachPartStoodInCodePoints) {
  const Expression expression = Expression::parse("审查结论 == '不捕' and x in [1, 22]");
  EXPECT_EQ(expression.node().position, 13U);
  EXPECT_EQ(expression.node().children[0].node().position, 5U);
  EXPECT_EQ(expression.node().children[1].node().value_positions, (std::vector<std::size_t>{23, 26}));
  EXPECT_EQ(col("x").node().position, std::nullopt);
}

// ---- what is refused, and where

TEST(Expression, TellsWhatIsWrongAndWhere) {
  struct Case {
    std::string_view text;
    std::size_t position;
    std::string_view says;
  };
  for (const Case& expected : std::initializer_list<Case>{
           {"", 0, "empty"},
           {"decision ==", 11, "found the end"},
           {"decision = 'refused'", 9, "write == to compare"},
           {"a && b", 2, "write and"},
           {"a || b", 2, "write or"},
           {"a AND b", 2, "write and in small letters"},
           {"a <> b", 2, "write !="},
           {"!a", 0, "write not"},
           {"a + 1", 2, "no arithmetic"},
           {"b - a", 2, "days(from, to)"},
           {"（a）", 0, "write ("},
           {"least(a，b)", 7, "Chinese comma"},
           {"结论 == ‘不捕’", 6, "write '"},
           {"结论 == “不捕”", 6, "write \""},
           {"结论 ＝ '不捕'", 3, "write =="},
           {"a == 'x", 5, "not closed by '"},
           {"`a == 'x'", 0, "not closed by `"},
           {"a == 'x\\q'", 7, "after \\"},
           {"a == 'x\\u{D800}'", 7, "after \\"},
           {"1 < a < 5", 6, "between(x, low, high)"},
           {"a == b == c", 7, "not chained"},
           {"a in 'x'", 5, "square brackets"},
           {"a in ('x')", 5, "square brackets"},
           {"a in refusals", 5, "@refusals"},
           {"a in [b]", 6, "found 'b'"},
           {"a in ['x'", 5, "not closed"},
           {"a == ['x']", 5, "stands after in"},
           {"a == @x", 5, "stands after in"},
           {"a not b", 2, "x not in"},
           {"a == not b", 5, "in parentheses"},
           {"(a or b", 0, "'(' is not closed"},
           {"a or b)", 6, "closes nothing"},
           {"a b", 2, "expected an operator"},
           {"x is null", 2, "is_null(x)"},
           {"x between 1", 2, "between(x, low, high)"},
           {"x like 'a'", 2, "contains"},
           {"a and", 5, "found the end"},
           {"isnull(a)", 0, "did you mean 'is_null'?"},
           {"decision == 'a' or startswith(b, 'x')", 19, "did you mean 'starts_with'?"},
           {"days(a)", 0, "days(from, to) takes 2 arguments, not 1"},
           {"least(a)", 0, "takes at least 2 arguments"},
           {"is_null()", 0, "takes 1 argument, not 0"},
           {"d < 2024-3-1", 4, "2024-03-01"},
           {"d < 2024/03/01", 4, "2024-03-01"},
           {"d < 2024-13-01", 4, "no day 2024-13-01"},
           {"d < 2023-02-29", 4, "no day"},
           {"d < 0000-01-01", 4, "no day"},
           {"n == 5.", 5, "12.50"},
           {"n == .5", 5, "0.5"},
           {"n == 1e5", 5, "neither a number nor a date"},
           {"n == 18岁", 5, "'18岁'"},
           {"n == １８", 5, "full-width digit"},
           {"n == 9223372036854775808", 5, "too large"},
           {"n == -9223372036854775808", 5, "too large"},
           {"n == 1.0000000000000000001", 5, "18 digits"},
           {"a == `` ", 5, "cannot be empty"},
           {"a.b == 1", 1, "backticks"},
           {"a == $1", 5, "'$'"},
           {"a == \xE2\x80\x8B"
            "1",
            5, "U+200B"},
           {"a == '\xFF'", 6, "UTF-8"},
       }) {
    const Fault fault = fault_of(expected.text);
    EXPECT_EQ(fault.position, expected.position) << expected.text << ": " << fault.message;
    EXPECT_NE(fault.message.find(expected.says), std::string::npos) << expected.text << ": " << fault.message;
  }
}

TEST(Expression, RefusesWhatIsTooDeepOrTooLargeWithItsPosition) {
  const auto nested = [](std::size_t n) { return std::string(n, '(') + "a" + std::string(n, ')'); };
  EXPECT_EQ(reprinted(nested(200)), "a");
  EXPECT_EQ(fault_of(nested(100'000)).position, 200U);
  EXPECT_EQ(fault_of(std::string(100'000, '(')).position, 200U);
  std::string nots;
  for (int i = 0; i < 50'000; ++i) nots += "not ";
  EXPECT_TRUE(fault_of(nots + "a").position.has_value());
  std::string terms = "a";
  for (int i = 1; i < 1'000'000; ++i) terms += " or a";
  EXPECT_EQ(fault_of(terms).position, 500'000U);
}

TEST(Expression, ReadsPrintsAndDropsALongChain) {
  std::string terms = "a";
  for (int i = 1; i < 90'000; ++i) terms += " or a";
  EXPECT_EQ(reprinted(terms), terms);
}

TEST(Expression, KeepsATreeBuiltByOperatorsWithinItsBounds) {
  Expression deep = col("a");
  EXPECT_THROW(for (int i = 0; i < 300; ++i) deep = !deep, DefinitionError);
  EXPECT_TRUE(Expression::parse(deep.text()).same_as(deep));
  Expression shared = col("a");
  EXPECT_THROW(for (int i = 0; i < 64; ++i) shared = shared && shared, DefinitionError);
  EXPECT_TRUE(Expression::parse(shared.text()).same_as(shared));
}

TEST(Expression, RefusesNodesThatCannotBeWritten) {
  EXPECT_THROW(col(""), DefinitionError);
  EXPECT_THROW(col("\xFF"), DefinitionError);
  EXPECT_THROW(lit(std::string("\xC0\x80")), DefinitionError);
  EXPECT_THROW(lit(missing_number), DefinitionError);
  EXPECT_THROW(lit(Decimal{1, 19}), DefinitionError);
  EXPECT_THROW(lit(Date(std::chrono::days(4'000'000))), DefinitionError);
  EXPECT_THROW(in_list(col("a"), ""), DefinitionError);
  EXPECT_THROW(call(Operation::year, {}), DefinitionError);
  EXPECT_THROW(call(Operation::logical_and, {col("a")}), DefinitionError);
}

// ---- checking against columns

const std::vector<ColumnDefinition> columns{
    {.name = "decision",
     .type = Type::category,
     .values = {"approved", "decided", "refused"},
     .aliases = {{"rejected", "refused"}}},
    {.name = "office", .type = Type::category},
    {.name = "name", .type = Type::text},
    {.name = "filed_on", .type = Type::text},
    {.name = "decided_on", .type = Type::date},
    {.name = "age", .type = Type::integer},
    {.name = "amount", .type = Type::decimal, .scale = 2},
    {.name = "detained", .type = Type::boolean},
};

const std::map<std::string, std::vector<Literal>> lists{
    {"refusals", {"refused"}}, {"stale", {"refused", "dropped"}}, {"numbers", {std::int64_t{1}}}};

Scope scope() {
  Scope scope;
  scope.column = [](std::string_view name) -> const ColumnDefinition* {
    for (const ColumnDefinition& column : columns)
      if (column.name == name) return &column;
    return nullptr;
  };
  for (const ColumnDefinition& column : columns) scope.column_names.push_back(column.name);
  scope.lists = &lists;
  return scope;
}

std::vector<Fault> faults_of(std::string_view text, bool predicate = true) {
  std::vector<Fault> faults;
  check(Expression::parse(text), scope(), predicate, "aggregate.x.where", faults);
  return faults;
}

TEST(Check, PassesWhatTheColumnsCanAnswer) {
  for (const std::string_view text : {
           "decision == 'refused' and decision not in @refusals",
           "office == 'anything' and name != office",
           "detained and not detained == true and detained in [false]",
           "age >= 18 and age < 60.5 and amount == 100 and between(amount, 0, age)",
           "decided_on < 2024-03-01 and between(decided_on, 2024-01-01, 2024-12-31)",
           "filed_on < 2024-03-01 and filed_on <= decided_on and days(filed_on, decided_on) > 7",
           "coalesce(filed_on, decided_on) in [2024-03-01] and year(coalesce(filed_on, name)) == 2024",
           "starts_with(name, 'x') or contains(decision, 'ref') or is_null(age) or is_null(decision == 'refused')",
           "least(decided_on, add_days(decided_on, age)) == greatest(decided_on, add_months(filed_on, 1))",
           "least(age, amount) > 1 and coalesce(detained, false) and coalesce(name, 'x') == 'x'",
           "(age > 1) == detained",
           "true",
       })
    EXPECT_TRUE(faults_of(text).empty()) << text << ": " << faults_of(text).front().message;
  EXPECT_TRUE(faults_of("days(filed_on, decided_on)", false).empty());
}

TEST(Check, TellsWhatCannotBeAnsweredAndWhere) {
  struct Case {
    std::string_view text;
    std::size_t position;
    std::string_view says;
  };
  for (const Case& expected : std::initializer_list<Case>{
           {"desicion == 'refused'", 0, "there is no column 'desicion'; did you mean 'decision'?"},
           {"age == null", 7, "is_null(x)"},
           {"decision in @refusal", 9, "there is no list '@refusal'; did you mean 'refusals'?"},
           {"decision == 'refusd'", 12, "'decision' does not list 'refusd'; did you mean 'refused'?"},
           {"'refusd' != decision", 0, "does not list"},
           {"decision == 'rejected'", 12, "it is read as 'refused'"},
           {"decision in ['refused', 'decide']", 24, "did you mean 'decided'?"},
           {"decision in @stale", 9, "does not list 'dropped'"},
           {"decision in @numbers", 9, "in quotes: '1'"},
           {"name == 12", 8,
            "name is text and 12 is an integer: they cannot be compared; declare the column as a number, or write the "
            "number in quotes: '12'"},
           {"age == '18'", 7, "write the number without quotes: 18"},
           {"age in [18, 'x']", 12, "age is an integer and 'x' is text"},
           {"decided_on == '2024-03-01'", 14, "write the date without quotes: 2024-03-01"},
           {"decided_on == 'March'", 14, "dates are written 2024-03-01"},
           {"decided_on == 2024", 14, "dates are written 2024-03-01"},
           {"filed_on < '2024-03-01'", 11, "write the date without quotes"},
           {"office == 2024-03-01", 10, "declare the column as a date"},
           {"detained == 1", 12, "write true or false"},
           {"detained == 'true'", 12, "write true or false"},
           {"age == decided_on", 4, "age is an integer and decided_on is a date: they cannot be compared"},
           {"name < office", 5, "text has no order"},
           {"between(name, 'a', 'b')", 0, "text has no order"},
           {"detained < true", 9, "no order"},
           {"age", 0, "a condition is wanted, but age is an integer"},
           {"detained and decided_on", 13, "decided_on is a date"},
           {"not days(decided_on, decided_on)", 4, "a condition is wanted"},
           {"starts_with(age, 'x')", 12, "starts_with asks about text"},
           {"contains(name, office)", 15, "a text in quotes"},
           {"year(age) == 2024", 5, "year takes a date, but age is an integer"},
           {"days('2024-03-01', decided_on) > 1", 5, "without quotes: 2024-03-01"},
           {"days(office, decided_on) > 1", 5, "office is a category"},
           {"add_days(decided_on, amount) == decided_on", 21, "takes an integer"},
           {"coalesce(age, name) == 1", 14, "cannot be compared"},
           {"least(name, office) == 'x'", 6, "takes dates or numbers"},
           {"least(detained, true)", 6, "takes dates or numbers"},
       }) {
    const auto faults = faults_of(expected.text);
    ASSERT_FALSE(faults.empty()) << expected.text;
    EXPECT_EQ(faults[0].path, "aggregate.x.where");
    EXPECT_EQ(faults[0].position, expected.position) << expected.text << ": " << faults[0].message;
    EXPECT_NE(faults[0].message.find(expected.says), std::string::npos) << expected.text << ": " << faults[0].message;
  }
}

TEST(Check, TellsEveryFaultAtOnceAndEachOnce) {
  const auto faults = faults_of("desicion == 'a' and age == '18' and decision == 'x' or offce == name");
  EXPECT_EQ(faults.size(), 4U);
  EXPECT_EQ(faults_of("between(ages, 1, 2)").size(), 1U);
}

}  // namespace
}  // namespace casemetry
