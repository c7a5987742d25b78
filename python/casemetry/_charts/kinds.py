# SPDX-License-Identifier: Apache-2.0
"""Which kind of chart fits a result, and whether it can be read."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from casemetry._errors import QueryError

if TYPE_CHECKING:
    from casemetry._charts.points import Panel
    from casemetry._presentation.facts import Facts

KINDS = ("trend", "interval", "composition", "band", "comparison")

MOST = {"panels": 6, "rows": 80, "traces": 24, "periods": 240, "bars": 60, "classes": 8}
"""What can still be read in one picture."""

_FEWER = "take the largest with result.top(20), or fewer by where=…"


def chosen_kind(facts: Facts, kind: str | None) -> str:
    """Choose the kind by the shape of a result, or check the one that is asked for.

    Several periods make a trend, contributions a band, a comparison with other months a comparison, all else intervals.
    """
    if kind is None:
        return _fitting(facts)
    if kind not in KINDS:
        near = get_close_matches(str(kind), KINDS, 1) or ["trend"]
        raise QueryError(f"kind={kind!r}: there are {', '.join(KINDS)}; do you mean kind={near[0]!r}?")
    if kind == "band" and not facts.has("any"):
        raise QueryError("kind='band' shows the rules between which a contribution lies; here is none: leave kind out")
    if kind == "comparison" and not facts.comparisons:
        raise QueryError("kind='comparison' needs something to compare with: ask with compare='year_ago'")
    if kind == "trend" and not _periods(facts):
        raise QueryError("kind='trend' needs periods: ask with every='month', 'quarter' or 'year'")
    return kind


def chosen_comparison(facts: Facts, kind: str, compare: str | None) -> str | None:
    """Choose what is drawn beside the figures: in a trend and a comparison other months first, else a whole first."""
    held = facts.comparisons
    if compare is not None:
        if compare not in held:
            raise QueryError(f"compare={compare!r}: this result is compared with {', '.join(held) or 'nothing'}")
        return compare
    months, wholes = ("year_ago", "previous"), ("total", "parent")
    order = {"trend": ("year_ago", *wholes), "comparison": (*months, *wholes)}.get(kind, (*wholes, *months))
    return next((name for name in order if name in held), None)


def check_size(kind: str, panels: list[Panel]) -> None:
    """Raise QueryError where there is more than can be read in one picture."""
    _check("indicators", len(panels), MOST["panels"], "ask for fewer")
    for panel in panels:
        if kind == "trend":
            _check("cells", len(panel.cells), MOST["traces"], _FEWER)
            periods = len({point.period for point in panel.points})
            _check("periods", periods, MOST["periods"], "ask for a shorter period, or every='year'")
        else:
            _check("rows", len(panel.points), MOST["rows"], _FEWER)


def check_parts(bars: int, classes: int) -> None:
    """Raise QueryError where there are more bars or classes than can be read in one picture."""
    _check("bars", bars, MOST["bars"], _FEWER)
    _check("classes", classes, MOST["classes"], "take the largest with result.top(7), the others become one class")


def _check(what: str, number: int, most: int, advice: str) -> None:
    if number > most:
        raise QueryError(f"{number:,} {what} are too many to be read in one picture ({most} at most): {advice}")


def _fitting(facts: Facts) -> str:
    if len(_periods(facts)) > 1:
        return "trend"
    if facts.has("any"):
        return "band"
    return "comparison" if {"year_ago", "previous"}.intersection(facts.comparisons) else "interval"


def _periods(facts: Facts) -> set[str]:
    return {period for period in facts.columns["period"] if period is not None}
