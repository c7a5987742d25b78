# SPDX-License-Identifier: Apache-2.0
"""Periods as they are said: 2024年1至9月."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry._presentation.words import Language

_QUARTERS = ("一", "二", "三", "四")
_HALVES = (Label("上半年", "first half of"), Label("下半年", "second half of"))
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_PART = re.compile(r"(\d{4})([QH])(\d)")
_RANGE = re.compile(r"(\d{4})-(\d\d)\.\.(\d{4})-(\d\d)")
_YTD = re.compile(r"ytd\((\d{4})-(\d\d)\)")
_ROLLING = re.compile(r"rolling\((\d{4}-\d\d), *(\d+)\)")


def period_said(period: str, lang: Language) -> str:
    """Say a period; one that is written in another way stands as it is.

    Examples
    --------
    >>> [period_said(period, "zh") for period in ("2024-01..2024-09", "ytd(2024-09)", "2024Q3", "2024-07")]
    ['2024年1至9月', '2024年1至9月', '2024年第三季度', '2024年7月']
    >>> period_said("2023-10..2024-03", "en")
    'October 2023 to March 2024'
    """
    if found := _YEAR.fullmatch(period):
        return f"{found[1]}年" if lang == "zh" else found[1]
    if found := _MONTH.fullmatch(period):
        return _month(found[1], found[2], lang)
    if found := _PART.fullmatch(period):
        return _part(found[1], found[2], int(found[3]), lang)
    if found := _RANGE.fullmatch(period):
        return _range(*found.groups(), lang=lang)
    if found := _YTD.fullmatch(period):
        return _range(found[1], "01", found[1], found[2], lang=lang)
    if found := _ROLLING.fullmatch(period):
        end = period_said(found[1], lang)
        return f"截至{end}的{found[2]}个月" if lang == "zh" else f"{found[2]} months to {end}"
    return period


def day_said(day: str, lang: Language) -> str:
    """Say a day that is written 2024-09-30."""
    year, month, number = day.split("-")
    if lang == "zh":
        return f"{year}年{int(month)}月{int(number)}日"
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


def _month(year: str, month: str, lang: Language) -> str:
    return f"{year}年{int(month)}月" if lang == "zh" else f"{_MONTHS[int(month) - 1]} {year}"


def _part(year: str, kind: str, number: int, lang: Language) -> str:
    if kind == "H":
        half = _HALVES[number - 1].text(lang)
        return f"{year}年{half}" if lang == "zh" else f"{half} {year}"
    return f"{year}年第{_QUARTERS[number - 1]}季度" if lang == "zh" else f"Q{number} {year}"


def _range(year: str, month: str, last_year: str, last_month: str, *, lang: Language) -> str:
    begin, end = _month(year, month, lang), _month(last_year, last_month, lang)
    if (year, month) == (last_year, last_month):
        return begin
    if year != last_year:
        return f"{begin}至{end}" if lang == "zh" else f"{begin} to {end}"
    if lang == "zh":
        return f"{year}年" if (month, last_month) == ("01", "12") else f"{year}年{int(month)}至{int(last_month)}月"
    return year if (month, last_month) == ("01", "12") else f"{begin.rpartition(' ')[0]} to {end}"
