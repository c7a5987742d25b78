# SPDX-License-Identifier: Apache-2.0
"""A result is read, converted and printed; every printed digit is exact."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from casemetry import MissingPackageError, QueryError
from casemetry._optional import require
from casemetry._presentation.display import width
from casemetry._presentation.figures import FORMS, Measure, band_text, interval_text, number_text
from casemetry._presentation.words import Label
from casemetry.result import Result
from fake_result import Indicator, fake
from hypothesis import given
from hypothesis import strategies as st

RATE = {"value": 313_743 / 1_402_233, "numerator": 313_743, "denominator": 1_402_233, "low": 0.22305, "high": 0.22443}
OFFICE = {"office": {"zh": "承办单位", "en": "Office"}}


def measure(kind: str, form: str = "automatic", decimals: int | None = None) -> Measure:
    return Measure.of("m", Label("指标", "Measure"), kind=kind, form=form, decimals=decimals)


def printed(kind: str, value: float | None, form: str = "automatic", lang: Any = "zh", **given: Any) -> str:
    return measure(kind, form, given.get("decimals")).value(value, given.get("x"), given.get("n"), lang)


class TestFigures:
    def test_a_rate_is_per_cent_with_one_decimal(self) -> None:
        assert printed("proportion", 313_743 / 1_402_233, x=313_743, n=1_402_233) == "22.4%"

    def test_a_declared_number_of_decimals_wins(self) -> None:
        assert printed("proportion", 313_743 / 1_402_233, x=313_743, n=1_402_233, decimals=2) == "22.37%"

    def test_a_count_has_thousands_separators(self) -> None:
        assert printed("count", 1_088_490.0, x=1_088_490) == "1,088,490"

    def test_a_case_to_item_ratio_is_one_to(self) -> None:
        assert printed("ratio", 1.5454, "one_to") == "1 : 1.545"

    def test_per_100(self) -> None:
        assert printed("ratio", 1.5454, "per_100") == "154.5"

    @pytest.mark.parametrize(("days", "text"), [(52.0, "52 天"), (1220.5, "1,220.5 天")])
    def test_a_median_of_days_has_a_half_or_none(self, days: float, text: str) -> None:
        assert printed("quantile", days) == text

    def test_a_mean_of_days_always_has_a_decimal(self) -> None:
        assert printed("mean", 52.0, "days") == "52.0 天"

    def test_days_in_english(self) -> None:
        assert printed("quantile", 52.0, lang="en") == "52 days"

    def test_no_value_is_a_dash(self) -> None:
        assert printed("proportion", None) == "—"

    def test_a_half_is_rounded_up_where_a_double_would_round_down(self) -> None:
        assert f"{9 / 800:.2%}" == "1.12%"
        assert printed("proportion", 9 / 800, x=9, n=800, decimals=2) == "1.13%"

    @given(st.integers(1, 10**12), st.integers(1, 10**12), st.integers(0, 6))
    def test_every_printed_digit_of_a_quotient_is_exact(self, x: int, n: int, decimals: int) -> None:
        exact = Fraction(x, n)
        scaled = Decimal(exact.numerator * 10 ** (decimals + 3)) // Decimal(exact.denominator)  # cut, not rounded
        nearest = (scaled / 1000).quantize(Decimal(1), ROUND_HALF_UP).scaleb(-decimals)
        assert printed("ratio", x / n, "decimal", x=x, n=n, decimals=decimals) == f"{nearest:,.{decimals}f}"

    def test_a_double_is_rounded_by_its_shortest_decimal(self) -> None:
        assert printed("mean", 0.125, "decimal", decimals=2) == "0.13"
        assert printed("mean", 1.005, "decimal", decimals=2) == "1.01"  # the double is a little less

    def test_nothing_is_minus_zero(self) -> None:
        assert FORMS["percent"].text(-0.0001, "zh", signed=True) == "0.0%"

    def test_an_interval_is_in_the_units_of_its_value(self) -> None:
        assert interval_text(FORMS["percent"], 0.2186, 0.2294) == "[21.9, 22.9]"
        assert interval_text(FORMS["percent"], 0.61, 1.0) == "[61.0, 100.0]"
        assert interval_text(FORMS["decimal"], 0.5, float("inf")) == "[0.50, ∞]"
        assert interval_text(FORMS["percent"], None, None) == ""

    def test_a_band_is_from_least_to_most(self) -> None:
        assert band_text(FORMS["percent"], 0.1, 0.3) == "10.0–30.0"

    def test_a_numerator_with_fractions_shows_them(self) -> None:
        assert number_text(1_402_233.5) == "1,402,233.5"


class TestChange:
    @pytest.mark.parametrize(
        ("kind", "form", "change", "zh", "en"),
        [
            ("proportion", "automatic", 0.0231, "+2.3 百分点", "+2.3 pp"),
            ("proportion", "automatic", -0.0231, "-2.3 百分点", "-2.3 pp"),
            ("ratio", "percent", 0.0231, "+2.3 百分点", "+2.3 pp"),
            ("count", "automatic", 0.03, "+3.0%", "+3.0%"),
            ("sum", "automatic", -0.5, "-50.0%", "-50.0%"),
            ("quantile", "automatic", 3.5, "+3.5 天", "+3.5 days"),
            ("ratio", "one_to", 0.0123, "+0.012", "+0.012"),
        ],
    )
    def test_is_in_points_for_rates_and_in_per_cent_for_counts(
        self, kind: str, form: str, change: float, zh: str, en: str
    ) -> None:
        assert measure(kind, form).change(change, 1.0, 1.0, "zh") == zh
        assert measure(kind, form).change(change, 1.0, 1.0, "en") == en

    def test_a_count_from_nothing_has_grown_by_itself(self) -> None:
        assert measure("count").change(None, 1234.0, 0.0, "zh") == "净增 1,234"
        assert measure("count").change(None, 1234.0, 0.0, "en") == "new 1,234"

    def test_without_a_prior_value_there_is_none(self) -> None:
        assert measure("proportion").change(None, 0.5, None, "zh") == "—"


class TestText:
    def test_shows_labels_counts_and_interval(self) -> None:
        assert str(fake(RATE)) == (
            "指标       值  95% 区间         分子       分母\n"
            "------  -----  ------------  -------  ---------\n"
            "不捕率  22.4%  [22.3, 22.4]  313,743  1,402,233\n"
            "没有未知"
        )

    def test_speaks_english(self) -> None:
        assert fake(RATE).text("en").splitlines()[2:] == [
            "Non-arrest rate  22.4%  [22.3, 22.4]    313,743    1,402,233",
            "No outcome unknown",
        ]

    def test_shows_the_unknown_and_the_band(self) -> None:
        result = fake({"value": 0.125, "numerator": 10, "denominator": 80, "unknown": 20, "least": 0.1, "most": 0.3})
        assert str(result).splitlines()[2].split() == ["不捕率", "12.5%", "10", "80", "20", "10.0–30.0"]

    @pytest.mark.parametrize(
        ("flag", "zh"),
        [
            ("not_available", "不可用"),
            ("no_denominator", "无分母"),
            ("exceeds_denominator", "超出分母"),
            ("not_determined", "未定"),
            ("partial_period", "期间未完"),
            ("small", "小基数"),
            ("no_interval", "无区间"),
            ("unlisted", "未列值"),
        ],
    )
    def test_a_status_has_a_word(self, flag: str, zh: str) -> None:
        result = fake({"status": flag, "flags": flag})
        assert str(result).splitlines()[2].split() == ["不捕率", "—", zh]
        assert flag.replace("_", " ") in result.text("en")

    def test_tells_all_flags_gravest_first(self) -> None:
        assert "期间未完、小基数" in str(fake(RATE | {"status": "partial_period", "flags": "partial_period,small"}))

    def test_a_missing_label_and_an_undated_row_have_words(self) -> None:
        result = fake(RATE | {"office": None, "period": "2024-01"}, RATE | {"office": "A"}, dimensions=("office",))
        zh, en = str(result).splitlines(), result.text("en").splitlines()
        assert "（未填）" in zh[2]
        assert "（未注明日期）" in zh[3]
        assert "(missing)" in en[2]
        assert "(undated)" in en[3]

    def test_a_comparison_shows_the_prior_value_and_the_change(self) -> None:
        prior = {"year_ago_value": 0.2, "year_ago_change": 0.0237, "year_ago_low": 0.021, "year_ago_high": 0.026}
        text = str(fake(RATE | prior, comparisons=("year_ago",)))
        assert "较上年同期" in text
        assert text.splitlines()[2].endswith("20.0%  +2.4 百分点  [2.1, 2.6]")

    def test_columns_align_on_the_screen(self) -> None:
        rows = [RATE | {"office": name} for name in ("海州市人民检察院", "A", "ｶﾅ", "é", None)]
        header, rule, *lines = str(fake(*rows, dimensions=("office",), labels=OFFICE)).splitlines()
        assert width(header) == width(rule) == len(rule)
        assert {width(line) for line in lines[:-1]} == {len(rule)}

    def test_shows_forty_rows_and_says_how_many_more(self) -> None:
        lines = str(fake(*[RATE] * 163)).splitlines()
        assert lines[-2] == "… 还有 123 行，共 163 行"
        assert sum(line.startswith("不捕率") for line in lines) == 40

    def test_the_level_and_the_as_of_date_are_told(self) -> None:
        text = str(fake(RATE, level="0.999", as_of="2024-09-30"))
        assert "99.9% 区间" in text
        assert text.endswith("截至 2024-09-30 · 没有未知")

    def test_says_what_is_not_available_and_why(self) -> None:
        text = str(fake({"flags": "not_available"}, not_available='{"rate": "the cube does not hold \'refused\'"}'))
        assert text.endswith("不可用（数据立方未计）：不捕率")
        assert "没有未知" not in text

    def test_an_empty_result_is_a_heading(self) -> None:
        assert str(fake()).splitlines()[0].startswith("指标")
        assert len(fake()) == 0

    def test_another_language_is_refused(self) -> None:
        with pytest.raises(QueryError, match="lang='zh'"):
            fake(RATE).text("fr")  # type: ignore[arg-type]


class TestHtml:
    def test_has_both_languages_in_the_heading(self) -> None:
        html = fake(RATE, dimensions=("office",), labels=OFFICE).html()
        assert '承办单位<small lang="en">Office</small>' in html

    def test_needs_nothing_from_elsewhere(self) -> None:
        html = fake(RATE).html() + fake(RATE).wide().html()
        assert not any(word in html for word in ("<script", "src=", "href=", "http", "@import", "url("))

    def test_a_status_is_a_badge(self) -> None:
        html = fake({"status": "no_denominator", "flags": "no_denominator"}).html()
        assert '<span class="flag grave">无分母</span> —' in html

    def test_a_notebook_shows_forty_rows(self) -> None:
        assert fake(*[RATE] * 50)._repr_html_().count("<tr>") == 41


TWO = (Indicator("rate", label_zh="不捕率", label_en="Non-arrest rate"), Indicator("n", kind="count", label_zh="件数"))


def two_by_two(**figures: Any) -> Result:
    rows = [
        {"indicator": "rate", "office": "A", "period": "2024-01", **RATE},
        {"indicator": "rate", "office": "B", "period": "2024-01", "flags": "no_denominator", "denominator": 0},
        {"indicator": "n", "office": "A", "period": "2024-01", "value": 1234.0, "numerator": 1234},
        {"indicator": "n", "office": "B", "period": "2024-01", "value": 5.0, "numerator": 5},
    ]
    return fake(*({**row, **figures} for row in rows), indicators=TWO, dimensions=("office",), labels=OFFICE)


class TestWide:
    def test_has_a_row_a_cell_and_a_column_an_indicator(self) -> None:
        assert str(two_by_two().wide()) == (
            "承办单位  期间     不捕率           件数\n"
            "--------  -------  ------  ------  -----\n"
            "A         2024-01   22.4%          1,234\n"
            "B         2024-01       —  无分母      5\n"
            "没有未知"
        )
        assert len(two_by_two().wide()) == 2

    def test_a_single_cell_is_called_all(self) -> None:
        assert str(fake(RATE).wide()).splitlines()[2].split() == ["合计", "22.4%"]
        assert str(fake(RATE).wide("en")).splitlines()[2].split() == ["All", "22.4%"]

    def test_its_page_has_interval_and_denominator_in_small_type(self) -> None:
        page = two_by_two().wide().html()
        assert "22.4%<small>[22.3, 22.4] n = 1,402,233</small>" in page
        assert "小字：95% 区间，n 为分母" in page

    def test_counts_alone_have_no_small_type(self) -> None:
        rows = [{"indicator": "n", "office": "A", "value": 5.0, "numerator": 5, "denominator": None}]
        counts = fake(*rows, indicators=TWO[1:], dimensions=("office",))
        assert "小字" not in counts.wide().html()

    def test_an_indicator_that_a_cell_lacks_is_a_dash(self) -> None:
        result = fake(
            {"indicator": "rate", "office": "A"},
            {"indicator": "n", "office": "B"},
            indicators=TWO,
            dimensions=("office",),
        )
        assert [line.split() for line in str(result.wide()).splitlines()[2:4]] == [["A", "—", "—"], ["B", "—", "—"]]

    def test_converts_to_raw_numbers(self) -> None:
        assert two_by_two().wide().columns() == {
            "office": ["A", "B"],
            "period": ["2024-01", "2024-01"],
            "rate": [313_743 / 1_402_233, None],
            "n": [1234, 5],
        }
        assert two_by_two().wide().to_arrow().schema.types == [pa.string(), pa.string(), pa.float64(), pa.int64()]
        assert list(two_by_two().wide().to_pandas()["n"]) == [1234, 5]
        assert two_by_two().wide().to_polars()["rate"].null_count() == 1

    def test_a_change_stands_by_its_indicator(self) -> None:
        wide = fake(RATE | {"year_ago_value": 0.2, "year_ago_change": 0.0237}, comparisons=("year_ago",)).wide()
        assert list(wide.columns()) == ["period", "rate", "rate_year_ago_change"]
        assert "+2.4 百分点" in str(wide)


class TestConversion:
    def test_columns_are_plain_lists(self) -> None:
        columns = two_by_two().columns
        assert columns["office"] == ["A", "B", "A", "B"]
        assert columns["numerator"] == [313_743, None, 1234, 5]

    def test_what_is_done_to_the_lists_does_not_reach_the_result(self) -> None:
        result = two_by_two()
        result.columns["office"].clear()
        assert result.columns["office"] == ["A", "B", "A", "B"]

    def test_is_immutable(self) -> None:
        with pytest.raises(AttributeError):
            fake(RATE)._core = None  # type: ignore[misc, assignment]
        with pytest.raises(TypeError):
            fake(RATE).metadata["level"] = "0.5"  # type: ignore[index]

    def test_to_arrow_keeps_the_metadata(self) -> None:
        table = fake(RATE, level="0.9").to_arrow()
        assert table.schema.metadata[b"level"] == b"0.9"
        assert pa.types.is_dictionary(table.schema.field("indicator").type)

    def test_to_pandas_has_categories_and_integers(self) -> None:
        frame = two_by_two().to_pandas()
        assert isinstance(frame["office"].dtype, pd.CategoricalDtype)
        assert frame["numerator"].dtype == pd.Int64Dtype()
        assert frame["numerator"].isna().tolist() == [False, True, False, False]

    def test_any_library_takes_it_by_the_arrow_stream(self) -> None:
        assert pl.DataFrame(two_by_two()).equals(two_by_two().to_polars())

    def test_a_missing_package_says_which(self) -> None:
        with pytest.raises(MissingPackageError, match="pip install no_such_package"):
            require("no_such_package")

    def test_the_definition_shows_itself_as_it_is_written(self) -> None:
        definition = fake(RATE, definition='schema = 1\nid = "rate"\n').definition
        assert repr(definition) == definition == 'schema = 1\nid = "rate"\n'
