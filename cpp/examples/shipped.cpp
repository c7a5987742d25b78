// SPDX-License-Identifier: Apache-2.0
// A shipped catalogue as a calculator: published counts in, an indicator with its interval and definition out.
//
//   shipped
#include <casemetry/casemetry.hpp>

#include <exception>
#include <iostream>

namespace cm = casemetry;

int main() {
  try {
    const cm::Catalogue catalogue = cm::Catalogue::shipped("spp");
    const cm::Counts counts{{"refused", 313'743}, {"arrested", 1'088'490}};
    const cm::Evaluation rate = cm::evaluate(catalogue, "non_arrest_rate", counts);
    const cm::Indicator& indicator = catalogue.indicator("non_arrest_rate");
    std::cout << indicator.id << ',' << indicator.label.zh << ',' << indicator.numerator.text() << ','
              << indicator.denominator.text() << '\n'
              << *rate.value << ',' << *rate.low << ',' << *rate.high << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
