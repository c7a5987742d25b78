# SPDX-License-Identifier: Apache-2.0
"""The figures that the names of a template may ask for: which result, indicator, cell and side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casemetry._errors import QueryError
from casemetry._nearest import hint
from casemetry._presentation.figures import NOTHING
from casemetry._presentation.sheet import written_change, written_figure, written_number
from casemetry._presentation.words import word

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language

Content = str | int | float


class Points(float):
    """A change of a rate in percentage points: 1.81 for one from 50.00 % to 51.81 %."""

    def fitting(self, number_format: str) -> float:
        """Give the number for a cell: under a format of per cent the difference of fractions, 0.0181."""
        return self / 100 if "%" in number_format else float(self)


Wanted = str | Mapping[str, str | None]
"""``month.non_arrest_rate.change``, or ``{"result": …, "indicator": …, "side": …, "office": …, "period": …}``."""

_NUMBERS = ("numerator", "denominator", "unknown")
_ENDS = ("value", "low", "high", "least", "most")
_CHINESE = {
    "累计": "cumulative",
    "当月": "month",
    "本期": "value",
    "上年同期": "year_ago",
    "同比": "change",
    "分子": "numerator",
    "分母": "denominator",
    "未知": "unknown",
}
_NO_FIGURE = ("not_available", "protected")
_RESERVED = ("result", "indicator", "unit", "side")


@dataclass(frozen=True)
class Figures:
    """Results by name; the first is the one that a name without a result asks for."""

    results: Mapping[str, Facts]
    lang: Language

    def content(self, wanted: Wanted) -> tuple[str, Content]:
        """Give the id of the indicator that is asked for, and what a cell shall hold.

        Raises
        ------
        QueryError
            What there is none of, with the nearest name; a figure of several cells.
        """
        asked = self._read(wanted) if isinstance(wanted, str) else dict(wanted)
        facts = self._facts(str(asked.get("result") or next(iter(self.results))))
        name = self._indicator(facts, str(asked.get("indicator", "")), asked.get("unit"))
        labels = {key: value for key, value in asked.items() if key not in _RESERVED}
        index = _row(facts, name, labels, self._rows[id(facts)].get(name, ()))
        return name, self._side(facts, index, str(asked.get("side") or "value"))

    @property
    def indicators(self) -> list[str]:
        """The ids of all indicators."""
        return list(dict.fromkeys(name for facts in self.results.values() for name in facts.measures))

    def _read(self, text: str) -> dict[str, str | None]:
        """Take ``month.non_arrest_rate.change`` apart; the words may be Chinese: ``当月.不捕率.同比``."""
        parts = text.split(".")
        asked: dict[str, str | None] = {}
        if len(parts) > 1 and _key(parts[0]) in self.results:
            asked["result"] = _key(parts.pop(0))
        asked["indicator"] = parts.pop(0)
        if parts and parts[0] in self._units:
            asked["unit"] = parts.pop(0)
        if parts:
            asked["side"] = _key(parts.pop(0))
        if parts:
            raise QueryError(f"'{text}' has too many parts: write result.indicator.unit.side")
        return asked

    @cached_property
    def _rows(self) -> dict[int, dict[str, list[int]]]:
        """The rows of each indicator, by result."""
        rows: dict[int, dict[str, list[int]]] = {}
        for facts in self.results.values():
            found = rows.setdefault(id(facts), {name: [] for name in facts.measures})
            for index, name in enumerate(facts.columns["indicator"]):
                found[name].append(index)
        return rows

    @cached_property
    def _units(self) -> set[str]:
        """What units are called, in both languages: 件, 人."""
        return {text for facts in self.results.values() for unit in facts.counts.values() for text in unit if text}

    def _facts(self, result: str) -> Facts:
        if result not in self.results:
            raise QueryError(f"no result '{result}'; {near(result, self.results)}")
        return self.results[result]

    def _indicator(self, facts: Facts, name: str, unit: str | None) -> str:
        """Find an indicator by its id, or by its label and, where several have it, its unit."""
        if name in facts.measures:
            return name
        if unit is None:
            named = [each for each in facts.measures if name in facts.name_of(each)]
        else:
            counted = [each for each in facts.measures if unit in facts.counts.get(each, ())]
            labels = (name, f"{name}（{unit}）", f"{name} ({unit})")
            named = [each for each in counted if any(label in facts.name_of(each) for label in labels)]
        if len(named) == 1:
            return named[0]
        if named:
            raise QueryError(
                f"'{name}' is the label of several indicators: name one of {', '.join(named)}, or add the unit, "
                f"'{name}.人'"
            )
        raise QueryError(f"no figure '{name}'; {near(name, self._names(facts))}")

    def _names(self, facts: Facts) -> Iterator[str]:
        yield from facts.measures
        yield from (text for each in facts.measures for text in facts.name_of(each))

    def _side(self, facts: Facts, index: int, side: str) -> Content:
        comparisons = facts.comparisons
        if side in _ENDS:
            written = written_figure(facts, side, self.lang, index).content
        elif side in _NUMBERS:
            written = written_number(facts, side, self.lang, index).content
        elif side in comparisons:
            written = written_figure(facts, f"{side}_value", self.lang, index).content
        elif (versus := self._versus(side, comparisons)) in comparisons:
            return self._change(facts, versus, index)
        else:
            sides = [*_ENDS, *_NUMBERS, *comparisons, *(f"{name}_change" for name in comparisons)]
            raise QueryError(f"no side '{side}' of a figure; {near(side, sides)}")
        if written is not None:
            return written
        return next((word(flag, self.lang) for flag in _NO_FIGURE if flag in facts.flags(index)), NOTHING)

    def _versus(self, side: str, comparisons: tuple[str, ...]) -> str:
        return next(iter(comparisons), "") if side == "change" else side.removesuffix("_change")

    def _change(self, facts: Facts, versus: str, index: int) -> Content:
        """Give the change; 净增 in words, for the number would be taken for a change."""
        row = facts.row(index)
        if facts.measure(index).is_new(row["value"], row[f"{versus}_value"]) and row[f"{versus}_change"] is None:
            return word("new", self.lang)
        content = written_change(facts, versus, self.lang, index).content or 0
        is_points = not isinstance(content, str) and facts.measure(index).changes_in_points
        return Points(content) if is_points else content


def _key(text: str) -> str:
    return _CHINESE.get(text, text)


def _row(facts: Facts, name: str, labels: Mapping[str, Any], rows: Iterable[int]) -> int:
    columns = facts.columns
    for key in labels:
        if key not in (*facts.dimensions, "period"):
            raise QueryError(f"no dimension '{key}'; {near(key, [*facts.dimensions, 'period'])}")
    found = [index for index in rows if all(columns[key][index] == label for key, label in labels.items())]
    if len(found) == 1:
        return found[0]
    told = ", ".join(f"{key} {label}" for key, label in labels.items())
    if not found:
        raise QueryError(f"no cell of '{name}' with {told}")
    keys = [key for key in (*facts.dimensions, "period") if key not in labels]
    raise QueryError(f"'{name}' has {len(found)} cells: say which by {', '.join(keys)}")


def near(name: str, known: Iterable[str]) -> str:
    """Point to the nearest name, or to some that there are."""
    return hint(name, known, "there are", most=8)
