# SPDX-License-Identifier: Apache-2.0
"""Results as an Excel file: real numbers under number formats, and a sheet that says what they mean.

A text is written as a text whatever it begins with, so that no label is ever a formula or a link.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from casemetry._errors import DataError
from casemetry._files import write_whole
from casemetry._presentation.leaving import check_may_leave
from casemetry._presentation.notes import notes
from casemetry._presentation.sheet import Sheet, long_sheet, wide_sheet
from casemetry._presentation.wide import Wide
from casemetry._presentation.words import Language, check_language, word
from casemetry._presentation.workbook import Workbook, sheet_names

if TYPE_CHECKING:
    from casemetry.result import Result

__all__ = ["sheet_names", "write_excel"]

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384


def write_excel(
    results: Result | Wide | Mapping[str, Result | Wide], path: str | Path, *, lang: Language = "zh"
) -> Path:
    """Write one sheet a result, and a last one (口径, Notes) with definitions, hashes, as-of date and unknowns.

    The same results give the same bytes. The file is replaced whole or not at all.

    Parameters
    ----------
    results
        A result or a wide view of one, or several by the name of their sheet. A name is shortened to 31 characters,
        made unique, and freed of the characters that Excel does not allow.
    path
        The file to write, ``.xlsx``.
    lang
        ``zh`` or ``en``; a wide view is written in its own.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DataError
        If a result has more rows or columns than a sheet can hold.
    CasemetryError
        If the file cannot be written.

    Warns
    -----
    UserWarning
        If a text is longer than a cell can hold (32,767) and was cut; the notes say so too.
    """
    check_language(lang)
    named = dict(results) if isinstance(results, Mapping) else {word("result", lang): results}
    sheets = {name: _sheet(result, lang) for name, result in named.items()}
    for result in named.values():
        check_may_leave(result.facts.core)
    for name, sheet in sheets.items():
        _check_size(name, sheet)
    with Workbook(lang, sheet_names([*sheets, word("notes", lang)])) as book:
        for sheet in sheets.values():
            book.add(sheet)
        book.add_notes(notes({name: result.facts for name, result in named.items()}, lang))
        content = book.content()
    if book.cut:
        warnings.warn(f"{book.cut} texts are longer than an Excel cell can hold, and were cut", stacklevel=2)
    return write_whole(path, content)


def _sheet(result: Result | Wide, lang: Language) -> Sheet:
    return wide_sheet(result) if isinstance(result, Wide) else long_sheet(result.facts, lang)


def _check_size(name: str, sheet: Sheet) -> None:
    for what, number, limit in (
        ("rows", sheet.length + 1, MAX_ROWS),
        ("columns", len(sheet.columns), MAX_COLUMNS),
    ):
        if number > limit:
            raise DataError(
                f"sheet {name!r} would have {number:,} {what}, the heading included, but an Excel sheet "
                f"holds {limit:,}: ask for fewer cells or a shorter period, or write to_arrow() to a Parquet file"
            )
