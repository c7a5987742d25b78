# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import doctest
import math
import pickle
import statistics
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import casemetry as cm
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import binomial

FUNCTIONS = [
    cm.wilson,
    cm.clopper_pearson,
    cm.newcombe,
    cm.poisson_exact,
    cm.ratio_exact,
    cm.moments,
    cm.student_mean,
    cm.quantile_position,
    cm.quantile_ranks,
]

Proportion = Callable[[int, int, float], cm.Interval]
proportions = pytest.mark.parametrize("method", [cm.wilson, cm.clopper_pearson])
levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.998])


@st.composite
def counts(draw: st.DrawFn, most: int = 10**12) -> tuple[int, int]:
    """Draw x of n with n at least 1."""
    n = draw(st.integers(1, most))
    return draw(st.integers(0, n)), n


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def exact_variance(values: list[int]) -> float:
    """Variance by fractions: exact, then rounded once."""
    return float(statistics.variance([Fraction(value) for value in values]))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_every_docstring_has_examples_that_run(function: Callable[..., object]) -> None:
    name = function.__name__
    examples = doctest.DocTestParser().get_doctest(function.__doc__ or "", {}, name, None, None)
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_proportions_equal_the_golden_table(golden: Path) -> None:
    for row in rows(golden / "own_binomial_ci_mpmath.csv"):
        x, n, level = int(row["x"]), int(row["n"]), float(row["level"])
        for method in (cm.wilson, cm.clopper_pearson):
            expected = float(row[f"{method.__name__}_lo"]), float(row[f"{method.__name__}_hi"])
            assert method(x, n, level) == pytest.approx(expected, rel=1e-12, abs=1e-50)


def test_poisson_counts_equal_the_golden_table(golden: Path) -> None:
    for row in rows(golden / "own_poisson_ci_mpmath.csv"):
        expected = float(row["exact_lo"]), float(row["exact_hi"])
        assert cm.poisson_exact(int(row["x"]), float(row["level"])) == pytest.approx(expected, rel=1e-11)


@given(counts(), levels)
def test_the_limits_of_wilson_solve_the_score_equation(count: tuple[int, int], level: float) -> None:
    x, n = count
    z = statistics.NormalDist().inv_cdf((1 + level) / 2)
    for p in cm.wilson(x, n, level):
        assert (x / n - p) ** 2 == pytest.approx(z**2 * p * (1 - p) / n, rel=1e-6, abs=1e-15 / n)


@given(counts(most=25), levels)
def test_clopper_pearson_equals_brute_force(count: tuple[int, int], level: float) -> None:
    assert cm.clopper_pearson(*count, level) == pytest.approx(binomial.clopper_pearson(*count, level), rel=1e-12)


@given(st.integers(0, 12), st.integers(0, 12), levels)
def test_the_ratio_of_counts_is_the_odds_of_the_exact_share(x: int, y: int, level: float) -> None:
    low, high = binomial.clopper_pearson(x, x + y, level)
    odds = low / (1 - low) if low < 1 else math.inf, high / (1 - high) if high < 1 else math.inf
    assert cm.ratio_exact(x, y, level) == pytest.approx(odds, rel=1e-11)


@proportions
@given(counts(), levels)
def test_the_interval_of_a_proportion_contains_it(method: Proportion, count: tuple[int, int], level: float) -> None:
    x, n = count
    low, high = method(x, n, level)
    assert 0 <= low <= x / n <= high <= 1
    assert low < high


@proportions
@given(counts(), levels, levels)
def test_a_higher_level_is_never_narrower(
    method: Proportion, count: tuple[int, int], level: float, other: float
) -> None:
    inner, outer = (method(*count, each) for each in sorted((level, other)))
    assert outer.low <= inner.low
    assert inner.high <= outer.high


@proportions
@given(counts(), levels)
def test_the_complement_has_the_complementary_interval(
    method: Proportion, count: tuple[int, int], level: float
) -> None:
    x, n = count
    low, high = method(x, n, level)
    assert method(n - x, n, level) == pytest.approx((1 - high, 1 - low), rel=1e-9, abs=1e-15)


@given(counts(), levels)
def test_the_exact_interval_holds_the_estimate_and_mirrors(count: tuple[int, int], level: float) -> None:
    x, y = count
    low, high = cm.ratio_exact(x, y, level)
    assert low <= x / y <= high
    mirrored = cm.ratio_exact(y, x, level)
    assert mirrored == pytest.approx((1 / high, 1 / low if low else math.inf), rel=1e-11)
    poisson = cm.poisson_exact(x, level)
    assert poisson.low <= x <= poisson.high


@given(counts(), counts(), levels)
def test_the_difference_is_contained_and_changes_sign(
    first: tuple[int, int], second: tuple[int, int], level: float
) -> None:
    low, high = cm.newcombe(*first, *second, level)
    assert -1 <= low <= first[0] / first[1] - second[0] / second[1] <= high <= 1
    assert cm.newcombe(*second, *first, level) == pytest.approx((-high, -low), abs=1e-15)


@given(st.lists(st.integers(-(2**60), 2**60), min_size=2))
def test_moments_are_exact(values: list[int]) -> None:
    n, mean, variance = cm.moments(values)
    assert n == len(values)
    assert mean == pytest.approx(float(Fraction(sum(values), n)), rel=1e-15)
    assert variance == pytest.approx(exact_variance(values), rel=1e-15)


@given(st.integers(2, 500), st.integers(-(10**15), 10**15))
def test_moments_lose_nothing_to_a_common_offset(n: int, offset: int) -> None:
    values = [offset + i % 2 for i in range(n)]
    assert cm.moments(values).variance == pytest.approx(exact_variance([i % 2 for i in range(n)]), rel=1e-15)


@given(st.lists(st.integers(-1000, 1000), min_size=2), levels)
def test_the_interval_of_a_mean_is_centred_on_it(values: list[int], level: float) -> None:
    moments = cm.moments(values, scale=1)
    low, high = cm.student_mean(moments, level)
    assert low <= moments.mean <= high
    assert (low + high) / 2 == pytest.approx(statistics.fmean(values) / 10, abs=1e-9)


@given(st.integers(1, 2**62), st.decimals(0, 1, places=4))
def test_the_position_of_a_quantile_is_exact(n: int, q: Decimal) -> None:
    rank, fraction = cm.quantile_position(n, float(q))
    position = (n - 1) * Fraction(q)
    assert rank == math.floor(position) + 1
    assert fraction == float(position % 1)


@given(st.lists(st.integers(-1000, 1000), min_size=1), st.floats(0, 1, allow_subnormal=False))
def test_the_position_is_that_of_numpy(values: list[int], q: float) -> None:
    rank, fraction = cm.quantile_position(len(values), q)
    x = sorted(values)
    here = x[rank - 1] + (fraction * (x[rank] - x[rank - 1]) if fraction else 0)
    assert here == pytest.approx(float(np.quantile(values, q)), abs=1e-9)


@given(st.integers(0, 40), st.sampled_from([0.05, 0.1, 0.25, 0.3, 0.5, 0.75, 0.9]), levels)
def test_quantile_ranks_equal_brute_force(n: int, q: float, level: float) -> None:
    assert cm.quantile_ranks(n, q, level) == binomial.quantile_ranks(n, q, level)


def test_results_are_named_tuples_that_pickle() -> None:
    interval = cm.wilson(3, 10)
    assert isinstance(interval, cm.Interval)
    assert interval == (interval.low, interval.high)
    assert pickle.loads(pickle.dumps(interval)) == interval
    assert cm.student_mean(cm.Moments(2, 10.0, 2.0)) == cm.student_mean(cm.moments([9, 11]))


def test_numpy_integers_are_whole_numbers() -> None:
    assert cm.wilson(np.int32(3), np.uint8(10)) == cm.wilson(3, 10)  # type: ignore[arg-type]
    assert cm.moments(np.array([3, 5, 10], dtype="int16")) == (3, 6, 13)  # type: ignore[arg-type]


@pytest.mark.parametrize("x", [2.5, 2.0, np.float64(2), Decimal("2.5"), Fraction(5, 2), "2"])
def test_what_is_not_a_whole_number_is_refused(x: object) -> None:
    with pytest.raises(TypeError):
        cm.wilson(x, 10)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        cm.moments([x])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cm.wilson(7, 6), "wilson: x is 7, more than n, which is 6"),
        (lambda: cm.clopper_pearson(-1, 6), "clopper_pearson: x is -1; expected a count from 0"),
        (lambda: cm.wilson(1, 6, 95), "wilson: level is 95; expected a number between 0 and 1"),
        (lambda: cm.newcombe(1, 2, 4, 3), "newcombe: x2 is 4, more than n2"),
        (lambda: cm.poisson_exact(-1), "poisson_exact: x is -1"),
        (lambda: cm.ratio_exact(1, -1), "ratio_exact: y is -1"),
        (lambda: cm.moments([1], scale=19), "moments: scale is 19"),
        (lambda: cm.student_mean(cm.Moments(5, 0.0, -1.0)), "student_mean: mean 0.000000 and variance -1.000000"),
        (lambda: cm.quantile_position(0, 0.5), "quantile_position: n is 0"),
        (lambda: cm.quantile_ranks(10, 1.5), "quantile_ranks: q is 1.5; expected a number from 0 to 1"),
    ],
)
def test_impossible_numbers_are_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(cm.DataError, match=f"^{message}"):
        call()
