# SPDX-License-Identifier: Apache-2.0
"""The rows behind a figure: those that the figure counts, in every cell, as they came."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import casemetry as cm
import pyarrow as pa
import pytest
from oracle import cube as oracle
from oracle import query as answers
from test_cube_pass import CLOSED, COLUMNS, TYPES, random_predicate, random_table

ARRESTS: dict[str, Any] = {
    "case": ["0017", "0018", "0019", "0020", "0021", "0022"],
    "office": ["甲", "甲", "甲", "乙", "乙", None],
    "decision": ["refused", "approved", None, "refused", "approved", "refused"],
    "decided_on": ["2024-01-05", "2024-01-09", "2024-02-01", "2024-02-02", "2023-01-31", None],
}
REFUSED = "decision == 'refused'"


def cases(table: cm.Table) -> list[Any]:
    return table.values("case")


# ---------------------------------------------------------------------------------------------------- which rows


def test_the_rows_of_a_rate() -> None:
    result = cm.rate(ARRESTS, REFUSED, by="office")
    assert cases(result.rows(ARRESTS)) == ["0017", "0020", "0022"]
    assert cases(result.rows(ARRESTS, side="denominator")) == ["0017", "0018", "0020", "0021", "0022"]
    assert cases(result.rows(ARRESTS, side="unknown")) == ["0019"]
    assert cases(result.rows(ARRESTS, office="甲", side="denominator")) == ["0017", "0018"]
    assert cases(result.rows(ARRESTS, office=None)) == ["0022"]


def test_rows_are_given_as_they_came() -> None:
    table = cm.rate(ARRESTS, REFUSED, date="decided_on").rows(ARRESTS, side="unknown")
    assert table.columns == list(ARRESTS)
    assert {name: table.values(name) for name in table.columns} == {
        "case": ["0019"],
        "office": ["甲"],
        "decision": [None],
        "decided_on": ["2024-02-01"],
    }


def test_rows_of_a_period_are_those_that_its_row_counts() -> None:
    result = cm.count(ARRESTS, date="decided_on", every="month")
    periods = result.columns["period"]
    assert periods == ["2023-01", "2024-01", "2024-02", None]
    assert [cases(result.rows(ARRESTS, period=period)) for period in periods] == [
        ["0021"],
        ["0017", "0018"],
        ["0019", "0020"],
        ["0022"],
    ]
    assert cases(result.rows(ARRESTS)) == ARRESTS["case"]
    of_a_year = cm.count(ARRESTS, date="decided_on", period="2024", compare="year_ago")
    assert cases(of_a_year.rows(ARRESTS)) == ["0017", "0018", "0019", "0020"]
    assert cases(of_a_year.rows(ARRESTS, period="2023")) == ["0021"]
    whole = cm.count(ARRESTS)
    assert cases(whole.rows(ARRESTS, period=None)) == ARRESTS["case"]


def test_rows_of_a_question_with_a_condition_are_those_it_takes() -> None:
    cube = cm.Cube({"arrests": ARRESTS}, [cm.tally("件数", unit="arrests")], by="office")
    assert cases(cube.table(where="office != '甲'").rows({"arrests": ARRESTS})) == ["0020", "0021"]


def test_rows_of_a_unit_are_all_that_make_it() -> None:
    charges = {**ARRESTS, "person": ["p", "q", "p", "p", "q", "r"]}
    result = cm.rate(charges, "any(decision == 'refused')", unit="person", date="min(decided_on)", every="month")
    assert cases(result.rows(charges)) == ["0017", "0019", "0020", "0022"]
    assert cases(result.rows(charges, period="2024-01")) == ["0017", "0019", "0020"]
    both = cm.count(charges, unit={"人": "person", "件": "case"})
    assert cases(both.rows(charges, indicator="人")) == ARRESTS["case"]


def test_rows_of_a_ratio_are_asked_side_by_side() -> None:
    items = {"case": ["0017", "0017"], "done_on": ["2024-01-02", "2024-01-03"]}
    ratio = cm.ratio("案件比", numerator=cm.tally("件", unit="items"), denominator=cm.tally("案", unit="arrests"))
    tables = {"arrests": ARRESTS, "items": items}
    result = cm.Cube(tables, [ratio]).table()
    assert cases(result.rows(tables)) == ["0017", "0017"]
    assert cases(result.rows(tables, side="denominator")) == ARRESTS["case"]
    assert cases(result.rows(tables, side="案_counted")) == ARRESTS["case"]
    with pytest.raises(cm.QueryError, match=r"counts different units .*'案_counted' of 'arrests'.*side="):
        result.rows(tables, side="unknown")


def test_rows_of_days_are_those_with_both_dates() -> None:
    stays = {
        "case": ["1", "2", "3"],
        "from": ["2024-01-01", "2024-01-01", None],
        "to": ["2024-01-03", None, "2024-02-01"],
    }
    result = cm.days(stays, "from", "to")
    assert cases(result.rows(stays, side="denominator")) == ["1"]
    assert cases(result.rows(stays, side="unknown")) == ["2", "3"]
    with pytest.raises(cm.QueryError, match="has no numerator: ask for side='denominator'"):
        result.rows(stays)


def test_rows_of_what_is_pending() -> None:
    cases_of = {
        "case": ["1", "2", "3", "4"],
        "opened": ["2024-01-05", "2024-01-20", "2024-02-03", None],
        "closed": ["2024-02-10", None, None, None],
    }
    catalogue = cm.Catalogue.from_dict(
        {
            "schema": 1,
            "table": {
                "cases": {
                    "columns": {
                        "case": {"type": "text"},
                        "opened": {"type": "date"},
                        "closed": {"type": "date", "empty": "not_yet"},
                    }
                }
            },
            "aggregate": [{"id": "open", "kind": "pending", "unit": "cases", "opened": "opened", "closed": "closed"}],
            "indicator": [
                {"id": "stock", "kind": "stock", "of": "open"},
                {"id": "at_first", "kind": "stock", "of": "open", "at": "opening"},
                {"id": "age", "kind": "quantile", "of": "open"},
            ],
        }
    )
    tables = {"cases": cases_of}
    cube = cm.Cube(tables, catalogue, as_of="2024-03-31")
    result = cube.table("stock", period="2024-01..2024-03", every="month")
    for row, expected in enumerate((["1", "2"], ["2", "3"], ["2", "3"])):
        period = result.columns["period"][row]
        assert cases(result.rows(tables, period=period)) == expected
        assert result.columns["value"][row] == len(expected)
    opening = cube.table("at_first", period="2024-02")
    assert cases(opening.rows(tables)) == ["1", "2"]
    assert opening.columns["value"] == [2]
    age = cube.table("age")
    assert cases(age.rows(tables, side="denominator")) == ["2", "3"]  # since when the last is pending is not known
    assert (age.columns["denominator"], age.columns["unknown"]) == ([2], [1])
    assert cases(age.rows(tables, side="unknown")) == ["4"]


def test_rows_of_a_band_and_of_a_level_of_a_hierarchy() -> None:
    catalogue = cm.Catalogue.from_dict(
        {
            "schema": 1,
            "table": {"cases": {}},
            "dimension": {
                "office": {"hierarchy": {"prefixes": [2, 4], "levels": ["province", "city"]}},
                "age": {"bands": [18, 65]},
            },
            "aggregate": [{"id": "n", "unit": "cases"}],
            "indicator": [{"id": "filed", "kind": "count", "of": "n"}],
        }
    )
    tables = {
        "cases": {
            "case": ["1", "2", "3", "4"],
            "office": ["410101", "410201", "420101", None],
            "age": [17, 18, 70, None],
        }
    }
    result = cm.Cube(tables, catalogue, by=["office", "age"]).table(by=["province", "age"])
    assert cases(result.rows(tables, province="41")) == ["1", "2"]
    assert cases(result.rows(tables, city="4102")) == ["2"]
    assert cases(result.rows(tables, province=None)) == ["4"]
    assert cases(result.rows(tables, {"age": "18–64"})) == ["2"]
    for row in range(len(result)):
        cell = {name: result.columns[name][row] for name in ("province", "age")}
        assert result.rows(tables, cell).rows == result.columns["value"][row]
    drilled = result.drill(province="41")
    assert cases(drilled.rows(tables)) == ["1", "2"]


# ---------------------------------------------------------------------------------------------------- every cell

RATE, COUNT = "p", "c"


def catalogue_of(numerator: oracle.Count, denominator: oracle.Count, starts_on: int) -> cm.Catalogue:
    def written(count: oracle.Count) -> dict[str, Any]:
        parts = {"where": count.where, "applies_where": count.applies_where}
        return {"id": count.id, "unit": "cases", "date": "closed_on"} | {
            key: part.text() for key, part in parts.items() if part is not None
        }

    return cm.Catalogue.from_dict(
        {
            "schema": 1,
            "calendar": {"month_starts_on": starts_on},
            "table": {"cases": {"columns": {**COLUMNS, "case": {"type": "integer"}}}},
            "aggregate": [written(numerator), written(denominator)],
            "indicator": [
                {"id": RATE, "kind": "proportion", "numerator": "n", "denominator": "d"},
                {"id": COUNT, "kind": "count", "of": "n"},
            ],
        }
    )


def test_behind_every_figure_of_a_random_cube_stand_as_many_rows() -> None:
    chance = random.Random(2024)
    for _ in range(40):
        rows = [{**row, "case": number} for number, row in enumerate(random_table(chance))]
        n, d = (
            oracle.Count(name, random_predicate(chance), chance.choice([None, random_predicate(chance)]))
            for name in "nd"
        )
        catalogue = catalogue_of(n, d, chance.choice([1, 26]))
        by = chance.sample(["office", "decision", "charge"], chance.randrange(3))
        tables = {"cases": pa.Table.from_pylist(rows, TYPES.append(pa.field("case", pa.int64())))}
        result = cm.Cube(tables, catalogue, by=by).table(by=by, every="month")
        columns = result.columns
        for row in chance.sample(range(len(result)), min(len(result), 8)):
            cell = {name: columns[name][row] for name in by}
            asked = {"indicator": columns["indicator"][row], "period": columns["period"][row], **cell}
            for side in ("numerator", "denominator", "unknown"):
                if columns[side][row] is not None:
                    assert result.rows(tables, side=side, **asked).rows == columns[side][row]


def test_the_rows_of_a_random_cube_are_those_of_a_loop_over_them() -> None:
    chance = random.Random(2025)
    for _ in range(40):
        rows = [{**row, "case": number} for number, row in enumerate(random_table(chance) or random_table(chance))]
        n, d = (oracle.Count(name, random_predicate(chance), None) for name in "nd")
        tables = {"cases": pa.Table.from_pylist(rows, TYPES.append(pa.field("case", pa.int64())))}
        result = cm.Cube(tables, catalogue_of(n, d, 26), by="office").table(RATE, by="office", every="month")
        office = chance.choice([row["office"] for row in rows])
        day = chance.choice([row["closed_on"] for row in rows])
        period = month_name(day)

        behind = {
            side: cases(result.rows(tables, side=side, office=office, period=period))
            for side in ("numerator", "denominator", "unknown")
        }
        in_cell = [row for row in rows if row["office"] == office and month_name(row["closed_on"]) == period]
        outcomes = [(row["case"], oracle.union([n], row, CLOSED), oracle.union([d], row, CLOSED)) for row in in_cell]
        assert behind["numerator"] == [case for case, top, under in outcomes if top and under]
        assert behind["denominator"] == [case for case, top, under in outcomes if under and top is not None]
        assert behind["unknown"] == [
            case for case, top, under in outcomes if answers.known_share([(top, under)])[2] == 1
        ]


def month_name(day: dt.date | None) -> str | None:
    month = oracle.reporting_month(day, 26)
    return None if month is None else f"{month // 12:04}-{month % 12 + 1:02}"


# ---------------------------------------------------------------------------------------------------- how it is asked


def test_tables_are_given_by_name_or_the_one_as_it_is() -> None:
    result = cm.count(ARRESTS)
    assert cases(result.rows({"data": ARRESTS})) == cases(result.rows(cm.read(ARRESTS))) == ARRESTS["case"]
    of_two = cm.Cube({"a": ARRESTS}, [cm.tally("甲数", unit="a"), cm.tally("乙数", unit="b")])
    with pytest.raises(cm.QueryError, match="by their names: a, b"):
        of_two.table("甲数").rows(cm.read(ARRESTS))


def test_the_indicator_is_named_if_there_are_several() -> None:
    two = cm.Cube({"a": ARRESTS}, [cm.tally("甲数", unit="a"), cm.tally("乙数", REFUSED, unit="a")]).table()
    with pytest.raises(cm.QueryError, match="which of 甲数, 乙数"):
        two.rows({"a": ARRESTS})
    assert cases(two.rows({"a": ARRESTS}, indicator="乙数")) == ["0017", "0020", "0022"]


def test_what_is_not_there_is_refused_with_what_is_meant() -> None:
    result = cm.rate(ARRESTS, REFUSED, by="office")
    with pytest.raises(cm.QueryError, match="did you mean 'denominator'"):
        result.rows(ARRESTS, side="denominater")
    with pytest.raises(cm.QueryError, match="has no label '丙'"):
        result.rows(ARRESTS, office="丙")
    with pytest.raises(cm.QueryError, match="did you mean 'office'"):
        result.rows(ARRESTS, ofice="甲")
    with pytest.raises(cm.QueryError, match="has no denominator"):
        cm.count(ARRESTS).rows(ARRESTS, side="denominator")
    with pytest.raises(cm.QueryError, match="has no label"):
        result.top(1).rows(ARRESTS, office="（其他）")
