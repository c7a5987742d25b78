// SPDX-License-Identifier: Apache-2.0
// The Arrow form of a cube: handed out, read back, and handed in by producers who got it wrong.
#include "cubes.hpp"

#include <cstring>
#include <functional>

namespace casemetry {
namespace {

using namespace samples;

Cube all_kinds() {
  const Texts office{"A", "B", "", "B"};
  const Dates on{day(2024, 1, 5), day(2024, 2, 6), std::nullopt, day(2024, 2, 7)};
  const Dates end{day(2024, 3, 5), day(2024, 3, 6), day(2024, 3, 7), day(2024, 3, 7)};
  const Numbers amount{5, -7, 9, {}};
  const Table table =
      Table::of({column("office", office), column("on", on), column("end", end), column("amount", amount)});
  Aggregate pending = aggregate("pending");
  pending.kind = Aggregate::Kind::pending;
  pending.opened = "on";
  pending.closed = "end";
  return cube_of(table,
                 definitions({pending, placed(aggregate("in_b", "office == 'B'"), "on"), placed(aggregate("all"), "on"),
                              sum_of("total", "amount"), days_between("took", "on", "end")},
                             {proportion("share", "in_b", "all")}),
                 {.by = {"office"}, .as_of = day(2024, 3, 31), .part = "甲"});
}

/// A schema and a batch, handed out once as a stream of theirs, after something was done to them.
struct Handed {
  ArrowSchema schema{};
  ArrowArray batch{};
  ArrowArrayStream stream{};

  explicit Handed(const Cube& cube) {
    ArrowArrayStream out{};
    cube.to_arrow(&out);
    out.get_schema(&out, &schema);
    out.get_next(&out, &batch);
    out.release(&out);
    stream.private_data = this;
    stream.get_schema = [](ArrowArrayStream* of, ArrowSchema* to) {
      *to = std::exchange(static_cast<Handed*>(of->private_data)->schema, {});
      return 0;
    };
    stream.get_next = [](ArrowArrayStream* of, ArrowArray* to) {
      *to = std::exchange(static_cast<Handed*>(of->private_data)->batch, {});
      return 0;
    };
    stream.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
    stream.release = [](ArrowArrayStream* of) { of->release = nullptr; };
  }
  Handed(const Handed&) = delete;
  ~Handed() {
    if (schema.release != nullptr) schema.release(&schema);
    if (batch.release != nullptr) batch.release(&batch);
  }
  Cube read() { return Cube::from_arrow(&stream); }
  ArrowArray& column(const std::string& name) {
    for (std::int64_t i = 0; i < schema.n_children; ++i)
      if (name == schema.children[i]->name) return *batch.children[i];
    throw std::out_of_range(name);
  }
};

TEST(CubeArrow, ReadsBackAsTheSameCube) {
  const Cube cube = all_kinds();
  Handed handed(cube);
  const Cube read = handed.read();
  EXPECT_EQ(handed.stream.release, nullptr);
  EXPECT_EQ(read, cube);
  EXPECT_EQ(read.bytes(), cube.bytes());
  EXPECT_TRUE(std::ranges::equal(read.blocks(), cube.blocks()));
}

TEST(CubeArrow, HandsOutAColumnForEachCount) {
  Handed handed(all_kinds());
  Texts names;
  for (std::int64_t i = 0; i < handed.schema.n_children; ++i) names.emplace_back(handed.schema.children[i]->name);
  EXPECT_EQ(Texts(names.begin(), names.begin() + 5), (Texts{"unit", "date", "office", "period", "units"}));
  for (const char* name : {"in_b.true", "total.sum_of_squares", "took.days", "pending.days", "in_b / all.both_true"})
    EXPECT_EQ(std::ranges::count(names, name), 1) << name;
  EXPECT_EQ(std::ranges::count(names, "in_b.sum"), 0);
}

using Change = std::function<void(ArrowSchema&, ArrowArray&)>;

TEST(CubeArrow, RefusesWhatIsMalformedInAnyColumn) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const Change changes[] = {
      [](ArrowSchema&, ArrowArray& cells) { cells.length = -1; },
      [](ArrowSchema&, ArrowArray& cells) { cells.length = 1; },
      [=](ArrowSchema&, ArrowArray& cells) { cells.length = most; },
      [](ArrowSchema&, ArrowArray& cells) { cells.offset = -1; },
      [=](ArrowSchema&, ArrowArray& cells) { cells.offset = most; },
      [](ArrowSchema&, ArrowArray& cells) { cells.n_buffers = 0; },
      [](ArrowSchema&, ArrowArray& cells) { cells.n_buffers = 4; },
      [](ArrowSchema&, ArrowArray& cells) { cells.buffers = nullptr; },
      [](ArrowSchema&, ArrowArray& cells) { cells.buffers[1] = nullptr; },
      [](ArrowSchema&, ArrowArray& cells) { cells.n_children = 3; },
      [](ArrowSchema&, ArrowArray& cells) { cells.children = nullptr, cells.n_children = 1; },
      [](ArrowSchema& schema, ArrowArray&) { schema.format = "z"; },
      [](ArrowSchema& schema, ArrowArray&) { schema.format = "b"; },
      [](ArrowSchema& schema, ArrowArray&) { schema.format = nullptr; },
      [](ArrowSchema& schema, ArrowArray&) { schema.name = "other"; },
      [](ArrowSchema& schema, ArrowArray&) { schema.name = nullptr; },
  };
  const Cube cube = all_kinds();
  const std::int64_t columns = Handed(cube).schema.n_children;
  for (std::int64_t i = 0; i < columns; ++i) {
    for (std::size_t k = 0; k < std::size(changes); ++k) {
      Handed handed(cube);
      changes[k](*handed.schema.children[i], *handed.batch.children[i]);
      EXPECT_THROW(handed.read(), SchemaError) << "column " << i << ", change " << k;
    }
  }
}

TEST(CubeArrow, RefusesListsThatReachOutside) {
  const auto told = [](const std::function<void(ArrowArray&)>& change) {
    Handed handed(all_kinds());
    change(handed.column("took.days"));
    return message_of([&] { handed.read(); });
  };
  const auto offset = [](std::size_t place, std::int32_t value) {
    return [=](ArrowArray& lists) {
      std::memcpy(static_cast<char*>(const_cast<void*>(lists.buffers[1])) + 4 * place, &value, sizeof value);
    };
  };
  EXPECT_TRUE(has(told(offset(0, -1)), {"'took.days'", "decrease or reach past"}));
  EXPECT_TRUE(has(told(offset(3, 1'000'000)), {"'took.days'", "decrease or reach past"}));
  EXPECT_TRUE(has(told([](ArrowArray& lists) { lists.children[0] = nullptr; }), {"'took.days'", "missing"}));
  EXPECT_TRUE(has(told([](ArrowArray& lists) { lists.children[0]->children[1]->length = 0; }), {"shorter"}));
}

TEST(CubeArrow, RefusesAStreamThatIsUsedUp) {
  Handed handed(all_kinds());
  handed.read();
  EXPECT_TRUE(has(message_of([&] { handed.read(); }), {"read or released already"}));
  EXPECT_TRUE(has(message_of([] { Cube::from_arrow(nullptr); }), {"read or released already"}));
}

TEST(CubeArrow, RefusesADimensionCalledAsAnotherColumn) {
  const Texts units{"x"};
  const Cube cube = cube_of(Table::of({column("unit", units)}), definitions({aggregate("all")}), {.by = {"unit"}});
  ArrowArrayStream out{};
  EXPECT_TRUE(has(message_of([&] { cube.to_arrow(&out); }), {"dimension 'unit'", "another name"}));
}

}  // namespace
}  // namespace casemetry
