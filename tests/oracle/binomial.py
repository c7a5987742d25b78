# SPDX-License-Identifier: Apache-2.0
"""Exact binomial intervals by brute force: whole sums of fractions, limits by bisection. Slow and plain."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb


def tail_of(level: float) -> Fraction:
    """Return α/2, with the level taken as the decimal it is written as."""
    return (1 - Fraction(str(level))) / 2


def at_least(k: int, n: int, p: Fraction) -> Fraction:
    """Return P(B >= k) for B binomial (n, p)."""
    return sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)), Fraction(0))


def root(rises: Callable[[Fraction], bool]) -> float:
    """Return where in [0, 1] a claim becomes true, to 60 binary places."""
    low, step = Fraction(0), Fraction(1)
    for _ in range(60):
        step /= 2
        if not rises(low + step):
            low += step
    return float(low + step / 2)


def clopper_pearson(x: int, n: int, level: float) -> tuple[float, float]:
    """Return the least and the greatest p for which neither tail beyond x is rarer than α/2."""
    low = root(lambda p: at_least(x, n, p) > tail_of(level)) if x > 0 else 0.0
    high = root(lambda p: 1 - at_least(x + 1, n, p) < tail_of(level)) if x < n else 1.0
    return low, high


def quantile_ranks(n: int, q: float, level: float) -> tuple[int, int] | None:
    """Return the greatest low and the least high rank whose tails are not above α/2."""
    exact_q, tail = Fraction(str(q)), tail_of(level)
    lows = [k for k in range(1, n + 1) if 1 - at_least(k, n, exact_q) <= tail]
    highs = [k for k in range(1, n + 1) if at_least(k, n, exact_q) <= tail]
    return (max(lows), min(highs)) if lows and highs else None
