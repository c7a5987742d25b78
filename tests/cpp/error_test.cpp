// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <casemetry/error.hpp>

namespace casemetry {
namespace {

const std::vector<std::string> names{"decision", "decided_on", "office", "不捕率", "不诉率"};

TEST(Nearest, FindsATypingErrorOfAThirdOfTheLetters) {
  EXPECT_EQ(nearest("desicion", names), "decision");
  EXPECT_EQ(nearest("ofice", names), "office");
  EXPECT_EQ(nearest("不逮率", names), "不捕率");
}

TEST(Nearest, FoldsCaseWidthAndSeparators) {
  EXPECT_EQ(nearest("ＤＥＣＩＳＩＯＮ", names), "decision");
  EXPECT_EQ(nearest("Decided-On", names), "decided_on");
}

TEST(Nearest, SuggestsNothingThatIsFarAway) {
  EXPECT_EQ(nearest("weather", names), std::nullopt);
}

TEST(Nearest, TakesBytesThatAreNotUtf8ForLettersOfTheirOwn) {
  EXPECT_EQ(nearest("office\xFF", names), "office");
  EXPECT_EQ(nearest("\xE4\xB8", names), std::nullopt);
}

TEST(Suggestion, ListsWhatIsKnownWhenNothingIsNear) {
  EXPECT_EQ(suggestion("ofice", names), "did you mean 'office'?");
  EXPECT_EQ(suggestion("weather", names), "known: decision, decided_on, office, 不捕率, 不诉率");
  EXPECT_EQ(suggestion("weather", {}), "");
}

TEST(DefinitionError, TellsEveryFaultWithItsPlace) {
  const DefinitionError error(
      {{"aggregate.refused.where", "unknown column 'decison'", 4}, {"indicator.x", "no numerator", {}}});
  EXPECT_STREQ(
      error.what(),
      "2 faults:\n- aggregate.refused.where: unknown column 'decison' (at character 5)\n- indicator.x: no numerator");
}

}  // namespace
}  // namespace casemetry
