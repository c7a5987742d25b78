# SPDX-License-Identifier: Apache-2.0
"""The families that a font file holds, read from its own table of names (OpenType specification, table ``name``)."""

from __future__ import annotations

import struct
from pathlib import Path

_FAMILY = (16, 1)
"""Name ids: the typographic family, else the family."""

_WINDOWS, _ENGLISH = 3, 0x409


def families(file: Path) -> list[str]:
    """Read the family of each font in a ``.ttf``, ``.otf`` or ``.ttc`` file; none if it is no such file.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    data = file.read_bytes()
    try:
        names = [_family(data, start) for start in _starts(data)]
    except struct.error:
        return []
    return list(dict.fromkeys(name for name in names if name))


def _starts(data: bytes) -> tuple[int, ...]:
    """Give where each font begins: a collection holds several."""
    if data[:4] != b"ttcf":
        return (0,) if data[:4] in (b"\x00\x01\x00\x00", b"OTTO", b"true") else ()
    (count,) = struct.unpack_from(">I", data, 8)
    return struct.unpack_from(f">{min(count, 64)}I", data, 12)


def _family(data: bytes, start: int) -> str:
    (tables,) = struct.unpack_from(">H", data, start + 4)
    for place in range(start + 12, start + 12 + 16 * tables, 16):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, place)
        if tag == b"name":
            return _named(data, offset)
    return ""


def _named(data: bytes, table: int) -> str:
    _, count, strings = struct.unpack_from(">HHH", data, table)
    found: dict[int, str] = {}
    for place in range(table + 6, table + 6 + 12 * count, 12):
        platform, _, language, name, length, offset = struct.unpack_from(">6H", data, place)
        if platform == _WINDOWS and language == _ENGLISH and name in _FAMILY:
            begin = table + strings + offset
            found[name] = data[begin : begin + length].decode("utf-16-be", "replace")
    return next((found[name] for name in _FAMILY if found.get(name)), "")
