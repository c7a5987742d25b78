// SPDX-License-Identifier: Apache-2.0
#include <casemetry/cube.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

namespace casemetry {
namespace {

using Texts = std::vector<std::string>;
using Numbers = std::vector<std::optional<std::int64_t>>;
using Dates = std::vector<std::optional<Date>>;
using Counts = std::vector<std::int64_t>;

std::optional<Date> day(int year, unsigned month, unsigned of_month) {
  return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month}};
}

constexpr std::int32_t month(int year, int of_year) {
  return 12 * year + of_year - 1;
}

NamedColumn column(std::string name, const Texts& texts) {
  return {std::move(name), std::span(texts)};
}
NamedColumn column(std::string name, const Numbers& numbers) {
  return {std::move(name), std::span(numbers)};
}
NamedColumn column(std::string name, const Dates& dates) {
  return {std::move(name), std::span(dates)};
}

Aggregate aggregate(std::string id, const std::optional<std::string>& where = {},
                    const std::optional<std::string>& applies_where = {}) {
  Aggregate made;
  made.id = std::move(id);
  made.unit = "cases";
  if (where) made.where = Expression::parse(*where);
  if (applies_where) made.applies_where = Expression::parse(*applies_where);
  return made;
}

Aggregate placed(Aggregate made, std::string date) {
  made.date = std::move(date);
  return made;
}

Aggregate sum_of(std::string id, std::string of) {
  Aggregate made = aggregate(std::move(id));
  made.kind = Aggregate::Kind::sum;
  made.column = std::move(of);
  return made;
}

Aggregate days_between(std::string id, std::string start, std::string end) {
  Aggregate made = aggregate(std::move(id));
  made.kind = Aggregate::Kind::days;
  made.start = std::move(start);
  made.end = std::move(end);
  return made;
}

Indicator proportion(std::string id, std::string_view numerator, std::string_view denominator) {
  Indicator made;
  made.id = std::move(id);
  made.kind = Indicator::Kind::proportion;
  made.numerator = Formula::parse(numerator);
  made.denominator = Formula::parse(denominator);
  return made;
}

Definitions definitions(std::vector<Aggregate> aggregates, std::vector<Indicator> indicators = {}) {
  Definitions made;
  made.id = "test";
  std::set<std::string> units;
  for (const Aggregate& aggregate : aggregates) units.insert(aggregate.unit);
  for (const std::string& unit : units) made.tables.push_back({.id = unit});
  made.aggregates = std::move(aggregates);
  made.indicators = std::move(indicators);
  return made;
}

Cube cube_of(const Table& cases, const Definitions& made, const BuildOptions& options = {}) {
  return build({{"cases", cases}}, Catalogue(made), options);
}

Counts or_zeros(const Counts& counts, const Block& block) {
  return counts.empty() ? Counts(block.cells()) : counts;
}

std::int64_t total(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

// The label of a cell's dimension; `-` is the missing one.
std::string label(const Cube& cube, const Block& block, std::size_t cell, std::size_t dimension = 0) {
  const auto& labels = cube.dimensions()[dimension].labels;
  const std::uint32_t code = block.codes[cell * cube.dimensions().size() + dimension];
  return code == labels.size() ? "-" : labels[code];
}

Texts labels(const Cube& cube, const Block& block) {
  Texts texts;
  for (std::size_t cell = 0; cell < block.cells(); ++cell) texts.push_back(label(cube, block, cell));
  return texts;
}

std::string message_of(const auto& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

::testing::AssertionResult has(const std::string& text, std::initializer_list<const char*> parts) {
  for (const char* part : parts)
    if (text.find(part) == std::string::npos)
      return ::testing::AssertionFailure() << "'" << part << "' not in: " << text;
  return ::testing::AssertionSuccess();
}

const Texts decisions{"refused", "approved", "", "refused", "returned", "approved"};
const Texts offices{"B", "A", "A", "", "B", "B"};

Table cases() {
  return Table::of({column("decision", decisions), column("office", offices)});
}

TEST(Cube, CountsWhatIsTrueUnknownAndNotApplicable) {
  const Cube cube = cube_of(cases(), definitions({aggregate("refused", "decision == 'refused'"),
                                                  aggregate("applied", "office == 'B'", "decision != 'returned'")}));
  const Block& block = *cube.block("cases", "");
  EXPECT_EQ(block.units, Counts{6});
  EXPECT_EQ(block.months, std::vector<std::int32_t>{undated});
  EXPECT_EQ(block.aggregates[0].yes, Counts{2});
  EXPECT_EQ(block.aggregates[0].unknown, Counts{1});
  EXPECT_TRUE(block.aggregates[0].not_applicable.empty());
  EXPECT_EQ(block.aggregates[1].yes, Counts{2});
  EXPECT_EQ(block.aggregates[1].unknown, Counts{2});  // whether it applies, and what it is
  EXPECT_EQ(block.aggregates[1].not_applicable, Counts{1});
}

TEST(Cube, ReadsNoColumnThatNothingAsksFor) {
  const Cube cube = cube_of(cases(), definitions({aggregate("refused", "decision == 'refused'")}));
  ASSERT_EQ(cube.reports().at("cases").size(), 1U);
  EXPECT_EQ(cube.reports().at("cases")[0].name, "decision");
  EXPECT_EQ(cube.reports().at("cases")[0].missing, 1);
  EXPECT_EQ(cube.rows().at("cases"), 6);
}

TEST(Cube, KeepsCellsThatOccurInTheOrderOfTheirLabels) {
  const Cube cube = cube_of(cases(), definitions({aggregate("all")}), {.by = {"office"}});
  const Block& block = *cube.block("cases", "");
  EXPECT_EQ(labels(cube, block), (Texts{"A", "B", "-"}));
  EXPECT_EQ(block.units, (Counts{2, 3, 1}));
}

TEST(Cube, PutsDeclaredLabelsFirstAndDropsUnusedOnes) {
  Definitions made = definitions({aggregate("all")});
  ColumnDefinition decision;
  decision.name = "decision";
  decision.type = Type::category;
  decision.values = {"refused", "withdrawn", "approved"};
  made.tables = {{.id = "cases", .columns = {decision}}};
  const Cube cube = cube_of(cases(), made, {.by = {"decision"}});
  EXPECT_EQ(cube.dimensions()[0].labels, (Texts{"refused", "approved", "returned"}));
  EXPECT_EQ(cube.dimensions()[0].listed, 2U);
  EXPECT_EQ(labels(cube, *cube.block("cases", "")), (Texts{"refused", "approved", "returned", "-"}));
}

TEST(Cube, MergesTheLabelsOfSeveralTables) {
  const Texts codes{"C", "A"};
  Aggregate other = aggregate("others");
  other.unit = "others";
  Definitions made = definitions({aggregate("all"), other});
  made.dimensions = {{.id = "place", .from = {{"cases", "office"}, {"others", "code"}}, .label = {}}};
  const Tables tables{{"cases", cases()}, {"others", Table::of({column("code", codes)})}};
  const Cube cube = build(tables, Catalogue(made), {.by = {"place"}});
  EXPECT_EQ(cube.dimensions()[0].labels, (Texts{"A", "B", "C"}));
  EXPECT_EQ(labels(cube, *cube.block("cases", "")), (Texts{"A", "B", "-"}));
  EXPECT_EQ(labels(cube, *cube.block("others", "")), (Texts{"A", "C"}));
  EXPECT_EQ(cube.cells(), 5);
}

TEST(Cube, MarksADimensionThatATableLacks) {
  const Texts codes{"x", "y"};
  Aggregate other = aggregate("others");
  other.unit = "others";
  const Tables tables{{"cases", cases()}, {"others", Table::of({column("code", codes)})}};
  const Cube cube = build(tables, Catalogue(definitions({aggregate("all"), other})), {.by = {"office"}});
  EXPECT_EQ(cube.block("cases", "")->has_dimension, std::vector<bool>{true});
  EXPECT_EQ(cube.block("others", "")->has_dimension, std::vector<bool>{false});
  EXPECT_EQ(cube.block("others", "")->units, Counts{2});
}

TEST(Cube, TakesNumbersAndDatesAsDimensionsByTheirText) {
  const Numbers ages{18, 7, {}, 18};
  const Dates days{day(2024, 2, 29), day(2024, 2, 29), {}, day(19, 1, 1)};
  const Table table = Table::of({column("age", ages), column("on", days)});
  const Cube cube = cube_of(table, definitions({aggregate("all")}), {.by = {"age", "on"}});
  EXPECT_EQ(cube.dimensions()[0].labels, (Texts{"18", "7"}));
  EXPECT_EQ(cube.dimensions()[1].labels, (Texts{"0019-01-01", "2024-02-29"}));
  EXPECT_EQ(cube.block("cases", "")->cells(), 4U);
}

TEST(Month, BearsTheNameOfTheMonthItEndsIn) {
  const Dates days{day(2024, 1, 25), day(2024, 1, 26), day(2024, 12, 26), day(1, 1, 1), day(2219, 12, 31), {}};
  const Table table = Table::of({column("on", days)});
  Definitions made = definitions({placed(aggregate("all"), "on")});
  made.calendar.month_starts_on = 26;
  const Cube cube = cube_of(table, made);
  const std::vector<std::int32_t> months{month(1, 1),    month(2024, 1), month(2024, 2),
                                         month(2025, 1), month(2220, 1), undated};
  EXPECT_EQ(cube.block("cases", "on")->months, months);
  EXPECT_EQ(cube.block("cases", "on")->units, Counts(6, 1));
}

TEST(Month, IsTheCalendarsOwnFromTheFirst) {
  const Dates days{day(2024, 2, 29), day(2024, 3, 1), day(2024, 2, 1), {}, {}};
  const Table table = Table::of({column("on", days)});
  const Cube cube = cube_of(table, definitions({placed(aggregate("all"), "on")}));
  EXPECT_EQ(cube.block("cases", "on")->months, (std::vector<std::int32_t>{month(2024, 2), month(2024, 3), undated}));
  EXPECT_EQ(cube.block("cases", "on")->units, (Counts{2, 1, 2}));
}

TEST(Month, IsReadFromTextAndSharedByTheAggregatesOfADate) {
  const Texts days{"2024-01-05", "", "2024-01-31"};
  const Texts other{"2024-02-05", "2024-02-06", "2024-02-07"};
  const Table table = Table::of({column("on", days), column("off", other)});
  const Cube cube = cube_of(table, definitions({placed(aggregate("a"), "on"), placed(aggregate("b"), "on"),
                                                placed(aggregate("c"), "off"), aggregate("d")}));
  ASSERT_EQ(cube.blocks().size(), 3U);
  EXPECT_EQ(cube.block("cases", "on")->aggregates.size(), 2U);
  EXPECT_EQ(cube.block("cases", "on")->units, (Counts{2, 1}));
  EXPECT_EQ(cube.block("cases", "off")->units, Counts{3});
  EXPECT_EQ(cube.reports().at("cases")[0].read_as.substr(0, 4), "date");
}

TEST(Sum, IsExactBeyond64Bits) {
  constexpr std::int64_t large = std::numeric_limits<std::int64_t>::max();
  const Numbers amounts{large, large, {}, -5};
  const Table table = Table::of({column("amount", amounts)});
  const Cube cube = cube_of(table, definitions({sum_of("recovered", "amount")}));
  const AggregateCounts& counts = cube.blocks()[0].aggregates[0];
  EXPECT_EQ(counts.n, Counts{3});
  EXPECT_EQ(counts.yes, Counts{3});
  EXPECT_EQ(counts.unknown, Counts{1});
  EXPECT_EQ(counts.sum[0], (Wide{0, 0xFFFFFFFFFFFFFFF9U}));             // 2⁶⁴ − 7
  EXPECT_EQ(counts.sum_of_squares[0], (Wide{0x7FFFFFFFFFFFFFFE, 27}));  // 2 (2⁶³ − 1)² + 25
  EXPECT_DOUBLE_EQ(counts.sum[0].value(), 18446744073709551609.0);
  EXPECT_DOUBLE_EQ((Wide{-1, 0xFFFFFFFFFFFFFFFBU}).value(), -5.0);
}

TEST(Sum, RefusesSquaresThatDoNotFit) {
  const Numbers amounts(4, std::numeric_limits<std::int64_t>::max());
  const Table table = Table::of({column("amount", amounts)});
  const std::string message = message_of([&] { cube_of(table, definitions({sum_of("recovered", "amount")})); });
  EXPECT_TRUE(has(message, {"recovered", "128 bits", "range"}));
}

TEST(Days, AreKeptAsAnExactHistogram) {
  const Texts office{"A", "A", "A", "B", "A"};
  const Dates start{day(2024, 1, 1), day(2024, 1, 3), day(2024, 1, 1), {}, day(2023, 1, 1)};
  const Dates end{day(2024, 1, 3), day(2024, 1, 1), day(2024, 1, 3), day(2024, 1, 1), day(2024, 1, 1)};
  const Table table = Table::of({column("office", office), column("start", start), column("end", end)});
  const Cube cube = cube_of(table, definitions({days_between("took", "start", "end")}), {.by = {"office"}});
  const AggregateCounts& counts = cube.blocks()[0].aggregates[0];
  EXPECT_EQ(counts.yes, (Counts{4, 0}));
  EXPECT_EQ(counts.unknown, (Counts{0, 1}));
  EXPECT_EQ(counts.offsets, (Counts{0, 3, 3}));
  EXPECT_EQ(counts.days, (std::vector<std::int32_t>{-2, 2, 365}));
  EXPECT_EQ(counts.day_counts, (Counts{1, 2, 1}));
}

TEST(Proportion, KnowsItsNumeratorAndDenominatorTogether) {
  // 100 units, the denominator true for all, the numerator unknown for 20 and true for 10.
  Texts decision(100, "approved");
  std::fill_n(decision.begin(), 20, "");
  std::fill_n(decision.begin() + 20, 10, "refused");
  const Table table = Table::of({column("decision", decision)});
  const Cube cube = cube_of(table, definitions({aggregate("refused", "decision == 'refused'"), aggregate("all")},
                                               {proportion("rate", "refused", "all")}));
  const JointCounts& joint = cube.blocks()[0].proportions[0];
  EXPECT_EQ(joint.both_true, Counts{10});
  EXPECT_EQ(joint.known, Counts{80});
  EXPECT_EQ(joint.numerator_unknown, Counts{20});
  EXPECT_TRUE(joint.both_unknown.empty());
  EXPECT_TRUE(joint.denominator_unknown_n_false.empty());
  EXPECT_TRUE(joint.denominator_unknown_n_true.empty());
}

TEST(Proportion, RefusesCountsThatOverlap) {
  const Definitions made =
      definitions({aggregate("refused", "decision == 'refused'"), aggregate("in_b", "office == 'B'"), aggregate("all")},
                  {proportion("rate", "refused + in_b", "all")});
  const std::string message = message_of([&] { cube_of(cases(), made); });
  EXPECT_TRUE(has(message, {"'rate'", "'refused'", "'in_b'", "1 rows of 'cases'", "exclude each other"}));
}

TEST(Proportion, TakesSumsOfDisjointCounts) {
  const Definitions made = definitions(
      {aggregate("refused", "decision == 'refused'"), aggregate("approved", "decision == 'approved'"),
       aggregate("elsewhere", "decision == 'returned' and office == 'B'")},
      {proportion("rate", "refused", "approved + refused"), proportion("other", "refused", "refused + elsewhere")});
  const Cube cube = cube_of(cases(), made);
  EXPECT_EQ(cube.blocks()[0].proportions[0].both_true, Counts{2});
  EXPECT_EQ(cube.blocks()[0].proportions[0].known, Counts{4});
  EXPECT_EQ(cube.blocks()[0].proportions[0].both_unknown, Counts{1});
  EXPECT_EQ(cube.blocks()[0].proportions[1].known, Counts{3});
}

// Many rows of chance, with missing cells; the same in any order.
class Random {
 public:
  explicit Random(std::size_t rows, std::size_t places = 5) {
    std::mt19937 chance(1);
    const auto any = [&](std::size_t n) { return static_cast<std::size_t>(chance() % n); };
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t kind = any(160);
      kinds.push_back(kind < 155 ? "k" + std::to_string(kind) : "");
      for (Texts* texts : {&first, &second, &third}) {
        const std::size_t place = any(places);
        texts->push_back(place == 0 ? "" : "p" + std::to_string(place));
      }
      const auto date = [&] { return any(9) == 0 ? std::nullopt : day(2020, 1 + static_cast<unsigned>(any(12)), 15); };
      start.push_back(date());
      end.push_back(date());
      amounts.push_back(any(9) == 0 ? std::nullopt : std::optional<std::int64_t>(any(1000)));
    }
  }

  Table table(const std::vector<std::size_t>& order = {}) const {
    const auto ordered = [&order]<class T>(std::vector<T> values) {
      const std::vector<T> before = values;
      for (std::size_t row = 0; row < order.size(); ++row) values[row] = before[order[row]];
      return values;
    };
    const Texts kind = ordered(kinds);
    const Texts a = ordered(first);
    const Texts b = ordered(second);
    const Texts c = ordered(third);
    const Dates from = ordered(start);
    const Dates until = ordered(end);
    const Numbers amount = ordered(amounts);
    return Table::of({column("kind", kind), column("a", a), column("b", b), column("c", c), column("start", from),
                      column("end", until), column("amount", amount)});
  }

  Texts kinds, first, second, third;
  Dates start, end;
  Numbers amounts;
};

Definitions many_kinds(std::size_t kinds) {
  Definitions made = definitions({placed(aggregate("all"), "end"), placed(sum_of("amount_sum", "amount"), "end"),
                                  placed(days_between("took", "start", "end"), "end"),
                                  placed(aggregate("odd", "a == b or days(start, end) > 60"), "end")});
  for (std::size_t kind = 0; kind < kinds; ++kind)
    made.aggregates.push_back(
        placed(aggregate("n" + std::to_string(kind), "kind == 'k" + std::to_string(kind) + "'"), "end"));
  made.indicators = {proportion("share", "n0 + n1", "all"), proportion("odd_share", "odd", "n0 + n1 + n2")};
  return made;
}

std::vector<Block> blocks(const Cube& cube) {
  return {cube.blocks().begin(), cube.blocks().end()};
}

TEST(Pass, CountsTheSameForAnyThreadsMorselsAndOrder) {
  const Random random(20'000);
  const Definitions made = many_kinds(10);
  const BuildOptions once{.by = {"a", "b"}, .threads = 1, .morsel = 1'000'000};
  const Cube expected = cube_of(random.table(), made, once);
  for (const int threads : {1, 2, 3, 7}) {
    for (const std::size_t morsel : {std::size_t{0}, std::size_t{1000}, std::size_t{1025}, std::size_t{65536}}) {
      if (morsel == 0 && threads > 2) continue;  // a row a task is slow
      std::vector<std::size_t> order(random.kinds.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      std::shuffle(order.begin(), order.end(), std::mt19937(static_cast<unsigned>(morsel)));
      const BuildOptions options{.by = {"a", "b"}, .threads = threads, .morsel = morsel};
      const Cube cube = cube_of(random.table(order), made, options);
      EXPECT_EQ(blocks(cube), blocks(expected)) << threads << " threads, morsels of " << morsel;
      EXPECT_EQ(cube.dimensions()[0].labels, expected.dimensions()[0].labels);
    }
  }
}

TEST(Pass, HasAsManyLanesAsAreWanted) {
  const Random random(5000);
  for (const std::size_t kinds : {1, 61, 63, 64, 127, 128, 155}) {
    const Cube cube = cube_of(random.table(), many_kinds(std::max<std::size_t>(kinds, 3)));
    const Block& block = cube.blocks()[0];
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      const auto of_kind = std::count(random.kinds.begin(), random.kinds.end(), "k" + std::to_string(kind));
      EXPECT_EQ(total(block.aggregates[4 + kind].yes), of_kind);
      EXPECT_EQ(total(block.aggregates[4 + kind].unknown), std::count(random.kinds.begin(), random.kinds.end(), ""));
    }
  }
}

TEST(Pass, CountsBeyondWhatSmallCountersHold) {
  for (const std::size_t rows : {254, 255, 256, 510, 511, 65'535, 65'536, 70'000}) {
    const Texts decision(rows, "refused");
    const Texts office(rows, "A");
    const Table table = Table::of({column("decision", decision), column("office", office)});
    const Cube cube = cube_of(table, definitions({aggregate("refused", "decision == 'refused'"),
                                                  aggregate("approved", "decision == 'approved'")}));
    EXPECT_EQ(cube.blocks()[0].units, Counts{static_cast<std::int64_t>(rows)});
    EXPECT_EQ(cube.blocks()[0].aggregates[0].yes, Counts{static_cast<std::int64_t>(rows)});
    EXPECT_TRUE(cube.blocks()[0].aggregates[1].yes.empty());
  }
}

TEST(Pass, NumbersManyPossibleCellsLikeFew) {
  // 100³ possible cells are more than rows: those that occur are numbered. Summed over two dimensions they are the few.
  const Random random(3000, 100);
  const Definitions made = many_kinds(3);
  const Cube many = cube_of(random.table(), made, {.by = {"a", "b", "c"}});
  const Cube few = cube_of(random.table(), made, {.by = {"a"}});
  std::map<std::pair<std::string, std::int32_t>, std::int64_t> expected, rolled_up;
  const Block& block = few.blocks()[0];
  for (std::size_t cell = 0; cell < block.cells(); ++cell)
    expected[{label(few, block, cell), block.months[cell]}] += block.units[cell];
  const Block& fine = many.blocks()[0];
  for (std::size_t cell = 0; cell < fine.cells(); ++cell)
    rolled_up[{label(many, fine, cell), fine.months[cell]}] += fine.units[cell];
  EXPECT_EQ(rolled_up, expected);
  EXPECT_GT(fine.cells(), 2900U);
  const auto at = [&](std::size_t cell) {
    return std::tuple(fine.codes[3 * cell], fine.codes[3 * cell + 1], fine.codes[3 * cell + 2], fine.months[cell]);
  };
  for (std::size_t cell = 1; cell < fine.cells(); ++cell) EXPECT_LT(at(cell - 1), at(cell));
}

TEST(Pass, RefusesMoreCellsThanCanBeNumbered) {
  Texts wide(2000);
  for (std::size_t row = 0; row < wide.size(); ++row) wide[row] = std::to_string(row);
  std::vector<Column> columns;
  BuildOptions options;
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
    columns.push_back(Table::of({column(name, wide)}).column(name));
    options.by.push_back(name);
  }
  const std::string message = message_of([&] { cube_of(Table(columns), definitions({aggregate("all")}), options); });
  EXPECT_TRUE(has(message, {"a (2001)", "f (2001)", "2^63", "`by`"}));
}

TEST(Build, SaysWhyAnIndicatorIsNotAvailable) {
  Aggregate other = aggregate("others", "x == 'y'");
  other.unit = "others";
  const Definitions made = definitions({aggregate("all"), other, aggregate("mistyped", "ofice == 'A'")},
                                       {proportion("here", "all", "all"), proportion("absent", "others", "others"),
                                        proportion("misread", "mistyped", "all")});
  const Cube cube = cube_of(cases(), made);
  EXPECT_TRUE(has(cube.not_available().at("absent"), {"'others'", "cases"}));
  EXPECT_TRUE(has(cube.not_available().at("misread"), {"'ofice'", "'cases'", "did you mean 'office'?"}));
  EXPECT_FALSE(cube.not_available().contains("here"));
  EXPECT_THROW(cube_of(cases(), made, {.indicators = {"absent"}}), QueryError);
  EXPECT_THROW(cube_of(cases(), made, {.indicators = {"misread"}}), ColumnNotFoundError);
  EXPECT_THROW(cube_of(cases(), made, {.indicators = {"heer"}}), QueryError);
  EXPECT_EQ(cube_of(cases(), made, {.indicators = {"here"}}).blocks()[0].aggregates.size(), 1U);
}

TEST(Build, SuggestsTheDimensionThatWasMeant) {
  const Definitions made = definitions({aggregate("all")});
  const std::string message = message_of([&] { cube_of(cases(), made, {.by = {"ofice"}}); });
  EXPECT_TRUE(has(message, {"'ofice'", "did you mean 'office'?"}));
  EXPECT_THROW(cube_of(cases(), made, {.by = {"ofice"}}), QueryError);
  EXPECT_THROW(cube_of(cases(), made, {.by = {"office", "office"}}), QueryError);
  EXPECT_THROW(cube_of(cases(), made, {.threads = -1}), QueryError);
}

TEST(Build, TellsEveryFaultOfUndeclaredColumns) {
  const Definitions made = definitions({aggregate("a", "decision > 5"), aggregate("b", "office == 2024")});
  try {
    cube_of(cases(), made);
    FAIL() << "nothing was thrown";
  } catch (const DefinitionError& error) {
    ASSERT_EQ(error.faults().size(), 2U);
    EXPECT_EQ(error.faults()[0].path, "aggregate.a.where");
    EXPECT_EQ(error.faults()[1].path, "aggregate.b.where");
  }
}

TEST(Build, RefusesColumnsOfTheWrongType) {
  EXPECT_TRUE(
      has(message_of([] { cube_of(cases(), definitions({sum_of("s", "office")})); }), {"'office'", "text", "integer"}));
  const Numbers numbers{1, 2};
  const Table table = Table::of({column("n", numbers)});
  EXPECT_TRUE(
      has(message_of([&] { cube_of(table, definitions({placed(aggregate("a"), "n")})); }), {"'n'", "integer", "date"}));
}

TEST(Build, CarriesTheDayTheDataStandAt) {
  const Cube cube = cube_of(cases(), definitions({aggregate("all")}), {.as_of = day(2024, 9, 30)});
  EXPECT_EQ(cube.as_of(), day(2024, 9, 30));
}

TEST(Build, MakesACubeWithoutCellsOfAnEmptyTable) {
  const Texts none;
  const Table table = Table::of({column("decision", none), column("office", none)});
  const Cube cube = cube_of(table, definitions({placed(aggregate("refused", "decision == 'refused'"), "office")}),
                            {.by = {"office"}});
  EXPECT_EQ(cube.cells(), 0);
  EXPECT_TRUE(cube.dimensions()[0].labels.empty());
}

}  // namespace
}  // namespace casemetry
