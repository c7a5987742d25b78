// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "query/result.hpp"

namespace casemetry {
namespace question {

void Doubles::add(std::optional<double> value) {
  values_.push_back(value.value_or(std::nan("")));
}

std::optional<double> Doubles::at(std::size_t row) const {
  return std::isnan(values_[row]) ? std::nullopt : std::optional(values_[row]);
}

ArrowColumn::Doubles Doubles::arrow() const {
  ArrowColumn::Doubles column;
  column.reserve(values_.size());
  for (std::size_t row = 0; row < values_.size(); ++row) column.push_back(at(row));
  return column;
}

void Numbers::add(const std::optional<Number>& number) {
  if (is_whole_ && number && !number->is_whole()) turn_to_fractions();
  if (is_whole_) {
    whole_.push_back(number ? number->whole() : missing_number);
  } else {
    fractions_.add(number ? std::optional<double>(*number) : std::nullopt);
  }
}

void Numbers::turn_to_fractions() {
  for (const std::int64_t value : whole_)
    fractions_.add(value == missing_number ? std::nullopt : std::optional(static_cast<double>(value)));
  whole_.clear();
  is_whole_ = false;
}

std::optional<Number> Numbers::at(std::size_t row) const {
  if (is_whole_) return whole_[row] == missing_number ? std::nullopt : std::optional(Number(whole_[row]));
  const auto value = fractions_.at(row);
  return value ? std::optional(Number(*value)) : std::nullopt;
}

std::variant<ArrowColumn::Integers, ArrowColumn::Doubles> Numbers::arrow() const {
  if (!is_whole_) return fractions_.arrow();
  ArrowColumn::Integers column;
  column.reserve(whole_.size());
  for (const std::int64_t value : whole_)
    column.push_back(value == missing_number ? std::nullopt : std::optional(value));
  return column;
}

void Changes::add(const Change& of) {
  value.add(of.value);
  change.add(of.change);
  low.add(of.low);
  high.add(of.high);
  is_new.push_back(of.is_new);
}

Change Changes::at(std::size_t row) const {
  return {value.at(row), change.at(row), low.at(row), high.at(row), is_new[row]};
}

void Bands::add(const std::optional<Band>& band) {
  const Band of = band.value_or(Band{});
  standard_error.add(of.standard_error);
  exclusive.add(of.exclusive);
  any.add(of.any);
  leads.push_back(of.leads);
  unattributed.push_back(of.unattributed);
  is_there.push_back(band.has_value());
}

std::optional<Band> Bands::at(std::size_t row) const {
  if (!is_there[row]) return std::nullopt;
  return Band{standard_error.at(row), exclusive.at(row), any.at(row), leads[row], unattributed[row]};
}

}  // namespace question

void Result::Data::add(const Evaluation& evaluation) {
  value.add(evaluation.value);
  numerator.add(evaluation.numerator);
  denominator.add(evaluation.denominator);
  unknown.push_back(evaluation.unknown);
  low.add(evaluation.low);
  high.add(evaluation.high);
  least.add(evaluation.least);
  most.add(evaluation.most);
  if (bands) bands->add(evaluation.band);
  flags.push_back(evaluation.flags);
}

}  // namespace casemetry
