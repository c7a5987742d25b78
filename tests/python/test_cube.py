# SPDX-License-Identifier: Apache-2.0
"""A cube as a user builds it: against another engine, and the same whatever the threads, the chunks and the order."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

import casemetry as cm
import duckdb
import pyarrow as pa
import pytest
from casemetry.datasets import synthetic_cases

CATALOGUE = cm.Catalogue.from_dict(
    {
        "schema": 1,
        "table": {"cases": {}},
        "list": {"refusals": ["refused_no_crime", "refused_evidence", "refused_no_need"]},
        "aggregate": [
            {"id": "refused", "unit": "cases", "date": "decided_on", "where": "decision in @refusals"},
            {"id": "decided", "unit": "cases", "date": "decided_on", "where": "not is_null(decision)"},
            {"id": "old", "unit": "cases", "where": "age >= 60"},
            {"id": "adult_men", "unit": "cases", "where": "age >= 18 and sex == '男'", "applies_where": "age < 60"},
            {"id": "took", "kind": "days", "unit": "cases", "start": "received_on", "end": "decided_on"},
            {"id": "years", "kind": "sum", "unit": "cases", "column": "age"},
        ],
        "indicator": [
            {"id": "non_arrest_rate", "kind": "proportion", "numerator": "refused", "denominator": "decided"},
            {"id": "elderly", "kind": "count", "of": "old"},
            {"id": "adult_men", "kind": "count", "of": "adult_men"},
            {"id": "median_days", "kind": "quantile", "of": "took", "q": 0.5},
            {"id": "ninth_decile_of_days", "kind": "quantile", "of": "took", "q": 0.9},
            {"id": "mean_age", "kind": "mean", "of": "years"},
        ],
    }
)


@pytest.fixture(scope="module")
def cases() -> pa.Table:
    table: pa.Table = synthetic_cases(30_000, rng=7).cases
    return table


@pytest.fixture(scope="module")
def cube(cases: pa.Table) -> cm.Cube:
    return cm.Cube({"cases": cases}, CATALOGUE, by=["city", "charge"])


# ---------------------------------------------------------------------------------------------------- another engine


def by_sql(cases: pa.Table, measures: str, group: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as engine:
        engine.register("cases", cases)
        rows: list[tuple[Any, ...]] = engine.execute(
            f"select {group}, {measures} from cases group by {group} order by {group} nulls last"
        ).fetchall()
    return rows


def by_cube(cube: cm.Cube, indicator: str, group: str, *columns: str) -> list[tuple[Any, ...]]:
    found = cube.table(indicator, by=group).columns
    rows = list(zip(found[group], *(found[column] for column in columns), strict=True))
    return sorted(rows, key=lambda row: (row[0] is None, row[0]))


GROUPS = pytest.mark.parametrize("group", ["city", "charge"])


@GROUPS
def test_rates_are_those_of_duckdb(cases: pa.Table, cube: cm.Cube, group: str) -> None:
    expected = by_sql(
        cases,
        """count(*) filter (where decision like 'refused%') / count(decision),
           count(*) filter (where decision like 'refused%'), count(decision), count(*) - count(decision)""",
        group,
    )
    found = by_cube(cube, "non_arrest_rate", group, "value", "numerator", "denominator")
    assert found == [row[:4] for row in expected]


@GROUPS
def test_counts_and_what_is_unknown_of_them_are_those_of_duckdb(cases: pa.Table, cube: cm.Cube, group: str) -> None:
    assert by_cube(cube, "elderly", group, "value", "unknown") == by_sql(
        cases, "count(*) filter (where age >= 60), count(*) - count(age)", group
    )


@GROUPS
def test_counts_of_what_applies_are_those_of_duckdb(cases: pa.Table, cube: cm.Cube, group: str) -> None:
    """Unknown: whether it applies, or, if it may apply, whether it holds; three-valued as in SQL."""
    assert by_cube(cube, "adult_men", group, "value", "unknown") == by_sql(
        cases,
        """count(*) filter (where age < 60 and age >= 18 and sex = '男'),
           count(*) filter (where age is null or (age < 60 and (age >= 18 and sex = '男') is null))""",
        group,
    )


@GROUPS
@pytest.mark.parametrize(("indicator", "q"), [("median_days", 0.5), ("ninth_decile_of_days", 0.9)])
def test_quantiles_of_days_are_those_of_duckdb(
    cases: pa.Table, cube: cm.Cube, group: str, indicator: str, q: float
) -> None:
    expected = by_sql(
        cases,
        f"quantile_cont(decided_on - received_on, {q}), count(decided_on - received_on), "
        "count(*) - count(decided_on - received_on)",
        group,
    )
    found = by_cube(cube, indicator, group, "value", "denominator", "unknown")
    assert [row[0] for row in found] == [row[0] for row in expected]
    assert [row[1] for row in found] == pytest.approx([row[1] for row in expected], rel=1e-14)
    assert [row[2:] for row in found] == [row[2:] for row in expected]


@GROUPS
def test_means_are_those_of_duckdb(cases: pa.Table, cube: cm.Cube, group: str) -> None:
    assert by_cube(cube, "mean_age", group, "value", "numerator", "denominator") == by_sql(
        cases, "sum(age) / count(age), sum(age), count(age)", group
    )


def test_months_are_those_of_duckdb(cases: pa.Table, cube: cm.Cube) -> None:
    months = cube.table("non_arrest_rate", every="month").columns
    assert list(zip(months["period"], months["numerator"], months["denominator"], strict=True)) == by_sql(
        cases,
        "count(*) filter (where decision like 'refused%'), count(decision)",
        "strftime(decided_on, '%Y-%m')",
    )


# ---------------------------------------------------------------------------------------------------- the same


def chunked(table: pa.Table, lengths: Sequence[int]) -> pa.Table:
    """Cut a table; every chunk has a dictionary of its own."""
    begins = [sum(lengths[:i]) for i in range(len(lengths) + 1)]
    parts = [
        table.slice(begin, length)
        for begin, length in zip(begins, [*lengths, table.num_rows - sum(lengths)], strict=True)
    ]
    return pa.concat_tables(
        pa.table(
            [
                column.cast(pa.string()).combine_chunks().dictionary_encode()
                if pa.types.is_dictionary(column.type)
                else column
                for column in part.columns
            ],
            names=table.column_names,
        )
        for part in parts
    )


@pytest.mark.parametrize("threads", [1, 2, 3, 7])
@pytest.mark.parametrize("chunks", [[], [1, 7, 1000, 20_000], [100] * 40], ids=["whole", "uneven", "many"])
def test_a_cube_is_the_same_for_any_threads_chunks_and_order(
    cases: pa.Table, cube: cm.Cube, threads: int, chunks: list[int]
) -> None:
    order = list(range(cases.num_rows))
    random.Random(threads).shuffle(order)
    again = cm.Cube({"cases": chunked(cases.take(order), chunks)}, CATALOGUE, by=["city", "charge"], threads=threads)
    assert again.dimensions == cube.dimensions
    for question in ({"by": ["city", "charge"]}, {"every": "month"}, {}):
        found, expected = (of.table(**question) for of in (again, cube))
        assert found.to_arrow().equals(expected.to_arrow(), check_metadata=True)
        assert json.dumps(found.columns) == json.dumps(expected.columns)  # to the last bit of every float


def test_a_cube_answers_what_it_was_built_for() -> None:
    names = ["refused", "all"]
    indicators = [cm.tally("refused", unit="t", where="a == 'x'"), cm.tally("all", unit="t")]
    table = {"t": {"a": ["x", "y"]}}
    assert cm.Cube(table, indicators, indicators=["all"]).table().columns["indicator"] == ["all"]
    assert cm.Cube(table, indicators).table().columns["indicator"] == names


@pytest.mark.parametrize(
    ("name", "hint"), [("arest_review", "did you mean 'arrest_review'"), ("x", "the names that it has: accepted_case")]
)
def test_a_table_that_the_catalogue_does_not_know_is_refused(name: str, hint: str) -> None:
    with pytest.raises(cm.QueryError, match=f"no table '{name}'; .*{hint}"):
        cm.Cube({name: {"a": ["x"]}}, "spp")


def test_a_duration_is_placed_in_the_month_of_its_end() -> None:
    found = cm.days({"opened": ["2024-01-30"], "closed": ["2024-02-02"]}, "opened", "closed", every="month").columns
    assert (found["period"], found["value"]) == (["2024-02"], [3])
