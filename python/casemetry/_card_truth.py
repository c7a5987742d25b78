# SPDX-License-Identifier: Apache-2.0
"""What clean synthetic cards count, by plain counting of what was drawn: the truth that the catalogue is tested by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from casemetry._card_columns import FIRST_MONTH, MONTHS, Drawn, When
from casemetry._card_kinds import NOT_PROSECUTED, OFFICES, PROSECUTED, REFUSED

Truth = Mapping[str, Mapping[tuple[str, str], int]]


class Count(NamedTuple):
    """An aggregate of the catalogue: the rows of a table that hold, by the month of a day."""

    table: str
    date: str
    where: tuple[When, ...] = ()


COUNTS = {
    "arrest_review_received": Count("arrest_review", "received_on"),
    "arrested": Count("arrest_review", "decided_on", (("decision", ("approved", "decided")),)),
    "refused": Count("arrest_review", "decided_on", (REFUSED,)),
    "juvenile_refused": Count("arrest_review", "decided_on", (REFUSED, ("juvenile", ("true",)))),
    "prosecution_review_received": Count("prosecution_review", "received_on"),
    "prosecuted": Count("prosecution_review", "concluded_on", (PROSECUTED,)),
    "not_prosecuted": Count("prosecution_review", "concluded_on", (NOT_PROSECUTED,)),
}


def true_counts(drawn: Mapping[str, Drawn]) -> Truth:
    """Count clean rows by office and month."""
    return MappingProxyType({name: _by_office_and_month(count, drawn[count.table]) for name, count in COUNTS.items()})


def _by_office_and_month(count: Count, rows: Drawn) -> Mapping[tuple[str, str], int]:
    day = rows.columns[count.date]
    counted = ~np.isnat(day)
    for when in count.where:
        counted &= rows.holds(when)
    month = day[counted].astype("datetime64[M]") - FIRST_MONTH
    cell = rows.office[counted] * MONTHS + month.astype(np.int64)
    counts = np.bincount(cell, minlength=len(OFFICES) * MONTHS).tolist()
    months = np.datetime_as_string(FIRST_MONTH + np.arange(MONTHS)).tolist()
    cells = [(office, month) for office in OFFICES for month in months]
    return MappingProxyType(dict(zip(cells, counts, strict=True)))
