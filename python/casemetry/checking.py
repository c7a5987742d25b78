# SPDX-License-Identifier: Apache-2.0
"""Definitions checked by hand: an indicator on given counts, a unit as a table to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casemetry import _core
from casemetry._arguments import day, names
from casemetry._tables import tables_and_definitions
from casemetry.catalogues import Catalogue, catalogue_of
from casemetry.reading import Table

if TYPE_CHECKING:
    from casemetry._unit import Unit
    from casemetry.binding import Binding
    from casemetry.catalogues import Defined

__all__ = ["evaluate", "units"]


def evaluate(
    catalogue: Catalogue | str | Iterable[Defined],
    indicator: str,
    counts: Mapping[str, int | tuple[int, int]],
    *,
    level: float = 0.95,
    at: dt.date | str | None = None,
) -> _core.Evaluation:
    """Evaluate an indicator on given counts: a calculator, also for published figures.

    Parameters
    ----------
    catalogue : Catalogue, str, or definitions
        A catalogue, the name of a shipped one, or indicators defined in code.
    indicator : str
        Its id.
    counts : mapping of str to int or (int, int)
        For each aggregate of the formula its count, or the least and the most it can be (a figure printed as 38.5万
        lies in 384,500 … 385,499).
    level : float
        Of the interval.
    at : date or str, optional
        The day whose definition is meant (口径版本); without it today's.

    Returns
    -------
    Evaluation
        With ``value``, ``numerator``, ``denominator``, ``low``, ``high``, ``least``, ``most``, ``status``.

    Raises
    ------
    QueryError
        A figure that the formula needs and is not given, or one that it does not know.

    Examples
    --------
    The national non-arrest rate (不捕率) of 2019, from the counts that were published with it:

    >>> import casemetry as cm
    >>> rate = cm.evaluate("spp", "non_arrest_rate", {"refused": 313_743, "arrested": 1_088_490})
    >>> round(rate.value, 4), rate.numerator, rate.denominator
    (0.2237, 313743, 1402233)
    """
    return _core.evaluate(catalogue_of(catalogue)._core, indicator, dict(counts), level=level, at=day(at, "at"))


def units(
    tables: Mapping[str, Any] | Binding,
    catalogue: Catalogue | str | Iterable[Defined] | None,
    unit: str | Unit,
    columns: str | Sequence[str] | None = None,
) -> Table:
    """Make a unit as a table, to look at or to test its definition; a cube makes those that it counts by itself.

    Parameters
    ----------
    tables : mapping of str to table, or Binding
        As for :class:`Cube`.
    catalogue : Catalogue, str, or definitions
        A catalogue, the name of a shipped one, or units and indicators defined in code. A binding brings its own: None.
    unit : str or Unit
        A unit, or a table: that as the catalogue reads it.
    columns : str or sequence of str, optional
        Only these, besides the key.

    Returns
    -------
    Table
        A row for each unit, sorted by key: the key, what was looked up, then the unit's own columns.

    Raises
    ------
    QueryError, ColumnNotFoundError
        If there is no such unit, or if the tables lack what it is made from.
    DataError
        If a key has a missing cell, or a lookup finds two rows.

    Examples
    --------
    >>> import casemetry as cm
    >>> any_refused = {"refused": "any(decision == 'refused')"}
    >>> case = cm.unit("case", from_="arrests", one_row_per="case_id", columns=any_refused)
    >>> arrests = {"case_id": ["0018", "0017", "0017"], "decision": ["approved", "refused", None]}
    >>> print(cm.units({"arrests": arrests}, [case], "case").text("en"))
    case_id  refused
    -------  -------
    0017     True
    0018     False
    """
    given, definitions = tables_and_definitions(tables, catalogue)
    name = unit if isinstance(unit, str) else unit.id
    return Table(_core.units(given, definitions._core, name, columns=names(columns or ())))
