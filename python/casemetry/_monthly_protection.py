# SPDX-License-Identifier: Apache-2.0
"""The results of a monthly table protected together: what one shows may tell what another hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from casemetry._monthly_table import Asked, Span
from casemetry.protecting import protect

if TYPE_CHECKING:
    from casemetry._layout_reader import StructureLine
    from casemetry._monthly_period import Months
    from casemetry.cube import Cube
    from casemetry.result import Result


def protected_together(parts: Iterable[Asked], shown: Iterable[Result], k: int) -> tuple[list[Asked], list[Result]]:
    """Protect all results of the parts of a table, and others that are published with them."""
    parts, shown = list(parts), list(shown)
    given = [result for part in parts for span in part.spans for result in span.results.values()]
    answered = iter(protect([*given, *shown], k))
    return [_with(part, answered) for part in parts], list(answered)


def counts_of(cube: Cube, ratio: StructureLine, months: Months) -> Result:
    """Ask the counts that a structural ratio is made of: each label that is put into a class."""
    return cube.table(
        [ratio.of], by=[ratio.dimension], period=str(months), compare="year_ago", where=ratio.where or None
    )


def is_whole(result: Result) -> bool:
    """Tell whether protection hides nothing of a result, so that what is made of its figures may be shown."""
    return not any("protected" in result.facts.flags(index) for index in range(len(result)))


def _with(part: Asked, answered: Iterator[Result]) -> Asked:
    spans = (Span(span.months, {name: next(answered) for name in span.results}) for span in part.spans)
    return replace(part, spans=tuple(spans))
