// SPDX-License-Identifier: Apache-2.0
// What the language asks of sets, and how the calls that make sets are written.
#include <gtest/gtest.h>
#include <algorithm>
#include <casemetry/expression.hpp>

#include "cells.hpp"

namespace casemetry {
namespace {

using testing::Cells;
using Lists = std::map<std::string, std::vector<Literal>>;

// {hotline}, {hotline, model_1}, {}, missing; with `declared` members as many of these as are declared.
Column sources(std::size_t declared = 0) {
  Sets sets;
  for (const std::vector<std::uint32_t>& members : {std::vector<std::uint32_t>{0}, {0, 1}, {}}) sets.add(members);
  return Column::of_sets("sources", {0, 1, 2, 3}, sets, {"hotline", "model_1"}, declared);
}

// A letter a row: yes, no, unknown.
std::string outcomes(std::string_view text, const Column& column = sources(), const Lists& lists = {}) {
  const BoundPredicate predicate(Expression::parse(text), [&](std::string_view) { return column; }, lists);
  std::vector<Outcome> rows(static_cast<std::size_t>(column.rows()));
  predicate.outcomes(0, rows);
  std::string letters;
  for (const Outcome row : rows) letters += row == Outcome::yes ? 'y' : row == Outcome::no ? 'n' : '?';
  return letters;
}

struct Faulted {
  std::vector<ColumnDefinition> columns{{.name = "sources", .type = Type::set, .values = {"hotline", "model_1"}},
                                        {.name = "first", .type = Type::set},
                                        {.name = "source", .type = Type::category, .values = {"hotline", "model_1"}},
                                        {.name = "n", .type = Type::integer},
                                        {.name = "found_on", .type = Type::date},
                                        {.name = "open", .type = Type::boolean}};
  Lists lists{{"digital", {std::string("model_1")}}};

  Scope scope() const {
    Scope scope;
    scope.column = [this](std::string_view name) {
      const auto found = std::ranges::find(columns, name, &ColumnDefinition::name);
      return found == columns.end() ? nullptr : &*found;
    };
    scope.lists = &lists;
    return scope;
  }
  std::string fault(std::string_view text) const {
    const Scope inside = scope();
    Scope outside = scope();
    outside.source = &inside;
    std::vector<Fault> faults;
    check(Expression::parse(text), outside, false, {}, faults);
    return faults.empty() ? "no fault" : faults.front().message;
  }
};

// ---- as it is written

TEST(SetExpression, PrintsBackWhatWasWritten) {
  for (const std::string_view text : {
           "has(sources, 'hotline')",
           "meets(sources, ['a', 'b']) or within(sources, @digital)",
           "within(sources, [])",
           "size(sources) >= 2",
           "set(source)",
           "set(source where between(days(registered_on, found_on), 0, 90))",
           "bag(source where open or late)",
           "earliest(source by found_on)",
           "latest(coalesce(source, other) by greatest(a, b) where by == 1)",
           "earliest(by by by where where)",
           "size(set(source)) == 1 and has == set",
       }) {
    const Expression expression = Expression::parse(text);
    EXPECT_EQ(expression.text(), text);
    EXPECT_TRUE(Expression::parse(expression.text()).same_as(expression)) << text;
  }
}

TEST(SetExpression, IsTheSameTreeFromOperatorsAsFromText) {
  EXPECT_EQ(has(col("s"), "a").text(), "has(s, 'a')");
  EXPECT_EQ(meets(col("s"), {std::string("a")}).text(), "meets(s, ['a'])");
  EXPECT_EQ(within_list(col("s"), "digital").text(), "within(s, @digital)");
  EXPECT_EQ(size(col("s")).text(), "size(s)");
  EXPECT_EQ(call(Operation::collapse_earliest, {col("x"), col("t"), col("p")}).text(), "earliest(x by t where p)");
}

TEST(SetExpression, TellsItsListsItsColumnsAndItsCondition) {
  const Expression expression = Expression::parse("meets(sources, @digital) and within(first, @old)");
  EXPECT_EQ(expression.lists(), (std::vector<std::string>{"digital", "old"}));
  EXPECT_EQ(expression.columns(), (std::vector<std::string>{"first", "sources"}));
  EXPECT_EQ(condition_of(Expression::parse("earliest(x by t where p)"))->text(), "p");
  EXPECT_EQ(condition_of(Expression::parse("earliest(x by t)")), nullptr);
  EXPECT_EQ(condition_of(Expression::parse("set(x where p)"))->text(), "p");
  EXPECT_EQ(condition_of(Expression::parse("set(x)")), nullptr);
}

TEST(SetExpression, TellsWhereItIsMiswritten) {
  const auto message = [](std::string_view text) -> std::string {
    try {
      Expression::parse(text);
    } catch (const DefinitionError& error) {
      return error.faults().front().message;
    }
    return "no fault";
  };
  EXPECT_NE(message("earliest(source)").find("needs the time that it goes by"), std::string::npos);
  EXPECT_NE(message("earliest(source, found_on)").find("earliest(x by time where condition)"), std::string::npos);
  EXPECT_NE(message("meets(sources)").find("of a set and a list"), std::string::npos);
  EXPECT_NE(message("meets(sources, digital)").find("a named list is written @digital"), std::string::npos);
  EXPECT_NE(message("within(sources, 'a')").find("a list in square brackets"), std::string::npos);
  EXPECT_NE(message("set(source by found_on)"), "no fault");
}

// ---- what is checked

TEST(SetExpression, TakesSetsWhereItAsksAboutThem) {
  const Faulted names;
  for (const std::string_view text :
       {"has(sources, 'hotline')", "meets(sources, @digital)", "within(first, ['anything'])", "size(sources) > 1",
        "is_null(first)", "set(source)", "bag(source where open)", "earliest(source by found_on)",
        "latest(source by n where open)", "only(first)"})
    EXPECT_EQ(names.fault(text), "no fault") << text;
}

TEST(SetExpression, TellsWhatIsNoSetAndWhatAListedSetDoesNotList) {
  const Faulted names;
  const auto expect = [&](std::string_view text, const std::string& part) {
    EXPECT_NE(names.fault(text).find(part), std::string::npos) << text << ": " << names.fault(text);
  };
  expect("has(source, 'hotline')", "has asks about a set, but source is a category");
  expect("size(n)", "size asks about a set, but n is an integer");
  expect("has(sources, 'hotlin')", "column 'sources' does not list 'hotlin'");
  expect("meets(sources, ['hotline', 'other'])", "does not list 'other'");
  expect("meets(sources, @analog)", "there is no list '@analog'");
  expect("meets(sources, [1])", "the members of a set are texts");
  expect("has(sources, n)", "looks for a text in quotes");
  expect("sources == 'hotline'", "is asked by has(sources, 'text')");
  expect("sources in ['hotline']", "is asked by has(sources, 'text')");
  expect("sources == first", "sets are not compared");
  expect("contains(sources, 'h')", "contains asks about text");
  expect("coalesce(sources, first)", "coalesce takes single values");
  expect("sources", "no fault");
  expect("max(sources)", "max takes dates or numbers");
  expect("set(n)", "set takes text or a category, but n is an integer");
  expect("set(sources)", "sources is a set already");
  expect("earliest(source by open)", "earliest goes by a date or a number, but open is true or false");
}

TEST(SetExpression, HandsOnWhatMembersAreListed) {
  const Faulted names;
  const Scope inside = names.scope();
  Scope outside = names.scope();
  outside.source = &inside;
  const auto result = result_of(Expression::parse("set(source)"), outside);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->type, Type::set);
  EXPECT_EQ(result->values, (std::vector<std::string>{"hotline", "model_1"}));
  EXPECT_EQ(result_of(Expression::parse("size(sources)"), outside)->type, Type::integer);
}

// ---- what it means

TEST(SetOutcomes, OfAnEmptySetAreNoAndOfAMissingOneUnknown) {
  EXPECT_EQ(outcomes("has(sources, 'hotline')"), "yyn?");
  EXPECT_EQ(outcomes("has(sources, 'model_1')"), "nyn?");
  EXPECT_EQ(outcomes("meets(sources, ['model_1', 'report'])"), "nyn?");
  EXPECT_EQ(outcomes("within(sources, ['hotline', 'report'])"), "ynn?");
  EXPECT_EQ(outcomes("within(sources, @all)", sources(), {{"all", {std::string("hotline"), std::string("model_1")}}}),
            "yyn?");
  EXPECT_EQ(outcomes("size(sources) >= 1"), "yyn?");
  EXPECT_EQ(outcomes("size(sources) == 0"), "nny?");
  EXPECT_EQ(outcomes("is_null(sources)"), "nnny");
  EXPECT_EQ(outcomes("not has(sources, 'hotline')"), "nny?");
  EXPECT_EQ(outcomes("meets(sources, [])"), "nnn?");
}

TEST(SetOutcomes, AreUnknownWhereTheyHangOnAMemberThatIsNotListed) {
  const Column closed = sources(/*declared=*/1);  // model_1 is not listed
  EXPECT_EQ(outcomes("has(sources, 'hotline')", closed), "yyn?");
  EXPECT_EQ(outcomes("within(sources, ['hotline'])", closed), "y?n?");
  EXPECT_EQ(outcomes("meets(sources, ['report'])", closed), "n?n?");
  EXPECT_EQ(outcomes("size(sources) == 2", closed), "nyn?");
}

TEST(SetOutcomes, AreDecidedOnceASet) {
  const Column column = sources();
  const BoundPredicate predicate(Expression::parse("has(sources, 'model_1') or size(sources) == 0"),
                                 [&](std::string_view) { return column; }, {});
  ASSERT_NE(predicate.decided_by(), nullptr);
  EXPECT_EQ(predicate.by_code().size(), column.sets().size() + 1);
  EXPECT_TRUE(predicate.may_be_unknown());
}

TEST(SetOutcomes, CountTheRepeatsOfABag) {
  Sets sets;
  sets.add(std::vector<std::uint32_t>{0, 0, 1});
  const Column bag = Column::of_sets("sources", {0}, sets, {"a", "b"}, 0);
  EXPECT_EQ(outcomes("size(sources) == 3", bag), "y");
  EXPECT_EQ(testing::cells(materialised(
                Expression::parse("size(sources)"), [&](std::string_view) { return bag; }, {}, {}, "n", 1)),
            (Cells{"3"}));
}

}  // namespace
}  // namespace casemetry
