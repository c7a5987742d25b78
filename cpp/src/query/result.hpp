// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a Result stores: a column a field, a code for each label.
#pragma once

#include <casemetry/query.hpp>

namespace casemetry {
namespace question {

/// Floats, some of them empty.
class Doubles {
 public:
  void add(std::optional<double> value);
  std::optional<double> at(std::size_t row) const;
  ArrowColumn::Doubles arrow() const;

 private:
  std::vector<double> values_;  // NaN: empty, for no value of a result is one
};

/// Numerators or denominators, some of them empty: whole numbers until the first that is none, floats from then on.
class Numbers {
 public:
  void add(const std::optional<Number>& number);
  std::optional<Number> at(std::size_t row) const;
  std::variant<ArrowColumn::Integers, ArrowColumn::Doubles> arrow() const;

 private:
  void turn_to_fractions();
  bool is_whole_ = true;
  std::vector<std::int64_t> whole_;  // missing_number: empty
  Doubles fractions_;
};

/// The columns of one comparison.
struct Changes {
  Doubles value, change, low, high;
  std::vector<bool> is_new;
  void add(const Change& change);
  Change at(std::size_t row) const;
};

/// The columns of contributions; rows of other indicators are empty.
struct Bands {
  Doubles standard_error, exclusive, any;
  ArrowColumn::Integers leads, unattributed;
  std::vector<bool> is_there;
  void add(const std::optional<Band>& band);
  std::optional<Band> at(std::size_t row) const;
};

}  // namespace question

struct Result::Data {
  Catalogue catalogue;
  Query query;  ///< as asked, with all indicators named
  std::vector<DimensionLabels> dimensions;
  std::vector<std::string> periods;
  std::map<std::string, std::string> metadata;
  // a code a row: into query.indicators; into the labels of each dimension; into periods, whose size stands for none
  std::vector<std::uint32_t> indicator, codes, period;
  question::Doubles value, low, high, least, most;
  question::Numbers numerator, denominator;
  std::vector<std::int64_t> unknown;     ///< missing_number: protected
  std::optional<question::Bands> bands;  ///< if a contribution is asked
  std::vector<Flags> flags;
  std::vector<question::Changes> changes;  ///< one for each of query.compare
  std::vector<Period> steps;               ///< of the rows of a cell
  std::optional<Cube> cube;                ///< that it was asked of; none if it is protected

  void add(const Evaluation& evaluation);
};

}  // namespace casemetry
