# SPDX-License-Identifier: Apache-2.0
"""Charts show what a result says and what it does not know, offline, and the same to the byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import altair
import casemetry as cm
import pytest
from casemetry._charts import fonts
from casemetry._charts.points import wrapped
from casemetry._charts.style import CLASSES, ON_CLASSES
from casemetry._presentation.display import width
from casemetry.charts import Chart, Part, composition_chart
from casemetry.result import Result
from fake_result import Indicator, fake

RATE = (Indicator("rate", label_zh="不捕率", label_en="Non-arrest rate"),)
COUNT = (Indicator("cases", "count", label_zh="受理案件", label_en="Cases accepted"),)
OFFICE = {"office": {"zh": "承办单位", "en": "Office"}}


def rate(x: int, n: int, unknown: int = 0, flags: str = "", **more: Any) -> dict[str, Any]:
    interval = cm.wilson(x, n)
    band = {"least": x / (n + unknown), "most": (x + unknown) / (n + unknown), "unknown": unknown}
    ends = {"low": interval.low, "high": interval.high}
    return {"value": x / n, "numerator": x, "denominator": n, "flags": flags, **ends, **band, **more}


def missing(why: str, **more: Any) -> dict[str, Any]:
    return {"value": None, "flags": why, "status": why, **more}


def trend(*rows: dict[str, Any], **more: Any) -> Result:
    return fake(*rows, indicators=RATE, **more)


def offices(*rows: dict[str, Any], **more: Any) -> Result:
    return fake(*rows, indicators=RATE, dimensions=("office",), labels=OFFICE, **more)


def layers(chart: Chart) -> list[dict[str, Any]]:
    spec = chart.spec
    held: list[dict[str, Any]] = spec.get("layer") or spec["spec"]["layer"]
    return held


def values(chart: Chart) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = chart.spec["data"]["values"]
    return held


def part(chart: Chart, name: str) -> list[dict[str, Any]]:
    return [row for row in values(chart) if row["part"] == name]


YEAR = trend(
    rate(20, 100, period="2024-01"),
    rate(30, 100, period="2024-02"),
    missing("protected", period="2024-03"),
    rate(2, 9, flags="small", period="2024-04"),
    rate(25, 100, unknown=10, period="2024-05"),
    rate(8, 40, flags="partial_period", period="2024-06"),
)

SHAPES: dict[str, tuple[Callable[[], Chart], str]] = {
    "trend": (lambda: YEAR.plot(), "趋势图"),
    "interval": (lambda: offices(rate(1, 4, office="甲院"), missing("no_denominator", office="乙院")).plot(), "区间图"),
    "comparison": (
        lambda: offices(
            rate(1, 4, office="甲院", year_ago_value=0.5, year_ago_change=-0.25), comparisons=("year_ago",)
        ).plot(),
        "对比图",
    ),
    "composition": (
        lambda: composition_chart([Part("2024", "刑事", 0.84, "84%"), Part("2024", "民事", 0.16, "16%")], title="结构"),
        "构成图",
    ),
    "facets": (
        lambda: offices(*(rate(k, 9, office=o, period=f"2024-0{k}") for o in "甲乙" for k in (1, 2))).plot(),
        "趋势图",
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_kind_is_valid_vega_lite_and_tells_itself(name: str) -> None:
    make, kind = SHAPES[name]
    chart = make()
    altair.Chart.from_dict(chart.spec)  # checks it against the schema
    assert chart.alt.startswith(kind)
    assert chart.spec["description"] == chart.alt
    assert make().spec == chart.spec
    assert "http" not in json.dumps({**chart.spec, "$schema": ""})


def test_a_missing_figure_is_neither_a_zero_nor_joined() -> None:
    chart = YEAR.plot()
    assert [row["period"] for row in part(chart, "missing")] == ["2024-03"]
    runs: dict[int, list[str]] = {row["run"]: [] for row in part(chart, "run")}
    for row in part(chart, "run"):
        runs[row["run"]].append(row["period"])
    assert list(runs.values()) == [["2024-01", "2024-02"], ["2024-04", "2024-05"]]
    assert "已保护" in chart.alt
    assert "灰底：没有数值" in " ".join(chart.spec["title"]["subtitle"])


def test_a_month_of_which_there_is_no_row_is_not_bridged() -> None:
    chart = trend(rate(1, 4, period="2024-01"), rate(1, 4, period="2024-03")).plot()
    assert len({row["run"] for row in part(chart, "run")}) == 2
    domain = layers(chart)[0]["encoding"]["x"]["scale"]["domain"]
    assert domain == ["2024-01", "2024-02", "2024-03"]


def test_small_and_unfinished_figures_have_shapes_of_their_own() -> None:
    chart = YEAR.plot()
    assert {row["period"]: row["state"] for row in part(chart, "point")} == {
        "2024-01": "sure",
        "2024-02": "sure",
        "2024-04": "small",
        "2024-05": "sure",
        "2024-06": "unfinished",
    }
    assert [row["period"] for row in part(chart, "tie")] == ["2024-05", "2024-06"]
    below = " ".join(chart.spec["title"]["subtitle"])
    assert "○ 小基数" in below
    assert "◇ 期间未完或未成熟" in below


def test_a_line_breaks_where_the_definition_changes() -> None:
    flags = ("definition_changed", "definition_changed", "", "")
    rows = [rate(k, 40, flags=flag, period=f"202{k}") for k, flag in enumerate(flags, 1)]
    chart = trend(*rows).plot()
    assert [row["period"] for row in part(chart, "break")] == ["2023"]
    assert [row["run"] for row in part(chart, "run")] == [0, 0, 1, 1]
    assert "口径变化" in chart.alt


def test_a_line_breaks_between_two_definitions_of_which_neither_is_todays() -> None:
    held = [{}, {"valid_from": "2022-01-01"}, {"valid_from": "2024-01-01"}]
    told = [{"numerator": "x", "denominator": "n", "note": {}, "is_todays": False, **days} for days in held]
    rows = [rate(k, 40, flags="definition_changed", period=f"202{k}") for k in (1, 2, 3)]
    definitions = json.dumps({"rate": told})
    as_then = trend(*rows, versions="as_then", definitions=definitions).plot()
    assert [row["run"] for row in part(as_then, "run")] == [0, 1, 1]
    alike = trend(*rows, versions="like_for_like", definitions=definitions).plot()
    assert [row["run"] for row in part(alike, "run")] == [0, 0, 0]


def test_the_numbers_drawn_are_those_of_the_result() -> None:
    columns = YEAR.columns
    drawn = {row["period"]: row for row in part(YEAR.plot(), "point")}
    for period, value, least, unknown in zip(
        columns["period"], columns["value"], columns["least"], columns["unknown"], strict=True
    ):
        if value is not None:
            assert drawn[period]["value"] == value
            assert drawn[period].get("possible_low") == (least if unknown else None)


def test_the_undated_are_told_and_not_drawn() -> None:
    chart = fake(
        {"period": "2024-01", "value": 5.0}, {"period": "2024-02", "value": 7.0}, {"value": 3.0}, indicators=COUNT
    )
    assert "另有未注明日期的，不在图中：3" in chart.plot().alt
    assert len(part(chart.plot(), "point")) == 2


def test_cells_stand_in_declared_order_unless_sorting_is_asked_for() -> None:
    result = offices(rate(1, 9, office="甲院"), missing("protected", office="乙院"), rate(5, 9, office="丙院"))
    assert [row["cell"] for row in values(result.plot())] == ["甲院", "乙院", "丙院"]
    chart = result.plot(sort="value")
    assert [row["cell"] for row in values(chart)] == ["丙院", "甲院", "乙院"]
    assert "按值由高到低排列" in chart.alt
    assert [row["why"] for row in values(chart)] == ["", "", "已保护"]


def test_counts_begin_at_zero_and_rates_far_from_it_say_so() -> None:
    def scale(chart: Chart) -> bool:
        (zero,) = {
            layer["encoding"]["y"]["scale"]["zero"] for layer in layers(chart) if "scale" in layer["encoding"]["y"]
        }
        return bool(zero)

    counts = fake(*({"period": f"2024-0{k}", "value": 900.0 + k} for k in (1, 2)), indicators=COUNT).plot()
    rates = trend(*({"period": f"2024-0{k}", "value": 0.9 + k / 100} for k in (1, 2))).plot()
    assert (scale(counts), scale(rates)) == (True, False)
    assert "纵轴不从零开始" in rates.alt
    assert "纵轴不从零开始" not in counts.alt


def test_now_stands_beside_then() -> None:
    row = rate(30, 100, office="甲院", year_ago_value=0.35, year_ago_change=-0.05)
    lost = rate(1, 10, office="乙院")
    chart = offices(row, lost, comparisons=("year_ago",)).plot()
    assert [(each["value"], each["prior"], each["beside"]) for each in values(chart)] == [
        (0.3, 0.35, "-5.0 百分点"),
        (0.1, None, "无上年同期"),
    ]
    assert "上年同期 35.0%, -5.0 百分点" in chart.alt


def test_the_band_of_a_contribution_holds_the_rules_in_one_panel() -> None:
    discoveries = {"lead": ["1", "1", "2", "3"], "source": ["m1", "hand", "m1", "hand"]}
    result = cm.contribution(
        discoveries, "digital", lead="lead", source="source", groups={"digital": ["m1"], "hand": ["hand"]},
        rule=["exclusive", "owen", "any"],
    )  # fmt: skip
    chart = result.plot(lang="en")
    assert [round(row["value"], 4) for row in values(chart)] == [0.3333, 0.5, 0.6667]
    assert {(round(row["rules_low"], 4), round(row["rules_high"], 4)) for row in values(chart)} == {(0.3333, 0.6667)}
    assert "from exclusive to any" in chart.alt
    assert "rule exclusive, owen, any" in chart.alt


def test_counts_stack_to_wholes_and_what_is_protected_is_named() -> None:
    cells = [("甲院", "刑事", 84.0), ("甲院", "民事", 7.0), ("乙院", "刑事", 20.0), ("乙院", "民事", None)]
    rows = [{"office": o, "kind": k, "value": v, "flags": "" if v is not None else "protected"} for o, k, v in cells]
    result = fake(*rows, indicators=COUNT, dimensions=("office", "kind"), labels=OFFICE)
    chart = result.plot("composition")
    assert [(row["bar"], row["name"], row["size"]) for row in values(chart)] == cells[:3]
    assert layers(chart)[2]["data"]["values"] == [{"bar": "乙院", "without": "不含 民事（已保护）"}]
    assert "乙院：刑事 20、民事 已保护" in chart.alt


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"kind": "pie"}, "there are trend, interval, composition, band, comparison"),
        ({"kind": "trends"}, "do you mean kind='trend'"),
        ({"kind": "band"}, "here is none"),
        ({"kind": "comparison"}, "compare='year_ago'"),
        ({"kind": "trend"}, "every='month'"),
        ({"kind": "composition"}, "rates do not add up"),
        ({"sort": "name"}, "sort='value'"),
        ({"compare": "year_ago"}, "compared with nothing"),
        ({"width": 10}, "200 to 4,000"),
        ({"lang": "fr"}, "lang='zh'"),
    ],
)
def test_what_cannot_be_drawn_is_told(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(cm.QueryError, match=message.replace("(", "\\(")):
        offices(rate(1, 4, office="甲院")).plot(**asked)


def test_too_many_cells_are_told_with_what_to_do() -> None:
    with pytest.raises(cm.QueryError, match=r"81 rows are too many .* result\.top\(20\)"):
        offices(*(rate(1, 4, office=f"{k}院") for k in range(81))).plot()
    with pytest.raises(cm.QueryError, match="25 cells are too many"):
        offices(*(rate(1, 4, office=f"{k}院", period=f"202{p}") for k in range(25) for p in (1, 2))).plot()
    with pytest.raises(cm.QueryError, match="9 classes are too many"):
        composition_chart([Part("2024", str(k), 1.0, "1") for k in range(9)], title="t")


def test_labels_are_harmless_and_told_apart() -> None:
    labels = ("<script>alert(1)</script>", "abc\u202egnp.exe", None, "（未填）", "</script>", "']; datum")
    chart = offices(*(rate(1, 4, office=label) for label in labels)).plot()
    cells = [row["cell"] for row in values(chart)]
    assert len(set(cells)) == len(labels)
    assert "\u202e" not in json.dumps(chart.spec, ensure_ascii=False) + chart.alt
    svg = chart.svg()
    assert "<script" not in svg


def test_long_phrases_are_wrapped() -> None:
    lines = wrapped(["短", "长" * 50, "末"], 40)
    assert max(map(width, lines)) <= 40
    assert "".join(lines).replace(" · ", "") == "短" + "长" * 50 + "末"


def test_classes_are_told_apart_by_lightness_as_well() -> None:
    """Contrast of the figures inside the bars by WCAG 2.1: at least 3 : 1."""

    def light(colour: str) -> float:
        colour = {"white": "#FFFFFF"}.get(colour, colour)
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for ground, ink in zip(CLASSES, ON_CLASSES, strict=True):
        dark, bright = sorted((light(ground), light(ink)))
        assert (bright + 0.05) / (dark + 0.05) >= 3


def test_it_is_saved_as_picture_page_and_specification(tmp_path: Path) -> None:
    chart = offices(rate(1, 4, office="</script><b>")).plot(lang="en", title="Rate")
    assert chart.save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    svg = chart.save(tmp_path / "a.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert "Rate" in svg
    assert json.loads(chart.save(tmp_path / "a.json").read_bytes()) == chart.spec
    page = chart.save(tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.count("</script>") == 2
    assert "src=" not in page.split("<body>")[1]
    assert "cdn" not in page.split("<body>")[1]
    assert "vegaEmbed" in page
    with pytest.raises(cm.CasemetryError, match=r"\.png, \.svg, \.html, \.json"):
        chart.save(tmp_path / "a.pdf")


def test_figures_that_identify_persons_are_not_drawn() -> None:
    result = offices(rate(1, 4, office="A"))
    identifying = Result(replace(cast("Any", result._core), identifies=True))
    with pytest.raises(cm.QueryError, match="identifies persons"):
        identifying.plot(lang="en")


def test_a_notebook_gets_a_specification_a_picture_and_words() -> None:
    chart = offices(rate(1, 4, office="A")).plot(lang="en")
    bundle = chart._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"}
    assert bundle["text/plain"] == chart.alt == repr(chart)
    assert set(chart._repr_mimebundle_(include=["text/plain"])) == {"text/plain"}


def test_without_a_chinese_font_a_png_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_found", lambda: None)
    monkeypatch.delenv(fonts.VARIABLE, raising=False)
    chart = offices(rate(1, 4, office="甲院")).plot()
    with pytest.raises(cm.MissingPackageError, match=r"fonts-noto-cjk \(or fonts-wqy-microhei\).*CASEMETRY_FONT"):
        chart.save(tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()
    with pytest.warns(UserWarning, match="fonts-noto-cjk"):
        assert "甲院" in chart.svg()
    assert chart.spec["config"]["font"].startswith("Noto Sans CJK SC")


def test_a_font_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = fonts.chinese_font().file
    monkeypatch.setenv(fonts.VARIABLE, str(named))
    assert fonts.chinese_font().file == named
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00\xff\xff")
    for wrong in (tmp_path / "broken.ttf", tmp_path / "none.ttf", tmp_path):
        monkeypatch.setenv(fonts.VARIABLE, str(wrong))
        with pytest.raises(cm.MissingPackageError, match="CASEMETRY_FONT="):
            fonts.chinese_font()


def test_a_structure_is_drawn_by_its_shares() -> None:
    exact = cm.structure({"诉讼监督案件": 83_805, "司法办案": 49_615}).plot()
    assert [(row["name"], row["text"]) for row in values(exact)] == [("诉讼监督案件", "62.8%"), ("司法办案", "37.2%")]
    assert sum(row["size"] for row in values(exact)) == pytest.approx(1)
    ranges = cm.structure({"刑事": 347.1, "民事": 28.2, "行政": 19.5, "公益诉讼": 15.1}, unit="万").plot(lang="en")
    assert [row["size"] for row in values(ranges)] == [0.84, 0.07, 0.05, 0.04]
    assert "85 : 7 : 5 : 3" in ranges.alt


def test_one_period_is_said_once() -> None:
    rows = [rate(1, 4, office=office, period="2024-01..2024-09") for office in ("甲院", "乙院")]
    chart = offices(*rows).plot()
    assert [row["cell"] for row in values(chart)] == ["甲院", "乙院"]
    assert chart.alt.count("2024-01..2024-09") == 1


@pytest.mark.parametrize("kind", ["trend", "interval", "comparison"])
def test_an_interval_is_a_light_blue_band_in_every_kind(kind: Any) -> None:
    more: dict[str, Any] = {"year_ago_value": 0.5, "year_ago_change": -0.25}
    rows = [rate(1, 4, period=f"2024-0{month}", **more) for month in (1, 2)]
    assert "浅蓝带：95% 区间" in trend(*rows, comparisons=("year_ago",)).plot(kind).alt


@pytest.mark.parametrize("kind", ["trend", "interval"])
def test_the_ends_of_a_possible_range_stand_out_from_behind_the_point(kind: Any) -> None:
    chart = trend(rate(20, 100, unknown=1, period="2024-01"), rate(20, 100, period="2024-02")).plot(kind)
    ends = [layer["mark"] for layer in layers(chart) if layer["mark"]["type"] == "tick"]
    assert len(ends) == 2
    points = [layer["mark"]["size"] for layer in layers(chart) if layer["mark"]["type"] == "point"]
    assert all(end["size"] ** 2 > max(points) for end in ends)
