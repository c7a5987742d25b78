# SPDX-License-Identifier: Apache-2.0
"""Tables from anywhere: text files, workbooks, Parquet, Arrow files, any data frame, or arrays by their buffers.

A file is known by its first bytes, whatever its name. The cells of a text file stay text until the core has seen all
of a column: then whole numbers and dates become such if every cell is one. What was chosen, and how many cells could
not be read, is told by ``table.report()`` and by ``print(table)``.
"""

from __future__ import annotations

import difflib
import gzip
import os
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from casemetry import _core
from casemetry._errors import SchemaError
from casemetry._excel_files import Header, Workbook, is_workbook
from casemetry._frames import core_table
from casemetry._notes import Note
from casemetry._presentation.convertible import Convertible
from casemetry._presentation.display import clip, pad, safe_text, width
from casemetry._presentation.html import fragment
from casemetry._presentation.plain import plain
from casemetry._presentation.rows import rows_grid
from casemetry._presentation.words import check_language
from casemetry._text_files import read_text_file

if TYPE_CHECKING:
    import pyarrow as pa

    from casemetry._presentation.grid import Grid
    from casemetry._presentation.words import Language

__all__ = ["ColumnReport", "Table", "read"]

_COLUMN_WIDTH = 32
_FOREIGN = (
    (b"%PDF", "a PDF document", "ask for the table itself"),
    (b"FEA1", "a Feather file of version 1", "write it again with version 2"),
    (b"SQLite format 3", "an SQLite database", "read a table of it with DuckDB or pandas, and hand that over"),
)


class ColumnReport(NamedTuple):
    """What became of the cells of a column when it was read."""

    name: str
    read_as: str
    """The type, and for dates the order that was chosen: ``date (month/day/year)``."""
    rows: int
    missing: int
    """Null, blank, NaN or not-a-time."""
    unreadable: int
    """Not readable as the type: missing from here on."""
    unlisted: int
    """Values that a closed category does not list."""
    examples: tuple[str, ...]
    """Up to five spellings of unreadable or unlisted cells."""


class Table(Convertible):
    """Columns of one length, held by the core: what :func:`read` returns. Immutable.

    Every data frame library can take it as it is (``polars.DataFrame(table)``), by the Arrow stream interface.
    """

    def __init__(
        self,
        core: _core.Table,
        *,
        encoding: str | None = None,
        separator: str | None = None,
        notes: Sequence[Note] = (),
    ) -> None:
        self._core = core
        self.notes = tuple(notes)
        """What was found around the cells of a sheet and what was done about it, each counted."""
        self.encoding = encoding
        """The encoding of the text file that was read, else None."""
        self.separator = separator
        """The separator of the text file that was read, else None."""

    @property
    def name(self) -> str:
        """The name of the table, for messages."""
        return str(self._core.name)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return int(self._core.rows)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in their order."""
        return list(self._core.column_names)

    def report(self) -> list[ColumnReport]:
        """Return what became of the cells of each column."""
        return list(self._core.report())

    def values(self, column: str, first: int | None = None) -> list[Any]:
        """Return the cells of a column, or its first ones, to look at.

        Parameters
        ----------
        column : str
            Its name; :class:`ColumnNotFoundError` tells the nearest if there is none.
        first : int, optional
            How many cells; all of them by default.

        Returns
        -------
        list
            ``str``, ``int``, ``Decimal``, ``bool`` or ``datetime.date``; of a set the list of its members. None where a
            cell is missing.
        """
        return list(self._core.values(column, first))

    def text(self, lang: Language = "zh", *, rows: int = 10) -> str:
        """Print the first rows as a text table.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(cm.read({"case": ["0017", "0018", "0019"], "items": [3, None, 4]}).text("en", rows=2))
        case  items
        ----  -----
        0017      3
        0018
        … 1 more rows, 3 in all
        """
        check_language(lang)
        return plain(self._grid(rows, lang), lang, rows=rows)

    def html(self, lang: Language = "zh", *, rows: int = 10) -> str:
        """Print the first rows as a piece of HTML that needs no script, no other file and no network."""
        check_language(lang)
        return fragment(self._grid(rows, lang), lang, rows=rows)

    def _grid(self, rows: int, lang: Language) -> Grid:
        grid = rows_grid(self._core, rows)
        return replace(grid, below=(*grid.below, *(note.text(lang) for note in self.notes)))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the table to whoever reads the Arrow C stream interface."""
        return self._core.__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        return self.html()

    def __len__(self) -> int:
        return self.rows

    def __repr__(self) -> str:
        return f"<Table '{safe_text(self.name)}': {self.rows:,} rows, {len(self.columns)} columns>"

    def __str__(self) -> str:
        chosen = f" (encoding {self.encoding}, separator {self.separator!r})" if self.encoding else ""
        lines = [["column", "read as", "missing", "unreadable", "for example"]]
        for report in self.report():
            examples = ", ".join(repr(example) for example in report.examples[:2])
            lines.append([report.name, report.read_as, f"{report.missing:,}", f"{report.unreadable:,}", examples])
        title = f"{safe_text(self.name)}: {self.rows:,} rows, {len(self.columns)} columns{chosen}"
        return "\n".join([title, *_aligned(lines), *(safe_text(note.text("en")) for note in self.notes)])


def _aligned(lines: list[list[str]]) -> list[str]:
    """Lay out cells in columns, numbers to the right."""
    cells = [[clip(safe_text(cell), _COLUMN_WIDTH) for cell in line] for line in lines]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(pad(cell, widths[place], right=place in (2, 3)) for place, cell in enumerate(line)).rstrip()
        for line in cells
    ]


def read(
    data: Any,
    *,
    name: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    columns: Sequence[str] | None = None,
    sheet: str | None = None,
    header: Header = None,
) -> Table:
    r"""Read a file, a data frame or a mapping of columns.

    Parameters
    ----------
    data : path, data frame or mapping
        A text file of rows with a header (plain or gzip), a workbook (xlsx, xlsm, xlsb, xls, ods), a Parquet or Arrow
        file; anything with
        ``__arrow_c_stream__`` (polars, pyarrow, DuckDB); a pandas frame; a mapping of names to arrays or lists.
        A column of lists of text (tuples, sets) becomes one of sets: None is not known, an empty list has no member.
    name : str, optional
        What messages call the table; by default the name of the file.
    encoding : str, optional
        Of a text file. By default its mark, else strict UTF-8, else GB18030.
    separator : str, optional
        Of a text file. By default that of ``, ; tab | ，`` which occurs most in the header.
    columns : sequence of str, optional
        Only these columns are read.
    sheet : str, optional
        Of a workbook. By default the one sheet that is shown and holds cells.
    header : int or sequence of int, optional
        The row of a sheet's heading, from 1, or both rows of a heading in two, whose names are joined (``上/下``). By
        default it is found below the titles, if only one reading is possible.

    Returns
    -------
    Table

    Raises
    ------
    SchemaError
        If there is no such file, it is not what it should be, or a column is of a type that is not read; if a workbook
        has several sheets with cells, a heading that leaves doubt, a password, or is damaged or made to do harm.
    ColumnNotFoundError
        If one of `columns` is not there; the nearest name is told.

    Examples
    --------
    >>> import casemetry as cm
    >>> table = cm.read({"decision": ["approved", None], "items": [3, 5]}, name="cases")
    >>> print(table)
    cases: 2 rows, 2 columns
    column    read as  missing  unreadable  for example
    decision  text           1           0
    items     integer        0           0
    >>> table.values("decision")
    ['approved', None]
    """
    if isinstance(columns, str):
        columns = [columns]
    if isinstance(data, Table):
        return data
    if isinstance(data, str | os.PathLike):
        return _read_file(Path(data), name, encoding, separator, columns, sheet=sheet, header=header)
    if sheet is not None or header is not None:
        raise SchemaError("sheet and header are of a workbook; what was given is no file")
    return Table(core_table(data, name=name or "table", columns=columns))


def read_sheets(path: str | os.PathLike[str]) -> dict[str, Table]:
    """Read the tables of a file by their names: of a workbook of several sheets these, else the one that it is."""
    path = Path(path)
    _check_there(path)
    data = path.read_bytes()
    if not is_workbook(data):
        return {_name_of(path): read(path)}
    workbook = Workbook(data, str(path))
    sheets = workbook.sheets()
    if len(sheets) < 2:
        return {_name_of(path): _sheet_table(workbook, workbook.only_sheet(), _name_of(path))}
    return {sheet: _sheet_table(workbook, sheet, sheet) for sheet in sheets}


def _sheet_table(
    workbook: Workbook, sheet: str, called: str, header: Header = None, columns: Sequence[str] | None = None
) -> Table:
    read = workbook.table(sheet, header=header, called=called, columns=columns)
    return Table(read.core, notes=read.notes)


def _name_of(path: Path) -> str:
    return path.name.split(".")[0] or path.name


def _read_file(
    path: Path,
    name: str | None,
    encoding: str | None,
    separator: str | None,
    columns: Sequence[str] | None,
    *,
    sheet: str | None,
    header: Header,
) -> Table:
    _check_there(path)
    name = name or _name_of(path)
    data = _unzipped(path)
    if is_workbook(data):
        workbook = Workbook(data, str(path))
        return _sheet_table(workbook, sheet or workbook.only_sheet(), name, header, columns)
    if sheet is not None or header is not None:
        raise SchemaError(f"{path} is no workbook: sheet and header are of one")
    if data.startswith(b"PAR1"):
        return _from_arrow(_parquet(data, path, columns), name, columns)
    if data.startswith((b"ARROW1", b"\xff\xff\xff\xff")):
        return _from_arrow(_arrow_file(data, path), name, columns)
    _check_text(data, path)
    text = read_text_file(data, str(path), name=name, encoding=encoding, separator=separator, columns=columns)
    return Table(text.core, encoding=text.encoding, separator=text.separator)


def _check_there(path: Path) -> None:
    if path.is_file():
        return
    if path.is_dir():
        raise SchemaError(f"{path} is a directory; give the path of one of its files")
    if path.exists():
        raise SchemaError(f"{path} is not a regular file; save what it gives into one")
    siblings = [sibling.name for sibling in path.parent.iterdir()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, siblings, 1)
    hint = f"did you mean '{near[0]}'?" if near else f"{path.parent} is {'there' if siblings else 'empty or not there'}"
    raise SchemaError(f"{path}: there is no such file; {hint}")


def _unzipped(path: Path) -> bytes:
    data = path.read_bytes()
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return gzip.decompress(data)
    except EOFError:
        raise SchemaError(f"{path}: the gzip file ends too early (it was cut off); copy or download it again") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise SchemaError(f"{path}: the gzip file is damaged ({error}); copy or download it again") from None


def _check_text(data: bytes, path: Path) -> None:
    for mark, words, advice in _FOREIGN:
        if data.startswith(mark):
            raise SchemaError(f"{path} is {words}, whatever its name says; {advice}")
    beginning = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise SchemaError(f"{path} is a page of HTML or XML, whatever its name says; open it and save its table as CSV")


def _from_arrow(source: Any, name: str, columns: Sequence[str] | None) -> Table:
    return Table(_core.Table.from_stream(source, name=name, columns=None if columns is None else list(columns)))


def _parquet(data: bytes, path: Path, columns: Sequence[str] | None) -> pa.Table:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(pa.py_buffer(data))
        present = columns is not None and set(columns) <= set(file.schema_arrow.names)
        return file.read(columns=list(columns or ()) if present else None)
    except (pa.ArrowException, OSError) as error:
        raise SchemaError(f"{path}: the Parquet file cannot be read ({error}); copy or write it again") from None


def _arrow_file(data: bytes, path: Path) -> pa.Table:
    import pyarrow as pa

    try:
        if data.startswith(b"ARROW1"):
            return pa.ipc.open_file(pa.py_buffer(data)).read_all()
        return pa.ipc.open_stream(pa.py_buffer(data)).read_all()
    except (pa.ArrowException, OSError) as error:
        raise SchemaError(f"{path}: the Arrow file cannot be read ({error}); copy or write it again") from None
