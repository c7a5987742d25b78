// SPDX-License-Identifier: Apache-2.0
#include <casemetry/catalogue.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace casemetry {
namespace {

std::string refusal(std::string_view id) {
  try {
    Catalogue::shipped(id);
  } catch (const QueryError& error) {
    return error.what();
  }
  return "not refused";
}

TEST(Shipped, AllOfThemAreValidAndReadBackAsTheyAreWritten) {
  for (const std::string& id : shipped_catalogues()) {
    const Catalogue catalogue = Catalogue::shipped(id);
    EXPECT_FALSE(catalogue.definitions().indicators.empty()) << id;
    EXPECT_EQ(Catalogue::from_json(catalogue.json()).json(), catalogue.json()) << id;
  }
}

TEST(Shipped, TheCatalogueOfTheFieldIsOneOfThem) {
  const auto ids = shipped_catalogues();
  EXPECT_TRUE(std::ranges::is_sorted(ids));
  EXPECT_EQ(std::ranges::count(ids, "spp"), 1);
  EXPECT_EQ(Catalogue::shipped("spp").indicator("non_arrest_rate").label.zh, "不捕率");
}

TEST(Shipped, ANameThatNoneHasIsRefusedWithTheNearest) {
  EXPECT_EQ(refusal("cook_county"), "no catalogue 'cook_county' is shipped; did you mean 'cook-county'?");
  EXPECT_EQ(refusal("zzz").substr(0, 47), "no catalogue 'zzz' is shipped; known: cn-traffi");
}

}  // namespace
}  // namespace casemetry
