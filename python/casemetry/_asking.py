# SPDX-License-Identifier: Apache-2.0
"""What every one-line question may say besides what it asks, in one place for all of them."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict, TypeVar

from casemetry._arguments import names
from casemetry._core import Expression
from casemetry._errors import QueryError

Predicate = str | Expression
Key = str | Sequence[str]
Units = Key | Mapping[str, Key]
By = str | Sequence[str] | Mapping[str, Predicate]
Function = TypeVar("Function", bound=Callable[..., object])


class Asking(TypedDict, total=False):
    """The keywords of a one-line question and their types."""

    applies_where: Predicate | None
    unit: Units | None
    by: By
    date: Predicate | None
    period: str | None
    every: str | None
    compare: str | Sequence[str]
    as_of: dt.date | str | None
    level: float
    label: str | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The same with what stands for what is not said."""

    applies_where: Predicate | None = None
    unit: Units | None = None
    by: By = ()
    date: Predicate | None = None
    period: str | None = None
    every: str | None = None
    compare: str | Sequence[str] = ()
    as_of: dt.date | str | None = None
    level: float = 0.95
    label: str | None = None

    def check(self) -> None:
        """Refuse a period without a date, and expressions of `by` without a unit."""
        earlier = next((each for each in names(self.compare) if each in ("year_ago", "previous")), None)
        for key, value in {"period": self.period, "every": self.every, "compare": earlier}.items():
            if value and self.date is None:
                raise QueryError(f"{key}={value!r} needs date='…': the column of dates that places a row in a month")
        if isinstance(self.by, Mapping) and self.unit is None:
            raise QueryError(
                "by={…} says how the rows of a unit become one value: give unit='…', or by=['…'] of columns"
            )


def spelled_out(function: Function) -> Function:
    """Write the keywords into the signature of a function that takes them as ``**asking``, for help and completion."""
    signature = inspect.signature(function)
    own = [each for each in signature.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    keywords = inspect.signature(Asked).parameters.values()
    function.__signature__ = signature.replace(parameters=[*own, *keywords])  # type: ignore[attr-defined]
    return function
