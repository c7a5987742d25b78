# SPDX-License-Identifier: Apache-2.0
"""The pass against plain Python: every count of every cell, and the band of what is unknown."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from casemetry import DataError, _core
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import cube as oracle

CLOSED = {"decision": ("approved", "refused", "decided")}
COLUMNS = {
    "decision": {"type": "category", "values": list(CLOSED["decision"])},
    "charge": {"type": "category"},
    "office": {"type": "category"},
    "age": {"type": "integer"},
    "filed_on": {"type": "date"},
    "closed_on": {"type": "date"},
    "amount": {"type": "decimal(2)"},
}
TYPES = pa.schema(
    [
        ("decision", pa.string()),
        ("charge", pa.string()),
        ("office", pa.string()),
        ("age", pa.int64()),
        ("filed_on", pa.date32()),
        ("closed_on", pa.date32()),
        ("amount", pa.decimal128(12, 2)),
    ]
)

Rows = list[dict[str, Any]]
Counts = list[oracle.Count]


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


days = st.dates(dt.date(2023, 12, 20), dt.date(2024, 3, 5)) | st.sampled_from([dt.date(1, 1, 1), dt.date(2219, 12, 31)])
row = st.fixed_dictionaries(
    {
        "decision": maybe(st.sampled_from([*CLOSED["decision"], "自行撤回"])),
        "charge": maybe(st.sampled_from(["盗窃", "诈骗", "故意伤害"])),
        "office": maybe(st.sampled_from(["A", "B", "C", "甲"])),
        "age": maybe(st.integers(14, 20)),
        "filed_on": maybe(days),
        "closed_on": maybe(days),
        "amount": maybe(st.decimals(-(10**6), 10**6, places=2)),
    }
)
tables = st.lists(row, max_size=60)

atoms: st.SearchStrategy[oracle.Predicate] = st.one_of(
    st.builds(
        oracle.Among,
        st.just("decision"),
        st.lists(st.sampled_from(CLOSED["decision"]), min_size=1, unique=True).map(tuple),
    ),
    st.builds(
        oracle.Among, st.just("charge"), st.lists(st.sampled_from(["盗窃", "诈骗"]), min_size=1, unique=True).map(tuple)
    ),
    st.builds(oracle.Below, st.just("age"), st.integers(14, 20)),
    st.builds(oracle.Longer, st.just("filed_on"), st.just("closed_on"), st.integers(-10, 40)),
    st.builds(oracle.Missing, st.sampled_from(["decision", "age", "closed_on"])),
)
predicates = st.recursive(
    atoms,
    lambda inner: (
        st.builds(oracle.Not, inner) | st.builds(oracle.Both, inner, inner) | st.builds(oracle.Either, inner, inner)
    ),
    max_leaves=5,
)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    pairs = draw(st.lists(st.tuples(maybe(predicates), maybe(predicates)), min_size=1, max_size=6))
    return [oracle.Count(f"n{i}", where, applies) for i, (where, applies) in enumerate(pairs)]


def catalogue_of(
    aggregates: Counts, proportions: Sequence[tuple[Counts, Counts]] = (), date: str | None = None, starts_on: int = 1
) -> _core.Catalogue:
    """Define these counts, a sum and days of what the first counts, and proportions of them."""

    def written(count: oracle.Count) -> dict[str, Any]:
        parts = {"where": count.where, "applies_where": count.applies_where}
        return {"id": count.id} | {key: part.text() for key, part in parts.items() if part is not None}

    measured = written(aggregates[0])
    measures = [
        measured | {"id": "amount_sum", "kind": "sum", "column": "amount"},
        measured | {"id": "took", "kind": "days", "start": "filed_on", "end": "closed_on"},
    ]
    placed = {"unit": "cases"} | ({"date": date} if date else {})
    tree = {
        "schema": 1,
        "calendar": {"month_starts_on": starts_on},
        "table": {"cases": {"columns": COLUMNS}},
        "aggregate": [aggregate | placed for aggregate in [*map(written, aggregates), *measures]],
        "indicator": [
            {"id": f"p{i}", "kind": "proportion", "numerator": formula(n), "denominator": formula(d)}
            for i, (n, d) in enumerate(proportions)
        ],
    }
    return _core.Catalogue.from_json(json.dumps(tree))


def formula(parts: Counts) -> str:
    return " + ".join(part.id for part in parts)


def table_of(rows: Rows, chunk: int | None = None) -> _core.Table:
    whole = pa.Table.from_pylist(rows, TYPES)
    chunks = [whole] if chunk is None else [whole[i : i + chunk] for i in range(0, len(rows), chunk)]
    coded = [
        pa.table(
            [column.dictionary_encode() if pa.types.is_string(column.type) else column for column in part.columns],
            names=TYPES.names,
        )
        for part in chunks
    ]
    return _core.Table.from_stream(pa.concat_tables(coded or [whole]))


def block_of(rows: Rows, catalogue: _core.Catalogue, **options: Any) -> dict[str, Any]:
    blocks = _core.build({"cases": table_of(rows)}, catalogue, **options).blocks()
    assert len(blocks) == 1
    return dict(blocks[0])


def by_cell(block: dict[str, Any], values: list[Any]) -> dict[oracle.Cell, Any]:
    return dict(zip(block["cells"], values, strict=True))


@given(
    tables,
    counts(),
    st.lists(st.sampled_from(["office", "decision", "charge"]), unique=True),
    st.sampled_from([None, "filed_on", "closed_on"]),
    st.sampled_from([1, 26]),
)
def test_counts_every_outcome_of_every_cell(
    rows: Rows, aggregates: Counts, by: list[str], date: str | None, starts_on: int
) -> None:
    block = block_of(rows, catalogue_of(aggregates, date=date, starts_on=starts_on), by=by)
    expected = oracle.cells(rows, by, date, starts_on)
    assert by_cell(block, block["units"]) == {cell: len(found) for cell, found in expected.items()}
    for aggregate in aggregates:
        found = block["aggregates"][aggregate.id]
        for i, cell in enumerate(block["cells"]):
            outcomes = oracle.counted(aggregate, expected[cell], CLOSED)
            assert found["yes"][i] == outcomes["yes"]
            assert found["unknown"][i] == outcomes["unknown"]
            assert found["not_applicable"][i] == outcomes["not applicable"]
            no = block["units"][i] - found["yes"][i] - found["unknown"][i] - found["not_applicable"][i]
            assert no == outcomes["no"]


@given(tables, counts(), st.lists(st.sampled_from(["office", "decision"]), unique=True))
def test_sums_and_days_are_exact(rows: Rows, aggregates: Counts, by: list[str]) -> None:
    block = block_of(rows, catalogue_of(aggregates), by=by)
    expected = oracle.cells(rows, by, None)
    sums, took = block["aggregates"]["amount_sum"], block["aggregates"]["took"]
    for i, cell in enumerate(block["cells"]):
        unknown = oracle.counted(aggregates[0], expected[cell], CLOSED)["unknown"]
        true = [found for found in expected[cell] if aggregates[0].outcome(found, CLOSED) == "yes"]
        amounts = [int(found["amount"] * 100) for found in true if found["amount"] is not None]
        assert (sums["yes"][i], sums["unknown"][i]) == (len(true), unknown)
        assert sums["n"][i] == len(amounts)
        assert sums["sum"][i] == sum(amounts)
        assert sums["sum_of_squares"][i] == sum(amount * amount for amount in amounts)
        known = [found for found in true if found["filed_on"] and found["closed_on"]]
        between = [(found["closed_on"] - found["filed_on"]).days for found in known]
        assert took["days"][i] == {days: between.count(days) for days in between}
        assert list(took["days"][i]) == sorted(took["days"][i])
        assert (took["yes"][i], took["unknown"][i]) == (len(true), unknown)


@given(tables)
def test_is_in_canonical_order(rows: Rows) -> None:
    cube = _core.build(
        {"cases": table_of(rows)}, catalogue_of([oracle.Count("n")], date="filed_on"), by=["decision", "office"]
    )
    decisions = {row["decision"] for row in rows} - {None}
    declared = [value for value in CLOSED["decision"] if value in decisions]
    offices = sorted({row["office"] for row in rows} - {None})
    others = sorted(decisions - set(declared))
    assert cube.dimensions == {"decision": declared + others, "office": offices}

    def place(cell: oracle.Cell) -> tuple[int, int, float]:
        (decision, office), month = cell
        ranks = ([*declared, *others, None].index(decision), [*offices, None].index(office))
        return *ranks, float("inf") if month is None else month

    (block,) = cube.blocks()
    assert block["cells"] == sorted(oracle.cells(rows, ["decision", "office"], "filed_on"), key=place)


@given(tables, counts(), st.data())
def test_proportions_know_both_sides_together(rows: Rows, aggregates: Counts, data: st.DataObject) -> None:
    side = st.lists(st.sampled_from(aggregates), min_size=1, max_size=3, unique_by=lambda count: count.id)
    numerator, denominator = data.draw(side), data.draw(side)
    catalogue = catalogue_of(aggregates, [(numerator, denominator)])
    if oracle.overlap(numerator, rows, CLOSED) or oracle.overlap(denominator, rows, CLOSED):
        with pytest.raises(DataError, match=r"'p0'.*are both and would count twice"):
            block_of(rows, catalogue)
        return
    block = block_of(rows, catalogue, by=["office"])
    (found,) = block["proportions"].values()
    for i, cell in enumerate(block["cells"]):
        expected = oracle.joint(numerator, denominator, oracle.cells(rows, ["office"], None)[cell], CLOSED)
        assert {name: values[i] for name, values in found.items()} == {name: expected[name] for name in found}


@given(tables, counts(), st.randoms(use_true_random=False), st.integers(1, 9), st.integers(1, 70))
@settings(max_examples=30)
def test_is_the_same_for_any_threads_morsels_chunks_and_order(
    rows: Rows, aggregates: Counts, chance: random.Random, chunk: int, morsel: int
) -> None:
    catalogue = catalogue_of(aggregates, date="filed_on")
    expected = block_of(rows, catalogue, by=["office", "decision"], threads=1)
    for threads in (1, 2, 3, 7):
        chance.shuffle(rows)
        cube = _core.build(
            {"cases": table_of(rows, chunk)}, catalogue, by=["office", "decision"], threads=threads, morsel=morsel
        )
        assert cube.blocks() == [expected]


def random_table(chance: random.Random) -> Rows:
    def any_of(values: Sequence[Any]) -> Any:
        return chance.choice([*values, None])

    def some_day() -> Any:
        return any_of([dt.date(2024, 1, 1) + dt.timedelta(days=n) for n in range(0, 40, 13)])

    return [
        {
            "decision": any_of(["approved", "refused", "自行撤回"]),
            "charge": any_of(["盗窃", "诈骗"]),
            "office": "A",
            "age": any_of([16, 18]),
            "filed_on": some_day(),
            "closed_on": some_day(),
            "amount": None,
        }
        for _ in range(chance.randint(0, 7))
    ]


def random_predicate(chance: random.Random, depth: int = 2) -> oracle.Predicate:
    choices: list[Callable[[], oracle.Predicate]] = [
        lambda: oracle.Among(
            "decision", tuple(chance.sample(["approved", "refused", "decided"], chance.randint(1, 2)))
        ),
        lambda: oracle.Among("charge", (chance.choice(["盗窃", "诈骗"]),)),
        lambda: oracle.Below("age", 18),
        lambda: oracle.Longer("filed_on", "closed_on", 7),
    ]
    if depth > 0:
        inner = (random_predicate(chance, depth - 1), random_predicate(chance, depth - 1))
        choices += [lambda: oracle.Both(*inner), lambda: oracle.Either(*inner), lambda: oracle.Not(inner[0])]
    return chance.choice(choices)()


def test_the_band_of_400_random_tables_is_that_of_every_completion() -> None:
    """x, n, a, b, c, d give the least and most of every way in which the unknown outcomes may turn out."""
    chance = random.Random(400)
    bands = 0
    while bands < 400:
        rows = random_table(chance)
        n, d = (
            oracle.Count(id, random_predicate(chance), chance.choice([None, random_predicate(chance)])) for id in "nd"
        )
        outcomes = [(oracle.union([d], row, CLOSED), oracle.union([n], row, CLOSED)) for row in rows]
        expected = oracle.band(outcomes)
        if not rows or expected is None or expected[0] == expected[1]:
            continue
        (found,) = block_of(rows, catalogue_of([n, d], [([n], [d])]))["proportions"].values()
        assert band_of(*(values[0] for values in found.values())) == expected
        bands += 1


def band_of(x: int, n: int, a: int, b: int, c: int, d: int) -> tuple[Fraction, Fraction]:
    """Return the least and the most (semantics of a proportion's missing-data band)."""
    least = Fraction(x, n + a + b + c) if n + a + b + c else Fraction(1)
    most = Fraction(x + a + b + d, n + a + b + d) if n + a + b + d else Fraction(0)
    return least, most
