# SPDX-License-Identifier: Apache-2.0
"""
The C++ core of casemetry.
"""

from __future__ import annotations
import casemetry._statistics
import collections.abc
import typing

__all__: list[str] = [
    "AlikeLabels",
    "Catalogue",
    "Check",
    "CheckedColumn",
    "CheckedIdentity",
    "Claim",
    "ClaimUnderRule",
    "ClaimYear",
    "CollapsedReport",
    "Cube",
    "Evaluation",
    "Expression",
    "Finding",
    "FindingExample",
    "Identity",
    "IdentityFailure",
    "Indicator",
    "Lateness",
    "LatenessBand",
    "LookupReport",
    "Loss",
    "LossCause",
    "Overlap",
    "OverlapIntersection",
    "OverlapPair",
    "OverlapSource",
    "Plan",
    "PlannedAggregate",
    "PlannedBlock",
    "PlannedTable",
    "PlannedUnit",
    "Query",
    "Result",
    "Spelling",
    "Structure",
    "Table",
    "UnitReport",
    "Version",
    "asked_of",
    "build",
    "catalogue_schema",
    "check",
    "claim",
    "clopper_pearson",
    "col",
    "contribution",
    "drill",
    "evaluate",
    "expression",
    "finding_rows",
    "knows_unattributed",
    "moments",
    "newcombe",
    "overlap",
    "plan",
    "poisson_exact",
    "protect",
    "quantile_position",
    "quantile_ranks",
    "query",
    "ratio_exact",
    "rows",
    "stages",
    "structure",
    "structure_of",
    "student_mean",
    "top",
    "units",
    "wilson",
]

class Spelling:
    """
    A spelling that occurs in a column, and what it is read as.
    """
    @property
    def rows(self) -> int: ...
    @property
    def value(self) -> str | None:
        """
        None if it is not listed, or neither yes nor no.
        """
    @property
    def written(self) -> str: ...

class Table:
    """
    Columns of one length, as the core holds them.
    """
    @staticmethod
    def from_arrays(arrays: collections.abc.Sequence, *, name: str = "table") -> Table:
        """
        Read columns of NumPy arrays, codes with labels, or text (``casemetry._frames.GivenArray``).
        """
    @staticmethod
    def from_stream(
        source: typing.Any,
        *,
        name: str = "table",
        columns: collections.abc.Sequence[str] | None = None,
        guess_types: bool = False,
    ) -> Table:
        """
        Read an Arrow stream: a capsule, or an object with ``__arrow_c_stream__`` or ``__arrow_c_array__``.
        """
    @staticmethod
    def stacked(tables: collections.abc.Sequence[Table], *, name: str = "table") -> Table:
        """
        Put tables of the same columns one below the other.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing.Any:
        """
        The table as an Arrow stream; it is handed out as it is, whatever schema is requested.
        """
    def renamed(self, names: collections.abc.Sequence[tuple[str, str]], *, name: str) -> Table:
        """
        Give these columns other names; cells are shared.
        """
    def report(self) -> list:
        """
        Return what became of the cells of each column.
        """
    def values(self, column: str, first: typing.SupportsInt | typing.SupportsIndex | None = None) -> list:
        """
        Return the cells of a column, or the first of them, as Python values; a missing one is None.
        """
    @property
    def column_names(self) -> list[str]: ...
    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> int: ...

class Expression:
    """
    A condition or a derived value, from :func:`col` and operators or from text by :func:`expression`.

    Comparisons are written ``== != < <= > >=``; conditions are joined by ``&``, ``|`` and ``~``, each in parentheses.
    Constants are str, int, Decimal, float (the decimal that it prints), bool and dates. About a row a condition is true,
    false or unknown: what is compared with a missing value is unknown.

    Examples
    --------
    >>> import casemetry as cm
    >>> minor = (cm.col("age") < 18) & (cm.col("decision") != "withdrawn")
    >>> minor
    expression("age < 18 and decision != 'withdrawn'")
    >>> minor.columns
    ['age', 'decision']
    """

    __array_ufunc__ = None
    __hash__: typing.ClassVar[None] = None
    def __and__(self, arg0: typing.Any) -> Expression: ...
    def __bool__(self) -> bool: ...
    def __eq__(self, arg0: typing.Any) -> Expression: ...
    def __ge__(self, arg0: typing.Any) -> Expression: ...
    def __getstate__(self) -> str: ...
    def __gt__(self, arg0: typing.Any) -> Expression: ...
    def __invert__(self) -> Expression: ...
    def __le__(self, arg0: typing.Any) -> Expression: ...
    def __lt__(self, arg0: typing.Any) -> Expression: ...
    def __ne__(self, arg0: typing.Any) -> Expression: ...
    def __or__(self, arg0: typing.Any) -> Expression: ...
    def __rand__(self, arg0: typing.Any) -> Expression: ...
    def __repr__(self) -> str: ...
    def __ror__(self, arg0: typing.Any) -> Expression: ...
    def __setstate__(self, arg0: str) -> None: ...
    def __str__(self) -> str: ...
    def between(self, low: typing.Any, high: typing.Any) -> Expression:
        """
        Whether it lies between two values, both included.

        Examples
        --------
        >>> import datetime as dt
        >>> import casemetry as cm
        >>> print(cm.col("decided_on").between(dt.date(2024, 1, 1), dt.date(2024, 12, 31)))
        between(decided_on, 2024-01-01, 2024-12-31)
        """
    def contains(self, text: str) -> Expression:
        """
        Whether a text contains another.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(cm.col("charge").contains("诈骗"))
        contains(charge, '诈骗')
        """
    def days_until(self, other: typing.Any) -> Expression:
        """
        The days from this date to another: negative if the other is earlier.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(cm.col("filed_on").days_until(cm.col("decided_on")) <= 7)
        days(filed_on, decided_on) <= 7
        """
    def has(self, member: str) -> Expression:
        """
        Whether a set (集合) has a member. A member that is not listed could be any other: what hangs on it is unknown.

        Examples
        --------
        >>> import casemetry as cm
        >>> leads = cm.read({"sources": [["hotline", "model_1"], [], None]})
        >>> by_hotline = cm.col("sources").has("hotline")
        >>> print(by_hotline)
        has(sources, 'hotline')
        >>> by_hotline.outcomes(leads)
        [True, False, None]
        """
    def is_null(self) -> Expression:
        """
        Whether it is missing. Never unknown; a value that a closed category does not list is not missing.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(~cm.col("decided_on").is_null())
        not is_null(decided_on)
        """
    def isin(self, values: typing.Any) -> Expression:
        """
        Whether it is one of the values, or of a named list, ``'@refusals'``.

        Examples
        --------
        >>> import casemetry as cm
        >>> cm.col("decision").isin(["approved", "decided"])
        expression("decision in ['approved', 'decided']")
        >>> print(cm.col("decision").isin("@refusals"))
        decision in @refusals
        """
    def meets(self, members: typing.Any) -> Expression:
        """
        Whether a set has any of these members, or of a named list, ``'@digital'``.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(cm.col("sources").meets(["model_1", "model_2"]))
        meets(sources, ['model_1', 'model_2'])
        >>> print(cm.col("sources").meets("@digital"))
        meets(sources, @digital)
        """
    def not_in(self, values: typing.Any) -> Expression:
        """
        Whether it is none of the values, nor of a named list, ``'@refusals'``. Of a missing value it is unknown.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(cm.col("decision").not_in(["withdrawn"]))
        decision not in ['withdrawn']
        """
    def outcomes(self, table: typing.Any, *, holidays: typing.Any = None) -> list[bool | None]:
        """
        What the expression says about each row of a table.

        Columns are taken as the table holds them; a text column is read as dates where it meets a date.

        Parameters
        ----------
        table : Table
            A table with the columns that the expression reads.
        holidays : Table, optional
            The days of which the weekday does not tell whether they work: columns ``date`` and ``works`` (true for a working
            Saturday). ``workdays`` and ``add_workdays`` need it.

        Returns
        -------
        list of bool or None
            True, False, or None where it is unknown: a value is missing, or a closed category does not list it.

        Raises
        ------
        ColumnNotFoundError
            If the table lacks a column.
        DefinitionError
            If the expression is no condition, compares what cannot be compared, or asks for working days without holidays.
        DataError
            If the holidays leave a day open, or tell it in two ways.

        Examples
        --------
        >>> import casemetry as cm
        >>> table = cm.read({"decision": ["refused", "approved", None]})
        >>> (cm.col("decision") == "refused").outcomes(table)
        [True, False, None]
        """
    def pattern(self, grouping: str, *, by: typing.Any = None) -> Expression:
        """
        What a set is made of, group by group: a category such as ``digital 2, traditional 1``, for a column of a unit.

        Parameters
        ----------
        grouping : str
            A grouping of the catalogue, without ``@``; ``source`` puts each source in a group of its own.
        by : Expression or date, optional
            When the groups are asked for, if the grouping is told by a dated table.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(cm.col("sources").pattern("origin"))
        pattern(sources, @origin)
        >>> print(cm.col("sources").pattern("origin", by=cm.col("filed_on")))
        pattern(sources, @origin by filed_on)
        """
    def same_as(self, other: Expression) -> bool:
        """
        Whether two expressions are the same tree; ``==`` makes a comparison of them.

        Examples
        --------
        >>> import casemetry as cm
        >>> (cm.col("age") >= 18).same_as(cm.expression("age>=18"))
        True
        """
    def size(self) -> Expression:
        """
        How many members a set has: a number to compare. What stands in a bag twice counts twice.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(cm.col("sources").size() >= 2)
        size(sources) >= 2
        """
    def starts_with(self, text: str) -> Expression:
        """
        Whether a text begins with another.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(cm.col("case_type").starts_with("刑事"))
        starts_with(case_type, '刑事')
        """
    def within(self, members: typing.Any) -> Expression:
        """
        Whether a set has members, and all of them are among these, or in a named list, ``'@digital'``.

        Examples
        --------
        >>> import casemetry as cm
        >>> leads = cm.read({"sources": [["hotline", "model_1"], ["model_1"], [], None]})
        >>> cm.col("sources").within(["model_1", "model_2"]).outcomes(leads)
        [False, True, False, None]
        """
    @property
    def collapse_calls(self) -> list[Expression]:
        """
        Its collapse calls, such as ``min(decided_on)``, each different one once.
        """
    @property
    def columns(self) -> list[str]:
        """
        The names of the columns it reads, sorted.
        """
    @property
    def lists(self) -> list[str]:
        """
        The named lists it refers to, without ``@``, sorted.
        """
    @property
    def text(self) -> str:
        """
        The text of the expression, which reads back as the same tree.
        """

class Version:
    """
    What an indicator was before: what it replaces of today's definition.
    """
    @property
    def denominator(self) -> str | None: ...
    @property
    def note_en(self) -> str: ...
    @property
    def note_zh(self) -> str: ...
    @property
    def numerator(self) -> str | None: ...
    @property
    def of(self) -> str | None: ...
    @property
    def valid_from(self) -> typing.Any: ...
    @property
    def valid_to(self) -> typing.Any: ...

class Identity:
    """
    What must hold between counts.
    """
    @property
    def every(self) -> str: ...
    @property
    def holds(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def label_en(self) -> str: ...
    @property
    def label_zh(self) -> str: ...
    @property
    def left(self) -> str: ...
    @property
    def note_en(self) -> str: ...
    @property
    def note_zh(self) -> str: ...
    @property
    def relation(self) -> str: ...
    @property
    def right(self) -> str: ...

class Indicator:
    """
    A measure: a formula over aggregates, and how it is read.
    """
    @property
    def at(self) -> str: ...
    @property
    def decimals(self) -> int | None: ...
    @property
    def denominator(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def evidence(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def groups(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def interval(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label_en(self) -> str: ...
    @property
    def label_zh(self) -> str: ...
    @property
    def lead(self) -> str: ...
    @property
    def mature_after(self) -> int: ...
    @property
    def min_n(self) -> int: ...
    @property
    def note_en(self) -> str: ...
    @property
    def note_zh(self) -> str: ...
    @property
    def numerator(self) -> str: ...
    @property
    def of(self) -> str: ...
    @property
    def over(self) -> str: ...
    @property
    def paired_with(self) -> list[str]: ...
    @property
    def q(self) -> typing.Any | None: ...
    @property
    def range(self) -> typing.Any: ...
    @property
    def reference(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def versions(self) -> list[Version]: ...

class Catalogue:
    """
    A valid set of definitions.
    """
    @staticmethod
    def from_json(json: str) -> Catalogue: ...
    @staticmethod
    def shipped(id: str) -> Catalogue: ...
    def at(self, indicator: str, day: typing.Any) -> Indicator: ...
    def columns(self, table: str) -> list[str]: ...
    def count_hash(self, aggregate: str) -> str: ...
    def definition_hash(self, indicator: str) -> str: ...
    def identity(self, id: str) -> Identity: ...
    def indicator(self, id: str) -> Indicator: ...
    def json(self) -> str: ...
    def needs(self, indicator: str) -> list[str]: ...
    def only(self, indicators: collections.abc.Sequence[str]) -> Catalogue: ...
    def spellings(self, table: Table, column: str, declared_table: str, declared: str) -> list[Spelling]:
        """
        Tell the spellings of a column of a table, each with what a declared column reads it as.
        """
    def toml(self) -> str: ...
    @property
    def aggregates(self) -> list[str]: ...
    @property
    def dimensions(self) -> list[str]: ...
    @property
    def groupings(self) -> list[str]: ...
    @property
    def id(self) -> str: ...
    @property
    def identities(self) -> list[str]: ...
    @property
    def indicators(self) -> list[str]: ...
    @property
    def label_en(self) -> str: ...
    @property
    def label_zh(self) -> str: ...
    @property
    def leads(self) -> list[str]: ...
    @property
    def tables(self) -> list[str]: ...
    @property
    def units(self) -> list[str]: ...

class CollapsedReport:
    """
    What became of the rows that a column was collapsed from.
    """
    @property
    def column(self) -> str: ...
    @property
    def disagreeing(self) -> int:
        """
        Units whose rows disagree under ``only``: missing.
        """
    @property
    def skipped(self) -> int:
        """
        Rows whose condition, or what is counted, is unknown.
        """

class LookupReport:
    """
    What became of the rows that a lookup was made for.
    """
    @property
    def duplicates(self) -> int:
        """
        Units whose key stands twice on the other side: unknown.
        """
    @property
    def found(self) -> int: ...
    @property
    def lookup(self) -> str: ...
    @property
    def not_found(self) -> int: ...

class UnitReport:
    """
    What became of rows when a unit was made.
    """
    def __repr__(self) -> str: ...
    @property
    def columns(self) -> list[CollapsedReport]: ...
    @property
    def lookups(self) -> list[LookupReport]: ...
    @property
    def rows(self) -> int:
        """
        How many rows its source has.
        """
    @property
    def unit(self) -> str: ...
    @property
    def units(self) -> int:
        """
        How many units were made of them.
        """

class Cube:
    """
    Sufficient statistics: the cells that occur, and what was counted in each.
    """
    @staticmethod
    def from_arrow(source: typing.Any) -> Cube:
        """
        Reads the Arrow form: a capsule, or an object with ``__arrow_c_stream__``.
        """
    @staticmethod
    def from_bytes(bytes: bytes, *, name: str = "these bytes") -> Cube:
        """
        Reads them back.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing.Any:
        """
        The Arrow form as a stream; it is handed out as it is, whatever schema is requested.
        """
    def blocks(self) -> list:
        """
        All counts as plain values: a dict for each unit and date.
        """
    def bytes(self) -> bytes:
        """
        The whole cube in a checked container.
        """
    def fingerprint(self) -> str:
        """
        SHA-256 of the canonical bytes.
        """
    def keep(self, aggregates: collections.abc.Sequence[str]) -> Cube:
        """
        The part that counts these aggregates.
        """
    def minus(self, other: Cube) -> Cube:
        """
        The cube of its rows without those of the other.
        """
    def plus(self, other: Cube) -> Cube:
        """
        The cube of the rows of both.
        """
    def reports(self) -> dict:
        """
        What became of the cells of the columns that were read, by table.
        """
    def roll_up(self, by: collections.abc.Sequence[str]) -> Cube:
        """
        The same counts by fewer dimensions.
        """
    def same_as(self, other: Cube) -> bool:
        """
        Whether they count the same by the same definitions.
        """
    @property
    def aggregates(self) -> set[str]:
        """
        The ids of the aggregates that it holds, sorted.
        """
    @property
    def as_of(self) -> typing.Any: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def cells(self) -> int:
        """
        How many cells occur, over all units.
        """
    @property
    def dimensions(self) -> dict:
        """
        The labels of each dimension, in canonical order.
        """
    @property
    def identifies(self) -> bool:
        """
        Whether some dimension identifies persons.
        """
    @property
    def indicators(self) -> list[str]:
        """
        What a question that names none asks for.
        """
    @property
    def levels(self) -> dict:
        """
        The labels of each level of a hierarchy, coarsest first.
        """
    @property
    def not_available(self) -> dict[str, str]:
        """
        The indicators that the tables do not allow, and why.
        """
    @property
    def partitioned_by(self) -> list[str]: ...
    @property
    def parts(self) -> set[str]:
        """
        The names of the parts that were added up.
        """
    @property
    def rows(self) -> dict[str, int]:
        """
        How many rows were read, by table.
        """
    @property
    def unit_reports(self) -> list[UnitReport]:
        """
        What became of the rows of the units that were made.
        """
    @property
    def whole(self) -> set[str]:
        """
        The tables of which every part was given all rows.
        """

class PlannedTable:
    """
    A table, and which of its columns are read.
    """
    @property
    def columns(self) -> list[str]: ...
    @property
    def rows(self) -> int: ...
    @property
    def table(self) -> str: ...

class PlannedUnit:
    """
    What is counted, and what it is made from.
    """
    @property
    def from_(self) -> str:
        """
        A table or another unit.
        """
    @property
    def id(self) -> str: ...
    @property
    def key(self) -> list[str]: ...
    @property
    def pattern(self) -> str:
        """
        Of leads by the pattern of their sources: how it is made.
        """
    @property
    def units(self) -> int: ...

class PlannedAggregate:
    """
    What an aggregate costs.
    """
    @property
    def aggregate(self) -> str: ...
    @property
    def computed(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def lanes(self) -> int: ...

class PlannedBlock:
    """
    A pass over the units of one kind, placed by one date.
    """
    @property
    def aggregates(self) -> list[PlannedAggregate]: ...
    @property
    def axes(self) -> list[tuple[str, int]]:
        """
        How many values each dimension, and the month, may have.
        """
    @property
    def bytes(self) -> int: ...
    @property
    def cells(self) -> int: ...
    @property
    def date(self) -> str: ...
    @property
    def lanes(self) -> int: ...
    @property
    def morsels(self) -> int: ...
    @property
    def numbers_cells(self) -> bool: ...
    @property
    def proportions(self) -> int: ...
    @property
    def unit(self) -> str: ...

class Plan:
    """
    What a build would do.
    """
    @property
    def blocks(self) -> list[PlannedBlock]: ...
    @property
    def bytes(self) -> int: ...
    @property
    def cells(self) -> int: ...
    @property
    def morsel(self) -> int: ...
    @property
    def not_available(self) -> dict[str, str]: ...
    @property
    def tables(self) -> list[PlannedTable]: ...
    @property
    def units(self) -> list[PlannedUnit]: ...

class Query:
    """
    What was asked.
    """
    @property
    def by(self) -> list[str]: ...
    @property
    def compare(self) -> list[str]: ...
    @property
    def every(self) -> str | None: ...
    @property
    def indicators(self) -> list[str]: ...
    @property
    def level(self) -> float: ...
    @property
    def period(self) -> str | None: ...
    @property
    def versions(self) -> str: ...
    @property
    def where(self) -> str | None: ...

class Result:
    """
    A table of evaluated cells, one row per indicator, cell and period.
    """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing.Any:
        """
        The table as an Arrow stream; it is handed out as it is, whatever schema is requested.
        """
    def __len__(self) -> int: ...
    def columns(self) -> dict:
        """
        Plain values by column; None where there is none.
        """
    @property
    def catalogue(self) -> Catalogue:
        """
        The definitions it was asked of.
        """
    @property
    def comparisons(self) -> list[str]: ...
    @property
    def dimensions(self) -> list[str]: ...
    @property
    def identifies(self) -> bool:
        """
        Whether it is by a dimension that identifies persons, and not protected.
        """
    @property
    def metadata(self) -> dict[str, str]:
        """
        What travels with it, as text by name.
        """
    @property
    def query(self) -> Query:
        """
        What was asked, with all indicators named.
        """
    @property
    def rows(self) -> int: ...

class Evaluation:
    """
    A value with all that it rests on.
    """
    def __repr__(self) -> typing.Any: ...
    @property
    def denominator(self) -> typing.Any: ...
    @property
    def flags(self) -> str: ...
    @property
    def high(self) -> float | None: ...
    @property
    def least(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def most(self) -> float | None: ...
    @property
    def numerator(self) -> typing.Any: ...
    @property
    def status(self) -> str: ...
    @property
    def unknown(self) -> int: ...
    @property
    def value(self) -> float | None: ...

class ClaimYear:
    """
    A contribution in one year of a claim.
    """
    @property
    def high(self) -> float | None: ...
    @property
    def is_partial(self) -> bool:
        """
        The data stand at a day before its last one.
        """
    @property
    def leads(self) -> int: ...
    @property
    def low(self) -> float | None: ...
    @property
    def p(self) -> float:
        """
        One-sided, of this year alone.
        """
    @property
    def unattributed(self) -> int: ...
    @property
    def unknown(self) -> int: ...
    @property
    def value(self) -> float | None: ...
    @property
    def year(self) -> str: ...

class ClaimUnderRule:
    """
    What becomes of a claim under one rule.
    """
    @property
    def holds(self) -> bool: ...
    @property
    def p(self) -> float:
        """
        Joint: the largest of the years.
        """
    @property
    def rule(self) -> str: ...
    @property
    def years(self) -> list[ClaimYear]: ...

class Claim:
    """
    A claim, tested under the rule that was asked and under every other.
    """
    @property
    def asked(self) -> ClaimUnderRule: ...
    @property
    def names(self) -> dict[str, str]:
        """
        The six names that it carries.
        """
    @property
    def rules(self) -> list[ClaimUnderRule]: ...

class OverlapSource:
    """
    A source: the leads that it found.
    """
    @property
    def alone(self) -> int:
        """
        That no other found.
        """
    @property
    def always_covered(self) -> bool: ...
    @property
    def leads(self) -> int: ...
    @property
    def source(self) -> str: ...

class OverlapPair:
    """
    Two sources that share a lead.
    """
    @property
    def both(self) -> int: ...
    @property
    def either(self) -> int: ...
    @property
    def first(self) -> str: ...
    @property
    def first_in_second(self) -> float: ...
    @property
    def first_leads(self) -> int: ...
    @property
    def jaccard(self) -> float: ...
    @property
    def second(self) -> str: ...
    @property
    def second_in_first(self) -> float: ...
    @property
    def second_leads(self) -> int: ...

class OverlapIntersection:
    """
    Leads found by just these sources.
    """
    @property
    def leads(self) -> int: ...
    @property
    def sources(self) -> list[str]: ...

class Overlap:
    """
    How sources overlap: who finds what others find as well.
    """
    @property
    def intersections(self) -> list[OverlapIntersection]: ...
    @property
    def leads(self) -> int:
        """
        All whose set is known, those without a source included.
        """
    @property
    def names(self) -> dict[str, str]:
        """
        Which leads these are.
        """
    @property
    def pairs(self) -> list[OverlapPair]: ...
    @property
    def sources(self) -> list[OverlapSource]: ...
    @property
    def unattributed(self) -> int: ...
    @property
    def unknown(self) -> int:
        """
        Leads whose set is not known, or of which it is not known whether they are asked about.
        """

class Structure:
    """
    Wholes by cell and period, each with its classes.
    """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing.Any: ...
    def columns(self) -> dict:
        """
        Plain values by column, a row for each whole and class; None where there is none.
        """
    @property
    def classes(self) -> list[str]: ...
    @property
    def comparisons(self) -> list[str]: ...
    @property
    def dimensions(self) -> list[str]: ...
    @property
    def identifies(self) -> bool:
        """
        Whether some dimension of the cube identifies persons.
        """
    @property
    def metadata(self) -> dict[str, str]: ...
    @property
    def roundings(self) -> list[list[list[int]]]:
        """
        For each whole all ways in which its shares can be rounded.
        """
    @property
    def unmapped(self) -> int | None:
        """
        The place of the class of what is in none.
        """
    @property
    def wholes(self) -> int: ...

class FindingExample:
    """
    A row in which it is so, or a spelling.
    """
    @property
    def key(self) -> str:
        """
        Its key, without columns that identify persons.
        """
    @property
    def row(self) -> int | None:
        """
        Its number, counted from 0; None of what is no row.
        """
    @property
    def value(self) -> str:
        """
        What stands in it.
        """

class Finding:
    """
    Something that is wrong with rows of a table.
    """
    @property
    def column(self) -> str: ...
    @property
    def examples(self) -> list[FindingExample]: ...
    @property
    def keys(self) -> int:
        """
        Of repeated keys and conflicts: how many keys.
        """
    @property
    def kind(self) -> str: ...
    @property
    def of(self) -> int:
        """
        Of how many rows that could be so.
        """
    @property
    def other(self) -> str:
        """
        The second column, of kinds that have one.
        """
    @property
    def rows(self) -> int:
        """
        In how many rows it is so.
        """
    @property
    def table(self) -> str: ...

class CheckedColumn:
    """
    A column of a table: what became of its cells.
    """
    @property
    def after_as_of(self) -> int: ...
    @property
    def before_first_day(self) -> int: ...
    @property
    def report(self) -> typing.Any: ...
    @property
    def table(self) -> str: ...

class LatenessBand:
    """
    Rows that were entered so many days after their day.
    """
    @property
    def first(self) -> int | None: ...
    @property
    def last(self) -> int | None: ...
    @property
    def rows(self) -> int: ...

class Lateness:
    """
    How long after a day rows were entered.
    """
    @property
    def bands(self) -> list[LatenessBand]: ...
    @property
    def date(self) -> str: ...
    @property
    def entered(self) -> str: ...
    @property
    def late(self) -> int:
        """
        Entered in a later reporting month.
        """
    @property
    def rows(self) -> int:
        """
        Both days are known.
        """
    @property
    def table(self) -> str: ...

class AlikeLabels:
    """
    Labels that differ by width, case or spaces only.
    """
    @property
    def column(self) -> str: ...
    @property
    def labels(self) -> list[tuple[str, int]]:
        """
        With their rows; first the one to keep.
        """
    @property
    def table(self) -> str: ...

class LossCause:
    """
    Why an outcome or a day is unknown.
    """
    @property
    def column(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def table(self) -> str: ...
    @property
    def units(self) -> int: ...

class Loss:
    """
    What an indicator loses of one kind of unit.
    """
    @property
    def causes(self) -> list[LossCause]:
        """
        Most units first; a unit may have several.
        """
    @property
    def indicator(self) -> str: ...
    @property
    def undated(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def units(self) -> int: ...
    @property
    def unknown(self) -> int: ...

class IdentityFailure:
    """
    A cell and period in which it does not hold.
    """
    @property
    def cell(self) -> list[str | None]: ...
    @property
    def difference(self) -> typing.Any: ...
    @property
    def left(self) -> typing.Any: ...
    @property
    def period(self) -> str: ...
    @property
    def right(self) -> typing.Any: ...
    @property
    def unknown(self) -> int: ...

class CheckedIdentity:
    """
    Where an identity was looked at.
    """
    @property
    def cells(self) -> int:
        """
        Cells times periods that were looked at.
        """
    @property
    def failures(self) -> list[IdentityFailure]: ...
    @property
    def identity(self) -> str: ...
    @property
    def not_available(self) -> str:
        """
        Why it could not be looked at; else empty.
        """

class Check:
    """
    What a check found.
    """
    @property
    def alike(self) -> list[AlikeLabels]: ...
    @property
    def columns(self) -> list[CheckedColumn]: ...
    @property
    def findings(self) -> list[Finding]: ...
    @property
    def identifies(self) -> bool:
        """
        Whether it tells of cells by who persons are.
        """
    @property
    def identities(self) -> list[CheckedIdentity]: ...
    @property
    def lateness(self) -> list[Lateness]: ...
    @property
    def losses(self) -> list[Loss]: ...
    @property
    def not_available(self) -> dict[str, str]: ...
    @property
    def rows(self) -> dict[str, int]: ...

def asked_of(cube: Cube, result: Result) -> Cube:
    """
    The cube with what such a question brought, to ask on.
    """

def build(
    tables: collections.abc.Mapping[str, Table],
    catalogue: Catalogue,
    *,
    by: collections.abc.Sequence[str] = [],
    as_of: typing.Any = None,
    indicators: collections.abc.Sequence[str] = [],
    threads: typing.SupportsInt | typing.SupportsIndex = 0,
    morsel: typing.SupportsInt | typing.SupportsIndex = 65536,
    partitioned_by: collections.abc.Sequence[str] = [],
    part: str = "",
    whole: collections.abc.Sequence[str] = [],
    groupings: collections.abc.Sequence[str] | None = None,
) -> Cube:
    """
    Builds a cube in one parallel pass over each table.
    """

def catalogue_schema() -> str: ...
def check(
    tables: collections.abc.Mapping[str, Table],
    catalogue: Catalogue,
    *,
    as_of: typing.Any = None,
    first_day: typing.Any = None,
    by: collections.abc.Sequence[str] = [],
    period: str | None = None,
    examples: typing.SupportsInt | typing.SupportsIndex = 5,
    threads: typing.SupportsInt | typing.SupportsIndex = 0,
) -> Check:
    """
    Checks tables by a catalogue.
    """

def claim(
    cube: Cube,
    of: str,
    *,
    rule: str | None = None,
    groups: str | collections.abc.Sequence[tuple[str, collections.abc.Sequence[str]]] = "",
    rest: str = "",
    share: typing.SupportsFloat | typing.SupportsIndex,
    years: collections.abc.Sequence[str],
    lead: str = "",
    stage: str = "",
    over: str = "leads",
    level: typing.SupportsFloat | typing.SupportsIndex = 0.95,
) -> Claim:
    """
    Tests whether a contribution exceeded a share in each of some years.
    """

def clopper_pearson(
    x: int, n: int, level: typing.SupportsFloat | typing.SupportsIndex = 0.95
) -> casemetry._statistics.Interval:
    """
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
    """

def col(name: str) -> Expression:
    """
    A column of a table, to build a condition from.

    Examples
    --------
    >>> import casemetry as cm
    >>> cm.col("decision") == "refused"
    expression("decision == 'refused'")
    >>> print(cm.col("审查 结论") == "不捕")
    `审查 结论` == '不捕'
    """

def contribution(
    cube: Cube,
    of: str,
    *,
    rules: collections.abc.Sequence[str] = [],
    groups: str | collections.abc.Sequence[tuple[str, collections.abc.Sequence[str]]] = "",
    rest: str = "",
    lead: str = "",
    stage: str = "",
    over: str = "leads",
    by: collections.abc.Sequence[str] = [],
    period: str | None = None,
    every: str | None = None,
    where: Expression | None = None,
    compare: collections.abc.Sequence[str] = [],
    level: typing.SupportsFloat | typing.SupportsIndex = 0.95,
) -> Result:
    """
    The contribution of a group of sources, an indicator for each rule.
    """

def drill(cube: Cube, question: Query, cell: collections.abc.Mapping[str, str | None]) -> Result:
    """
    Asks one level down, inside a cell.
    """

def evaluate(
    catalogue: Catalogue,
    indicator: str,
    counts: collections.abc.Mapping[
        str,
        typing.SupportsInt
        | typing.SupportsIndex
        | tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex],
    ],
    *,
    level: typing.SupportsFloat | typing.SupportsIndex = 0.95,
    at: typing.Any = None,
) -> Evaluation:
    """
    Evaluates an indicator on given integers: a figure for each aggregate, or the least and the most it can be.
    """

def expression(text: str) -> Expression:
    """
    Reads an expression from its text.

    Raises
    ------
    DefinitionError
        With the position and what to write instead.

    Examples
    --------
    >>> import casemetry as cm
    >>> cm.expression("decision in ['approved', 'decided'] and age >= 18").columns
    ['age', 'decision']
    >>> cm.expression("decision = 'refused'")
    Traceback (most recent call last):
    casemetry._errors.DefinitionError: '=': write == to compare (at character 10)
    """

def finding_rows(
    tables: collections.abc.Mapping[str, Table],
    catalogue: Catalogue,
    finding: Finding,
    *,
    as_of: typing.Any = None,
    first_day: typing.Any = None,
) -> Table:
    """
    Gives the rows of a finding.
    """

def knows_unattributed(cube: Cube, lead: str = "") -> bool:
    """
    Whether leads without a source are among those of a set, so that W and U are known.
    """

def moments(values: list[int], scale: int = 0) -> casemetry._statistics.Moments:
    """
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
    """

def newcombe(
    x1: int, n1: int, x2: int, n2: int, level: typing.SupportsFloat | typing.SupportsIndex = 0.95
) -> casemetry._statistics.Interval:
    """
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
    """

def overlap(
    cube: Cube, *, lead: str = "", stage: str = "", largest: typing.SupportsInt | typing.SupportsIndex = 10
) -> Overlap:
    """
    How the sources of leads overlap, over all.
    """

def plan(
    tables: collections.abc.Mapping[str, Table],
    catalogue: Catalogue,
    *,
    by: collections.abc.Sequence[str] = [],
    as_of: typing.Any = None,
    indicators: collections.abc.Sequence[str] = [],
    morsel: typing.SupportsInt | typing.SupportsIndex = 65536,
    groupings: collections.abc.Sequence[str] | None = None,
) -> Plan:
    """
    Plans a build, and does not count.
    """

def poisson_exact(x: int, level: typing.SupportsFloat | typing.SupportsIndex = 0.95) -> casemetry._statistics.Interval:
    """
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
    """

def protect(
    published: collections.abc.Sequence[Result],
    k: typing.SupportsInt | typing.SupportsIndex,
    *,
    base: str = "",
    zeros: bool = False,
) -> list[Result]:
    """
    Hides what is small in results that are published together, and what would tell it.
    """

def quantile_position(n: int, q: typing.SupportsFloat | typing.SupportsIndex) -> casemetry._statistics.QuantilePosition:
    """
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
    """

def quantile_ranks(
    n: int, q: typing.SupportsFloat | typing.SupportsIndex, level: typing.SupportsFloat | typing.SupportsIndex = 0.95
) -> casemetry._statistics.Ranks | None:
    """
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
    """

def query(
    cube: Cube,
    *,
    indicators: collections.abc.Sequence[str] = [],
    by: collections.abc.Sequence[str] = [],
    period: str | None = None,
    every: str | None = None,
    where: Expression | None = None,
    compare: collections.abc.Sequence[str] = [],
    versions: str = "",
    level: typing.SupportsFloat | typing.SupportsIndex = 0.95,
) -> Result:
    """
    Asks a cube.
    """

def ratio_exact(
    x: int, y: int, level: typing.SupportsFloat | typing.SupportsIndex = 0.95
) -> casemetry._statistics.Interval:
    """
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
    """

def rows(
    tables: collections.abc.Mapping[str, Table],
    catalogue: Catalogue,
    *,
    indicator: str,
    side: str = "numerator",
    period: str | None = None,
    undated: bool = False,
    where: Expression | None = None,
    cell: collections.abc.Mapping[str, str | None] = {},
    versions: str = "",
    as_of: typing.Any = None,
) -> Table:
    """
    Gives the rows behind a figure.
    """

def stages(
    cube: Cube,
    of: str,
    *,
    rules: collections.abc.Sequence[str] = [],
    groups: str | collections.abc.Sequence[tuple[str, collections.abc.Sequence[str]]] = "",
    rest: str = "",
    lead: str = "",
    over: str = "leads",
    by: collections.abc.Sequence[str] = [],
    period: str | None = None,
    every: str | None = None,
    where: Expression | None = None,
    compare: collections.abc.Sequence[str] = [],
    level: typing.SupportsFloat | typing.SupportsIndex = 0.95,
) -> Result:
    """
    The same at every stage, side by side.
    """

def structure(
    cube: Cube,
    of: str,
    *,
    dimension: str,
    groups: str,
    classes: collections.abc.Sequence[tuple[str, collections.abc.Sequence[str]]],
    rest: str,
    dated: collections.abc.Sequence[tuple[str, str, typing.Any, typing.Any]],
    by: collections.abc.Sequence[str],
    period: str | None,
    every: str | None,
    where: Expression | None,
    compare: collections.abc.Sequence[str],
) -> Structure:
    """
    Asks a cube what a count is made up of.
    """

def structure_of(
    figures: collections.abc.Sequence[
        tuple[
            str,
            typing.SupportsInt
            | typing.SupportsIndex
            | str
            | tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex],
        ]
    ],
    unit: str,
) -> Structure:
    """
    Tells what figures make up: exact, as printed, or as ranges.
    """

def student_mean(
    moments: casemetry._statistics.Moments, level: typing.SupportsFloat | typing.SupportsIndex = 0.95
) -> casemetry._statistics.Interval:
    """
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
    """

def top(
    cube: Cube, question: Query, n: typing.SupportsInt | typing.SupportsIndex, *, by: str = "", others: bool = True
) -> Result:
    """
    Asks the same of the largest cells, and of the others as one.
    """

def units(
    tables: collections.abc.Mapping[str, Table],
    catalogue: Catalogue,
    unit: str,
    *,
    columns: collections.abc.Sequence[str] = [],
    threads: typing.SupportsInt | typing.SupportsIndex = 0,
    morsel: typing.SupportsInt | typing.SupportsIndex = 65536,
) -> Table:
    """
    Make a unit as a table: its key, what it looked up and its own columns, sorted by key.
    """

def wilson(x: int, n: int, level: typing.SupportsFloat | typing.SupportsIndex = 0.95) -> casemetry._statistics.Interval:
    """
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
    """

__version__: str = "0.1.0"
