# SPDX-License-Identifier: Apache-2.0
"""Protected results tell nothing that they hide: an audit by all tables that agree with what is published."""

from __future__ import annotations

import itertools
import pickle
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import casemetry as cm
import pytest
from oracle.protection import Figure, recovered
from protection_cases import CATALOGUE, DEFINITIONS, K

Cell = tuple[str, ...]
SIZES = [0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 12, 20]
DIMENSIONS = ("office", "charge")
MONTHS = ["2024-01", "2024-02", "2024-03"]


def random_table(rng: random.Random, axes: tuple[int, int, int]) -> dict[Cell, int]:
    """Offices of two cities, charges, months, and how many cases."""
    offices = [f"{'AB'[place % 2]}{place}" for place in range(axes[0])]
    labels = (offices, [f"c{place}" for place in range(axes[1])], MONTHS[: axes[2]])
    table = {cell: rng.choice(SIZES) for cell in itertools.product(*labels)}
    return {cell: n for cell, n in table.items() if n} or {(offices[0], "c0", MONTHS[0]): 3}


def cube_of(table: Mapping[Any, int], refused: Mapping[Any, int] | None = None) -> cm.Cube:
    rows = [(*cell, i < (refused or {}).get(cell, 0)) for cell, n in table.items() for i in range(n)]
    columns = list(zip(*rows, strict=True))
    data = {"office": columns[0], "charge": columns[1], "on": [f"{on}-15" for on in columns[2]], "refused": columns[3]}
    return cm.Cube({"cases": {name: list(values) for name, values in data.items()}}, CATALOGUE, by=list(DIMENSIONS))


def figures(result: cm.Result, cells: list[Cell], side: str = "numerator") -> Iterator[Figure]:
    """Give what a result says of one indicator, as sums of cells."""
    columns = result.columns
    names = [name for name in ("city", "office", "charge") if name in columns]
    for row in range(len(result)):
        label = {name: columns[name][row] for name in names}
        first, _, last = (columns["period"][row] or "0..9").partition("..")
        inside = (
            place
            for place, (office, charge, month) in enumerate(cells)
            if label.get("city", office[0]) == office[0]
            and label.get("office", office) == office
            and label.get("charge", charge) == charge
            and first <= month <= (last or first)
        )
        n = columns[side][row] if side != "rest" else _rest(columns, row)
        yield Figure(frozenset(inside), None if n is None else int(n))


def _rest(columns: Mapping[str, list[Any]], row: int) -> int | None:
    n: int | None = columns["denominator"][row]
    return None if n is None else n - columns["numerator"][row]


def audit(table: Mapping[Cell, int], sums: list[Figure]) -> list[Figure]:
    """Give the hidden sums, other than zeros, that what is shown tells."""
    cells = list(table)
    of = {figure.cells: figure for figure in sums if figure.cells}
    assert all(of[figure.cells] == figure for figure in sums if figure.cells)  # one figure, one answer
    single = {next(iter(figure.cells)) for figure in of.values() if len(figure.cells) == 1}
    least = [int(place in single) for place in range(len(cells))]
    return [
        figure
        for figure in recovered(list(table.values()), least, list(of.values()))
        if sum(table[cells[place]] for place in figure.cells)
    ]


def all_margins(period: str | None) -> list[dict[str, Any]]:
    """Ask by every combination of dimensions and levels, by month and over all months."""
    bys = [[], ["city"], ["office"], ["charge"], ["city", "charge"], ["office", "charge"]]
    steps = [None, "month"] if period else [None]
    return [{"by": by, "period": period, "every": every} for by in bys for every in steps]


@pytest.mark.parametrize("axes", [(2, 3, 2), (3, 3, 1), (2, 2, 2), (4, 3, 1)])
def test_what_is_published_together_with_all_its_totals_tells_nothing_hidden(axes: tuple[int, int, int]) -> None:
    rng = random.Random(str(axes))
    period = f"{MONTHS[0]}..{MONTHS[axes[2] - 1]}"
    for _ in range(60):
        table = random_table(rng, axes)
        cube = cube_of(table)
        results = cm.protect([cube.table("filed", **asked) for asked in all_margins(period)], K)
        sums = [figure for result in results for figure in figures(result, list(table))]
        assert audit(table, sums) == []
        for figure in sums:
            n = sum(list(table.values())[place] for place in figure.cells)
            assert figure.shown in ((n, None) if n >= K or not n else (None,))


def test_what_is_hidden_is_nowhere_in_the_result(tmp_path: Path) -> None:
    table = {("A0", "c0", MONTHS[0]): 3, ("A0", "c1", MONTHS[0]): 41, ("A1", "c0", MONTHS[0]): 37}
    result = cube_of(table).table("filed", by=["office", "charge"]).protect(K)
    assert result.columns["status"] == ["protected", "ok", "protected"]
    for name in ("value", "numerator", "unknown", "least", "most"):
        assert [value is None for value in result.columns[name]] == [True, False, True]
    assert "已保护" in result.text()
    assert "protected" in result.html("en")
    for text in (result.text(), result.html().partition("</style>")[2], repr(result.columns)):
        assert "37" not in text
    assert "rows" not in result.metadata
    assert result.to_excel(tmp_path / "protected.xlsx").exists()
    with pytest.raises(TypeError):
        pickle.dumps(result)


def test_a_protected_result_knows_no_cube_and_no_rows() -> None:
    result = cube_of({("A0", "c0", MONTHS[0]): 9}).table("filed", by="city").protect(K)
    for ask in (lambda: result.top(1), lambda: result.drill(city="A"), lambda: result.rows({"cases": {}})):
        with pytest.raises(cm.QueryError):
            ask()


def test_a_higher_k_never_shows_more_and_one_hides_nothing() -> None:
    rng = random.Random(6)
    for _ in range(10):
        result = cube_of(random_table(rng, (4, 3, 1))).table("filed", by=["office", "charge"])
        assert result.protect(1).columns["value"] == result.columns["value"]
        small = [value for value in result.columns["value"] if 0 < value < K]
        hidden = result.protect(K).columns["value"].count(None)
        assert hidden >= len(small)
        assert result.protect(K).protect(K).columns["value"] == result.protect(K).columns["value"]


def test_a_base_says_what_must_reach_k() -> None:
    table = {("A0", "c0", MONTHS[0]): 9, ("A1", "c0", MONTHS[0]): 20}
    result = cube_of(table, {("A0", "c0", MONTHS[0]): 1}).table("rate", by="office")
    assert result.protect(K, base="denominator").columns["value"] == result.columns["value"]
    assert result.protect(K, base="cases").columns["value"] == result.columns["value"]
    assert result.protect(K).columns["value"] == [None, 0.0]  # the total, 1, is small itself
    with pytest.raises(cm.CasemetryError):
        result.protect(K, base="none")
    with pytest.raises(cm.QueryError, match="k = 0"):
        result.protect(0)


@pytest.mark.parametrize(
    ("base", "zh", "en"),
    [
        (None, "小数保护：小于 5 的数不显示", "Protection of small cells: numbers below 5 are not shown"),
        ("denominator", "以分母为基数，小于 5 的格不显示", "cells with Denominator below 5 are not shown"),
        ("cases", "以受理为基数，小于 5 的格不显示", "cells with Received below 5 are not shown"),
    ],
)
def test_the_base_is_told_in_words(base: str | None, zh: str, en: str) -> None:
    received = {**DEFINITIONS["aggregate"][0], "label": {"zh": "受理", "en": "Received"}}
    catalogue = cm.Catalogue.from_dict({**DEFINITIONS, "aggregate": [received, DEFINITIONS["aggregate"][1]]})
    table = {"on": ["2024-01-05"] * 9, "refused": [True] * 2 + [False] * 7}
    result = cm.Cube({"cases": table}, catalogue).table("rate").protect(K, base=base)
    assert zh in result.text()
    assert en in result.text("en")
    assert zh in result.plot().alt


def test_all_and_all_but_one_tell_nothing_of_the_one() -> None:
    table = {("A0", "c0", MONTHS[0]): 9, ("A1", "c0", MONTHS[0]): 2, ("A2", "c0", MONTHS[0]): 7}
    cube = cube_of(table)
    whole, without = cm.protect([cube.table("filed", by="office"), cube.table("filed", where="office != 'A1'")], K)
    assert whole.columns["value"] == [9.0, None, None]
    assert without.columns["value"] == [None]  # 16 - 9 would be the third
    shown = cm.protect({"all": cube.table("filed"), "one": cube.table("filed", where="office == 'A1'")}, K)
    assert shown["one"].columns["value"] == [None]


def test_a_cube_by_who_persons_are_leaves_only_protected(tmp_path: Path) -> None:
    columns = {"person": {"type": "text", "identifies": True}}
    definitions = {
        "schema": 1,
        "table": {"cases": {"columns": columns}},
        "aggregate": [{"id": "cases", "unit": "cases"}],
        "indicator": [{"id": "filed", "kind": "count", "of": "cases"}],
        "identity": [{"id": "all", "holds": "filed == cases"}],
    }
    rows = {"person": ["a"] * 7 + ["b"] * 8}
    cube = cm.Cube({"cases": rows}, cm.Catalogue.from_dict(definitions), by="person")
    result = cube.table(by="person")
    structure = cube.structure("filed", dimension="person")
    leave = (
        cube.to_arrow,
        lambda: cube.save(tmp_path / "a.cube"),
        result.to_arrow,
        result.to_pandas,
        result.wide().to_polars,
        lambda: result.to_excel(tmp_path / "a.xlsx"),
        result.plot,
        result.sentence,
        structure.to_arrow,
        structure.to_pandas,
        structure.to_polars,
        lambda: structure.to_excel(tmp_path / "a.xlsx"),
        structure.plot,
        structure.sentence,
        lambda: cm.check({"cases": rows}, cube.catalogue, by="person").to_excel(tmp_path / "a.xlsx"),
    )
    for way in leave:
        with pytest.raises(cm.QueryError, match="identifies persons, so"):
            way()
    assert all("a" in looked_at.text() for looked_at in (result, structure))  # which is no leaving
    assert pickle.loads(pickle.dumps(cube)) == cube  # nor is what workers exchange
    assert result.protect(K).to_arrow().num_rows == 2
    assert cube.roll_up([]).to_arrow().num_rows == 1


def test_what_is_compared_with_a_hidden_figure_is_hidden() -> None:
    table = {("A0", "c0", "2023-01"): 2, ("A1", "c0", "2023-01"): 30, ("A2", "c0", "2023-01"): 6}
    table |= {(office, "c0", "2024-01"): 20 for office in ("A0", "A1", "A2")}
    result = cube_of(table).table("filed", by="office", period="2024-01", compare=["year_ago", "total"]).protect(K)
    assert result.columns["value"] == [20.0] * 3
    assert result.columns["year_ago_value"] == [None, 30.0, None]
    assert [change is None for change in result.columns["year_ago_change"]] == [True, False, True]
    assert result.columns["total_value"] == [60.0] * 3


def test_the_order_of_rows_decides_nothing() -> None:
    rng = random.Random(3)
    for _ in range(10):
        table = random_table(rng, (4, 3, 1))
        rows = list(table.items())
        rng.shuffle(rows)
        one, other = (cube_of(dict(t)).table("filed", by=["charge", "office"]).protect(K) for t in (table, rows))
        assert one.columns == other.columns
