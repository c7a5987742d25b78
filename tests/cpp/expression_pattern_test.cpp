// SPDX-License-Identifier: Apache-2.0
// Patterns of sets as they are written and checked.
#include <gtest/gtest.h>

#include <algorithm>
#include <casemetry/expression.hpp>
#include <vector>

namespace casemetry {
namespace {

std::string fault_of_text(std::string_view text) {
  try {
    Expression::parse(text);
  } catch (const DefinitionError& error) {
    const Fault& fault = error.faults().front();
    return std::to_string(fault.position.value()) + ": " + fault.message;
  }
  return "no fault";
}

// A unit of leads collapsed from discoveries; the groups of `dated` change over time, those of `origin` do not.
struct Leads {
  std::vector<ColumnDefinition> columns{{.name = "sources", .type = Type::set, .identifies = true},
                                        {.name = "source", .type = Type::category},
                                        {.name = "found_on", .type = Type::date}};

  Scope source() const {
    Scope scope;
    scope.column = [this](std::string_view name) {
      const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return c.name == name; });
      return found == columns.end() ? nullptr : &*found;
    };
    return scope;
  }
  Scope unit(const Scope& of_source) const {
    Scope scope = source();
    scope.source = &of_source;
    scope.patterns = true;
    scope.groupings = {{"origin", false}, {"dated", true}};
    return scope;
  }
  std::string fault(std::string_view text) const {
    const Scope of_source = source();
    std::vector<Fault> faults;
    check(Expression::parse(text), unit(of_source), false, {}, faults);
    return faults.empty() ? "no fault" : std::to_string(faults.front().position.value()) + ": " + faults[0].message;
  }
  std::optional<ColumnDefinition> result(std::string_view text) const {
    const Scope of_source = source();
    return result_of(Expression::parse(text), unit(of_source));
  }
};

TEST(Pattern, PrintsAsItIsWritten) {
  for (const std::string text :
       {"pattern(sources, @origin)", "pattern(sources, @origin by found_on)", "pattern(set(source), @`来源 类别`)",
        "pattern(sources, @source) == 'm1 2'", "pattern(sources, @origin by coalesce(filed_on, found_on))"})
    EXPECT_EQ(Expression::parse(text).text(), text);
}

TEST(Pattern, IsBuiltInCodeAsItIsParsed) {
  EXPECT_TRUE(pattern(col("sources"), "origin").same_as(Expression::parse("pattern(sources, @origin)")));
  EXPECT_TRUE(pattern(col("sources"), "origin", col("d")).same_as(Expression::parse("pattern(sources, @origin by d)")));
  EXPECT_FALSE(pattern(col("sources"), "origin").same_as(pattern(col("sources"), "source")));
  EXPECT_THROW(pattern(col("sources"), ""), DefinitionError);
}

TEST(Pattern, TellsWhatItReads) {
  const Expression mixed = Expression::parse("pattern(sources, @origin by d) == pattern(sources, @source)");
  EXPECT_EQ(mixed.columns(), (std::vector<std::string>{"d", "sources"}));
  EXPECT_EQ(mixed.groupings(), (std::vector<std::string>{"origin", "source"}));
  EXPECT_TRUE(mixed.lists().empty()) << "a grouping is no list";
  ASSERT_EQ(patterns(mixed).size(), 2U);
  EXPECT_EQ(patterns(mixed).front().text(), "pattern(sources, @origin by d)");
}

TEST(Pattern, IsOfASetAndAGrouping) {
  EXPECT_EQ(fault_of_text("pattern(sources)"), "15: of a set and a grouping: pattern(set, @grouping by date)");
  EXPECT_EQ(fault_of_text("pattern(sources, origin)"), "17: a grouping is written @origin");
  EXPECT_EQ(fault_of_text("pattern(sources, ['a'])"),
            "17: after the set stands a grouping: pattern(set, @grouping by date)");
  EXPECT_EQ(fault_of_text("pattern(sources, @origin, found_on)"),
            "24: expected an operator (==, <, in, and, or …) before ','");
}

TEST(Pattern, IsAnOpenCategory) {
  const Leads leads;
  EXPECT_EQ(leads.result("pattern(sources, @origin)")->type, Type::category);
  EXPECT_EQ(leads.result("pattern(set(source), @origin)")->type, Type::category);
  EXPECT_EQ(leads.result("pattern(sources, @origin) == 'digital 1'")->type, Type::boolean);
}

TEST(Pattern, IdentifiesOnlyWhereItNamesTheMembers) {
  const Leads leads;
  EXPECT_TRUE(leads.result("pattern(sources, @source)")->identifies);
  EXPECT_FALSE(leads.result("pattern(sources, @origin)")->identifies);
}

TEST(Pattern, TellsWhatItCannotBeOf) {
  const Leads leads;
  EXPECT_EQ(leads.fault("pattern(source, @origin)"),
            "8: pattern asks about a set, but source is a category; of one value ask x == 'a', or x in ['a', 'b']");
  EXPECT_EQ(leads.fault("pattern(sources, @orign)"), "0: there is no grouping '@orign'; did you mean 'origin'?");
  EXPECT_EQ(leads.fault("pattern(sources, @origin by source)"), "28: pattern takes a date, but source is a category");
  EXPECT_EQ(leads.fault("pattern(sources, @dated)"),
            "0: the groups of '@dated' change over time: say by which date, pattern(set, @dated by date)");
  EXPECT_EQ(leads.fault("pattern(sources, @dated by found_on)"), "no fault");
  EXPECT_EQ(leads.fault("pattern(sources, @origin by found_on)"), "no fault");
  EXPECT_EQ(leads.fault("pattern(sources, @source)"), "no fault");
}

TEST(Pattern, StandsInAColumnOfAUnitAndNowhereElse) {
  const Leads leads;
  const Expression mixed = Expression::parse("pattern(sources, @source) == 'm1 1'");
  std::vector<Fault> faults;
  check(mixed, leads.source(), true, "aggregate.mixed.where", faults);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults.front().message,
            "a pattern stands in a column of a unit: declare a unit with such a column, and ask about the column");
  EXPECT_EQ(faults.front().position, 0U);
  EXPECT_EQ(leads.fault("only(pattern(sources, @source))"),
            "5: pattern inside a collapse call: make it a column of a unit of its own, and take that unit as the "
            "source");
}

}  // namespace
}  // namespace casemetry
