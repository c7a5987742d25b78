// SPDX-License-Identifier: Apache-2.0
#include <casemetry/arrow.hpp>

#include <gtest/gtest.h>

#include <casemetry/table.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <ostream>

#include "arrow_builder.hpp"
#include "cells.hpp"

namespace casemetry {
namespace {

using namespace casemetry::testing;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

Column read(std::unique_ptr<ArrowPiece> column) {
  const auto one = batch(std::move(column));
  return Table::from_arrow(&one->schema, &one->array, {.name = "cases", .columns = {}}).columns()[0];
}

std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const SchemaError& error) {
    return error.what();
  }
  return "no SchemaError was thrown";
}

std::string refusal(std::unique_ptr<ArrowPiece> column) {
  return refusal([&] { read(std::move(column)); });
}

TEST(ArrowIntegers, AreReadInEveryWidth) {
  EXPECT_EQ(cells(read(numbers<std::int8_t>("c", {-128, 127}))), (Cells{"-128", "127"}));
  EXPECT_EQ(cells(read(numbers<std::uint8_t>("C", {0, 255}))), (Cells{"0", "255"}));
  EXPECT_EQ(cells(read(numbers<std::int16_t>("s", {-32768}))), (Cells{"-32768"}));
  EXPECT_EQ(cells(read(numbers<std::uint16_t>("S", {65535}))), (Cells{"65535"}));
  EXPECT_EQ(cells(read(numbers<std::int32_t>("i", {-7}))), (Cells{"-7"}));
  EXPECT_EQ(cells(read(numbers<std::uint32_t>("I", {4294967295U}))), (Cells{"4294967295"}));
  EXPECT_EQ(cells(read(numbers<std::int64_t>("l", {most}))), (Cells{std::to_string(most)}));
}

TEST(ArrowIntegers, BeyondSixtyFourBitsAreUnreadable) {
  const Column large = read(numbers<std::uint64_t>("L", {7, 1ULL << 63}));
  EXPECT_EQ(cells(large), (Cells{"7", "-"}));
  EXPECT_EQ(large.report().unreadable, 1);
  const Column least = read(numbers<std::int64_t>("l", {missing_number, 1}));
  EXPECT_EQ(least.report().unreadable, 1);
  EXPECT_EQ(least.report().missing, 0);
}

TEST(ArrowDecimals, KeepTheirScaleAndMustFitSixtyFourBits) {
  const Column sums = read(piece("d:38,2", 3, {std::nullopt, bytes_of<std::int64_t>({1250, 0, -5, -1, 0, 1})}));
  EXPECT_EQ(sums.type(), Type::decimal);
  EXPECT_EQ(sums.scale(), 2);
  EXPECT_EQ(cells(sums), (Cells{"1250", "-5", "-"}));
  EXPECT_EQ(sums.report().unreadable, 1);
  EXPECT_EQ(cells(read(numbers<std::int32_t>("d:9,1,32", {15}))), (Cells{"15"}));
  EXPECT_EQ(cells(read(numbers<std::int64_t>("d:18,1,64", {-15}))), (Cells{"-15"}));
}

TEST(ArrowFloats, BecomeIntegersIfAllAreWhole) {
  const Column ages = read(numbers<double>("g", {31, -0.0, std::nan(""), 9007199254740992.0}));
  EXPECT_EQ(ages.type(), Type::integer);
  EXPECT_EQ(cells(ages), (Cells{"31", "0", "-", "9007199254740992"}));
  EXPECT_EQ(ages.report().missing, 1);
}

TEST(ArrowFloats, BecomeDecimalsOfTheLeastScaleThatWritesThemAll) {
  const Column amounts = read(numbers<double>("g", {0.1, 12.25, -3, 1e-9}));
  EXPECT_EQ(amounts.scale(), 9);
  EXPECT_EQ(read(numbers<double>("g", {0.1, 12.25})).scale(), 2);
  EXPECT_EQ(cells(read(numbers<double>("g", {0.1, 12.25, 1e3}))), (Cells{"10", "1225", "100000"}));
  EXPECT_EQ(cells(read(numbers<float>("f", {0.1F, 12.25F}))), (Cells{"10", "1225"}));
}

TEST(ArrowFloats, ThatNoDecimalOfNinePlacesWritesAreUnreadable) {
  const double infinite = std::numeric_limits<double>::infinity();
  const Column column = read(numbers<double>("g", {0.1 + 0.2, infinite, -infinite, 5e-324, 1e18, 0.5}));
  EXPECT_EQ(column.scale(), 1);
  EXPECT_EQ(cells(column), (Cells{"-", "-", "-", "-", "-", "5"}));
  EXPECT_EQ(column.report().unreadable, 5);
  EXPECT_EQ(column.report().examples, (Cells{"0.30000000000000004", "inf", "-inf", "5e-324", "1e+18"}));
}

TEST(ArrowDates, AreFlooredToTheDayBefore1970Too) {
  const Cells around{"1970/1/2", "1970/1/1", "1969/12/31", "1969/12/30"};
  EXPECT_EQ(cells(read(numbers<std::int32_t>("tdD", {1, 0, -1, -2}))), around);
  EXPECT_EQ(cells(read(numbers<std::int64_t>("tdm", {86400000, 86399999, -1, -86400001}))), around);
  EXPECT_EQ(cells(read(numbers<std::int64_t>("tss:", {86400, 0, -86400, -86401}))), around);
  EXPECT_EQ(cells(read(numbers<std::int64_t>("tsm:UTC", {86400000, 1, -1, -86400001}))), around);
  EXPECT_EQ(cells(read(numbers<std::int64_t>("tsu:", {86400000000, 1, -1, -86400000001}))), around);
  EXPECT_EQ(cells(read(numbers<std::int64_t>("tsn:", {1, missing_number}))), (Cells{"1970/1/1", "-"}));
}

TEST(ArrowDates, OutsideTheYears1To9999AreUnreadable) {
  const Column days = read(numbers<std::int32_t>("tdD", {-719162, -719163, 2932896, 2932897}));
  EXPECT_EQ(cells(days), (Cells{"1/1/1", "-", "9999/12/31", "-"}));
  EXPECT_EQ(days.report().unreadable, 2);
}

TEST(ArrowDates, OfAnotherZoneAreRefusedBecauseTheDayAsWrittenIsNotInThem) {
  const std::string message = refusal(numbers<std::int64_t>("tsn:Asia/Shanghai", {0}));
  EXPECT_NE(message.find("'Asia/Shanghai'"), std::string::npos) << message;
  EXPECT_NE(message.find("tz_localize(None)"), std::string::npos) << message;
}

TEST(ArrowTexts, AreReadInThreeLayouts) {
  EXPECT_EQ(cells(read(texts({"a", "", "  ", "bb", "a"}))), (Cells{"a", "-", "-", "bb", "a"}));
  EXPECT_EQ(cells(read(piece("U", 2, {std::nullopt, bytes_of<std::int64_t>({0, 1, 3}), bytes_of("abb")}))),
            (Cells{"a", "bb"}));
  const std::string longer = "longer than twelve bytes";
  Bytes views(32);
  const auto put = [&](std::size_t at, std::int32_t value) { std::memcpy(&views[at], &value, sizeof value); };
  put(0, 2);
  std::memcpy(&views[4], "ab", 2);
  put(16, static_cast<std::int32_t>(longer.size()));
  const auto size = static_cast<std::int64_t>(longer.size());
  EXPECT_EQ(cells(read(piece("vu", 2, {std::nullopt, views, bytes_of(longer), bytes_of<std::int64_t>({size})}))),
            (Cells{"ab", longer}));
}

TEST(ArrowDictionaries, AreReadWithAnyIndexAndMergeWhatIsTheSame) {
  const auto expected = Cells{"b", "a", "b", "-"};
  EXPECT_EQ(cells(read(dictionary<std::int8_t>("c", {1, 0, 2, 3}, {"a", "b", "b", " "}))), expected);
  EXPECT_EQ(cells(read(dictionary<std::uint16_t>("S", {1, 0, 2, 3}, {"a", "b", "b", " "}))), expected);
  EXPECT_EQ(cells(read(dictionary<std::uint32_t>("I", {1, 0, 2, 3}, {"a", "b", "b", " "}))), expected);
  const Column column = read(dictionary<std::int64_t>("l", {1, 0, 2, 3}, {"a", "b", "b", " ", "unused"}));
  EXPECT_EQ(cells(column), expected);
  EXPECT_EQ(column.labels().size(), 2U);
}

TEST(ArrowDictionaries, MayDifferFromBatchToBatch) {
  const auto chunks = source(batch(dictionary<std::int8_t>("c", {0, 1}, {"a", "b"})),
                             batch(dictionary<std::int8_t>("c", {0, 1}, {"b", "c"})));
  EXPECT_EQ(cells(Table::from_arrow(&chunks->stream).columns()[0]), (Cells{"a", "b", "b", "c"}));
}

TEST(ArrowDictionaries, AreNotAskedForAnIndexUnderAMissingCell) {
  auto column = dictionary<std::int8_t>("c", {0, -100}, {"a"});
  column->bytes[0] = bits_of({true, false});
  column->buffers[0] = column->bytes[0]->data();
  EXPECT_EQ(cells(read(std::move(column))), (Cells{"a", "-"}));
}

TEST(ArrowBooleansAndNones, AreReadByBits) {
  auto column = piece("b", 3, {bits_of({true, false, true}), bits_of({true, true, false})});
  EXPECT_EQ(cells(read(std::move(column))), (Cells{"true", "-", "false"}));
  const Column none = read(piece("n", 2, {}));
  EXPECT_EQ(cells(none), (Cells{"-", "-"}));
  EXPECT_EQ(none.report().missing, 2);
}

TEST(ArrowSlices, AreReadAtAnyOffsetAndAlignment) {
  std::vector<std::int64_t> values(21);
  std::vector<bool> there(21, true);
  for (std::size_t i = 0; i < 21; ++i) values[i] = static_cast<std::int64_t>(i);
  there[12] = false;
  Bytes unaligned = bytes_of(values);
  unaligned.insert(unaligned.begin(), 0xFF);
  auto column = piece("l", 8, {bits_of(there), unaligned});
  column->buffers[1] = column->bytes[1]->data() + 1;
  column->array.offset = 9;
  auto sliced = batch(std::move(column));
  sliced->array.offset = 2;
  sliced->array.length = 3;
  const Table table = Table::from_arrow(&sliced->schema, &sliced->array);
  EXPECT_EQ(cells(table.columns()[0]), (Cells{"11", "-", "13"}));
}

TEST(ArrowSlices, OfNothingMayHaveNoBuffers) {
  auto column = piece("u", 0, {std::nullopt, std::nullopt, std::nullopt});
  column->array.offset = 5;
  EXPECT_EQ(read(std::move(column)).rows(), 0);
}

TEST(ArrowColumns, ThatAreNotWantedAreNotLookedAt) {
  auto broken = piece("+l", -1, {});
  broken->array.release = nullptr;
  broken->name = "list";
  broken->schema.name = broken->name.c_str();
  const auto one = batch(numbers<std::int64_t>("l", {4}, "n"), std::move(broken));
  const Table table = Table::from_arrow(&one->schema, &one->array, {.columns = {"n"}});
  EXPECT_EQ(table.column_names(), (Cells{"n"}));
}

TEST(ArrowColumns, ThatAreWantedButAbsentAreToldWithTheNearest) {
  const auto one = batch(numbers<std::int64_t>("l", {4}, "office"));
  EXPECT_THROW(Table::from_arrow(&one->schema, &one->array, {.columns = {"ofice"}}), ColumnNotFoundError);
}

TEST(ArrowGuess, MakesIntegersAndDatesOfTextThatIsNothingElse) {
  const auto one = batch(texts({"12", "-3", "0"}, "n"), texts({"0012", "3", "4"}, "code"),
                         texts({"2024-03-01", "1/31/2024", " "}, "day"), texts({"3/4/2024", "x", ""}, "no day"),
                         texts({"3/4/2024", "", ""}, "either day"), texts({"1234567890123456789", "1", "2"}, "long"));
  const Table table = Table::from_arrow(&one->schema, &one->array, {.columns = {}, .guess_types = true});
  const auto type = [&](const char* name) { return type_name(table.column(name).type()); };
  EXPECT_EQ(type("n"), "integer");
  EXPECT_EQ(type("code"), "text");
  EXPECT_EQ(type("day"), "date");
  EXPECT_EQ(type("no day"), "text");
  EXPECT_EQ(type("either day"), "text");
  EXPECT_EQ(type("long"), "text");
  EXPECT_EQ(table.column("day").report().read_as, "date (month/day/year)");
  ColumnDefinition as_text;
  EXPECT_EQ(cells(table.column("day").as(as_text)), (Cells{"2024-03-01", "1/31/2024", "-"})) << "what was written";
}

struct RefusedType {
  const char* format;
  const char* words;
};

class ArrowRefusedType : public ::testing::TestWithParam<RefusedType> {};

TEST_P(ArrowRefusedType, IsToldByColumnAndInWords) {
  const auto [format, words] = GetParam();
  const std::string message = refusal(piece(format, 0, {}));
  EXPECT_NE(message.find("table 'cases', column 'x'"), std::string::npos) << message;
  EXPECT_NE(message.find(words), std::string::npos) << message;
}

INSTANTIATE_TEST_SUITE_P(Formats, ArrowRefusedType,
                         ::testing::Values(RefusedType{"+w:3", "fixed-size"}, RefusedType{"+w:", "fixed-size"},
                                           RefusedType{"+s", "a struct"}, RefusedType{"+m", "a map"},
                                           RefusedType{"+ud:0,1", "a dense union"},
                                           RefusedType{"+us:0,1", "a sparse union"},
                                           RefusedType{"+r", "run-end encoded"}, RefusedType{"+vl", "a list view"},
                                           RefusedType{"z", "binary"}, RefusedType{"Z", "large binary"},
                                           RefusedType{"vz", "a binary view"}, RefusedType{"w:16", "fixed-size binary"},
                                           RefusedType{"tts", "a time of day"}, RefusedType{"tDn", "a duration"},
                                           RefusedType{"tiM", "an interval"}, RefusedType{"e", "half"},
                                           RefusedType{"d:76,2,256", "a decimal"}, RefusedType{"d:38,20", "a decimal"},
                                           RefusedType{"d:38,-2", "a decimal"}, RefusedType{"d:", "a decimal"},
                                           RefusedType{"", "Arrow format"}, RefusedType{"tsx:", "Arrow format"},
                                           RefusedType{"?", "Arrow format '?'"}));

// Each case bends a batch of two columns, an `int64` with a bitmap and a text, and is refused for the reason told.
struct Malformed {
  const char* what;
  std::function<void(ArrowBatch&)> bend;
  const char* told;
};

void PrintTo(const Malformed& c, std::ostream* out) {
  *out << c.what;
}

std::unique_ptr<ArrowBatch> two_columns() {
  auto made = batch(piece("l", 3, {bits_of({true, false, true}), bytes_of<std::int64_t>({1, 2, 3})}, "n"),
                    texts({"a", "bb", "ccc"}, "t"));
  made->columns[0]->array.null_count = 1;
  return made;
}

ArrowArray& n(ArrowBatch& b) {
  return b.columns[0]->array;
}
ArrowArray& t(ArrowBatch& b) {
  return b.columns[1]->array;
}

template <class Value>
void set(ArrowPiece& column, std::size_t buffer, std::size_t index, Value value) {
  std::memcpy(column.bytes[buffer]->data() + index * sizeof value, &value, sizeof value);
}

void make_dictionary(ArrowBatch& b, std::int64_t index) {
  b.columns[0] = dictionary<std::int64_t>("l", {0, index, 0}, {"a"}, "n");
  b.schemas[0] = &b.columns[0]->schema;
  b.arrays[0] = &b.columns[0]->array;
}

void make_views(ArrowBatch& b, std::int32_t length, std::int32_t buffer, std::int32_t place) {
  const std::vector<std::int32_t> view{length, 0, buffer, place};
  Bytes views(48);
  std::memcpy(views.data(), view.data(), 16);
  b.columns[1] = piece("vu", 3, {std::nullopt, views, Bytes(20), bytes_of<std::int64_t>({20})}, "t");
  b.schemas[1] = &b.columns[1]->schema;
  b.arrays[1] = &b.columns[1]->array;
}

const Malformed malformed_cases[] = {
    {"a released batch schema", [](ArrowBatch& b) { b.schema.release = nullptr; }, "schema has been released"},
    {"a batch without format", [](ArrowBatch& b) { b.schema.format = nullptr; }, "no format"},
    {"an array that is no batch", [](ArrowBatch& b) { b.schema.format = "l"; }, "a table is a record batch"},
    {"no columns", [](ArrowBatch& b) { b.schema.n_children = 0; }, "no columns"},
    {"a negative number of columns", [](ArrowBatch& b) { b.schema.n_children = -1; }, "false number of columns"},
    {"columns that are missing", [](ArrowBatch& b) { b.schema.children = nullptr; }, "false number of columns"},
    {"a missing column schema", [](ArrowBatch& b) { b.schemas[1] = nullptr; }, "column 2 has been released"},
    {"a released column schema", [](ArrowBatch& b) { b.schemas[0]->release = nullptr; }, "column 1 has been released"},
    {"a column without name", [](ArrowBatch& b) { b.schemas[0]->name = nullptr; }, "column 1 has no name"},
    {"a column with a blank name", [](ArrowBatch& b) { b.schemas[0]->name = " "; }, "column 1 has no name"},
    {"a name that is not UTF-8", [](ArrowBatch& b) { b.schemas[0]->name = "\xFF"; }, "name of column 1 is not UTF-8"},
    {"two columns of one name", [](ArrowBatch& b) { b.schemas[0]->name = "t"; }, "columns 1 and 2 are both called 't'"},
    {"a column without format", [](ArrowBatch& b) { b.schemas[0]->format = nullptr; }, "no format"},
    {"a child count that differs", [](ArrowBatch& b) { b.array.n_children = 1; },
     "has 1 columns, but its schema has 2"},
    {"arrays that are missing", [](ArrowBatch& b) { b.array.children = nullptr; }, "list of columns is missing"},
    {"a missing array", [](ArrowBatch& b) { b.arrays[0] = nullptr; }, "column 1 of a batch is missing"},
    {"a released array", [](ArrowBatch& b) { n(b).release = nullptr; }, "array has been released"},
    {"a batch with rows missing as a whole",
     [](ArrowBatch& b) {
       static const std::uint8_t bits = 0b101;
       b.no_bitmap = &bits;
       b.array.null_count = -1;
     },
     "whole rows"},
    {"a batch of two buffers", [](ArrowBatch& b) { b.array.n_buffers = 2; }, "one buffer"},
    {"too few buffers", [](ArrowBatch& b) { n(b).n_buffers = 1; }, "1 buffers where its type has 2"},
    {"too many buffers", [](ArrowBatch& b) { t(b).n_buffers = 4; }, "4 buffers where its type has 3"},
    {"negative buffers", [](ArrowBatch& b) { t(b).n_buffers = -3; }, "negative number of buffers"},
    {"no list of buffers", [](ArrowBatch& b) { n(b).buffers = nullptr; }, "list of buffers is missing"},
    {"no cells", [](ArrowBatch& b) { b.columns[0]->buffers[1] = nullptr; }, "buffer of cells is missing"},
    {"no text offsets", [](ArrowBatch& b) { b.columns[1]->buffers[1] = nullptr; }, "buffer of cells is missing"},
    {"no text", [](ArrowBatch& b) { b.columns[1]->buffers[2] = nullptr; }, "its text is missing"},
    {"missing cells without bitmap", [](ArrowBatch& b) { b.columns[0]->buffers[0] = nullptr; }, "no bitmap"},
    {"a count of missing cells too small", [](ArrowBatch& b) { n(b).null_count = 0; }, "not what its bitmap says"},
    {"a count of missing cells too big", [](ArrowBatch& b) { n(b).null_count = 2; }, "not what its bitmap says"},
    {"a count of missing cells beyond the length", [](ArrowBatch& b) { n(b).null_count = 4; }, "impossible"},
    {"a count of missing cells below -1", [](ArrowBatch& b) { n(b).null_count = -2; }, "impossible"},
    {"a negative length", [](ArrowBatch& b) { n(b).length = -1; }, "length is negative"},
    {"a negative batch length", [](ArrowBatch& b) { b.array.length = -1; }, "length is negative"},
    {"a negative offset", [](ArrowBatch& b) { t(b).offset = -1; }, "offset is negative"},
    {"an offset that overflows", [](ArrowBatch& b) { n(b).offset = most - 1; }, "overflow"},
    {"a batch offset that overflows", [](ArrowBatch& b) { b.array.offset = most; }, "overflow"},
    {"a width that overflows",
     [](ArrowBatch& b) {
       b.columns[0]->buffers[0] = nullptr;
       n(b).null_count = 0;
       n(b).offset = most / 8;
     },
     "longer than any memory"},
    {"a column shorter than its batch", [](ArrowBatch& b) { t(b).length = 2; }, "shorter than its batch"},
    {"a batch sliced past its columns", [](ArrowBatch& b) { b.array.offset = 1; }, "shorter than its batch"},
    {"text offsets that decrease", [](ArrowBatch& b) { set(*b.columns[1], 1, 2, std::int32_t{0}); }, "decrease"},
    {"a negative text offset", [](ArrowBatch& b) { set(*b.columns[1], 1, 0, std::int32_t{-1}); }, "negative"},
    {"a view of negative length", [](ArrowBatch& b) { make_views(b, -1, 0, 0); }, "length of a text is negative"},
    {"a view into no buffer", [](ArrowBatch& b) { make_views(b, 13, 1, 0); }, "a buffer that there is not"},
    {"a view past its buffer", [](ArrowBatch& b) { make_views(b, 13, 0, 8); }, "past its buffer"},
    {"children of a plain column", [](ArrowBatch& b) { n(b).n_children = 1; }, "has children"},
    {"a dictionary that only the schema has",
     [](ArrowBatch& b) {
       make_dictionary(b, 0);
       b.arrays[0]->dictionary = nullptr;
     },
     "do not agree on a dictionary"},
    {"a dictionary that only the array has", [](ArrowBatch& b) { n(b).dictionary = &t(b); }, "do not agree"},
    {"a dictionary index beyond it", [](ArrowBatch& b) { make_dictionary(b, 1); }, "row 2 of a batch: its index"},
    {"a negative dictionary index", [](ArrowBatch& b) { make_dictionary(b, -1); }, "outside a dictionary of 1 values"},
    {"a released dictionary",
     [](ArrowBatch& b) {
       make_dictionary(b, 0);
       b.arrays[0]->dictionary->release = nullptr;
     },
     "its dictionary: the array has been released"},
    {"a dictionary of dictionaries",
     [](ArrowBatch& b) {
       make_dictionary(b, 0);
       b.schemas[0]->dictionary->dictionary = b.schemas[1];
     },
     "a dictionary of a dictionary"},
    {"a dictionary of numbers",
     [](ArrowBatch& b) {
       make_dictionary(b, 0);
       b.schemas[0]->dictionary->format = "l";
     },
     "values that are not text"},
    {"a dictionary indexed by text",
     [](ArrowBatch& b) {
       make_dictionary(b, 0);
       b.schemas[0]->format = "u";
     },
     "index is not an integer"},
    {"metadata of a negative length", [](ArrowBatch& b) { b.schemas[0]->metadata = "\xFF\xFF\xFF\xFF"; },
     "metadata of a false length"},
    {"an extension type",
     [](ArrowBatch& b) {
       static const std::string name("\1\0\0\0\x14\0\0\0ARROW:extension:name\6\0\0\0period", 38);
       b.schemas[0]->metadata = name.data();
     },
     "extension type 'period'"},
    {"text that is not UTF-8", [](ArrowBatch& b) { set(*b.columns[1], 2, 1, std::uint8_t{0xC3}); }, "row 2"},
};

class ArrowMalformed : public ::testing::TestWithParam<Malformed> {};

TEST_P(ArrowMalformed, IsRefusedForItsReasonAndReleasedOnce) {
  const Malformed& c = GetParam();
  auto bent = two_columns();
  c.bend(*bent);
  const int schema_is_live = bent->schema.release == nullptr ? 0 : 1;
  const auto chunks = source(std::move(bent));
  const std::string message = refusal([&] { Table::from_arrow(&chunks->stream); });
  EXPECT_NE(message.find(c.told), std::string::npos) << message;
  EXPECT_EQ(chunks->releases, 1);
  EXPECT_EQ(chunks->stream.release, nullptr);
  EXPECT_EQ(chunks->batches[0]->schema_releases, schema_is_live);
  EXPECT_EQ(chunks->batches[0]->array_releases, static_cast<int>(chunks->next));
}

INSTANTIATE_TEST_SUITE_P(Structures, ArrowMalformed, ::testing::ValuesIn(malformed_cases));

TEST(ArrowStream, IsReleasedOnceWhenAllIsWell) {
  const auto chunks = source(two_columns(), two_columns());
  EXPECT_EQ(Table::from_arrow(&chunks->stream).rows(), 6);
  EXPECT_EQ(chunks->releases, 1);
  for (const auto& one : chunks->batches) EXPECT_EQ(one->array_releases, 1);
}

TEST(ArrowStream, ThatFailsTellsItsOwnReason) {
  const auto chunks = source(two_columns());
  chunks->failure = "the disk is gone";
  EXPECT_NE(refusal([&] { Table::from_arrow(&chunks->stream); }).find("the disk is gone"), std::string::npos);
  EXPECT_EQ(chunks->releases, 1);
}

TEST(ArrowStream, ReadAlreadyIsRefused) {
  const auto chunks = source(two_columns());
  Table::from_arrow(&chunks->stream);
  EXPECT_NE(refusal([&] { Table::from_arrow(&chunks->stream); }).find("read or released already"), std::string::npos);
  EXPECT_THROW(Table::from_arrow(nullptr), SchemaError);
}

TEST(ArrowBatch, OfWhichOneHalfIsNotGivenReleasesTheOther) {
  const auto half = batch(numbers<std::int64_t>("l", {1}));
  EXPECT_THROW(Table::from_arrow(&half->schema, nullptr), SchemaError);
  EXPECT_THROW(Table::from_arrow(nullptr, &half->array), SchemaError);
  EXPECT_EQ(half->schema_releases, 1);
  EXPECT_EQ(half->array_releases, 1);
}

TEST(ArrowStream, MayHaveManyColumnsOnOneBuffer) {
  auto first = numbers<std::int64_t>("l", {1, 2}, "a");
  auto second = numbers<std::int64_t>("l", {0, 0}, "b");
  second->buffers[1] = first->buffers[1];
  const auto chunks = source(batch(std::move(first), std::move(second)));
  EXPECT_EQ(cells(Table::from_arrow(&chunks->stream).column("b")), (Cells{"1", "2"}));
}

TEST(ToArrow, HandsOutWhatIsReadBack) {
  ArrowArrayStream stream{};
  to_arrow({{"text", ArrowColumn::Texts{"a", std::nullopt, "不捕"}},
            {"integer", ArrowColumn::Integers{1, std::nullopt, -3}},
            {"double", ArrowColumn::Doubles{0.5, std::nullopt, 2.25}},
            {"code", ArrowColumn::Coded{{1, -1, 0}, {"x", "y"}}}},
           {{"definition", "refused / all"}}, &stream);
  const Table table = Table::from_arrow(&stream);
  EXPECT_EQ(stream.release, nullptr);
  EXPECT_EQ(cells(table.column("text")), (Cells{"a", "-", "不捕"}));
  EXPECT_EQ(cells(table.column("integer")), (Cells{"1", "-", "-3"}));
  EXPECT_EQ(cells(table.column("double")), (Cells{"50", "-", "225"}));
  EXPECT_EQ(cells(table.column("code")), (Cells{"y", "-", "x"}));
}

TEST(ToArrow, HandsOutNoRowsToo) {
  ArrowArrayStream stream{};
  to_arrow({{"text", ArrowColumn::Texts{}}, {"code", ArrowColumn::Coded{{}, {"x"}}}}, {}, &stream);
  EXPECT_EQ(Table::from_arrow(&stream).rows(), 0);
}

TEST(ToArrow, ReleasesWhatNobodyTook) {
  ArrowArrayStream stream{};
  to_arrow({{"code", ArrowColumn::Coded{{0}, {"x"}}}}, {{"a", "b"}}, &stream);
  ArrowSchema schema{};
  EXPECT_EQ(stream.get_schema(&stream, &schema), 0);
  schema.release(&schema);
  stream.release(&stream);
  EXPECT_EQ(schema.release, nullptr);
  EXPECT_EQ(stream.release, nullptr);
}

TEST(ToArrow, RefusesColumnsOfDifferentLength) {
  ArrowArrayStream stream{};
  EXPECT_THROW(to_arrow({{"a", ArrowColumn::Texts{"x"}}, {"b", ArrowColumn::Texts{}}}, {}, &stream), SchemaError);
}

}  // namespace
}  // namespace casemetry
