# SPDX-License-Identifier: Apache-2.0
"""A cube as a value: it adds up, travels, and tells of itself, whatever it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Self

from casemetry import _core as core
from casemetry._arguments import names
from casemetry._errors import SchemaError
from casemetry._files import read_whole, write_whole
from casemetry._optional import require
from casemetry._presentation.leaving import check_may_leave
from casemetry.catalogues import Catalogue
from casemetry.reading import ColumnReport

if TYPE_CHECKING:
    import pyarrow


class CubeValue:
    """What a cube is before it is asked; :class:`casemetry.Cube` builds and asks it."""

    _core: core.Cube

    @classmethod
    def _of(cls, counted: core.Cube) -> Self:
        cube = cls.__new__(cls)
        cube._core = counted
        return cube

    def __add__(self, other: object) -> Self:
        """Add a cube of other rows; the sum is the cube of all rows, in any order of adding.

        Raises
        ------
        MergeError
            If aggregates or dimensions are defined differently or only one side has them, if what is pending stands at
            different days, if a part is inside already, or if a unit could be counted twice; with every reason, and
            what to do.
        DataError
            If a count does not fit.
        """
        return self._of(self._core.plus(other._core)) if isinstance(other, CubeValue) else NotImplemented

    def __radd__(self, other: object) -> Self:
        """Begin a ``sum`` of cubes, which adds the first to 0."""
        return self if isinstance(other, int) and other == 0 else NotImplemented

    def __sub__(self, other: object) -> Self:
        """Take away what was added: a part that is inside, or plain rows without a name.

        Raises
        ------
        MergeError
            As for adding, and if it is not inside: a part whose name is not in :attr:`parts`, or a count that would
            become negative (with cell and aggregate).
        """
        return self._of(self._core.minus(other._core)) if isinstance(other, CubeValue) else NotImplemented

    def __eq__(self, other: object) -> bool:
        """Tell whether both count the same by the same definitions: equal fingerprints."""
        return self._core.same_as(other._core) if isinstance(other, CubeValue) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def keep(self, aggregates: str | Sequence[str]) -> Self:
        """Give the part that counts these aggregates, with the joint counts of the proportions of them.

        Two cubes that have different aggregates can be added after both keep what they have in common.

        Parameters
        ----------
        aggregates : str or sequence of str
            Their ids (:attr:`aggregates`). The catalogue is left with these, and with the indicators that rest on no
            others.

        Raises
        ------
        QueryError
            A name that the cube does not hold, with the nearest one.
        """
        return self._of(self._core.keep(names(aggregates)))

    def roll_up(self, by: str | Sequence[str]) -> Self:
        """Give the same counts by fewer dimensions, in this order; none: a cell a month.

        A question rolls up by itself. This makes a cube smaller before it is sent or saved, or leaves out a dimension
        that identifies persons.

        Raises
        ------
        QueryError
            A name that is no dimension of it, with the nearest one.

        Examples
        --------
        >>> import casemetry as cm
        >>> rows = {"data": {"office": ["甲", "乙", "乙"], "charge": ["盗窃", "诈骗", "盗窃"]}}
        >>> cube = cm.Cube(rows, [cm.tally("件数", unit="data")], by=["office", "charge"])
        >>> cube.cells, cube.roll_up("office").cells, cube.roll_up([]).cells
        (3, 2, 1)
        """
        return self._of(self._core.roll_up(names(by)))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that it counts, and by which definitions: 64 hexadecimal digits.

        The same for any number of threads, any order of rows, and any way of building it from parts. Labels and notes
        of the catalogue, the day the data stand at, names of parts, row counts and reports stay outside.
        """
        return self._core.fingerprint()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the Arrow form to whoever reads the Arrow C stream interface.

        Raises
        ------
        QueryError
            If a dimension identifies persons: such a cube leaves only as protected results.
        """
        check_may_leave(self._core)
        return self._core.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pyarrow.Table:
        """Convert to an Arrow table, a row a cell, to look at, to compute with, or to send to another engine.

        The columns are ``unit`` and ``date`` (the date column that places the unit; null if none does), the dimensions,
        ``period`` (``2024-03``; null if undated), ``units``, then for each aggregate ``<id>.true``, ``<id>.unknown``,
        ``<id>.not_applicable``, for sums ``<id>.n``, ``<id>.sum``, ``<id>.sum_of_squares`` (decimals), for days
        ``<id>.days`` (lists of day and count), and the joint counts of each proportion, ``<numerator> /
        <denominator>.both_true`` and so on. A dimension is null where the label is missing, and in the rows of a unit
        that lacks it; which units have it stands in the schema's metadata, with the catalogue and all else.

        Raises
        ------
        DataError
            If a sum has more than 38 digits, or a dimension the name of another column.
        MissingPackageError
            Without pyarrow; ``__arrow_c_stream__`` needs none.
        """
        table: pyarrow.Table = require("pyarrow").table(self)
        return table

    @classmethod
    def from_arrow(cls, data: object) -> Self:
        """Read the Arrow form back, rows in any order, counts changed by whatever library.

        Parameters
        ----------
        data : object with ``__arrow_c_stream__``
            With all columns that :meth:`to_arrow` gave and with its schema's metadata. Every count is checked: none is
            negative, true, unknown and not applicable are at most the units, histograms are in order.

        Raises
        ------
        SchemaError
            With column and row, for every way in which it can be false.

        Examples
        --------
        >>> import casemetry as cm
        >>> cube = cm.Cube({"data": {"office": ["甲", "乙", "乙"]}}, [cm.tally("n", unit="data")], by="office")
        >>> table = cube.to_arrow()
        >>> table.column_names
        ['unit', 'date', 'office', 'period', 'units', 'n_counted.true', 'n_counted.unknown', 'n_counted.not_applicable']
        >>> cm.Cube.from_arrow(table.take([1, 0])) == cube
        True
        """
        if not hasattr(data, "__arrow_c_stream__"):
            raise SchemaError(f"a {type(data).__name__} has no Arrow form; give what `to_arrow` gave")
        return cls._of(core.Cube.from_arrow(data))

    def __bytes__(self) -> bytes:
        """Give all of it as bytes with a checksum, the same on every machine; :meth:`from_bytes` reads them.

        They are what the workers of one site hand to each other, as pickles are: also of a cube with a dimension that
        identifies persons. They are not to leave the site; :meth:`save` refuses such a cube.
        """
        return self._core.bytes()

    @classmethod
    def from_bytes(cls, data: bytes, *, name: str = "these bytes") -> Self:
        """Read what ``bytes(cube)`` gave.

        Parameters
        ----------
        data : bytes
            Nothing in them is executed, whatever they are.
        name : str
            For messages.

        Raises
        ------
        SchemaError
            If they are no cube, are cut off or damaged, or were written by another version (which).
        """
        return cls._of(core.Cube.from_bytes(data, name=name))

    def __reduce__(self) -> tuple[Callable[[bytes], Self], tuple[bytes]]:
        # Not by its Arrow form: reading that back wants a library that speaks Arrow, and these bytes want none.
        return type(self).from_bytes, (bytes(self),)

    def save(self, path: str | PathLike[str]) -> Path:
        """Write it to a file, whole or not at all: whoever opens the file finds the old cube or the new.

        Returns
        -------
        Path
            Of the file.

        Raises
        ------
        QueryError
            If a dimension identifies persons: such a cube leaves only as protected results.
        CasemetryError
            If it cannot be written, and why; what was there is untouched.
        """
        check_may_leave(self._core)
        return write_whole(Path(path), bytes(self))

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Read a file that :meth:`save` wrote; the tables are not needed.

        Raises
        ------
        SchemaError
            If there is no such file, or it is no cube, is cut off or damaged, or of another version (which).
        """
        return cls.from_bytes(read_whole(Path(path)), name=str(path))

    @property
    def catalogue(self) -> Catalogue:
        """The definitions that it was built from."""
        return Catalogue(self._core.catalogue)

    @property
    def dimensions(self) -> dict[str, list[str]]:
        """The labels of each dimension, in the order in which they are shown."""
        return dict(self._core.dimensions)

    @property
    def levels(self) -> dict[str, list[str]]:
        """The codes of each level above the dimensions, coarsest first: questions can be asked by these too."""
        return dict(self._core.levels)

    @property
    def cells(self) -> int:
        """How many cells occur, over all units."""
        return self._core.cells

    @property
    def aggregates(self) -> list[str]:
        """The ids of the aggregates that it holds, sorted."""
        return sorted(self._core.aggregates)

    @property
    def parts(self) -> list[str]:
        """The names of the parts that were added up, sorted."""
        return sorted(self._core.parts)

    @property
    def partitioned_by(self) -> list[str]:
        """The columns of which no two parts share a value."""
        return self._core.partitioned_by

    @property
    def whole(self) -> list[str]:
        """The tables of which every part was given all rows, sorted."""
        return sorted(self._core.whole)

    @property
    def rows(self) -> dict[str, int]:
        """How many rows were read of each table."""
        return dict(self._core.rows)

    @property
    def as_of(self) -> dt.date | None:
        """The day at which the data stand."""
        stands_at: dt.date | None = self._core.as_of
        return stands_at

    @property
    def reports(self) -> dict[str, list[ColumnReport]]:
        """What became of the cells of the columns that were read, by table."""
        return dict(self._core.reports())

    @property
    def unit_reports(self) -> list[core.UnitReport]:
        """What became of rows when units were made of them: ``unit``, ``rows``, ``units``, ``columns``, ``lookups``.

        Of each column ``disagreeing`` (units whose rows disagree under ``only``) and ``skipped`` (rows whose condition
        is unknown); of each lookup ``found``, ``not_found`` and ``duplicates``.
        """
        return list(self._core.unit_reports)

    @property
    def not_available(self) -> dict[str, str]:
        """The indicators that the tables at hand do not allow, and why."""
        return dict(self._core.not_available)

    def __repr__(self) -> str:
        rows = ", ".join(f"{name}: {count:,} rows" for name, count in self.rows.items())
        lacking = f"; {len(self.not_available)} not available" if self.not_available else ""
        return f"Cube({rows}; by {', '.join(self.dimensions) or 'nothing'}; {self.cells:,} cells{lacking})"
