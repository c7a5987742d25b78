# SPDX-License-Identifier: Apache-2.0
"""What the functions of statistics return: named tuples, so that ``low, high = cm.wilson(6, 6)`` works."""

from __future__ import annotations

from typing import NamedTuple


class Interval(NamedTuple):
    """Limits of a confidence interval, in the unit of the parameter: a proportion of 50 % is 0.5."""

    low: float
    high: float


class Moments(NamedTuple):
    """How many numbers there are, their mean and their sample variance; NaN where there are too few numbers."""

    n: int
    mean: float
    variance: float


class QuantilePosition(NamedTuple):
    """Where a quantile lies among sorted values: ``x[rank] + fraction * (x[rank + 1] - x[rank])``, ranks from 1."""

    rank: int
    fraction: float


class Ranks(NamedTuple):
    """Ranks of two order statistics, from 1, both included."""

    low: int
    high: int
