# SPDX-License-Identifier: Apache-2.0
"""Contributions by office and month against another engine: random leads, and SQL for DuckDB from the words.

Each site is drawn from a seed that the head of the run prints; ``CASEMETRY_SEED=7 pytest …`` draws others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import Any

import casemetry as cm
import duckdb
import pyarrow as pa
import pytest
from conftest import SEED
from lead_sites import COLLAPSE, LEAD_SET, RULES, STAGES, definitions, rows
from oracle.leads import wilson
from oracle.leads_sql import Question, shares

SITES = 60
OFFICES = ["甲院", "乙院", "丙院", None]
SOURCES = [f"s{number}" for number in range(8)]

Cell = tuple[str | None, str | None]
Tables = dict[str, pa.Table]


@pytest.fixture
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        yield connection


@dataclass(frozen=True)
class Site:
    """Leads, discoveries, groups, and the questions that are asked of them."""

    leads: pa.Table
    discoveries: pa.Table
    groups: dict[str, list[str]]
    questions: list[Question]
    window: bool
    among: bool
    value: bool

    def catalogue(self) -> cm.Catalogue:
        condition = " where between(days(registered_on, found_on), -90, 0)" if self.window else ""
        collapse = {name: f"{call[:-1]}{condition})" for name, call in COLLAPSE.items()}
        lead_set = {
            **LEAD_SET,
            **({"among": "kind == 'supervision'"} if self.among else {}),
            **({"value": "value"} if self.value else {}),
        }
        made = definitions(
            {"origin": {**self.groups, "rest": "others"}}, collapse=collapse, lead_set=lead_set, stages=STAGES
        )
        made["table"]["leads"]["columns"]["kind"] = {"type": "category"}
        made["unit"]["discovery"] = {
            "from": "discoveries",
            "lookup": {"lead": {"from": "leads", "on": ["lead_id"], "take": ["registered_on"]}},
        }
        made["unit"]["discovered"]["from"] = "discovery"
        return cm.Catalogue.from_dict(made)


def some_day(chance: Random, nothing: float) -> dt.date | None:
    return None if chance.random() < nothing else dt.date(2024, 1, 1) + dt.timedelta(chance.randrange(120))


def site(number: int) -> Site:
    chance = Random(f"{SEED}:leads:{number}")
    n = chance.choice([1, 10, 200])
    ids = [f"L{at}" for at in range(n)]
    registered = [some_day(chance, 0.1) for _ in ids]
    leads = pa.table(
        {
            "lead_id": pa.array(ids),
            "office": pa.array([chance.choice(OFFICES) for _ in ids], pa.string()),
            "kind": pa.array([chance.choice(["supervision", "supervision", "other", None]) for _ in ids], pa.string()),
            "value": pa.array([chance.randrange(10) for _ in ids], pa.int64()),
            "registered_on": pa.array(registered, pa.date32()),
            "verified_on": pa.array([some_day(chance, 0.4) for _ in ids], pa.date32()),
            "filed_on": pa.array([some_day(chance, 0.6) for _ in ids], pa.date32()),
        }
    )
    found = [chance.randrange(n) for _ in range(2 * n)]
    days = [
        None
        if chance.random() < 0.1
        else (registered[at] or dt.date(2024, 2, 1)) + dt.timedelta(chance.randrange(-95, 4))
        for at in found
    ]
    discoveries = pa.table(
        {
            "lead_id": pa.array([ids[at] for at in found], pa.string()),
            "source": pa.array(
                [None if chance.random() < 0.05 else chance.choice(SOURCES) for _ in found], pa.string()
            ),
            "found_on": pa.array([day and day.replace(day=min(day.day, 28) // 7 * 7 + 1) for day in days], pa.date32()),
        }
    )
    a, b = chance.randrange(1, 4), chance.randrange(4, 8)
    groups = {"digital": SOURCES[:a], "manual": SOURCES[a:b]}
    window, among, value, attributed = (bool(number >> bit & 1) for bit in range(4))
    at = chance.randrange(len(STAGES))
    asked: dict[str, Any] = {"rest": "others", "window": window, "among": among, "value": value}
    questions = [
        Question(
            of=chance.choice([*groups, "others"]),
            rule=rule,
            over="attributed" if attributed else "leads",
            stage=STAGES[at],
            later=STAGES[at + 1 :],
            **asked,
        )
        for rule in RULES
    ]
    return Site(leads, discoveries, groups, questions, window, among, value)


def ours(cube: cm.Cube, asked: Question) -> dict[Cell, dict[str, Any]]:
    result = cube.contribution(
        asked.of,
        rule=asked.rule,
        groups="origin",
        stage=asked.stage,
        over=asked.over,
        by="office",
        every="month",
    )
    return {(row.office, row.period): dict(row.columns) for row in rows(result) if row.leads or row.unknown}


def theirs(duck: duckdb.DuckDBPyConnection, asked: Question) -> dict[Cell, dict[str, Any]]:
    found = duck.execute(shares(asked))
    names = [column[0] for column in found.description or ()]
    told = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {(row["office"], row["month"]): row for row in told if row["leads"] or row["unknown"]}


def near(number: float) -> Any:
    return pytest.approx(number, rel=1e-11, abs=1e-11)


def expect(row: dict[str, Any], sql: dict[str, Any]) -> None:
    """Expect every figure of a cell."""
    assert row["numerator"] == near(sql["credit"])
    assert row["denominator"] == sql["total"]
    assert [row[name] for name in ("leads", "unattributed", "unknown")] == [
        sql[name] for name in ("leads", "unattributed", "unknown")
    ]
    if not sql["total"]:
        assert (row["value"], row["status"]) == (None, "no_denominator")
        return
    p = sql["credit"] / sql["total"]
    variance = sql["deviations"] / sql["total"] ** 2
    equal = sql["total"] ** 2 / sql["squares"]
    n = p * (1 - p) / variance if variance > 1e-25 else equal
    assert row["value"] == near(p)
    assert row["standard_error"] == pytest.approx(sqrt(variance), rel=1e-9, abs=1e-8)
    assert (row["low"], row["high"]) == tuple(near(limit) for limit in wilson(p, n))
    if sql["band_total"]:
        assert row["any"] == near(sql["any_credit"] / sql["band_total"])
        assert row["exclusive"] == near(sql["exclusive_credit"] / sql["band_total"])


@pytest.mark.parametrize("number", range(SITES))
def test_shares_by_office_and_month_are_those_of_sql(number: int, duck: duckdb.DuckDBPyConnection) -> None:
    made = site(number)
    duck.register("leads", made.leads)
    duck.register("discoveries", made.discoveries)
    listed = [(source, name) for name, members in made.groups.items() for source in members]
    duck.register(
        "groups", pa.table({"source": [source for source, _ in listed], "name": [name for _, name in listed]})
    )
    chance = Random(number)
    cube = cm.Cube(
        {"leads": made.leads, "discoveries": made.discoveries},
        made.catalogue(),
        by="office",
        threads=chance.choice([1, 2]),
    )
    for asked in made.questions:
        found, expected = ours(cube, asked), theirs(duck, asked)
        assert found.keys() == expected.keys(), f"{asked} (CASEMETRY_SEED={SEED}, site {number})"
        for cell, row in found.items():
            try:
                expect(row, expected[cell])
            except AssertionError as error:
                error.add_note(f"{cell} of {asked} (CASEMETRY_SEED={SEED}, site {number}): {row}, {expected[cell]}")
                raise


def test_the_sites_ask_every_rule_in_every_way() -> None:
    asked = [question for number in range(SITES) for question in site(number).questions]
    for rule in RULES:
        ways = {(each.over, each.window, each.among, each.value) for each in asked if each.rule == rule}
        assert len(ways) == 16
    assert {each.stage for each in asked} == set(STAGES)
    assert {each.of for each in asked} == {"digital", "manual", "others"}
