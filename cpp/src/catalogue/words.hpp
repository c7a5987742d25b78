// SPDX-License-Identifier: Apache-2.0
/// \file
/// The words that a definition may use, in the order of the enumerations they stand for.
#pragma once

#include <casemetry/catalogue.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::definition {

using Words = std::vector<std::string>;

const Words& aggregate_kinds();  // of Aggregate::Kind
const Words& indicator_kinds();  // of Indicator::Kind
const Words& formats();          // of Indicator::Format, `automatic` aside
const Words& directions();
const Words& evidences();
const Words& counted_things();  // of a table's or unit's `counts`
const Words& date_formats();
const Words& column_types();
const Words& empties();              // what a blank date may stand for
const Words& duplicates();           // what a key that a lookup finds twice may give
const Words& relations();            // of Identity::Relation
const Words& steps();                // the periods in which an identity holds
const Words& stock_times();          // when a stock is taken
const Words& shares_over();          // what a contribution is a share of
const Words& reserved_dimensions();  // names that a result's columns have
/// The intervals that a kind of indicator can have.
Words intervals(Indicator::Kind kind);

bool is_one_of(std::string_view word, const Words& words);
/// The place of a word.
std::optional<std::size_t> place(std::string_view word, const Words& words);
/// `'persn' is no word for it; did you mean 'person'?`
std::string not_one_of(std::string_view word, const Words& words);

/// `category`, `decimal(2)`: sets type and scale. False if it is no type.
bool parse_type(std::string_view word, ColumnDefinition& column);

}  // namespace casemetry::definition
