# SPDX-License-Identifier: Apache-2.0
"""Contributions as they are asked and shown: on one line from a frame, and of a cube."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import casemetry as cm
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from casemetry._lead import Rule

DISCOVERIES = {
    "lead": ["L1", "L1", "L1", "L2", "L2", "L3", "L4"],
    "source": ["model", "model_2", "hotline", "hotline", "model", "hotline", "model"],
    "found_on": ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-10", "2024-01-11", "2024-02-01", "2023-06-01"],
}
LEADS: dict[str, list[Any]] = {
    "lead": ["L1", "L2", "L3", "L4", "L5"],
    "office": ["甲院", "甲院", "乙院", "乙院", "乙院"],
    "kind": ["监督", "监督", "监督", "监督", "其他"],
    "registered_on": ["2024-01-05", "2024-01-20", "2024-02-02", "2024-02-10", "2024-02-11"],
    "filed_on": ["2024-03-01", None, "2024-03-15", "2025-03-01", None],
    "recovered": [10, 20, 30, 40, 0],
}
GROUPS: dict[str, Any] = {"digital": ["model", "model_2"], "traditional": ...}
COLUMNS: dict[str, Any] = {"lead": "lead", "source": "source", "groups": GROUPS}
ALL_RULES = list(get_args(Rule))


def asked(rule: Any = "owen", **more: Any) -> cm.Result:
    return cm.contribution(DISCOVERIES, "digital", rule=rule, **{**COLUMNS, "leads": LEADS, **more})


def values(result: cm.Result, *names: str) -> list[Any]:
    columns = [result.columns[name] for name in names]
    return columns[0] if len(names) == 1 else list(zip(*columns, strict=True))


# ---------------------------------------------------------------------------------------------------- on one line


def test_every_rule_side_by_side() -> None:
    """L1 by models, then the hotline; L2 by the hotline, then a model; L3 by the hotline; L4 by a model; L5 by none."""
    result = asked(ALL_RULES, found_on="found_on")
    credit = {
        "any": 3,
        "exclusive": 1,
        "first": 1 + 0 + 0 + 1,
        "last": 0 + 1 + 0 + 1,
        "linear": 2 / 3 + 1 / 2 + 1,
        "shapley": 2 / 3 + 1 / 2 + 1,
        "owen": 1 / 2 + 1 / 2 + 1,
    }
    assert values(result, "numerator") == pytest.approx([credit[rule] for rule in ALL_RULES])
    assert values(result, "value") == pytest.approx([credit[rule] / 5 for rule in ALL_RULES])
    assert set(values(result, "denominator", "leads", "unattributed")) == {(5, 5, 1)}
    assert set(values(result, "exclusive", "any")) == {(1 / 5, 3 / 5)}


def test_of_the_leads_that_have_a_source() -> None:
    assert values(asked(over="attributed"), "value", "denominator", "leads", "unattributed") == [(2 / 4, 4, 5, 1)]


def test_without_a_lead_table_the_number_of_leads_is_not_known() -> None:
    result = asked(leads=None)
    assert values(result, "value", "denominator", "leads", "unattributed") == [(2 / 4, 4, None, None)]
    assert "W 未知：只有发现，没有线索表" in str(result)
    assert "W is not known" in result.text("en")


def test_leads_by_office_and_month_against_the_year_before() -> None:
    result = asked(by="office", date="filed_on", period="2025-03", compare="year_ago")
    assert values(result, "office", "value", "year_ago_value") == [("乙院", 1, 0), ("甲院", None, 0.5)]
    monthly = asked(date="registered_on", every="month")
    assert values(monthly, "period", "value", "unattributed") == [("2024-01", 0.5, 0), ("2024-02", 1 / 3, 1)]


def test_only_leads_that_reached_a_stage_placed_by_it() -> None:
    result = asked(date="registered_on", stage="filed_on", period="2024-01..2025-12", every="year")
    assert values(result, "period", "leads") == [("2024", 2), ("2025", 1)]
    assert "环节 filed_on" in str(result)


def test_only_discoveries_inside_the_window() -> None:
    result = asked("any", found_on="found_on", date="registered_on", window=(-90, 0))
    assert values(result, "numerator", "leads", "unattributed") == [(2, 5, 2)]  # L4 was found too early
    assert "窗口 between(days(date_of_lead, found_on), -90, 0)" in str(result)
    rows = {**DISCOVERIES, "registered_on": ["2024-01-05"] * 3 + ["2024-01-20"] * 2 + ["2024-02-02", "2024-02-10"]}
    alone = cm.contribution(
        rows, "digital", rule="any", found_on="found_on", date="registered_on", window=(-90, 0), **COLUMNS
    )
    assert values(alone, "numerator") == [2]


def test_only_some_leads() -> None:
    result = asked(among="kind == '监督'")
    assert values(result, "leads", "unattributed") == [(4, 0)]
    assert "范围 kind == '监督'" in str(result)


def test_leads_that_weigh_what_they_recovered() -> None:
    result = asked("any", value="recovered")
    assert values(result, "value", "leads") == [(70 / 100, 5)]
    assert "计数 recovered" in str(result)


def test_groups_as_a_table() -> None:
    groups = pd.DataFrame({"source": ["model", "model_2", "hotline"], "group": ["digital", "digital", "traditional"]})
    assert values(asked(groups=groups), "value") == [2 / 5]


def test_groups_that_change_by_date() -> None:
    groups = {
        "source": ["model", "model", "model_2", "hotline"],
        "group": ["traditional", "digital", "digital", "traditional"],
        "valid_from": [None, "2024-02-01", None, None],
        "valid_to": ["2024-01-31", None, None, None],
    }
    result = asked("any", groups=pd.DataFrame(groups), date="registered_on", every="month")
    assert values(result, "period", "numerator") == [("2024-01", 1), ("2024-02", 1)]  # L1 by model_2; L4 in February


def test_a_lead_counts_once_however_often_it_stands() -> None:
    twice: dict[str, list[Any]] = {name: [*column, column[0]] for name, column in LEADS.items()}
    assert values(asked(leads=twice), "value", "leads") == [(2 / 5, 5)]


def test_rows_of_a_lead_that_disagree_are_warned_of() -> None:
    twice: dict[str, list[Any]] = {name: [*column, column[0]] for name, column in LEADS.items()}
    twice["office"][-1] = "丙院"
    with pytest.warns(UserWarning, match="unit 'lead': the rows of 1 of 5 disagree on 'office', which is missing"):
        result = asked(leads=twice, by="office")
    assert values(result, "office") == ["乙院", "甲院", None]


def test_discoveries_of_no_lead_are_warned_of() -> None:
    some: dict[str, list[Any]] = {name: column[1:] for name, column in LEADS.items()}
    with pytest.warns(UserWarning, match=r"^1 of 4 leads in the table of discoveries are not in the table of leads"):
        assert values(asked(leads=some), "leads") == [4]


@pytest.mark.parametrize("given", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "arrow"])
def test_from_any_frame(given: Callable[[Any], Any]) -> None:
    result = cm.contribution(given(DISCOVERIES), "digital", rule="owen", leads=given(LEADS), **COLUMNS)
    assert values(result, "value") == [2 / 5]


def test_from_files(tmp_path: Path) -> None:
    paths = [tmp_path / "发现.csv", tmp_path / "线索.csv"]
    for path, rows in zip(paths, (DISCOVERIES, LEADS), strict=True):
        pd.DataFrame(rows).to_csv(path, index=False, encoding="gb18030")
    result = cm.contribution(paths[0], "digital", rule="owen", leads=paths[1], date="filed_on", **COLUMNS)
    assert values(result, "value") == [0.5]


def test_what_was_asked_is_a_definition_that_asks_it_again() -> None:
    result = asked(["any", "owen"], by="office", date="registered_on")
    catalogue = cm.Catalogue.from_toml(result.definition)
    tables = {"discoveries": DISCOVERIES, "leads": LEADS}
    again = cm.Cube(tables, catalogue, by="office").table(by="office")
    assert again.columns == result.columns


# ---------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"rule": None}, "no rule: a contribution depends on its rule and its groups.*exclusive.*shapley, owen"),
        ({"groups": None}, "no groups: a contribution depends on its rule and its groups"),
        ({"rule": None, "groups": None}, "no rule and no groups"),
        ({"rule": "owens"}, "owens.*did you mean 'owen'"),
        ({"rule": "first"}, "rule='first' asks who found a lead first: give found_on='…'"),
        ({"window": (-90, 0), "date": "filed_on"}, r"window=\(-90, 0\).*give found_on='…', the day of a discovery"),
        ({"window": (-90, 0), "found_on": "found_on"}, r"window=\(-90, 0\).*give date='…', the day of a lead"),
        ({"window": (-90,)}, r"window=\(-90,\) is none: give two numbers of days"),
        ({"window": "90"}, "window='90' is none"),
        ({"window": (True, False), "found_on": "found_on", "date": "filed_on"}, r"window=\(True, False\) is none"),
        ({"rule": ["owen", "any", "owen"]}, "rule 'owen' is asked twice"),
        ({"groups": "origin"}, "groups='origin': give the groups themselves, .*, or a table with the columns source"),
        ({"every": "month"}, "every='month' needs date='…'"),
        ({"window": (0, -90), "found_on": "found_on", "date": "filed_on"}, "ends before it begins"),
        (
            {"groups": pd.DataFrame({"source": ["model"], "group": ["digital"], "valid_from": ["2024-02-01"]})},
            "no date says on which day they are in it: give date='…'",
        ),
        (
            {"window": (-90, 0), "found_on": "found_on", "date": "min(found_on)", "leads": None},
            r"date='min\(found_on\)' is of a whole lead",
        ),
    ],
)
def test_a_question_that_is_not_whole(question: dict[str, Any], message: str) -> None:
    with pytest.raises(cm.QueryError, match=message):
        asked(**question)


def test_a_group_that_is_none_is_told_with_the_nearest() -> None:
    with pytest.raises(cm.QueryError, match=r"digitl.*did you mean 'digital'"):
        cm.contribution(DISCOVERIES, "digitl", rule="owen", **COLUMNS)


def test_a_source_in_no_group_or_in_two() -> None:
    with pytest.raises(cm.DataError, match="hotline"):
        asked(groups={"digital": ["model", "model_2"]})
    with pytest.raises(cm.DefinitionError, match="'model' is in 'digital' already"):
        asked(groups={"digital": ["model"], "traditional": ["model"]})


def test_a_table_of_groups_that_is_none() -> None:
    with pytest.raises(cm.DefinitionError, match="'group'"):
        asked(groups=pd.DataFrame({"source": ["model"], "grp": ["digital"]}))


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(cm.ColumnNotFoundError, match=r"sorce.*did you mean 'source'"):
        cm.contribution(DISCOVERIES, "digital", lead="lead", source="sorce", groups=GROUPS, rule="owen")
    with pytest.raises(cm.ColumnNotFoundError, match=r"ofice.*did you mean 'office'"):
        asked(by="ofice")


# ---------------------------------------------------------------------------------------------------- of a cube

SUPERVISION = cm.leads(
    "supervision",
    unit="leads",
    stages={"registered": "registered_on", "filed": "filed_on"},
    among="kind == '监督'",
    label="监督线索",
)
ORIGIN = cm.grouping(
    "origin", {"models": ["model", "model_2"], "calls": ["hotline"], "review": ["review"]}, label="来源性质"
)
ORIGIN_TOLD = "分组 origin：models（2 个来源）、calls（1 个来源）、review（1 个来源）"


def a_cube(**options: Any) -> cm.Cube:
    sources = [["model", "model_2", "hotline"], ["model", "hotline"], ["hotline"], ["model"], []]
    return cm.Cube({"leads": {**LEADS, "sources": sources}}, [SUPERVISION, ORIGIN], by="office", **options)


def test_a_cube_is_asked_by_the_name_of_a_grouping() -> None:
    result = a_cube().contribution("models", rule="owen", groups="origin", by="office", period="2024")
    assert values(result, "office", "value", "leads") == [("乙院", 1 / 2, 2), ("甲院", 1 / 2, 2)]
    assert f"规则 owen · 范围 kind == '监督' · 环节 registered · {ORIGIN_TOLD} · 计数 线索 · 窗口 无" in str(result)


def test_groups_of_the_question_are_told_without_a_name() -> None:
    line = "分组 digital（2 个来源）、traditional（其他来源） · "
    assert line in str(asked())
    assert "groups digital (2 sources), traditional (all others) · " in asked().text("en")
    assert line in str(a_cube().contribution("digital", rule="owen", groups=GROUPS))
    assert line in str(a_cube().claim("digital", rule="owen", groups=GROUPS, over=0.1, years="2024"))


def test_groups_told_by_a_table_name_it() -> None:
    told = {"source": ["model", "model_2", "hotline"], "group": ["digital", "digital", "traditional"]}
    result = asked(groups=pd.DataFrame(told))
    assert "分组 表 groups · " in str(result)


def test_many_groups_are_told_in_part() -> None:
    groups: dict[str, Any] = {**{f"g{n}": [f"s{n}"] for n in range(12)}, "others": ...}
    line = a_cube().contribution("g0", rule="any", groups=groups).text("en")
    assert "g7 (1 source), … (12 groups), others (all others)" in line


def test_groups_that_join_those_of_the_cube_answer_by_office_and_month() -> None:
    groups: dict[str, Any] = {"models": ["model", "model_2"], "people": ...}
    result = a_cube().contribution("people", rule="owen", groups=groups, by="office", period="2024")
    assert values(result, "office", "value") == [("乙院", 1 / 2), ("甲院", 1 / 2)]


def test_other_groups_answer_over_all_or_say_what_to_declare() -> None:
    groups: dict[str, Any] = {"one": ["model"], "other": ...}
    assert values(a_cube().contribution("one", rule="any", groups=groups), "numerator") == [3]
    by_office = a_cube().contribution("one", rule="any", groups=groups, by="office")
    assert values(by_office, "value", "status") == [(None, "not_available")]
    assert 'build the cube with groupings=["groups"]' in str(by_office)


def test_only_the_groupings_that_are_named_are_counted() -> None:
    cube = a_cube(groupings=[])
    assert not any("@origin" in name for name in cube.dimensions)
    assert "@origin" in a_cube().dimensions
    plan = cm.Cube.plan({"leads": {**LEADS, "sources": [[]] * 5}}, [SUPERVISION, ORIGIN], groupings=["origin"])
    assert any("@origin" in unit.id for unit in plan.units)


def test_every_stage_side_by_side() -> None:
    result = a_cube().stages("models", rule="owen", groups="origin")
    assert values(result, "value", "leads") == [(2 / 4, 4), (1.5 / 3, 3)]
    assert "环节 registered、filed" in str(result)


def test_the_cells_of_a_contribution_can_be_drilled_and_topped() -> None:
    result = a_cube().contribution("models", rule=["any", "owen"], groups="origin", by="office")
    assert values(result.top(1), "office", "leads")[-1] == ("（其他）", 2)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"rule": None}, "rule.*any.*owen"),
        ({"groups": None}, "groups.*origin"),
        ({"groups": "orign"}, "orign.*did you mean 'origin'"),
        ({"stage": "file"}, "file.*did you mean 'filed'"),
        ({"lead": "supervison"}, "supervison.*did you mean 'supervision'"),
        ({"rule": "first"}, "first"),
        ({"over": "lead"}, "lead"),
    ],
)
def test_a_question_to_a_cube_that_is_not_whole(question: dict[str, Any], message: str) -> None:
    with pytest.raises(cm.QueryError, match=message):
        a_cube().contribution("models", **{"rule": "owen", "groups": "origin", **question})


# ---------------------------------------------------------------------------------------------------- claims


def test_a_claim_about_two_years() -> None:
    many = {"sources": [["model"]] * 180 + [["model", "hotline"]] * 20 + [["hotline"]] * 40}
    years = [f"202{4 + row % 2}-03-0{1 + row % 5}" for row in range(240)]
    leads = cm.leads("all", unit="leads", stages={"registered": "on"})
    cube = cm.Cube({"leads": {**many, "on": years}}, [leads, ORIGIN])
    claim = cube.claim("models", rule="owen", groups="origin", over=0.6, years=["2024", "2025"])
    assert (claim.holds, claim.years) == (True, ["2024", "2025"])
    assert claim.p == max(
        p for rule, p in zip(claim.columns["rule"], claim.columns["p"], strict=True) if rule == "owen"
    )
    assert claim.rules == {"any": True, "exclusive": True, "shapley": True, "owen": True}
    assert "论断：models 的贡献率在 2024、2025 每年都超过 60%；规则 owen 下成立" in repr(claim)
    assert "2024 线索 120，其中未归因 0" in repr(claim)
    assert "<table>" in claim._repr_html_()
    doubtful = cube.claim("models", rule="owen", groups="origin", over=0.75, years=["2024", "2025"])
    assert not doubtful.holds
    assert "it does not hold" in doubtful.text("en")


def test_a_claim_about_a_year_without_leads() -> None:
    with pytest.raises(cm.QueryError, match="2030"):
        a_cube().claim("models", rule="owen", groups="origin", over=0.6, years=["2024", "2030"])


# ---------------------------------------------------------------------------------------------------- overlap


def test_the_overlap_of_sources() -> None:
    overlap = a_cube().overlap()
    assert (overlap.leads, overlap.unattributed) == (4, 0)
    assert overlap.sources == {
        "source": ["hotline", "model", "model_2", "review"],
        "leads": [3, 3, 1, 0],
        "alone": [1, 1, 0, 0],
    }
    assert (overlap.never, overlap.always_covered) == (["review"], ["model_2"])
    assert values_of(overlap.pairs, "first", "second", "both", "either", "jaccard") == [
        ("hotline", "model", 2, 4, 0.5),
        ("hotline", "model_2", 1, 3, 1 / 3),
        ("model", "model_2", 1, 3, 1 / 3),
    ]
    assert overlap.intersections["sources"] == [["hotline", "model"], ["hotline", "model", "model_2"]]
    assert "从未发现线索: review" in repr(overlap)
    assert "Always covered by others: model_2" in overlap.text("en")
    assert "<table>" in overlap._repr_html_()


def test_what_is_not_known_without_a_lead_table_is_not_told() -> None:
    columns = {"sources": "set(source)", "on": "min(found_on)"}
    found = cm.unit("found", from_="discoveries", one_row_per="lead", columns=columns)
    dated = pd.DataFrame(DISCOVERIES).astype({"found_on": "datetime64[ns]"})
    cube = cm.Cube({"discoveries": dated}, [cm.leads("found", unit=found, stages={"found": "on"}), ORIGIN])
    assert (cube.overlap().leads, cube.overlap().unattributed) == (4, None)
    assert "有发现的线索 4\nW 未知" in repr(cube.overlap())
    claim = cube.claim("models", rule="owen", groups="origin", over=0.2, years="2024")
    assert set(claim.columns["unattributed"]) == {None}
    assert "2024 有发现的线索 3\nW 未知" in repr(claim)


def values_of(columns: dict[str, list[Any]], *names: str) -> list[Any]:
    return list(zip(*(columns[name] for name in names), strict=True))


# ---------------------------------------------------------------------------------------------------- as they are shown


def test_a_table_shows_the_band_and_the_leads() -> None:
    heading, _, row, *below = str(a_cube().contribution("models", rule="owen", groups="origin")).splitlines()
    assert heading.split() == ["指标", "值", "95%", "区间", "独占–任一", "分子", "分母", "全部线索", "W", "未归因", "U"]
    assert "25.0–75.0" in row
    assert below[0].startswith(
        f"规则 owen · 范围 kind == '监督' · 环节 registered · {ORIGIN_TOLD} · 计数 线索 · 窗口 无"
    )


def test_leads_of_which_the_stages_are_out_of_order_are_told() -> None:
    leads = {"sources": [["model"]] * 2, "on": ["2024-03-01", "2024-03-01"], "later": ["2024-02-01", "2024-04-01"]}
    staged = cm.leads("all", unit="leads", stages={"registered": "on", "filed": "later"})
    result = cm.Cube({"leads": leads}, [staged, ORIGIN]).stages("models", rule="owen", groups="origin")
    assert "环节日期早于前一环节的线索: 1" in str(result)


def test_a_report_has_a_rule_a_column_and_says_what_is_small() -> None:
    wide = a_cube().contribution("models", rule=["any", "owen"], groups="origin", by="office").wide()
    assert "规则 any、owen" in str(wide)
    assert "n 为分母，再后为独占–任一" in wide.html()
    assert "n = 2 · " in wide.html()


def test_a_workbook_has_the_band_and_the_names(tmp_path: Path) -> None:
    path = a_cube().contribution("models", rule="owen", groups="origin").to_excel(tmp_path / "贡献率.xlsx")
    figures, notes = openpyxl.load_workbook(path)
    headings = [cell.value.partition("\n")[0] for cell in figures[1]]
    assert {"独占", "任一", "全部线索 W", "未归因 U"} <= set(headings)
    told = [cell.value for row in notes.iter_rows() for cell in row if cell.value]
    assert any("规则 owen" in text and ORIGIN_TOLD in text for text in told)


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (
            {"source": ["model", "hotline"], "group": ["digital", "calls"]},
            "are the columns of a table: give a data frame",
        ),
        ({"digital": ["model", None], "traditional": ...}, "a source is a text, and None is none"),
    ],
)
def test_groups_that_are_not_lists_of_sources(groups: Any, message: str) -> None:
    with pytest.raises(cm.DefinitionError, match=message):
        asked(groups=groups)


def test_a_source_in_no_group_is_told_how_groups_have_all_others() -> None:
    with pytest.raises(cm.DataError, match=r'rest = "…", in Python \.\.\. in the place of its sources'):
        asked(groups={"digital": ["model", "model_2"]})


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"of": ["models", "calls"]}, r"of=\['models', 'calls'\]: name one group"),
        ({"rule": ["owen", "any"]}, "a claim is tested under one rule"),
        ({"over": "60%"}, "over='60%': the share .* is a number between 0 and 1"),
    ],
)
def test_a_claim_that_is_no_claim(question: dict[str, Any], message: str) -> None:
    claim: dict[str, Any] = {
        "of": "models",
        "rule": "owen",
        "groups": "origin",
        "over": 0.6,
        "years": [2024],
        **question,
    }
    with pytest.raises(cm.QueryError, match=message):
        a_cube().claim(**claim)


def test_years_may_be_numbers() -> None:
    assert a_cube().claim("models", rule="owen", groups="origin", over=0.1, years=2024).years == ["2024"]


def test_discoveries_without_a_day_that_the_window_asks_for_are_warned_of() -> None:
    found = {**DISCOVERIES, "found_on": [*DISCOVERIES["found_on"][:-1], None]}
    columns = {**COLUMNS, "leads": LEADS, "found_on": "found_on", "date": "registered_on", "window": (-90, 0)}
    with pytest.warns(UserWarning, match="1 of 7 discoveries count for no source: a day that the window asks for"):
        cm.contribution(found, "digital", rule="owen", **columns)


def test_names_of_groups_are_made_harmless() -> None:
    groups = {"<script>alert(1)</script>": ["model"], "b, \x1b[31m": ...}
    result = cm.contribution(DISCOVERIES, "<script>alert(1)</script>", rule="any", **{**COLUMNS, "groups": groups})
    assert "<script>" not in result.html()
    assert "\x1b" not in str(result)


# ---------------------------------------------------------------------------------------------------- as documented

DOCS = Path(__file__).parents[2] / "docs"


def documented() -> dict[str, Any]:
    """Give the tables that the documents speak of: leads of two years, of which most a model found."""
    days = pd.date_range("2024-01-01", "2025-12-31", periods=400)
    leads = pd.DataFrame(
        {
            "lead_id": range(400),
            "office": ["甲院", "乙院"] * 200,
            "kind": ["supervision"] * 399 + ["other"],
            "registered_on": days,
            "filed_on": days + pd.Timedelta(days=30),
        }
    )
    sources = ["model_1", "model_1", "model_2", "hotline"] * 100
    discoveries = pd.DataFrame({"lead_id": range(400), "source": sources, "found_on": days - pd.Timedelta(days=3)})
    again = discoveries.iloc[::5].assign(source="report", found_on=days[::5] - pd.Timedelta(days=1))
    return {"cm": cm, "leads": leads, "discoveries": pd.concat([discoveries, again])}


def test_the_reference_page_runs_as_it_stands_there() -> None:
    text = (DOCS / "reference" / "leads.md").read_text(encoding="utf-8")
    (toml,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    given = {**documented(), "catalogue": cm.Catalogue.from_toml(toml)}
    exec("\n".join(re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)), given)
    cube = given["cube"]
    assert values(cube.table("digital_share"), "value") == values(
        cube.contribution("digital", rule="owen", groups="origin", stage="filed"), "value"
    )


def test_the_quick_reference_runs_as_it_stands_there() -> None:
    section = (DOCS / "quick-reference.md").read_text(encoding="utf-8").partition("\n## Leads\n")[2]
    (block,) = re.findall(r"```python\n(.*?)```", section.partition("\n## ")[0], flags=re.DOTALL)
    toml = re.findall(r"```toml\n(.*?)```", (DOCS / "reference" / "leads.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    given = documented()
    tables = {name: given[name] for name in ("leads", "discoveries")}
    exec(block, {**given, "tables": tables, "catalogue": cm.Catalogue.from_toml(toml)})
