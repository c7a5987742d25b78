# SPDX-License-Identifier: Apache-2.0
"""By which definition a figure is, so that a line joins only figures of one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts

_LAST_MONTHS = {"H1": "06", "H2": "12", "Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12"}


def definition_held(facts: Facts, index: int) -> int:
    """Give the number of the definition of a row: of that which held on the last day of its period.

    Where the result does not tell its definitions over time, the flag says whether it is today's.
    """
    if "definitions" not in facts.metadata:
        return int("definition_changed" in facts.flags(index))
    period = facts.columns["period"][index]
    held: dict[str, list[dict[str, Any]]] = json.loads(facts.metadata["definitions"])
    if facts.metadata.get("versions") != "as_then" or period is None:
        return 0
    day = last_day(str(period))
    started = [each for each in held.get(facts.measure(index).id, ()) if (each.get("valid_from") or "") <= day]
    return len(started)


def last_day(period: str) -> str:
    """Give a day that no day of the period is after, to be compared as text.

    Examples
    --------
    >>> [last_day(period) for period in ("2024", "2024Q1", "2024-02")]
    ['2024-12-31', '2024-03-31', '2024-02-31']
    """
    year, rest = period[:4], period[4:]
    if re.fullmatch(r"-\d\d", rest):
        return f"{period}-31"
    return f"{year}-{_LAST_MONTHS.get(rest, '12')}-31"
