# SPDX-License-Identifier: Apache-2.0
"""The tables of a site by their names: from a mapping, a folder of exports, or a workbook of several sheets."""

from __future__ import annotations

import glob
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from casemetry import _core
from casemetry._errors import SchemaError
from casemetry.reading import Table, read, read_sheets

_TEXT = (".csv", ".tsv", ".txt", ".gz")
_TABLES = (*_TEXT, ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".arrow", ".feather")
_WILD = frozenset("*?[")


def site_tables(data: Any) -> dict[str, Table]:
    """Read all tables of a site, each once.

    Raises
    ------
    SchemaError
        A file that cannot be read, two tables of one name, or what is no table of a site.
    """
    if isinstance(data, str | os.PathLike):
        return _of_path(Path(data))
    if isinstance(data, Mapping) and all(isinstance(name, str) for name in data):
        return {name: _table(name, table) for name, table in data.items()}
    raise SchemaError(
        f"a {type(data).__name__} is not the tables of a site; give them by their names, as in "
        'cm.bind({"审查逮捕": arrests}, "spp"), or the path of a folder or workbook'
    )


def stacked(name: str, tables: Sequence[Table]) -> Table:
    """Put tables one below the other; a single one stays as it is."""
    if len(tables) == 1:
        return tables[0]
    notes = tuple(note for table in tables for note in table.notes)
    return Table(_core.Table.stacked([table._core for table in tables], name=name), notes=notes)


def _of_path(path: Path) -> dict[str, Table]:
    if not path.is_dir():
        return read_sheets(path)
    files = sorted(file for file in path.iterdir() if file.is_file() and _holds_a_table(file))
    if not files:
        raise SchemaError(f"{path}: the folder holds no table ({', '.join(_TABLES)})")
    found: dict[str, Table] = {}
    for file in files:
        for name, table in read_sheets(file).items():
            if name in found:
                raise SchemaError(
                    f"{path}: two files or sheets are called '{name}' ({file.name} is the second); rename one"
                )
            found[name] = table
    return found


def _holds_a_table(file: Path) -> bool:
    """Leave out what office programs keep beside an open file (``~$案卡.xlsx``), and files of other kinds."""
    return file.suffix.lower() in _TABLES and not file.name.startswith(("~$", "."))


def _table(name: str, data: Any) -> Table:
    """Read a table, or the files of one, put one below the other."""
    if isinstance(data, str) and _WILD & set(data) and not Path(data).exists():
        paths = sorted(glob.glob(data))  # noqa: PTH207 -- a pattern may be absolute
        if not paths:
            raise SchemaError(f"table '{name}': no file is like '{data}'")
        return stacked(name, [read(path) for path in paths])
    if isinstance(data, Sequence) and not isinstance(data, str):
        if not data:
            raise SchemaError(f"table '{name}': the list of its files is empty")
        return stacked(name, [_part(name, place, part) for place, part in enumerate(data, 1)])
    return read(data) if isinstance(data, str | os.PathLike) else read(data, name=name)


def _part(name: str, place: int, data: Any) -> Table:
    return read(data) if isinstance(data, str | os.PathLike) else read(data, name=f"{name} #{place}")
