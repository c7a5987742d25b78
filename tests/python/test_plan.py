# SPDX-License-Identifier: Apache-2.0
"""What a build would do, told before it, and what it then does."""

from __future__ import annotations

import random
from typing import Any

import casemetry as cm
import pytest
from casemetry import _core

CHANCE = random.Random(7)
ROWS = 500
CASES: dict[str, Any] = {
    "case_id": [f"c{CHANCE.randrange(200)}" for _ in range(ROWS)],
    "office": [CHANCE.choice(["甲", "乙", None]) for _ in range(ROWS)],
    "decision": [CHANCE.choice(["approved", "refused", None]) for _ in range(ROWS)],
    "accepted_on": [f"2024-01-{CHANCE.randrange(1, 29):02}" for _ in range(ROWS)],
    "decided_on": [f"2024-{CHANCE.randrange(1, 13):02}-15" for _ in range(ROWS)],
    "paid": [CHANCE.randrange(1000) for _ in range(ROWS)],
}
REFUSED = cm.proportion("不捕率", numerator="decision == 'refused'", unit="cases", date="decided_on")
MEDIAN = cm.quantile("办案天数", start="accepted_on", end="decided_on", unit="cases", date="decided_on")
PAID = cm.total("金额", "paid", unit="cases", date="decided_on")


def planned(*definitions: cm.Definition, **options: Any) -> cm.Plan:
    return cm.Cube.plan({"cases": CASES}, definitions, **options)


def test_a_plan_tells_what_is_read_and_counted() -> None:
    plan = planned(REFUSED, by="office")
    assert [(table.table, table.rows, sorted(table.columns)) for table in plan.tables] == [
        ("cases", ROWS, ["decided_on", "decision", "office"])
    ]
    assert [(unit.id, unit.from_, unit.key, unit.units) for unit in plan.units] == [("cases", "cases", [], ROWS)]
    (block,) = plan.blocks
    assert (block.unit, block.date, block.axes) == ("cases", "decided_on", [("office", 3), ("month", 13)])
    assert (block.cells, block.numbers_cells, block.proportions, block.morsels) == (39, False, 1, 1)


def test_a_plan_bounds_the_cells_that_occur() -> None:
    for by in ([], ["office"], ["office", "decision"], ["case_id", "office", "decision"]):
        plan = planned(REFUSED, by=by)
        assert cm.Cube({"cases": CASES}, [REFUSED], by=by).cells <= plan.cells <= ROWS


def test_a_plan_tells_what_each_aggregate_costs() -> None:
    mixed = cm.tally("同日", "accepted_on == decided_on", unit="cases", date="decided_on")
    (block,) = planned(REFUSED, mixed).blocks
    costs = {cost.aggregate: cost for cost in block.aggregates}
    assert costs["不捕率_denominator"].lanes == 1  # every unit
    assert costs["不捕率_numerator"].lanes == 2  # those that are, and those that may be refused
    assert costs["不捕率_numerator"].computed == 0
    assert costs["同日_counted"].computed == 1  # of two columns no one code decides
    assert block.lanes == 4  # each once


def test_sums_and_days_cost_memory_of_their_own() -> None:
    count, with_sum, with_days = (planned(REFUSED, *others).bytes for others in ([], [PAID], [MEDIAN]))
    assert with_sum - count == 13 * 32  # Σx and Σx² of 128 bits for each month
    assert with_days - count == ROWS * 8  # a pair of cell and days for each unit
    assert {cost.kind for cost in planned(PAID, MEDIAN).blocks[0].aggregates} == {"sum", "days"}


def test_a_plan_tells_how_many_morsels_there_are() -> None:
    core = {"cases": cm.read(CASES)._core}
    plan = _core.plan(core, cm.Catalogue.of(REFUSED)._core, morsel=10)
    assert (plan.blocks[0].morsels, plan.morsel) == (50, 10)


def test_a_plan_of_a_unit_tells_how_many_there_are() -> None:
    case = cm.unit(
        "case",
        from_="cases",
        one_row_per=["case_id"],
        columns={"refused": "any(decision == 'refused')", "first_on": "min(decided_on)"},
    )
    catalogue = cm.Catalogue.from_dict(
        {
            "schema": 1,
            "table": {
                "cases": {
                    "columns": {
                        "case_id": {"type": "text"},
                        "decision": {"type": "category"},
                        "decided_on": {"type": "date"},
                    }
                }
            },
        }
    ).with_(cm.tally("件", "refused", unit=case, date="first_on"))
    plan = cm.Cube.plan({"cases": CASES}, catalogue)
    assert [(unit.id, unit.from_, unit.key, unit.units) for unit in plan.units] == [
        ("case", "cases", ["case_id"], len(set(CASES["case_id"])))
    ]


def test_a_plan_says_what_is_not_available() -> None:
    catalogue = cm.Catalogue.of(REFUSED, cm.tally("线索", unit="leads"))
    plan = cm.Cube.plan({"cases": CASES}, catalogue)
    assert "needs table 'leads'" in plan.not_available["线索"]
    assert "线索 无法计算" in plan.text("zh")
    nothing = cm.Cube.plan({"cases": CASES}, [cm.tally("不捕", "decison == 'refused'", unit="cases")])
    assert "did you mean 'decision'?" in nothing.text("en")
    assert "did you mean" in nothing.html("en")


def test_a_plan_reads_as_tables() -> None:
    assert planned(REFUSED, by="office").text("en").splitlines() == [
        "Table  Rows  Columns read",
        "-----  ----  ----------------------------",
        "cases   500  office, decision, decided_on",
        "",
        "Unit   Made from  One for each  Units",
        "-----  ---------  ------------  -----",
        "cases  cases                      500",
        "",
        "Unit   Placed by   Cells, at most  Of                   Conditions  Morsels  Memory a thread, at most",
        "-----  ----------  --------------  -------------------  ----------  -------  ------------------------",
        "cases  decided_on              39  office 3 × month 13           3        1                    2.7 kB",
        "",
        "Aggregate           Unit   Kind   Conditions  Worked out one by one",
        "------------------  -----  -----  ----------  ---------------------",
        "不捕率_numerator    cases  count           2                      0",
        "不捕率_denominator  cases  count           1                      0",
        "Cells and memory are upper bounds; all else is what the build does",
    ]
    page = planned(REFUSED)._repr_html_()
    assert page.count("<table>") == 4
    assert "不捕率_numerator" in page


def test_a_plan_refuses_what_a_build_refuses() -> None:
    with pytest.raises(cm.QueryError, match="did you mean 'office'"):
        planned(REFUSED, by="ofice")
    with pytest.raises(cm.QueryError, match="no table 'arrests'"):
        cm.Cube.plan({"arrests": CASES}, [REFUSED])
    with pytest.raises(cm.QueryError, match="lang='zh'"):
        planned(REFUSED).text("fr")  # type: ignore[arg-type]
