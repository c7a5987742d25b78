# SPDX-License-Identifier: Apache-2.0
"""What a one-line question warns of: cells that could not be read, rows that disagree, discoveries without a lead."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from casemetry._presentation.display import safe_text

if TYPE_CHECKING:
    from casemetry.cube import Cube


def warn_of_all(cube: Cube, implied: Mapping[str, set[str]], *, stacklevel: int) -> None:
    """Warn of all that there is to say.

    Parameters
    ----------
    cube
        That was built for the question.
    implied
        Of each unit the columns that are ``only(…)`` because nothing else was said.
    stacklevel
        Of whoever called the one-line function, seen from here.
    """
    for message in (*_unreadable(cube), *_disagreeing(cube, implied), *_of_no_lead(cube), *_of_nobody(cube)):
        warnings.warn(message, stacklevel=stacklevel)


def warn_of_missing(cube: Cube, table: str, names: Collection[str], *, stacklevel: int) -> None:
    """Warn of discoveries that lack what they count by: they count for no source."""
    for report in cube.reports.get(table, ()):
        if report.name in names and report.missing:
            lacking = f"{report.missing:,} of {report.rows:,} discoveries have no '{safe_text(report.name)}'"
            warnings.warn(f"{lacking}, and count for no source", stacklevel=stacklevel)


def _unreadable(cube: Cube) -> Iterator[str]:
    for report in (report for reports in cube.reports.values() for report in reports):
        if report.unreadable:
            examples = ", ".join(repr(safe_text(example)) for example in report.examples)
            cells = f"{report.unreadable:,} of {report.rows:,} cells"
            yield (
                f"column '{safe_text(report.name)}': {cells} could not be read as {report.read_as} and are missing: "
                f"{examples}"
            )


def _disagreeing(cube: Cube, implied: Mapping[str, set[str]]) -> Iterator[str]:
    reports = (report for reports in cube.reports.values() for report in reports)
    ordered = {report.name for report in reports if not report.read_as.startswith(("text", "boolean"))}
    for report in cube.unit_reports:
        for column in report.columns:
            if column.disagreeing and column.column in implied.get(report.unit, ()):
                name = safe_text(column.column)
                extremes = f", min({name}) or max({name})" if column.column in ordered else ""
                yield (
                    f"unit '{safe_text(report.unit)}': the rows of {column.disagreeing:,} of {report.units:,} disagree "
                    f"on '{name}', which is missing there; say how they become one value, such as "
                    f"only({name} where …){extremes}"
                )


def _of_no_lead(cube: Cube) -> Iterator[str]:
    found = {report.unit: report.units for report in cube.unit_reports}.get("discovered")
    for report in cube.unit_reports:
        for lookup in report.lookups:
            if report.unit == "lead" and found is not None and found > lookup.found:
                yield (
                    f"{found - lookup.found:,} of {found:,} leads in the table of discoveries are not in the table of "
                    "leads, and are not counted"
                )


def _of_nobody(cube: Cube) -> Iterator[str]:
    """Tell discoveries of which it is unknown whether they are inside the window."""
    for report in cube.unit_reports:
        skipped = max((column.skipped for column in report.columns if column.column.startswith("sources")), default=0)
        if report.unit in ("lead", "discovered") and skipped:
            yield (
                f"{skipped:,} of {report.rows:,} discoveries count for no source: a day that the window asks for is "
                "missing, so it is unknown whether they are inside it"
            )
