# SPDX-License-Identifier: Apache-2.0
"""What a protected result might tell by the way: unknown outcomes, cases and their persons, parts, bases, versions."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Mapping
from typing import Any

import casemetry as cm
import numpy as np
import pytest

K = 5
Atom = tuple[str, str, str, bool | None]  # office, charge, month, outcome

CATALOGUE = cm.Catalogue.from_dict(
    {
        "schema": 1,
        "table": {"cases": {"columns": {"on": {"type": "date"}, "refused": {"type": "boolean"}}}},
        "aggregate": [
            {"id": "cases", "unit": "cases", "date": "on"},
            {"id": "refused", "unit": "cases", "date": "on", "where": "refused"},
        ],
        "indicator": [
            {"id": "filed", "kind": "count", "of": "cases"},
            {"id": "rate", "kind": "proportion", "numerator": "refused", "denominator": "cases"},
            {"id": "refusals", "kind": "count", "of": "refused"},
            {"id": "net", "kind": "count", "of": "cases - refused"},
        ],
    }
)
# The outcomes of the units that each number of a row counts.
NUMBERS: dict[str, dict[str, tuple[bool | None, ...]]] = {
    "filed": {"numerator": (True, False, None)},
    "refusals": {"numerator": (True,), "unknown": (None,)},
    "rate": {"numerator": (True,), "denominator": (True, False), "unknown": (None,)},
}


def cube_of(table: Mapping[Atom, int]) -> cm.Cube:
    rows = [atom for atom, n in table.items() for _ in range(n)]
    office, charge, month, refused = zip(*rows, strict=True)
    on = [f"{name}-15" for name in month]
    data = {"office": list(office), "charge": list(charge), "on": on, "refused": list(refused)}
    return cm.Cube({"cases": data}, CATALOGUE, by=["office", "charge"])


def by_office(sizes: Mapping[str, Mapping[bool | None, int]]) -> cm.Cube:
    return cube_of({(o, "c", "2024-01", outcome): n for o, of in sizes.items() for outcome, n in of.items()})


class Reader:
    """Who reads all that is published, and solves it as equations: counts that are shown as 0 hold no unit."""

    def __init__(self, table: Mapping[Atom, int]) -> None:
        self.atoms = list(table)
        self.sizes = np.array(list(table.values()))
        self.shown: list[np.ndarray[Any, Any]] = []
        self.hidden: list[np.ndarray[Any, Any]] = []

    def read(self, result: cm.Result) -> None:
        columns = result.columns
        names = [name for name in ("office", "charge") if name in columns]
        for row, indicator in enumerate(columns["indicator"]):
            first, _, last = columns["period"][row].partition("..")
            for column, outcomes in NUMBERS[indicator].items():
                if column == "unknown" and columns["status"][row] != "protected":
                    continue  # not shown, but in a row with the count of all it is no secret
                held = [
                    all(atom[("office", "charge").index(name)] == columns[name][row] for name in names)
                    and first <= atom[2] <= (last or first)
                    and atom[3] in outcomes
                    for atom in self.atoms
                ]
                self._add(np.array(held, dtype=float), columns[column][row])

    def _add(self, units: np.ndarray[Any, Any], number: float | None) -> None:
        if number is None:
            self.hidden.append(units)
            return
        assert number == units @ self.sizes
        self.shown.append(units)

    def recovered(self, whatever: bool = False) -> list[int]:
        """Give the hidden numbers that are told, `whatever` they are, else other than 0."""
        empty = [units for units in self.shown if units @ self.sizes == 0]
        known = [*self.shown, *np.eye(len(self.atoms))[np.sum(empty, axis=0) > 0]] if empty else self.shown
        numbers = {tuple(units): int(units @ self.sizes) for units in self.hidden if units.any()}
        if not known:
            return []
        _, strength, directions = np.linalg.svd(np.array(known), full_matrices=False)
        basis = directions[strength > 1e-9]
        return [
            number
            for units, number in numbers.items()
            if (number or whatever) and np.linalg.norm(units - basis.T @ (basis @ units)) < 1e-7
        ]


def random_table(rng: random.Random, offices: int, charges: int, months: int) -> dict[Atom, int]:
    labels = ("ABCD"[:offices], ("c0", "c1", "c2")[:charges], ("2024-01", "2024-02")[:months], (True, False, None))
    sizes = [0, 0, 1, 2, 3, 4, 5, 6, 8, 12, 20]
    return {atom: rng.choice(sizes) for atom in itertools.product(*labels)} | {("A", "c0", "2024-01", True): 3}


def random_questions(rng: random.Random) -> list[dict[str, Any]]:
    asked = []
    for _ in range(rng.choice([1, 2, 3, 4])):
        indicators = rng.sample(list(NUMBERS), rng.choice([1, 2, 3]))
        by = rng.choice([[], ["office"], ["charge"], ["office", "charge"]])
        asked.append({"indicators": indicators, "by": by, "every": rng.choice([None, "month"])})
    return asked


def audit(seed: int, **protection: Any) -> list[int]:
    rng = random.Random(seed)
    table = random_table(rng, rng.choice([2, 3, 4]), rng.choice([1, 2, 3]), rng.choice([1, 2]))
    cube = cube_of(table)
    results = [cube.table(period="2024-01..2024-02", **asked) for asked in random_questions(rng)]
    later = {(office, charge, "2024-02", outcome): 0 for office, charge, _, outcome in table}
    reader = Reader(later | table)  # who reads is not told that nothing came in a month
    for result in cm.protect(results, K, **protection):
        reader.read(result)
    return reader.recovered()


@pytest.mark.parametrize("protection", [{}, {"base": "denominator"}, {"base": "cases"}, {"zeros": True}], ids=str)
def test_no_number_is_told_of_random_results_with_unknown_outcomes(protection: dict[str, Any]) -> None:
    assert [seed for seed in range(100) if audit(seed, **protection)] == []


@pytest.mark.parametrize("indicators", [["filed"], ["filed", "rate"], ["rate", "filed"]])
def test_a_cell_of_unknown_outcomes_only_is_as_hidden_as_others(indicators: list[str]) -> None:
    cube = by_office({"A": {None: 3}, "B": {True: 20, False: 20}, "C": {True: 25, False: 25}})
    parts, whole = cm.protect([cube.table(indicators, by="office"), cube.table(indicators)], K)
    filed = [
        n for n, name in zip(parts.columns["numerator"], parts.columns["indicator"], strict=True) if name == "filed"
    ]
    assert filed[0] is None
    assert (filed + whole.columns["numerator"]).count(None) >= 2
    assert 3 not in [*parts.columns["unknown"], *whole.columns["unknown"]]


def test_how_many_are_unknown_is_not_told_nor_are_bounds_that_tell_it() -> None:
    cube = by_office({"A": {True: 20, False: 18, None: 2}, "B": {True: 20, False: 20}})
    columns = cube.table("rate", by="office").protect(K).columns
    assert columns["denominator"] == [38, 40]
    for name in ("unknown", "least", "most"):
        assert [number is None for number in columns[name]] == [True, False]


def test_a_cell_that_is_hidden_for_its_base_is_hidden_whatever_it_counts() -> None:
    sizes: dict[str, dict[bool | None, int]] = {
        "A": {True: 10, False: 20},
        "B": {False: 4},
        "C": {True: 12, False: 18},
        "D": {True: 9, False: 21},
    }
    cube = by_office(sizes)
    parts, whole = cm.protect([cube.table("refusals", by="office"), cube.table("refusals")], K, base="cases")
    assert parts.columns["value"][1] is None
    assert [*parts.columns["value"], *whole.columns["value"]].count(None) >= 2  # 31 - 10 - 12 - 9 would be the second


def test_the_parts_of_a_difference_are_hidden_as_parts() -> None:
    cube = by_office({"A": {True: 10, False: 30}, "B": {True: 3, False: 30}, "C": {True: 20, False: 20}})
    values = [r.columns["value"] for r in cm.protect([cube.table("net", by="office"), cube.table("net")], K)]
    assert values[0][1] is None
    assert (values[0] + values[1]).count(None) >= 2


def cases_and_persons() -> cm.Cube:
    only = {"office": "only(office)"}
    catalogue = cm.Catalogue.from_dict(
        {
            "schema": 1,
            "table": {"t": {"columns": {name: {"type": "text"} for name in ("case", "person", "office", "sex")}}},
            "unit": {
                "cases": {"from": "t", "one_row_per": ["case"], "columns": only},
                "persons": {"from": "t", "one_row_per": ["case", "person"], "columns": only | {"sex": "only(sex)"}},
            },
            "aggregate": [
                {"id": "n_cases", "unit": "cases"},
                {"id": "n_persons", "unit": "persons"},
                {"id": "n_men", "unit": "persons", "where": "sex == 'm'"},
            ],
            "indicator": [
                {"id": "by_case", "kind": "count", "of": "n_cases"},
                {"id": "by_person", "kind": "count", "of": "n_persons"},
                {"id": "men", "kind": "proportion", "numerator": "n_men", "denominator": "n_persons"},
            ],
        }
    )
    sizes = {"A": (3, 0), "B": (20, 9), "C": (22, 1)}
    rows = [(f"{o}{i}", "p", o, "m" if i < men else "f") for o, (n, men) in sizes.items() for i in range(n)]
    columns = dict(zip(("case", "person", "office", "sex"), map(list, zip(*rows, strict=True)), strict=True))
    return cm.Cube({"t": columns}, catalogue, by=["office", "sex"])


def test_cases_and_the_persons_in_them_are_hidden_together() -> None:
    cube = cases_and_persons()
    names = ["by_case", "by_person", "men"]
    for result in cm.protect([cube.table(names, by="office"), cube.table(names)], K):
        status = result.columns["status"]
        rows = len(status) // len(names)
        assert status[:rows] == status[rows : 2 * rows] == status[2 * rows :]


def test_cases_are_protected_with_persons_by_what_cases_have_not() -> None:
    cube = cases_and_persons()
    cases, persons = cm.protect([cube.table("by_case", by="office"), cube.table("by_person", by=["office", "sex"])], K)
    assert cases.columns["value"][0] is None
    assert persons.columns["value"].count(None) >= 2


def of_versions(today: str, before: str) -> Callable[..., cm.Result]:
    definitions = {
        "schema": 1,
        "table": {"t": {"columns": {"on": {"type": "date"}, "d": {"type": "text"}, "w": {"type": "text"}}}},
        "aggregate": [
            {"id": "today", "unit": "t", "date": "on", "where": today},
            {"id": "before", "unit": "t", "date": "on", "where": before},
        ],
        "indicator": [
            {"id": "n", "kind": "count", "of": "today", "version": [{"valid_to": "2024-01-31", "of": "before"}]}
        ],
    }
    rows = (
        [("A", "2024-01-05")] * 40 + [("A", "2024-02-05")] * 3 + [("B", "2024-01-05")] * 30 + [("B", "2024-02-05")] * 30
    )
    data = {"o": [row[0] for row in rows], "on": [row[1] for row in rows], "d": ["x"] * len(rows)}
    cube = cm.Cube({"t": data}, cm.Catalogue.from_dict(definitions), by=["o"], as_of="2024-12-31")
    return lambda **asked: cube.table("n", by="o", period="2024-01..2024-02", every="month", **asked)


@pytest.mark.parametrize("before", ["d == 'y'", "w == 'y'"], ids=["counted", "not available"])
def test_periods_by_unlike_definitions_are_refused(before: str) -> None:
    ask = of_versions("d == 'x'", before)
    with pytest.raises(cm.QueryError, match="like_for_like"):
        ask(versions="as_then").protect(K)
    with pytest.raises(cm.QueryError, match="like_for_like"):
        cm.protect([ask(), ask(versions="as_then")], K)
    assert ask().protect(K).columns["numerator"][1] is None


def test_leads_that_several_groups_found_are_counted_as_others_are() -> None:
    sizes = {"A": (20, 1, 20), "B": (20, 9, 20), "C": (30, 9, 20)}
    sources = (["m"], ["m", "h"], ["h"])
    names = [(o, i, found) for o, of in sizes.items() for found, n in zip(sources, of, strict=True) for i in range(n)]
    rows = [(o, f"{o}{found}{i}", source) for o, i, found in names for source in found]
    data = {name: [row[place] for row in rows] for place, name in enumerate(("o", "lead", "source"))}
    groups = {"digital": ["m"], "other": ["h"]}
    result = cm.contribution(data, "digital", lead="lead", source="source", groups=groups, rule="shapley", by="o")
    assert result.protect(K).columns["numerator"][0] is None
