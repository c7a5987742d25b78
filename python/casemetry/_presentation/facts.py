# SPDX-License-Identifier: Apache-2.0
"""What the presentations of a result have in common: its columns, what they are called, how they are printed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casemetry._catalogue_words import Words
from casemetry._presentation.contributions import contribution_lines
from casemetry._presentation.figures import Measure, interval_label, level_text
from casemetry._presentation.reasons import not_available_lines
from casemetry._presentation.versions import version_lines
from casemetry._presentation.words import WORDS, Label, protection_text, word

if TYPE_CHECKING:
    from casemetry import _core
    from casemetry._presentation.words import Language


@dataclass(frozen=True)
class Facts:
    """The columns of a result with what is needed to print them."""

    core: _core.Result

    @cached_property
    def columns(self) -> dict[str, list[Any]]:
        """All columns, as plain values."""
        return self.core.columns()

    @cached_property
    def metadata(self) -> dict[str, str]:
        """What travels with the result."""
        return dict(self.core.metadata)

    @cached_property
    def catalogue(self) -> _core.Catalogue:
        """The definitions that it was asked by, taken from the core once."""
        return self.core.catalogue

    @cached_property
    def definitions(self) -> dict[str, Any]:
        """The catalogue in its exchanged form, read once."""
        tree: dict[str, Any] = json.loads(self.catalogue.json())
        return tree

    @cached_property
    def not_available(self) -> dict[str, str]:
        """The indicators that are not available, each with the reason that the core gives."""
        reasons: dict[str, str] = json.loads(self.metadata.get("not_available", "{}"))
        return reasons

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The names of the dimensions."""
        return tuple(self.core.dimensions)

    @cached_property
    def comparisons(self) -> tuple[str, ...]:
        """The names of the comparisons."""
        return tuple(self.core.comparisons)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The indicators, in the order in which they appear."""
        return {name: self._measure(name) for name in dict.fromkeys(self.columns["indicator"])}

    @cached_property
    def has_periods(self) -> bool:
        """Whether rows are told apart by their period."""
        return self.core.query.every is not None or any(period is not None for period in self.columns["period"])

    @cached_property
    def only_period(self) -> str | None:
        """The period that all rows are of; None if there are several, or undated rows."""
        periods = set(self.columns["period"])
        return periods.pop() if len(periods) == 1 else None

    def __len__(self) -> int:
        """Count the rows."""
        return self.core.rows

    def row(self, index: int) -> dict[str, Any]:
        """Give the plain values of a row by column."""
        return {name: values[index] for name, values in self.columns.items()}

    def measure(self, index: int) -> Measure:
        """Give the indicator of a row."""
        return self.measures[self.columns["indicator"][index]]

    def flags(self, index: int) -> tuple[str, ...]:
        """Give the flags of a row, gravest first."""
        text: str | None = self.columns["flags"][index]
        return tuple(text.split(",")) if text else ()

    def has(self, column: str) -> bool:
        """Tell whether a column is there and has a value in any row."""
        return any(value is not None for value in self.columns.get(column, ()))

    def name_of(self, indicator: str) -> Label:
        """Give what an indicator is called, without its unit; one without a label by its id."""
        definition = self.catalogue.indicator(indicator)
        label = Label(definition.label_zh, definition.label_en)
        return label if any(label) else Label(indicator, indicator)

    def dimension_label(self, name: str) -> Label:
        """Give what a dimension is called; one without a label by its name."""
        label = self._labels.get(name, Label("", ""))
        return label if any(label) else Label(name, name)

    def dimension_text(self, name: str, index: int, lang: Language) -> str:
        """Give the label of a row in a dimension; a missing one has a word."""
        return self.label_text(self.columns[name][index], lang)

    def label_text(self, label: str | None, lang: Language) -> str:
        """Give a label as it is read: the missing one and that of the others have words."""
        if label is None:
            return word("missing", lang)
        return word("others", lang) if label == self._others else str(label)

    def period_text(self, index: int, lang: Language) -> str:
        """Give the period of a row; among rows with periods, none means undated."""
        period = self.columns["period"][index]
        return word("undated", lang) if period is None else str(period)

    @property
    def level(self) -> str:
        """The level of the intervals: ``95%``."""
        return level_text(float(self.metadata["level"]))

    @property
    def interval_label(self) -> Label:
        """The heading of an interval: ``95% 区间``."""
        return interval_label(float(self.metadata["level"]))

    def end_label(self, end: str) -> Label:
        """Give the heading of an end of the interval: ``95% 区间下限``."""
        return Label(*(f"{interval}{word}" for interval, word in zip(self.interval_label, WORDS[end], strict=True)))

    def below(self, lang: Language) -> tuple[str, ...]:
        """Give the lines below a table: names, the as-of date, whether all is known, what is not available and why."""
        as_of = self.metadata.get("as_of")
        parts = [f"{word('as_of', lang)} {as_of}"] if as_of else []
        parts += self._condition(lang)
        if "protection" in self.metadata:
            parts.append(self.protection_text(lang))
        if all(unknown == 0 for unknown in self.columns["unknown"]) and set(self.columns["flags"]) != {"not_available"}:
            parts.append(word("none_unknown", lang))
        return (
            *contribution_lines(self, lang),
            *version_lines(self, lang),
            *([" · ".join(parts)] if parts else []),
            *self._waits(lang),
            *not_available_lines(self, lang),
        )

    def protection_text(self, lang: Language) -> str:
        """Say how a result is protected, and by which number if that is asked for by name."""
        base: str = json.loads(self.metadata["protection"])["base"]
        label = word(base, lang) if base in ("", "numerator", "denominator") else self.words(lang).name(base)
        return protection_text(self.metadata["protection"], label, lang)

    def words(self, lang: Language) -> Words:
        """Give what the definitions that it was asked by are called."""
        return Words.of(self.catalogue, lang)

    def _waits(self, lang: Language) -> list[str]:
        """Tell how long an immature indicator must wait, or why that is not known."""
        flags = zip(self.columns["indicator"], self.columns["flags"], strict=True)
        immature = dict.fromkeys(name for name, text in flags if "immature" in (text or "").split(","))
        waits: dict[str, int] = json.loads(self.metadata.get("mature_after", "{}"))
        is_known = "as_of" in self.metadata
        reason = word("mature_after" if is_known else "maturity_unknown", lang)
        return [
            f"{self.measures[name].label.text(lang)}: {reason}" + (f" {waits[name]}" if is_known else "")
            for name in immature
        ]

    def _condition(self, lang: Language) -> list[str]:
        """Tell which cells were taken, and how many units were not for want of a label."""
        where = self.metadata.get("where")
        undecided: dict[str, int] = json.loads(self.metadata.get("where_unknown", "{}"))
        told = [f"{unit} {units:,}" for unit, units in undecided.items()]
        return [
            *([f"{word('where', lang)} {where}"] if where else []),
            *([f"{word('where_unknown', lang)}: {', '.join(told)}"] if told else []),
        ]

    @cached_property
    def _others(self) -> str | None:
        """What stands for the cells that are added up in one; None if there are none."""
        label: str | None = json.loads(self.metadata.get("top", "{}")).get("label")
        return label

    @cached_property
    def counts(self) -> dict[str, Label]:
        """What the units of each indicator are called: 件, 人."""
        counts: dict[str, dict[str, str]] = json.loads(self.metadata.get("counts", "{}"))
        return {name: Label(word["zh"], word["en"]) for name, word in counts.items()}

    @cached_property
    def _labels(self) -> dict[str, Label]:
        labels: dict[str, dict[str, str]] = json.loads(self.metadata["labels"])
        return {name: Label(label.get("zh", ""), label.get("en", "")) for name, label in labels.items()}

    def _measure(self, name: str) -> Measure:
        indicator = self.catalogue.indicator(name)
        measure = Measure.of(
            name, self.name_of(name), kind=indicator.kind, form=indicator.format, decimals=indicator.decimals
        )
        if not measure.is_counted or name not in self.counts:
            return measure
        return replace(measure, label=measure.label.counted_in(self.counts[name]))
