// SPDX-License-Identifier: Apache-2.0
#include <casemetry/statistics.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace {

// The named tuples are Python's (casemetry/_statistics.py), so that they unpack, compare, pickle and have types.
template <typename... Fields>
py::handle named_tuple(const char* name, const Fields&... fields) {
  return py::module_::import("casemetry._statistics").attr(name)(fields...).release();
}

}  // namespace

namespace pybind11::detail {

template <>
struct type_caster<casemetry::Interval> {
  PYBIND11_TYPE_CASTER(casemetry::Interval, const_name("casemetry._statistics.Interval"));
  static handle cast(const casemetry::Interval& interval, return_value_policy, handle) {
    return named_tuple("Interval", interval.low, interval.high);
  }
};

template <>
struct type_caster<casemetry::Moments> {
  PYBIND11_TYPE_CASTER(casemetry::Moments, const_name("casemetry._statistics.Moments"));
  bool load(handle source, bool convert) {
    make_caster<std::tuple<std::int64_t, double, double>> fields;
    if (!fields.load(source, convert)) return false;
    const auto [n, mean, variance] = cast_op<std::tuple<std::int64_t, double, double>>(std::move(fields));
    value = {n, mean, variance};
    return true;
  }
  static handle cast(const casemetry::Moments& moments, return_value_policy, handle) {
    return named_tuple("Moments", moments.n, moments.mean, moments.variance);
  }
};

template <>
struct type_caster<casemetry::QuantilePosition> {
  PYBIND11_TYPE_CASTER(casemetry::QuantilePosition, const_name("casemetry._statistics.QuantilePosition"));
  static handle cast(const casemetry::QuantilePosition& position, return_value_policy, handle) {
    return named_tuple("QuantilePosition", position.rank, position.fraction);
  }
};

template <>
struct type_caster<casemetry::Ranks> {
  PYBIND11_TYPE_CASTER(casemetry::Ranks, const_name("casemetry._statistics.Ranks"));
  static handle cast(const casemetry::Ranks& ranks, return_value_policy, handle) {
    return named_tuple("Ranks", ranks.low, ranks.high);
  }
};

}  // namespace pybind11::detail

namespace casemetry::bindings {
namespace {

Moments moments_of(const std::vector<std::int64_t>& values, int scale) {
  return moments(values, scale);
}

// Whole numbers only: 6.5 and Decimal("6.5") are refused, not cut down to 6.
py::arg whole(const char* name) {
  return py::arg(name).noconvert();
}

void register_proportions(py::module_& module) {
  module.def("wilson", &wilson, whole("x"), whole("n"), py::arg("level") = 0.95, R"(
Score interval of a proportion, `x` of `n`.

Its mean coverage is close to `level` also for small `n`, and it never leaves [0, 1] nor shrinks to a point.

Parameters
----------
x, n : int
    The part and its whole, ``0 <= x <= n``.
level : float
    Coverage aimed at, between 0 and 1.

Returns
-------
Interval
    `low` and `high` as fractions; 0 of 0 is (0, 1).

Raises
------
DataError
    If `x`, `n` or `level` is out of its range.

References
----------
Wilson (1927), JASA 22, 209-212.

Examples
--------
>>> import casemetry as cm
>>> low, high = cm.wilson(6, 6)
>>> print(f"[{low:.1%}, {high:.1%}]")
[61.0%, 100.0%]
)");
  module.def("clopper_pearson", &clopper_pearson, whole("x"), whole("n"), py::arg("level") = 0.95, R"(
Exact interval of a proportion, `x` of `n`.

Its coverage is at least `level` whatever the true proportion, so it is wider than `wilson`.

Parameters
----------
x, n : int
    The part and its whole, ``0 <= x <= n``.
level : float
    Least coverage, between 0 and 1.

Returns
-------
Interval
    `low` and `high` as fractions; 0 of 0 is (0, 1).

Raises
------
DataError
    If `x`, `n` or `level` is out of its range.

References
----------
Clopper and Pearson (1934), Biometrika 26, 404-413.

Examples
--------
>>> import casemetry as cm
>>> low, high = cm.clopper_pearson(6, 6)
>>> print(f"[{low:.1%}, {high:.1%}]")
[54.1%, 100.0%]
)");
  module.def("newcombe", &newcombe, whole("x1"), whole("n1"), whole("x2"), whole("n2"), py::arg("level") = 0.95,
             R"(
Interval of the difference of two independent proportions, ``x1 / n1 - x2 / n2``.

Parameters
----------
x1, n1, x2, n2 : int
    The part and the whole of each side, ``0 <= x <= n``.
level : float
    Coverage aimed at, between 0 and 1.

Returns
-------
Interval
    Differences of fractions, within [-1, 1]; (-1, 1) if either side is 0 of 0.

Raises
------
DataError
    If a count or `level` is out of its range.

References
----------
Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

Examples
--------
>>> import casemetry as cm
>>> low, high = cm.newcombe(56, 70, 48, 80)
>>> print(f"{low:.4f} {high:.4f}")
0.0524 0.3339
)");
}

void register_counts(py::module_& module) {
  module.def("poisson_exact", &poisson_exact, whole("x"), py::arg("level") = 0.95, R"(
Exact interval of the expectation of a Poisson count.

Parameters
----------
x : int
    The count, 0 or more.
level : float
    Least coverage, between 0 and 1.

Returns
-------
Interval
    `low` and `high` in the unit of the count.

Raises
------
DataError
    If `x` or `level` is out of its range.

References
----------
Garwood (1936), Biometrika 28, 437-442.

Examples
--------
>>> import casemetry as cm
>>> low, high = cm.poisson_exact(10)
>>> print(f"{low:.2f} {high:.2f}")
4.80 18.39
)");
  module.def("ratio_exact", &ratio_exact, whole("x"), whole("y"), py::arg("level") = 0.95, R"(
Exact interval of the ratio ``x / y`` of two independent Poisson counts that share no unit.

Parameters
----------
x, y : int
    The counts, 0 or more.
level : float
    Least coverage, between 0 and 1.

Returns
-------
Interval
    `high` is infinite for ``y = 0``; 0 to 0 is (0, inf).

Raises
------
DataError
    If a count or `level` is out of its range.

References
----------
Przyborowski and Wilenski (1940), Biometrika 31, 313-323.

Examples
--------
>>> import casemetry as cm
>>> low, high = cm.ratio_exact(30, 20)
>>> print(f"{low:.2f} {high:.2f}")
0.82 2.79
)");
}

void register_means(py::module_& module) {
  module.def("moments", &moments_of, whole("values"), whole("scale") = 0, R"(
Count, mean and sample variance of whole numbers, from exact sums.

Neither the order of the values nor a large common offset costs a digit.

Parameters
----------
values : sequence of int
    Whole numbers; each stands for ``value / 10**scale``.
scale : int
    Digits after the point, 0 to 18: 2 for yuan from amounts in fen.

Returns
-------
Moments
    `n`, `mean` and `variance`; NaN where there are too few numbers.

Raises
------
DataError
    If `scale` is out of its range or the sum of squares does not fit in 127 bits.

Examples
--------
>>> import casemetry as cm
>>> cm.moments([3, 5, 10])
Moments(n=3, mean=6.0, variance=13.0)
)");
  module.def("student_mean", &student_mean, py::arg("moments"), py::arg("level") = 0.95, R"(
Interval of a mean.

Exact for normal data; for other data it comes true as the number of values grows.

Parameters
----------
moments : Moments
    Of the numbers, as `moments` gives them.
level : float
    Coverage aimed at, between 0 and 1.

Returns
-------
Interval
    In the unit of the mean; (-inf, inf) for fewer than two numbers.

Raises
------
DataError
    If the moments are not those of numbers or `level` is out of its range.

References
----------
Student (1908), Biometrika 6, 1-25.

Examples
--------
>>> import casemetry as cm
>>> hours_of_sleep_gained = cm.moments([12, 24, 13, 13, 0, 10, 18, 8, 46, 14], scale=1)
>>> low, high = cm.student_mean(hours_of_sleep_gained)
>>> print(f"{low:.2f} {high:.2f}")
0.70 2.46
)");
}

void register_quantiles(py::module_& module) {
  module.def("quantile_position", &quantile_position, whole("n"), py::arg("q"), R"(
Position of the sample quantile of type 7 among `n` sorted values: the default of R, NumPy and pandas.

Parameters
----------
n : int
    How many values there are, at least one.
q : float
    From 0 to 1, taken as the decimal it is written as: 0.1 is one tenth.

Returns
-------
QuantilePosition
    The quantile is ``x[rank] + fraction * (x[rank + 1] - x[rank])``, ranks from 1.

Raises
------
DataError
    If `n` or `q` is out of its range.

References
----------
Hyndman and Fan (1996), The American Statistician 50, 361-365.

Examples
--------
>>> import casemetry as cm
>>> cm.quantile_position(6, 0.5)
QuantilePosition(rank=3, fraction=0.5)
)");
  module.def("quantile_ranks", &quantile_ranks, whole("n"), py::arg("q"), py::arg("level") = 0.95, R"(
Ranks of the two values that enclose a quantile of the population, whatever its distribution.

Parameters
----------
n : int
    How many values there are.
q : float
    From 0 to 1: 0.5 for the median.
level : float
    Least coverage, between 0 and 1.

Returns
-------
Ranks or None
    From 1, both included; None where `n` values say too little.

Raises
------
DataError
    If `n`, `q` or `level` is out of its range.

References
----------
Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 3.2.

Examples
--------
>>> import casemetry as cm
>>> cm.quantile_ranks(100, 0.5)
Ranks(low=40, high=61)
>>> cm.quantile_ranks(5, 0.5) is None
True
)");
}

}  // namespace

void register_statistics(py::module_& module) {
  register_proportions(module);
  register_counts(module);
  register_means(module);
  register_quantiles(module);
}

}  // namespace casemetry::bindings
