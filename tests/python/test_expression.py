# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt
import doctest
import operator
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import casemetry as cm
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import expression as oracle

DOCUMENTED = [
    cm.col,
    cm.expression,
    cm.Expression,
    *(getattr(cm.Expression, name) for name in ("isin", "not_in", "between", "is_null", "starts_with", "contains")),
    *(getattr(cm.Expression, name) for name in ("days_until", "same_as", "outcomes")),
]

decision = cm.col("decision")
age = cm.col("age")


@pytest.mark.parametrize("item", DOCUMENTED, ids=lambda item: item.__name__)
def test_documented_examples_print_what_they_say(item: Any) -> None:
    examples = doctest.DocTestParser().get_doctest(item.__doc__, {}, item.__name__, None, None)
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0


# ---- from operators


@pytest.mark.parametrize(
    ("built", "text"),
    [
        (decision == "refused", "decision == 'refused'"),
        (decision != "it's", 'decision != "it\'s"'),
        (age >= 18, "age >= 18"),
        (age < Decimal("18.50"), "age < 18.50"),
        (age > 0.1, "age > 0.1"),
        (age <= 1e3, "age <= 1000.0"),
        (age == Decimal("1E+3"), "age == 1000"),
        (age == np.int64(5), "age == 5"),
        (age == np.float64(0.25), "age == 0.25"),
        (np.int64(5) < age, "age > 5"),
        (cm.col("detained") == True, "detained == true"),  # noqa: E712
        (cm.col("on") < dt.date(2024, 3, 1), "on < 2024-03-01"),
        (cm.col("on") < dt.datetime(2024, 3, 1, 23, 59), "on < 2024-03-01"),
        (cm.col("on") < np.datetime64("2024-03-01"), "on < 2024-03-01"),
        ((age >= 18) & (decision == "a") | ~cm.col("b"), "age >= 18 and decision == 'a' or not b"),
        ((age >= 18) & ((decision == "a") | cm.col("b")), "age >= 18 and (decision == 'a' or b)"),
        (True & (age > 1), "true and age > 1"),
        (decision.isin(["a", "b"]), "decision in ['a', 'b']"),
        (decision.isin({"b", "c", "a"}), "decision in ['a', 'b', 'c']"),
        (decision.isin(np.array(["a"])), "decision in ['a']"),
        (decision.not_in("@refusals"), "decision not in @refusals"),
        (age.between(18, cm.col("limit")), "between(age, 18, limit)"),
        (cm.col("on").is_null(), "is_null(on)"),
        (decision.starts_with("a") | decision.contains("b"), "starts_with(decision, 'a') or contains(decision, 'b')"),
        (cm.col("a").days_until(cm.col("b")) <= 7, "days(a, b) <= 7"),
    ],
)
def test_operators_build_the_tree_of_the_text(built: cm.Expression, text: str) -> None:
    assert built.text == str(built) == text
    assert built.same_as(cm.expression(text))
    assert pickle.loads(pickle.dumps(built)).same_as(built)


@pytest.mark.parametrize("text", ["any(a where b or c)", "found(arrest) and max(d) > 2024-01-01", "count(where == 1)"])
def test_calls_of_units_travel_as_their_text(text: str) -> None:
    assert pickle.loads(pickle.dumps(cm.expression(text))).text == text


@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        (lambda: bool(age > 1), "join conditions by &"),
        (lambda: 1 < age < 5, "between()"),
        (lambda: (age > 1) and (age < 5), "join conditions by &"),
        (lambda: age == None, "is_null()"),  # noqa: E711
        (lambda: age == [1, 2], "isin"),
        (lambda: (age == 1) & "x", "parentheses"),
        (lambda: decision == "x" & age, "parentheses"),
        (lambda: decision.isin("refused"), "'@name'"),
    ],
)
def test_mistakes_of_type_say_what_to_write(mistake: Callable[[], object], says: str) -> None:
    with pytest.raises(TypeError, match=says.replace("(", r"\(").replace(")", r"\)")):
        mistake()


def test_numbers_that_are_none_and_numbers_too_large_are_refused() -> None:
    for value in (float("nan"), float("inf"), Decimal("NaN"), 2**63, 1e300, Decimal("1E-19")):
        with pytest.raises(cm.DefinitionError):
            operator.eq(age, value)


def test_a_fault_in_the_text_has_its_position() -> None:
    with pytest.raises(cm.DefinitionError) as caught:
        cm.expression("结论 == ‘不捕’")
    assert [(fault.path, fault.position) for fault in caught.value.faults] == [("", 6)]
    assert "write '" in str(caught.value)


@pytest.mark.parametrize("text", ["(" * 100_000, "not " * 100_000 + "a", " or ".join(["a"] * 1_000_000)])
def test_endless_texts_are_refused(text: str) -> None:
    with pytest.raises(cm.DefinitionError):
        cm.expression(text)


# ---- over the rows of a table

TYPES = {
    "s": pa.string(),
    "t": pa.dictionary(pa.int8(), pa.string()),
    "written": pa.string(),
    "d": pa.date32(),
    "e": pa.date64(),
    "n": pa.int64(),
    "m": pa.int16(),
    "p": pa.decimal128(12, 2),
    "b": pa.bool_(),
    "c": pa.bool_(),
}

dates = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)) | st.sampled_from(
    [dt.date(2024, 2, 29), dt.date(2023, 2, 28), dt.date(2024, 1, 31), dt.date(2024, 12, 31)]
)
letters = st.sampled_from(["a", "b", "ab", "甲", "it's"])
integers = st.integers(-40, 40)
decimals = st.decimals(-40, 40, places=2) | st.decimals(-40, 40, places=1)
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "s": letters,
    "t": letters,
    "written": dates,
    "d": dates,
    "e": dates,
    "n": integers,
    "m": integers,
    "p": st.decimals(-40, 40, places=2),
    "b": st.booleans(),
    "c": st.booleans(),
}
rows = st.lists(st.fixed_dictionaries({name: st.none() | cell for name, cell in CELLS.items()}), max_size=8)


def table_of(data: list[dict[str, Any]]) -> cm.Table:
    cells = {name: [row[name] for row in data] for name in TYPES}
    cells["written"] = [None if date is None else date.isoformat() for date in cells["written"]]
    return cm.read(pa.table({name: pa.array(cells[name], type) for name, type in TYPES.items()}))


Trees = st.SearchStrategy[oracle.Tree]


def columns(*names: str) -> Trees:
    return st.tuples(st.just("column"), st.sampled_from(names))


def literals(values: st.SearchStrategy[Any]) -> Trees:
    return st.tuples(st.just("literal"), values)


def calls(name: str, *parts: Trees) -> Trees:
    return st.tuples(st.just(name), *parts)


def many(name: str, part: Trees, least: int = 2) -> Trees:
    return st.lists(part, min_size=least, max_size=3).map(lambda parts: (name, *parts))


texts = columns("s", "t") | many("coalesce", columns("s", "t") | literals(letters))
plain_days = columns("d", "e", "written") | literals(dates)


@st.composite
def days(draw: st.DrawFn) -> oracle.Tree:
    return draw(
        plain_days
        | st.one_of(
            *(many(name, columns("d", "e") | literals(dates)) for name in ("coalesce", "least", "greatest")),
            calls("add_days", plain_days, columns("n") | literals(integers)),
            calls("add_months", plain_days, columns("m") | literals(integers)),
        )
    )


plain_numbers = columns("n", "m", "p") | literals(integers) | literals(decimals)


@st.composite
def numbers(draw: st.DrawFn) -> oracle.Tree:
    return draw(
        plain_numbers
        | st.one_of(
            calls("days", days(), days()),
            *(calls(name, days()) for name in ("year", "quarter", "month")),
            *(many(name, plain_numbers) for name in ("coalesce", "least", "greatest")),
        )
    )


def comparisons(operators: str, part: Trees) -> Trees:
    return st.tuples(st.sampled_from(operators.split()), part, part)


def members(part: Trees, values: st.SearchStrategy[Any]) -> Trees:
    return st.tuples(st.sampled_from(["in", "not in"]), part, st.lists(values, max_size=3))


dated = days().filter(lambda tree: tree != ("column", "written"))


@st.composite
def simple(draw: st.DrawFn) -> oracle.Tree:
    return draw(
        st.one_of(
            columns("b", "c"),
            comparisons("== !=", texts),
            st.tuples(st.sampled_from(["starts_with", "contains"]), texts, literals(letters)),
            members(texts, letters),
            st.tuples(st.sampled_from(["<", "==", ">="]), dated, days()),
            members(dated, dates),
            calls("between", dated, days(), days()),
            comparisons("== != < <= > >=", numbers()),
            members(numbers(), integers | decimals),
            calls("between", numbers(), numbers(), numbers()),
            st.one_of(texts, days(), numbers()).map(lambda part: ("is_null", part)),
        )
    )


predicates = st.recursive(
    simple(),
    lambda part: st.one_of(
        many("and", part),
        many("or", part),
        calls("not", part),
        comparisons("== !=", part),
        calls("is_null", part),
        many("coalesce", part),
    ),
    max_leaves=6,
)


@given(tree=predicates, data=rows)
def test_outcomes_equal_those_of_plain_python(tree: oracle.Tree, data: list[dict[str, Any]]) -> None:
    expression = cm.expression(oracle.text(tree))
    assert expression.outcomes(table_of(data)) == [oracle.outcome(tree, row) for row in data]


near_days = st.dates(dt.date(2024, 1, 20), dt.date(2024, 3, 10))
rows_of_days = st.lists(st.tuples(near_days, near_days, st.integers(-30, 30)), max_size=8)


@given(listed=st.dictionaries(near_days, st.booleans()), data=rows_of_days)
def test_working_days_equal_a_count_day_by_day(
    listed: dict[dt.date, bool], data: list[tuple[dt.date, dt.date, int]]
) -> None:
    holidays = cm.read(
        pa.table({"date": pa.array(listed, pa.date32()), "works": pa.array(listed.values(), pa.bool_())})
    )
    cells = {
        "a": pa.array([a for a, _, _ in data], pa.date32()),
        "b": pa.array([b for _, b, _ in data], pa.date32()),
        "n": pa.array([n for _, _, n in data], pa.int64()),
        "counted": pa.array([oracle.workdays(a, b, listed) for a, b, _ in data], pa.int64()),
        "added": pa.array([oracle.add_workdays(a, n, listed) for a, _, n in data], pa.date32()),
    }
    expression = cm.expression("workdays(a, b) == counted and add_workdays(a, n) == added")
    assert expression.outcomes(cm.read(pa.table(cells)), holidays=holidays) == [True] * len(data)


def test_working_days_without_holidays_are_refused() -> None:
    with pytest.raises(cm.DefinitionError, match="needs a table of holidays"):
        cm.expression("workdays(d, e) > 1").outcomes(table_of([]))


@given(tree=predicates)
def test_what_is_printed_reads_back_as_the_same_tree(tree: oracle.Tree) -> None:
    expression = cm.expression(oracle.text(tree))
    again = cm.expression(expression.text)
    assert again.same_as(expression)
    assert again.text == expression.text


@given(
    text=st.text()
    | st.lists(st.sampled_from([*"()[],@'`=<!-.１（，", "and", "not ", "in", "a", "1", "\\", " "])).map("".join)
)
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    try:
        expression = cm.expression(text)
    except cm.DefinitionError as error:
        (fault,) = error.faults
        assert fault.position is not None
        assert 0 <= fault.position <= len(text)
    else:
        assert cm.expression(expression.text).same_as(expression)


def test_outcomes_refuse_a_column_that_is_not_there() -> None:
    table = table_of([])
    with pytest.raises(cm.ColumnNotFoundError, match="'q'"):
        (cm.col("q") == 1).outcomes(table)
    with pytest.raises(cm.DefinitionError, match="without quotes: 1"):
        (cm.col("n") == "1").outcomes(table)
