# SPDX-License-Identifier: Apache-2.0
"""Axes of figures and of periods."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casemetry._presentation.figures import Form
    from casemetry._presentation.words import Language

_EACH = re.compile(r"(\d{4})(?:-(\d\d)|Q(\d)|H(\d))?")


def figure_axis(form: Form, lang: Language, **more: Any) -> dict[str, Any]:
    """Label an axis with numbers as the indicator prints them: 20%, 1 : 1.5."""
    suffix = form.suffix.text(lang)
    around = json.dumps(form.prefix), json.dumps("%" if suffix == "%" else "")
    label = f"{around[0]} + format(datum.value * {form.factor}, ',~f') + {around[1]}"
    return {"labelExpr": label, "title": suffix.strip() if suffix != "%" else None, "tickCount": 6, **more}


def begins_at_zero(numbers: Iterable[float]) -> bool:
    """Tell whether the axis holds zero: unless the figures lie in a narrow range far from it."""
    drawn = list(numbers)
    if not drawn:
        return True
    least, most = min(drawn), max(drawn)
    return least <= 0 or least < 0.5 * most


def all_periods(periods: Iterable[str]) -> list[str]:
    """Give the periods from the first to the last, those between them of which there is no row as well.

    Examples
    --------
    >>> all_periods(["2024-11", "2025-02"])
    ['2024-11', '2024-12', '2025-01', '2025-02']
    >>> all_periods(["2024Q3", "2025Q1"])
    ['2024Q3', '2024Q4', '2025Q1']
    >>> all_periods(["ytd(2024-06)"])
    ['ytd(2024-06)']
    """
    named = list(dict.fromkeys(periods))
    numbers = [_number(period) for period in named]
    kinds = {number[0] for number in numbers if number}
    if len(kinds) != 1 or None in numbers:
        return named
    (per_year,) = kinds
    places = [number[1] for number in numbers if number]
    return [_name(per_year, place) for place in range(min(places), max(places) + 1)]


def _number(period: str) -> tuple[int, int] | None:
    """Give how many such periods a year has, and the place of this one among all."""
    found = _EACH.fullmatch(period)
    if not found:
        return None
    year, month, quarter, half = found.groups()
    per_year = 12 if month else 4 if quarter else 2 if half else 1
    return per_year, int(year) * per_year + int(month or quarter or half or 1) - 1


def _name(per_year: int, place: int) -> str:
    year, part = divmod(place, per_year)
    return {1: f"{year}", 2: f"{year}H{part + 1}", 4: f"{year}Q{part + 1}", 12: f"{year}-{part + 1:02d}"}[per_year]
