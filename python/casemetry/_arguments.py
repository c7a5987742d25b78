# SPDX-License-Identifier: Apache-2.0
"""What may be written in more than one way: one name or several, a day as a date or as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from casemetry._core import Expression, expression
from casemetry._errors import QueryError


def names(value: str | Iterable[str]) -> list[str]:
    """Take one name or several."""
    return [value] if isinstance(value, str) else list(value)


def day(value: dt.date | str | None, argument: str = "as_of") -> dt.date | None:
    """Take a day as a date or in ISO form."""
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise QueryError(f"{argument}: '{value}' is no day; write it as in 2024-03-31") from None


def condition(value: str | Expression | None) -> Expression | None:
    """Take a condition as text or as an expression."""
    return expression(value) if isinstance(value, str) else value
