# SPDX-License-Identifier: Apache-2.0
"""A monthly table filled: a few questions for all of its lines, and each line with what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from casemetry._layout_reader import Line
from casemetry._monthly_rows import Answer, Row, Section
from casemetry._presentation.reasons import short_reason
from casemetry._presentation.units import unit_label
from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry._layout_reader import StructureLine
    from casemetry._monthly_period import Months
    from casemetry._monthly_rows import Figure
    from casemetry._presentation.facts import Facts
    from casemetry.cube import Cube
    from casemetry.layouts import Layout
    from casemetry.result import Result
    from casemetry.structures import Structure

_NOT_KNOWN = Label("", "")


@dataclass(frozen=True)
class Span:
    """A period of the table with what was answered for it, by the dimension that lines are asked by; ``""``: none."""

    months: Months
    results: Mapping[str, Result]


@dataclass(frozen=True)
class Asked:
    """What was asked for a table: all of its spans, by offices or not.

    Attributes
    ----------
    office : str
        The dimension of the offices; empty: all of them together.
    """

    cube: Cube
    layout: Layout
    spans: tuple[Span, ...]
    office: str

    @cached_property
    def answers(self) -> tuple[dict[str, Answer], ...]:
        """The results of each span, so that rows find their figures."""
        return tuple(
            {dimension: Answer(result.facts, self.office, dimension) for dimension, result in span.results.items()}
            for span in self.spans
        )

    @cached_property
    def offices(self) -> tuple[str | None, ...]:
        """The labels of the offices, in their order; one None without a dimension of offices."""
        return tuple(dict.fromkeys(office for answer in self.answers[0].values() for office in answer.offices))

    def sections(self, office: str | None) -> tuple[Section, ...]:
        """Fill the layout for an office."""
        return tuple(
            Section(section.title, tuple(row for line in section.lines for row in self._rows(line, office)))
            for section in self.layout.sections
        )

    def _rows(self, line: Line, office: str | None) -> Iterator[Row]:
        if not line.by or line.by not in self.answers[0]:
            yield from self._row(line, line.label, office, line.where[1] if line.where else None)
            return
        for label in self.answers[0][line.by].labels:
            name = self._value_label(line.by, label)
            yield from self._row(line, name, office, label)

    def _row(self, line: Line, label: Label, office: str | None, value: str | None) -> Iterator[Row]:
        for place, indicator in enumerate(line.of):
            measure = self._facts.measures[indicator]
            figures = tuple(self._figure(answers, line, indicator, office, value) for answers in self.answers)
            yield Row(
                label if any(label) else self._label(line.of[0]),
                line.level,
                place,
                len(line.of),
                indicator,
                line.unit if any(line.unit) else unit_label(self._facts, measure),
                figures,
                self._reason(line, indicator, figures),
                measure.is_counted,
            )

    def _figure(
        self, answers: Mapping[str, Answer], line: Line, indicator: str, office: str | None, value: str | None
    ) -> Figure | None:
        answer = answers.get(line.dimension)
        return answer.figure(indicator, office, value) if answer else None

    def _reason(self, line: Line, indicator: str, figures: Sequence[Figure | None]) -> Label:
        if line.dimension not in self.answers[0]:
            name = line.dimension
            return Label(f"数据立方未按 {name} 计数", f"the cube is not counted by {name}")
        found = next((figure for figure in figures if figure and "not_available" in figure.flags), None)
        if found is None:
            return _NOT_KNOWN
        return short_reason(found.facts.not_available.get(indicator, ""), found.facts.definitions)

    def _label(self, indicator: str) -> Label:
        """Give what an indicator is called, without the unit that some labels end in: it has a column of its own."""
        label, unit = self._facts.name_of(indicator), self._facts.counts.get(indicator, Label("", ""))
        return Label(label.zh.removesuffix(f"（{unit.zh}）"), label.en.removesuffix(f" ({unit.en})"))

    def _value_label(self, dimension: str, label: str | None) -> Label:
        named = self.layout.labels.get(dimension, {}).get(label or "")
        return named or Label(*(self._facts.label_text(label, lang) for lang in ("zh", "en")))

    @property
    def _facts(self) -> Facts:
        return self.spans[0].results[""].facts


def ratios_of(cube: Cube, layout: Layout) -> tuple[StructureLine, ...]:
    """Give the structural ratios of a layout that a cube can answer: it is counted by them, and holds the counts."""
    return tuple(
        ratio
        for ratio in layout.structures
        if ratio.dimension in cube.dimensions and ratio.of not in cube.not_available
    )


def ask_structure(cube: Cube, ratio: StructureLine, months: Months) -> tuple[Label, Structure]:
    """Ask what a count is made up of, under the title of the ratio."""
    return ratio.title, cube.structure(
        ratio.of,
        dimension=ratio.dimension,
        groups=ratio.groups,
        where=ratio.where or None,
        period=str(months),
        compare="year_ago",
    )


def ask(cube: Cube, layout: Layout, periods: Sequence[Months], office: str) -> Asked:
    """Ask all that a table needs: for each period one question, and one for each dimension that lines name."""
    known = {*cube.dimensions, *cube.levels}
    of = {"": dict.fromkeys(layout.indicators)}
    for _, line in layout.lines():
        if line.dimension in known:
            of.setdefault(line.dimension, {}).update(dict.fromkeys(line.of))
    spans = tuple(
        Span(
            months,
            {
                dimension: cube.table(
                    list(indicators),
                    by=[*filter(None, (office, dimension))],
                    period=str(months),
                    compare="year_ago",
                )
                for dimension, indicators in of.items()
            },
        )
        for months in periods
    )
    return Asked(cube, layout, spans, office)
