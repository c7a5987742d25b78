# SPDX-License-Identifier: Apache-2.0
"""Text files of rows: their encoding, their separator, their header; the cells go to the core as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from casemetry import _core
from casemetry._errors import SchemaError

if TYPE_CHECKING:
    from _csv import Reader as _Reader

    import pyarrow as pa

_SEPARATORS = (",", ";", "\t", "|", "，")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LONGEST_HEADER = 1 << 20
_BLOCK = 1 << 22


class TextFile(NamedTuple):
    """What was read, and what was chosen to read it."""

    core: _core.Table
    encoding: str
    separator: str


def read_text_file(
    data: bytes, place: str, *, name: str, encoding: str | None, separator: str | None, columns: Sequence[str] | None
) -> TextFile:
    """Read the bytes of a text file; ``place`` is its path, for messages."""
    data, encoding = _as_utf8(data, place, encoding)
    if not data.strip():
        raise SchemaError(f"{place}: the file is empty; a header with the names of the columns was expected")
    header, body, first_line = _split_header(data)
    chosen = separator = separator or _separator_of(header)
    names = _names_of(header, separator, place)
    if len(separator.encode()) > 1:  # Arrow separates by one byte only
        body, separator = _with_commas(body, separator), ","
    rows = _Rows(body, names, separator, first_line)
    core = _core.Table.from_stream(
        _parsed(rows, columns, place), name=name, columns=None if columns is None else list(columns), guess_types=True
    )
    return TextFile(core, encoding, chosen)


class _Rows(NamedTuple):
    """The rows below a header."""

    body: bytes
    names: list[str]
    separator: str
    first_line: int
    """The line of the file on which they begin, from 1."""


def _as_utf8(data: bytes, place: str, encoding: str | None) -> tuple[bytes, str]:
    """Decode by the mark at the beginning, else as strict UTF-8, else as GB18030; or as it is said."""
    for mark, marked in _MARKS:
        if data.startswith(mark) and (encoding is None or _same(encoding, marked)):
            return _recoded(data[len(mark) :], marked, place), marked
    if encoding is not None:
        return _recoded(data, encoding, place), encoding.lower()
    if b"\0" in data[:4096]:
        raise SchemaError(
            f"{place}: NUL bytes near its beginning; if it is UTF-16 without a mark, say encoding='utf-16-le', "
            "otherwise it is no text file"
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data, error.start):
            _refuse_bytes(data, error, place)
        return _recoded(data, "gb18030", place), "gb18030"
    return data, "utf-8"


def _same(encoding: str, marked: str) -> bool:
    return encoding.lower().replace("_", "-").removesuffix("-sig") in (marked, marked[:6])


def _is_damaged_utf8(data: bytes, fault: int) -> bool:
    """Tell UTF-8 with a damaged byte from another encoding, whose first Chinese characters are at fault already."""
    sound = data[:fault].decode("utf-8")
    return sum(character > "\u07ff" for character in sound) > 3


def _recoded(data: bytes, encoding: str, place: str) -> bytes:
    try:
        return data if encoding == "utf-8" and data.isascii() else data.decode(encoding).encode()
    except LookupError:
        raise SchemaError(f"{place}: the encoding '{encoding}' is not known; common: utf-8, gb18030, big5") from None
    except UnicodeDecodeError as error:
        _refuse_bytes(data, error, place)


def _refuse_bytes(data: bytes, error: UnicodeDecodeError, place: str) -> NoReturn:
    line = data.count(b"\n", 0, error.start) + 1
    raise SchemaError(
        f"{place}: byte {error.start} (line {line}, 0x{data[error.start]:02x}) is not {error.encoding}; say the file's "
        "encoding, as in cm.read(path, encoding='big5'), or mend the byte"
    ) from None


def _split_header(data: bytes) -> tuple[bytes, bytes, int]:
    """Cut behind the first line that is not empty and ends outside quotes; tell the line that comes then."""
    begin = len(data) - len(data.lstrip(b"\r\n"))
    end = begin
    while True:
        ends = [found for found in (data.find(b"\n", end), data.find(b"\r", end)) if found >= 0]
        end = min(ends, default=len(data))
        if data.count(b'"', begin, end) % 2 == 0 or end >= min(len(data), _LONGEST_HEADER):
            break
        end += 1
    behind = end + (2 if data[end : end + 2] == b"\r\n" else 1)
    return data[begin:end], data[behind:], len(data[:behind].splitlines()) + 1


def _separator_of(header: bytes) -> str:
    """Choose the separator that occurs most in the header, outside quotes."""
    outside = "".join(header.decode().split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def _names_of(header: bytes, separator: str, place: str) -> list[str]:
    names = [name.strip() for name in next(csv.reader([header.decode()], delimiter=separator))]
    for position, name in enumerate(names, 1):
        if not name:
            raise SchemaError(f"{place}: column {position} of {len(names)} has no name in the header; give it one")
        if (first := names.index(name) + 1) < position:
            raise SchemaError(f"{place}: columns {first} and {position} are both called '{name}'; rename one")
    return names


def _with_commas(data: bytes, separator: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_records(data, separator))
    return out.getvalue().encode()


def _records(data: bytes, separator: str, *, strict: bool = False) -> _Reader:
    csv.field_size_limit(max(csv.field_size_limit(), len(data) + 1))
    text = io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="")
    return csv.reader(text, delimiter=separator, strict=strict)


def _parsed(rows: _Rows, columns: Sequence[str] | None, place: str) -> pa.Table:
    import pyarrow as pa

    try:
        try:
            return _parsed_by_arrow(rows, columns, _BLOCK)
        except pa.ArrowInvalid as error:
            if "straddl" not in str(error):
                raise
            return _parsed_by_arrow(rows, columns, len(rows.body) + 1)  # a row was longer than a block
    except pa.ArrowInvalid as error:
        raise SchemaError(f"{place}: {_fault_of(rows) or str(error)}") from None


def _parsed_by_arrow(rows: _Rows, columns: Sequence[str] | None, block: int) -> pa.Table:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    if not rows.body.strip(b"\r\n"):
        return pa.table({name: pa.array([], pa.string()) for name in rows.names})
    present = columns is not None and set(columns) <= set(rows.names)
    return arrow_csv.read_csv(
        pa.py_buffer(rows.body),
        read_options=arrow_csv.ReadOptions(column_names=rows.names, block_size=block),
        parse_options=arrow_csv.ParseOptions(
            delimiter=rows.separator, newlines_in_values=True, ignore_empty_lines=len(rows.names) > 1
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: pa.string() for name in rows.names},
            include_columns=list(columns or ()) if present else None,
            check_utf8=False,
        ),
    )


def _fault_of(rows: _Rows) -> str | None:
    """Find the first line that does not have a field a column."""
    line = rows.first_line
    records = _records(rows.body, rows.separator, strict=True)
    try:
        for record in records:
            if record and len(record) != len(rows.names):
                return (
                    f"line {line} has {len(record)} fields where the header has {len(rows.names)}; quote fields that "
                    f"contain the separator {rows.separator!r}, or say another separator"
                )
            line = rows.first_line + records.line_num
    except csv.Error:
        return f"line {line} opens a quote that is never closed; close it, or double a quote that belongs to the text"
    return None
