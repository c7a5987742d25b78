# SPDX-License-Identifier: Apache-2.0
"""The periods of a monthly table: the months of the year so far (累计), and the last of them (当月)."""

from __future__ import annotations

import re
from typing import NamedTuple

from casemetry._errors import QueryError
from casemetry._presentation.words import Label

_PERIOD = re.compile(r"(\d{4})-(\d{2})(?:\.\.(\d{4})-(\d{2}))?")


class Month(NamedTuple):
    """A reporting month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


class Months(NamedTuple):
    """A range of reporting months, both ends included.

    Examples
    --------
    >>> months = Months.read("2024-09")
    >>> str(months), months.label.zh, months.title.zh
    ('2024-01..2024-09', '1–9月累计', '2024年1–9月')
    >>> months.last_month.label
    Label(zh='9月', en='2024-09')
    """

    first: Month
    last: Month

    @classmethod
    def read(cls, text: str, year_starts_on: int = 1) -> Months:
        """Read ``2024-01..2024-09``, or ``2024-09`` for the months of the year until then."""
        found = _PERIOD.fullmatch(text)
        ends = [Month(int(year), int(month)) for year, month in _pairs(found)] if found else []
        if not ends or any(not 1 <= end.month <= 12 for end in ends):
            raise QueryError(
                f"period: {text!r} is no month or range of months; write the last month, '2024-09' "
                "(the table begins with the year), or both, '2024-01..2024-09'"
            )
        last = ends[-1]
        first = ends[0] if len(ends) > 1 else _start_of_year(last, year_starts_on)
        if first > last:
            raise QueryError(f"period: {text!r} ends before it begins; write the earlier month first")
        return cls(first, last)

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"

    @property
    def last_month(self) -> Months:
        """The last month alone."""
        return Months(self.last, self.last)

    @property
    def label(self) -> Label:
        """The heading: ``1–9月累计``, ``9月``."""
        if self.first == self.last:
            return Label(f"{self.last.month}月", str(self.last))
        zh = self._in_one_year or self.title.zh
        return Label(f"{zh}累计", self.title.en)

    @property
    def title(self) -> Label:
        """What stands in the title: ``2024年1–9月``."""
        if self.first == self.last:
            return Label(f"{self.last.year}年{self.last.month}月", str(self.last))
        zh = self._in_one_year
        last = f"{self.last.year}年{self.last.month}月"
        whole = f"{self.last.year}年{zh}" if zh else f"{self.first.year}年{self.first.month}月–{last}"
        return Label(whole, f"{self.first} to {self.last}")

    @property
    def _in_one_year(self) -> str:
        return f"{self.first.month}–{self.last.month}月" if self.first.year == self.last.year else ""


def _pairs(found: re.Match[str]) -> list[tuple[str, str]]:
    groups = found.groups()
    return [(year, month) for year, month in (groups[:2], groups[2:]) if year]


def _start_of_year(last: Month, starts_on: int) -> Month:
    return Month(last.year if last.month >= starts_on else last.year - 1, starts_on)
