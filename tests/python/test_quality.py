# SPDX-License-Identifier: Apache-2.0
"""What a check finds in random dirty tables, against plain Python; and how it is shown."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import casemetry as cm
import pytest

AS_OF = dt.date(2024, 9, 30)
FIRST_DAY = dt.date(1910, 1, 1)
DECISIONS = ["approved", "refused"]

CARDS = cm.Catalogue.from_toml(
    """
schema = 1
[table.cards]
label = { zh = "案卡", en = "Cards" }
key = ["case_id", "person_id"]
in_order = [["received_on", "decided_on", "served_on"]]
entered = "entered_on"
[table.cards.columns]
case_id = { type = "text" }
person_id = { type = "text", identifies = true }
office = { type = "category", label = { zh = "承办单位", en = "Office" } }
decision = { type = "category", values = ["approved", "refused"] }
age = { type = "integer", range = [0, 120] }
received_on = { type = "date" }
decided_on = { type = "date", empty = "not_yet" }
served_on = { type = "date" }
entered_on = { type = "date" }
[unit.person]
from = "cards"
one_row_per = ["case_id", "person_id"]
[unit.person.columns]
refused = "any(decision == 'refused')"
office = "only(office)"
decided_on = "max(decided_on)"
[[aggregate]]
id = "persons"
unit = "person"
date = "decided_on"
[[aggregate]]
id = "refused"
unit = "person"
date = "decided_on"
where = "refused"
[[aggregate]]
id = "of_a"
unit = "person"
where = "office == 'A'"
[[indicator]]
id = "refusal_rate"
label = { zh = "不捕率", en = "Refusal rate" }
kind = "proportion"
numerator = "refused"
denominator = "persons"
[[indicator]]
id = "persons_of_a"
kind = "count"
of = "of_a"
[[identity]]
id = "no_more_than_all"
holds = "refused <= persons"
"""
)

Row = dict[str, str]


def dirty(seed: int, rows: int = 400) -> list[Row]:
    """Draw rows with every fault, as they would be written."""
    draw = random.Random(seed)

    def day(*others: str) -> str:
        if draw.random() < 0.2:
            return draw.choice(["", "2024-02-30", "1900-01-01", "2031-05-01", *others])
        return (dt.date(2024, 1, 1) + dt.timedelta(draw.randrange(250))).isoformat()

    return [
        {
            "case_id": draw.choice(["", *map(str, range(rows // 2))]),
            "person_id": draw.choice(["p", "q"]),
            "office": draw.choice(["A", "A", "A", "a", "Ａ", "B", "B 院", "B院", ""]),
            "decision": draw.choice([*DECISIONS * 4, "refusd", ""]),
            "age": draw.choice(["30", "41", "130", "old", ""]),
            "received_on": day(),
            "decided_on": day(),
            "served_on": day(),
            "entered_on": day(),
        }
        for _ in range(rows)
    ]


def table(rows: list[Row]) -> dict[str, list[str]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def read_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def count(rows: list[Row], is_so: Callable[[Row], bool]) -> int:
    return sum(map(is_so, rows))


def expected(rows: list[Row]) -> dict[tuple[str, str, str], int]:
    """Count the same in plain Python: kind, column, second column → rows."""
    found: dict[tuple[str, str, str], int] = {}
    dates = ["received_on", "decided_on", "served_on", "entered_on"]
    for name in rows[0]:
        if name != "decided_on":  # there a blank means not yet
            found["missing", name, ""] = count(rows, lambda row, name=name: row[name] == "")  # type: ignore[misc]
    found["unlisted", "decision", ""] = count(rows, lambda row: row["decision"] == "refusd")
    found["unreadable", "age", ""] = count(rows, lambda row: row["age"] in ("130", "old"))
    for name in dates:
        days = [read_day(row[name]) for row in rows]
        found["unreadable", name, ""] = sum(
            day is None and row[name] != "" for day, row in zip(days, rows, strict=True)
        )
        found["before_first_day", name, ""] = sum(day is not None and day < FIRST_DAY for day in days)
        found["after_as_of", name, ""] = sum(day is not None and day > AS_OF for day in days)
    found |= reversed_days(rows) | repeats(rows)
    found["late", "decided_on", "entered_on"] = count(rows, is_late)
    found["alike", "office", ""] = count(rows, lambda row: row["office"] in ("a", "Ａ")) + rarer(rows, "B 院", "B院")
    return {key: number for key, number in found.items() if number}


def reversed_days(rows: list[Row]) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows:
        known = [(name, read_day(row[name])) for name in ("received_on", "decided_on", "served_on")]
        if row["decided_on"] == "":
            known[1] = ("decided_on", dt.date.max)
        there = [(name, day) for name, day in known if day is not None]
        for (first, earlier), (second, later) in pairwise(there):
            if earlier > later:
                found["out_of_order", first, second] += 1
    return dict(found)


def is_late(row: Row) -> bool:
    decided, entered = read_day(row["decided_on"]), read_day(row["entered_on"])
    return bool(decided and entered) and (decided.year, decided.month) < (entered.year, entered.month)  # type: ignore[union-attr]


def rarer(rows: list[Row], *labels: str) -> int:
    return min(count(rows, lambda row, label=label: row["office"] == label) for label in labels)  # type: ignore[misc]


def value_of(name: str, text: str) -> Any:
    if name == "age":
        return int(text) if text in ("30", "41") else None
    if name.endswith("_on"):
        return "not yet" if name == "decided_on" and text == "" else read_day(text)
    return text or None


def repeats(rows: list[Row]) -> dict[tuple[str, str, str], int]:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["case_id"]:
            groups[row["case_id"], row["person_id"]].append(row)
    several = [group for group in groups.values() if len(group) > 1]
    found = {("repeated", "case_id, person_id", ""): sum(map(len, several))}
    for name in list(rows[0])[2:]:
        differing = [g for g in several if len({value_of(name, row[name]) for row in g} - {None}) > 1]
        found["conflicting", name, ""] = sum(map(len, differing))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_a_check_counts_what_plain_python_counts(seed: int) -> None:
    rows = dirty(seed)
    quality = cm.check({"cards": table(rows)}, CARDS, as_of=AS_OF)
    found = {(one.kind, one.column, one.other): one.rows for one in quality.findings}
    assert found == expected(rows)


def test_every_finding_gives_its_rows() -> None:
    quality = cm.check({"cards": table(dirty(1))}, CARDS, as_of="2024-09-30")
    for finding in quality.findings:
        assert len(quality.rows(finding)) == finding.rows, finding.kind


def test_an_indicator_loses_units_to_the_columns_that_are_to_blame() -> None:
    rows = [row for row in dirty(2) if row["case_id"]]
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["case_id"], row["person_id"]].append(row)
    lost = [
        group
        for group in groups.values()
        if not any(row["decision"] == "refused" for row in group)
        and any(row["decision"] in ("", "refusd") for row in group)
    ]
    quality = cm.check({"cards": table(rows)}, CARDS, as_of=AS_OF)
    loss = next(one for one in quality.losses if one.indicator == "refusal_rate")
    assert (loss.units, loss.unknown) == (len(groups), len(lost))
    causes = {cause.kind: cause.units for cause in loss.causes if cause.column == "decision"}
    assert causes["unlisted"] == sum(any(row["decision"] == "refusd" for row in group) for group in lost)
    assert causes["missing"] == sum(any(row["decision"] == "" for row in group) for group in lost)
    disagreeing = next(one for one in quality.losses if one.indicator == "persons_of_a").causes
    assert any(cause.kind == "disagreeing" for cause in disagreeing)
    result = cm.Cube({"cards": table(rows)}, CARDS, as_of=AS_OF).table("refusal_rate")
    assert result.columns["unknown"] == [loss.unknown]
    assert len(quality.rows(loss)) == sum(map(len, lost))


def test_an_identity_that_holds_says_so() -> None:
    rows = [row for row in dirty(3) if row["case_id"]]
    identity = cm.check({"cards": table(rows)}, CARDS, as_of=AS_OF).identities[0]
    assert (identity.identity, identity.failures, identity.not_available) == ("no_more_than_all", [], "")
    assert identity.cells > 0


MONTHS_AND_QUARTERS = """
schema = 1
[table.monthly.columns]
month_end = { type = "date" }
amount = { type = "decimal(2)" }
[table.quarterly.columns]
quarter_end = { type = "date" }
amount = { type = "decimal(2)" }
[[aggregate]]
id = "by_month"
kind = "sum"
unit = "monthly"
date = "month_end"
column = "amount"
[[aggregate]]
id = "by_quarter"
kind = "sum"
unit = "quarterly"
date = "quarter_end"
column = "amount"
[[identity]]
id = "months_add_up"
label = { zh = "月报之和等于季报" }
holds = "by_month == by_quarter"
every = "quarter"
"""


def test_months_add_up_to_their_quarter_to_the_cent(tmp_path: Path) -> None:
    tables = {
        "monthly": {
            "month_end": ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"],
            "amount": ["0.10", "0.20", "0.30", "5"],
        },
        "quarterly": {"quarter_end": ["2024-03-31", "2024-06-30"], "amount": ["0.60", "5.01"]},
    }
    quality = cm.check(tables, cm.Catalogue.from_toml(MONTHS_AND_QUARTERS))
    (identity,) = quality.identities
    (failure,) = identity.failures
    assert identity.cells == 2
    assert (failure.period, failure.left, failure.right, failure.difference) == ("2024Q2", 5, 5.01, -0.01)
    assert "月报之和等于季报" in quality.text()
    page = pytest.importorskip("openpyxl").load_workbook(quality.to_excel(tmp_path / "质量.xlsx"))["数据勾稽"]
    assert [cell.value for cell in page[2]][3:6] == [5, 5.01, -0.01]


def test_a_binding_is_checked_by_its_own_catalogue() -> None:
    tables = {"案卡": table(dirty(4))}
    binding = cm.bind(tables, CARDS)
    assert len(cm.check(binding)) == len(cm.check({"cards": tables["案卡"]}, CARDS))
    with pytest.raises(cm.QueryError, match="say by which catalogue"):
        cm.check(tables)


def test_it_is_shown_in_both_languages(tmp_path: Path) -> None:
    quality = cm.check({"cards": table(dirty(5))}, CARDS, as_of=AS_OF)
    for lang, words in (("zh", ("承办单位", "未填")), ("en", ("Office", "key repeated"))):
        assert all(word in quality.text(lang) for word in words)  # type: ignore[arg-type]
    assert "<script" not in quality.html()
    assert quality.to_excel(tmp_path / "质量.xlsx").stat().st_size > 0
    assert "person_id =" not in quality.text(rows=1000)  # it identifies persons


def test_clean_tables_have_no_findings() -> None:
    catalogue = cm.Catalogue.from_dict({"schema": 1, "table": {"arrests": {"key": ["case"]}}})
    quality = cm.check({"case": ["1", "2"]}, catalogue)
    assert len(quality) == 0
    assert "未发现问题" in quality.text()


def test_a_million_rows_are_checked_in_seconds() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    rows = dirty(7, 1000)
    whole = pyarrow.Table.from_pydict(table(rows)).combine_chunks()
    many = pyarrow.concat_tables([whole] * 1000)
    ids = pyarrow.array([str(number) for number in range(len(many))])
    many = many.set_column(0, "case_id", ids)
    read = cm.read(many)
    begun = time.perf_counter()
    quality = cm.check({"cards": read}, CARDS, as_of=AS_OF)
    assert time.perf_counter() - begun < 30
    assert len(quality.findings) > 10
