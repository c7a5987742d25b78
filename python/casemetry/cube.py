# SPDX-License-Identifier: Apache-2.0
"""The cube: one pass over the tables, then every question from integers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casemetry import _core
from casemetry._arguments import condition, day, names
from casemetry._core import Expression
from casemetry._cube_leads import LeadsCube
from casemetry._tables import tables_and_definitions
from casemetry.plan import Plan
from casemetry.result import Result
from casemetry.structures import Classes, Structure, structure_from

if TYPE_CHECKING:
    from casemetry.binding import Binding
    from casemetry.catalogues import Catalogue, Defined

__all__ = ["Cube"]


class Cube(LeadsCube):
    """A table of sufficient statistics: integers for each cell that occurs and each reporting month.

    A cube is a value: it never changes, ``==`` tells whether two count the same, and cubes of months or regions add
    up, ``january + february``, to the cube of all rows, exactly and in any order. What was added can be taken away
    again. It can be pickled, sent and saved without its tables.

    Parameters
    ----------
    tables : mapping of str to table, or Binding
        Tables by the names that the catalogue gives them: a :class:`Table`, any data frame, or the path of a file. Or
        what :func:`bind` made of a site's own tables.
    catalogue : Catalogue, str, or definitions
        A catalogue, the name of a shipped one, or indicators defined in code. A binding brings its own.
    by : str or sequence of str
        The dimensions that are kept: questions can be asked by these, and by no others.
    as_of : date or str, optional
        The day at which the data stand. It filters nothing; it tells which periods are incomplete.
    indicators : sequence of str, optional
        Only these; by default all that the tables at hand allow (:attr:`not_available` says which are not, and why).
    threads : int, optional
        How many threads the pass may use; the counts are the same for any number.
    partitioned_by : str or sequence of str
        A promise, for adding: no two parts share a value of these columns. Cubes of units that rows are collapsed to
        can be added only with it, and only if the columns are in the units' keys (and in what lookups look up by).
    part : str or int, optional
        The name or number of this part: a part that is inside cannot be added again, and can be taken away.
    whole : str or sequence of str
        Tables of which every part is given all rows: looking up in them is safe.
    groupings : str or sequence of str, optional
        The groupings of sources by which leads are counted, so that contributions can be asked by them; by default all
        of the catalogue.

    Raises
    ------
    DefinitionError, ColumnNotFoundError, DataError, QueryError

    Examples
    --------
    >>> import casemetry as cm
    >>> refused = cm.proportion("不捕率", numerator=cm.col("decision") == "refused", unit="arrests", date="decided_on")
    >>> arrests = {"decision": ["approved", "refused", None], "decided_on": ["2024-01-05", "2024-01-09", "2024-02-01"]}
    >>> cube = cm.Cube({"arrests": arrests}, [refused])
    >>> cube.cells
    2
    >>> cube.table(period="2024-01").columns["value"]
    [0.5]
    >>> march = cm.Cube({"arrests": {"decision": ["refused"], "decided_on": ["2024-03-08"]}}, [refused])
    >>> (cube + march).cells, cube + march - march == cube
    (3, True)
    """

    def __init__(
        self,
        tables: Mapping[str, Any] | Binding,
        catalogue: Catalogue | str | Iterable[Defined] | None = None,
        *,
        by: str | Sequence[str] = (),
        as_of: dt.date | str | None = None,
        indicators: Sequence[str] | None = None,
        threads: int | None = None,
        partitioned_by: str | Sequence[str] = (),
        part: str | int | None = None,
        whole: str | Sequence[str] = (),
        groupings: str | Sequence[str] | None = None,
    ) -> None:
        given, definitions = tables_and_definitions(tables, catalogue)
        self._core = _core.build(
            given,
            definitions._core,
            by=names(by),
            as_of=day(as_of),
            indicators=list(indicators or ()),
            threads=threads or 0,
            partitioned_by=names(partitioned_by),
            part="" if part is None else str(part),
            whole=names(whole),
            groupings=None if groupings is None else names(groupings),
        )

    @classmethod
    def plan(
        cls,
        tables: Mapping[str, Any] | Binding,
        catalogue: Catalogue | str | Iterable[Defined] | None = None,
        *,
        by: str | Sequence[str] = (),
        as_of: dt.date | str | None = None,
        indicators: Sequence[str] | None = None,
        groupings: str | Sequence[str] | None = None,
    ) -> Plan:
        """Tell what building a cube of these would do: cells, memory, and what each count costs.

        The parameters are those of the cube. Units are made, for what they hold decides the plan; nothing is counted.

        Examples
        --------
        >>> import casemetry as cm
        >>> refused = cm.tally("不捕人数", "decision == 'refused'", unit="arrests", date="decided_on")
        >>> arrests = {"decision": ["approved", "refused"], "decided_on": ["2024-01-05", "2024-02-09"]}
        >>> plan = cm.Cube.plan({"arrests": arrests}, [refused], by="decision")
        >>> plan.cells, [(block.unit, block.axes) for block in plan.blocks]
        (2, [('arrests', [('decision', 3), ('month', 3)])])
        """
        given, definitions = tables_and_definitions(tables, catalogue)
        return Plan(
            _core.plan(
                given,
                definitions._core,
                by=names(by),
                as_of=day(as_of),
                indicators=list(indicators or ()),
                groupings=None if groupings is None else names(groupings),
            )
        )

    def table(
        self,
        indicators: str | Sequence[str] | None = None,
        *,
        by: str | Sequence[str] = (),
        period: str | None = None,
        every: str | None = None,
        where: str | Expression | None = None,
        compare: str | Sequence[str] = (),
        versions: str = "like_for_like",
        level: float = 0.95,
    ) -> Result:
        """Ask: a row for each indicator, cell and period.

        Parameters
        ----------
        indicators : str or sequence of str, optional
            Their ids; by default those that the cube was built for, else all of the catalogue.
        by : str or sequence of str
            Dimensions of the cube, or levels of their hierarchies; none: one cell.
        period : str, optional
            ``2024``, ``2024H1``, ``2024Q3``, ``2024-07``, ``2024-01..2024-09``, ``ytd(2024-09)``,
            ``rolling(2024-09, 12)``. Without one: all units, those without a date included.
        every : {"month", "quarter", "year"}, optional
            A row for each of these inside the period, or of those that occur.
        where : str or Expression, optional
            Only the cells for which this holds: a condition on dimensions of the cube, whether or not they are in `by`.
            Cells for which it is unknown (a missing or unlisted label) are left out, and how many units they hold is
            said.
        compare : str or sequence of str
            ``year_ago``, ``previous``: beside each value that of twelve months before, or of as many months just
            before, and the change. ``total``, ``parent``: beside each value that of all cells, or of those that it is
            a part of: one level up, or without levels all over the last dimension of `by`.
        versions : {"like_for_like", "as_then"}
            By which definition (口径): today's for all periods, those compared with too; or each period by the one that
            held on its last day. Then rows that rest on another than today's, or are compared with such, have the flag
            ``definition_changed``, and a line below the table names the definitions.
        level : float
            Of the intervals.

        Returns
        -------
        Result

        Raises
        ------
        QueryError
            An indicator or dimension that the cube does not have, with the nearest name; a period that is none.
        DefinitionError
            A `where` that is no condition, or names a value that a closed dimension does not list.

        Examples
        --------
        >>> import casemetry as cm
        >>> refused = cm.proportion("不捕率", numerator=cm.col("decision") == "refused", unit="arrests")
        >>> arrests = {"decision": ["approved", "refused", "refused"], "office": ["甲院", "甲院", "乙院"]}
        >>> cube = cm.Cube({"arrests": arrests}, [refused], by=["office"])
        >>> cube.table(where="office == '甲院'").columns["value"]
        [0.5]
        >>> table = cube.table(by="office", compare="total")
        >>> table.columns["office"], table.columns["total_change"]
        (['乙院', '甲院'], [0.33333333333333337, -0.16666666666666663])
        """
        question = _core.query(
            self._core,
            indicators=names(indicators or ()),
            by=names(by),
            period=period,
            every=every,
            where=condition(where),
            compare=names(compare),
            versions=versions,
            level=level,
        )
        return Result(question, self._core)

    def structure(
        self,
        of: str,
        *,
        dimension: str,
        groups: Classes = None,
        rest: str | None = None,
        by: str | Sequence[str] = (),
        period: str | None = None,
        every: str | None = None,
        where: str | Expression | None = None,
        compare: str | Sequence[str] = (),
    ) -> Structure:
        """Ask what a count is made up of (结构比): the units by class, with shares that add to 100.

        Parameters
        ----------
        of : str
            An indicator of kind count, or an aggregate.
        dimension : str
            The dimension whose labels are put into classes.
        groups : str, mapping, or rows, optional
            A grouping of the catalogue; a dict class → labels; or rows (label, class, valid_from, valid_to) that hold
            for days, None for no bound. Without it each label is a class. What is in none is shown as well.
        rest : str, optional
            With a dict: the class of all other labels.
        by : str or sequence of str
            Other dimensions: a structure for each cell, in label order.
        period, every, where
            As in :meth:`table`; `every` needs a period, and so do dated rows, which hold by the last day of a month.
        compare : str or sequence of str
            ``year_ago``, ``previous``: the change of each share in points, and the part of it that comes from the
            volume of the other classes.

        Returns
        -------
        Structure

        Raises
        ------
        QueryError
            What is no count, a dimension or grouping that is not there, a label in two classes at one time.

        Examples
        --------
        >>> import casemetry as cm
        >>> cases = {"kind": ["逮捕", "起诉", "起诉", "民事监督"]}
        >>> cube = cm.Cube({"cases": cases}, [cm.tally("受理", unit="cases")], by="kind")
        >>> cube.structure("受理", dimension="kind", groups={"刑事": ["逮捕", "起诉"], "民事": ["民事监督"]}).ratio
        '75 : 25'
        """
        return structure_from(
            self._core,
            of,
            dimension=dimension,
            groups=groups,
            rest=rest,
            by=by,
            period=period,
            every=every,
            where=where,
            compare=compare,
        )
