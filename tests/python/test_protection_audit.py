# SPDX-License-Identifier: Apache-2.0
"""Protected rates, comparisons, largest cells, conditions and files tell nothing that they hide."""

from __future__ import annotations

import io
import itertools
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import casemetry as cm
import pytest
from oracle.protection import Figure, recovered
from protection_cases import CATALOGUE, K

Kinds = dict[tuple[str, str, bool], int]  # of each cell, refused or not: how many

SIZES = [0, 1, 1, 2, 3, 4, 5, 6, 8, 12, 20]
MONTHS = ["2023-01", "2024-01", "2024-02"]


def random_kinds(rng: random.Random, offices: int, months: Sequence[str]) -> Kinds:
    """Offices of two cities, months, refused or not, and how many cases. Where there are some, both kinds may be."""
    names = [f"{'AB'[place % 2]}{place}" for place in range(offices)]
    kinds = {kind: rng.choice(SIZES) for kind in itertools.product(names, months, (True, False))}
    some = {(office, month) for (office, month, _), n in kinds.items() if n}
    return {kind: n for kind, n in kinds.items() if kind[:2] in some} or {("A0", months[-1], False): 3}


def cube_of(kinds: Mapping[tuple[str, str, bool], int]) -> cm.Cube:
    rows = [kind for kind, n in kinds.items() for _ in range(n)]
    columns = {
        "office": [office for office, _, _ in rows],
        "on": [f"{month}-15" for _, month, _ in rows],
        "refused": [refused for _, _, refused in rows],
    }
    return cm.Cube({"cases": columns}, CATALOGUE, by="office")


def whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def rest(columns: Mapping[str, list[Any]], row: int) -> float | None:
    x, n = columns["numerator"][row], columns["denominator"][row]
    return None if n is None else n - x


class Reader:
    """Who reads results, and knows which kinds of cases there may be: gathers what they say, as sums of kinds."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self.figures: list[Figure] = []

    def add(self, kinds: Callable[[str, str, bool], bool], shown: int | None) -> None:
        inside = frozenset(place for place, kind in enumerate(self.kinds) if kinds(*kind))
        if inside:
            self.figures.append(Figure(inside, shown))

    def read(self, result: cm.Result, where: Callable[[str, bool], bool] = lambda _office, _refused: True) -> None:
        """Read the rows of counts and rates, each with its office or city, its period."""
        columns = result.columns
        for row, indicator in enumerate(columns["indicator"]):
            office = columns["office"][row] if "office" in columns else None
            city = columns["city"][row] if "city" in columns else None
            first, _, last = (columns["period"][row] or "0..9").partition("..")

            def inside(
                of: str, month: str, refused: bool, ends: tuple[str, str] = (first, last or first),
                office: str | None = office, city: str | None = city,
            ) -> bool:  # fmt: skip
                in_place = office in (None, of) and city in (None, of[0])
                return in_place and ends[0] <= month <= ends[1] and where(of, refused)

            if indicator == "filed":
                self.add(inside, whole(columns["value"][row]))
                continue
            assert (columns["value"][row] is None) == (
                columns["denominator"][row] is None or not columns["denominator"][row]
            )
            self.add(inside, whole(columns["denominator"][row]))
            self.add(lambda o, m, r, f=inside: r and f(o, m, r), whole(columns["numerator"][row]))  # type: ignore[misc]
            self.add(lambda o, m, r, f=inside: not r and f(o, m, r), whole(rest(columns, row)))  # type: ignore[misc]

    def tells(self) -> list[Figure]:
        """Give the hidden sums, other than zeros, that have one number in all tables that agree with what is shown."""
        told: dict[frozenset[int], int | None] = {}
        for figure in self.figures:
            if told.get(figure.cells) is None:
                told[figure.cells] = figure.shown
        sums = [Figure(cells, shown) for cells, shown in told.items()]
        counts = list(self.kinds.values())
        return [
            figure
            for figure in recovered(counts, [0] * len(counts), sums)
            if sum(counts[place] for place in figure.cells)
        ]


def test_rates_and_counts_together_tell_nothing_hidden() -> None:
    rng = random.Random("rates")
    for _ in range(25):
        kinds = random_kinds(rng, 4, ["2024-01"])
        cube = cube_of(kinds)
        reader = Reader(kinds)
        results = [cube.table(["filed", "rate"], by=by) for by in ([], ["city"], ["office"])]
        for result in cm.protect(results, K):
            reader.read(result)
        assert reader.tells() == []


def test_a_hidden_numerator_hides_denominator_rate_and_interval() -> None:
    kinds: Kinds = {("A0", "2024-01", True): 2, ("A0", "2024-01", False): 38, ("A1", "2024-01", False): 50}
    kinds |= {("A1", "2024-01", True): 9, ("A2", "2024-01", True): 10, ("A2", "2024-01", False): 60}
    columns = cube_of(kinds).table(["rate", "filed"], by="office").protect(K).columns
    hidden = [status == "protected" for status in columns["status"]]
    assert hidden[0]
    assert hidden[: len(hidden) // 2] == hidden[len(hidden) // 2 :]  # the count of the same cases tells no more
    for name in ("value", "numerator", "denominator", "unknown", "low", "high"):
        assert all(number is None for number, is_hidden in zip(columns[name], hidden, strict=True) if is_hidden)


def test_comparisons_tell_nothing_hidden() -> None:
    rng = random.Random("comparisons")
    for _ in range(20):
        kinds = random_kinds(rng, 4, MONTHS)
        result = cube_of(kinds).table(
            "filed", by="office", period="2024-01..2024-02", every="month",
            compare=["parent", "total", "previous", "year_ago"],
        ).protect(K)  # fmt: skip
        reader = Reader(kinds)
        reader.read(result)
        columns = result.columns
        for row, office in enumerate(columns["office"]):
            month = columns["period"][row]
            before = {"2024-01": "2023-12", "2024-02": "2024-01"}[month]
            beside: dict[str, Callable[[str, str, bool], bool]] = {
                "parent": lambda o, m, _r, c=office[0], t=month: o[0] == c and m == t,  # type: ignore[misc]
                "total": lambda _o, m, _r, t=month: m == t,  # type: ignore[misc]
                "previous": lambda o, m, _r, of=office, t=before: o == of and m == t,  # type: ignore[misc]
                "year_ago": lambda o, m, _r, of=office, t="2023" + month[4:]: o == of and m == t,  # type: ignore[misc]
            }
            for name, inside in beside.items():
                then = columns[f"{name}_value"][row]
                reader.add(inside, whole(then))
                if then is None or columns["value"][row] is None:
                    assert columns[f"{name}_change"][row] is None
        assert reader.tells() == []


@pytest.mark.parametrize("n", [1, 2])
def test_largest_cells_and_the_others_tell_nothing_hidden(n: int) -> None:
    rng = random.Random(n)
    for _ in range(15):
        kinds = random_kinds(rng, 5, ["2024-01"])
        unprotected = cube_of(kinds).table("filed", by="office").top(n, others=True)
        result = unprotected.protect(K)
        largest = set(unprotected.columns["office"][:n])
        reader = Reader(kinds)
        offices = result.columns["office"]
        assert offices[:n] == sorted(offices[:n])
        for office, value in zip(offices, result.columns["value"], strict=True):
            reader.add(lambda o, _m, _r, of=office, big=largest: o == of if of in big else o not in big, whole(value))  # type: ignore[misc]
        reader.add(lambda _o, _m, _r: True, sum(kinds.values()) if sum(kinds.values()) >= K else None)
        assert reader.tells() == []


def test_conditions_tell_nothing_hidden() -> None:
    rng = random.Random("conditions")
    conditions: list[tuple[str | None, Callable[[str, bool], bool]]] = [
        (None, lambda _office, _refused: True),
        ("office != 'A0'", lambda office, _refused: office != "A0"),
        ("office in ['A0', 'B1']", lambda office, _refused: office in ("A0", "B1")),
        ("office != 'B3'", lambda office, _refused: office != "B3"),
    ]
    for _ in range(20):
        kinds = random_kinds(rng, 4, ["2024-01"])
        cube = cube_of(kinds)
        for by in ([], ["office"]):
            asked = [cube.table("filed", by=by, where=where) for where, _ in conditions]
            reader = Reader(kinds)
            for result, (_, holds) in zip(cm.protect(asked, K), conditions, strict=True):
                reader.read(result, holds)
            assert reader.tells() == []


def test_a_larger_k_never_shows_what_is_smaller_than_it() -> None:
    rng = random.Random("k")
    for _ in range(10):
        result = cube_of(random_kinds(rng, 5, MONTHS[:1])).table(["filed", "rate"], by="office")
        hidden_before = -1
        for k in (1, 2, 3, 5, 8, 12):
            columns = result.protect(k).columns
            for name in ("numerator", "denominator"):
                assert all(number is None or number == 0 or number >= k for number in columns[name])
            small = [n for n in result.columns["numerator"] if n is not None and 0 < n < k]
            assert columns["numerator"].count(None) >= len(small) >= hidden_before
            hidden_before = len(small)


def test_hidden_numbers_stand_in_no_file_and_no_display(tmp_path: Path) -> None:
    kinds: Kinds = {("A0", "2024-01", False): 3, ("A1", "2024-01", False): 73519 % 7351 + 411}
    kinds |= {("A2", "2024-01", False): 2903}
    result = cube_of(kinds).table("filed", by="office", compare="total")
    protected = result.protect(K)
    secrets = [
        str(int(value))
        for value, shown in zip(result.columns["value"], protected.columns["value"], strict=True)
        if shown is None and value > 99
    ]
    assert secrets
    path = protected.to_excel(tmp_path / "protected.xlsx")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
        texts = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    texts += [protected.html(lang).partition("</style>")[2] for lang in ("zh", "en")]
    texts += [protected.text(lang) for lang in ("zh", "en")]
    texts += [repr(protected.metadata), str(protected.to_pandas().to_dict()), repr(protected.to_arrow().to_pydict())]
    for secret in secrets:
        assert not any(f">{secret}<" in text or f" {secret}" in text for text in texts)
