// SPDX-License-Identifier: Apache-2.0
/// \file
/// Exact arithmetic on fractions. Nothing is returned where the exact result does not fit.
#pragma once

#include <casemetry/catalogue.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace casemetry::definition {

std::optional<Rational> sum(const Rational& left, const Rational& right);
std::optional<Rational> product(const Rational& left, const Rational& right);
bool less(const Rational& left, const Rational& right);

/// `3`, `-0.25`, `2.5e3`, `1/3`: exact. Nothing if it is none of these or does not fit.
std::optional<Rational> parse_rational(std::string_view text);
/// `1/3`, `-2`.
std::string text_of(const Rational& value);
/// `0.25`, if at most 15 digits say it exactly.
std::optional<std::string> decimal_text(const Rational& value);

/// `-0.25`, `2.5e3` as a decimal without trailing zeros. Nothing if it is no number or does not fit in 18 digits after
/// the point.
std::optional<Decimal> parse_decimal(std::string_view text);

/// The value as a whole number of units of the last of `scale` digits; nothing if it is not one.
std::optional<std::int64_t> scaled(const Rational& value, int scale);

}  // namespace casemetry::definition
