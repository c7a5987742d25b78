# SPDX-License-Identifier: Apache-2.0
"""The container of a workbook, checked before anything in it is read: a zip of parts, or the older compound file."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from casemetry._errors import SchemaError
from casemetry._notes import Note

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"

_MOST_BYTES = 2 << 30
_MOST_MEMBERS = 10_000
_LARGE = 64 << 20
_GREATEST_RATIO = 250
_BEGINNING = 4096
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PASSWORD = "is protected by a password: open it in Excel, take the protection away, and save it under another name"


class SheetFaults(NamedTuple):
    """Cells of a sheet that show no value, by their names (``D7``)."""

    errors: tuple[str, ...] = ()
    not_computed: tuple[str, ...] = ()


class Container:
    """A workbook whose container is sound.

    Raises
    ------
    SchemaError
        If it is protected by a password, damaged, no workbook at all, or made to do harm: parts that unpack to an
        enormous size (a zip bomb), names that leave the folder, documents that declare entities.
    """

    def __init__(self, data: bytes, place: str) -> None:
        self._place = place
        self._zip = _checked_zip(data, place) if data.startswith(ZIP) else None
        if self._zip is None and "EncryptedPackage".encode("utf-16-le") in data:
            raise SchemaError(f"{place} {PASSWORD}")
        self._names = [] if self._zip is None else self._zip.namelist()
        self._has_macros = any("vbaProject" in name for name in self._names) or (
            self._zip is None and "_VBA_PROJECT".encode("utf-16-le") in data
        )

    @property
    def parts(self) -> list[str]:
        """The names of the parts of the zip; none of a compound file."""
        return self._names

    @property
    def unpacked(self) -> int:
        """How many bytes the parts unpack to."""
        return 0 if self._zip is None else sum(part.file_size for part in self._zip.infolist())

    def notes(self) -> Iterator[Note]:
        """Tell what the workbook holds besides its sheets."""
        if self._has_macros:
            yield Note("macros", 1)
        links = [name for name in self._names if re.fullmatch(r"xl/externalLinks/[^/]+\.(xml|bin)", name)]
        if links:
            yield Note("external_links", len(links))

    def faults(self, sheet: str) -> SheetFaults:
        """Find the cells of a sheet that hold an error, or a formula whose result was never stored.

        Known of ``.xlsx`` only: other forms do not tell them from empty cells.
        """
        part = self._part(sheet)
        if part is None or self._zip is None:
            return SheetFaults()
        xml = self._zip.read(part)
        errors = _ERROR.findall(xml) if b't="e"' in xml else []
        not_computed = _NOT_COMPUTED.findall(xml) if b"<f" in xml else []
        return SheetFaults(tuple(map(bytes.decode, errors)), tuple(map(bytes.decode, not_computed)))

    def _part(self, sheet: str) -> str | None:
        """Find the part of the zip that holds a sheet."""
        if self._zip is None or not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(self._names):
            return None
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in ElementTree.fromstring(self._zip.read("xl/_rels/workbook.xml.rels"))
        }
        for entry in ElementTree.fromstring(self._zip.read("xl/workbook.xml")).iter():
            if entry.tag.endswith("}sheet") and entry.get("name") == sheet:
                target = targets.get(entry.get(_RELATION), "")
                part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                return part if part in self._names else None
        return None


_ERROR = re.compile(rb'<c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]+[0-9]+)"')
_NOT_COMPUTED = re.compile(
    rb'<c (?![^>]*\bt="(?:str|e)")[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*'
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)


def _checked_zip(data: bytes, place: str) -> zipfile.ZipFile:
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
        members = container.infolist()
        _check_members(members, place)
        damaged = container.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise SchemaError(f"{place}: the workbook is damaged ({error}); copy or download it again") from None
    if damaged is not None:
        raise SchemaError(f"{place}: the workbook is damaged (its part '{damaged}'); copy or download it again")
    if not any(name.startswith("xl/") or name == "content.xml" for name in container.namelist()):
        raise SchemaError(
            f"{place} is a zip file, whatever its name says, and no workbook; unpack it and give its files"
        )
    _check_declarations(container, members, place)
    return container


def _check_members(members: list[zipfile.ZipInfo], place: str) -> None:
    """Look at what the parts claim to be, before any of them is unpacked; a false claim is found when it is."""
    if any(member.flag_bits & 1 for member in members):
        raise SchemaError(f"{place} {PASSWORD}")
    for member in members:
        if member.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", member.filename):
            raise SchemaError(
                f"{place}: a part is called {member.filename!r}, which leads out of the workbook; no office program "
                "writes that: do not trust the file"
            )
        if member.file_size > _LARGE and member.file_size > _GREATEST_RATIO * max(member.compress_size, 1):
            _refuse_size(
                place, f"{member.filename} unpacks from {member.compress_size:,} bytes to {member.file_size:,}"
            )
    whole = sum(member.file_size for member in members)
    if whole > _MOST_BYTES or len(members) > _MOST_MEMBERS:
        _refuse_size(place, f"{len(members):,} parts unpack to {whole:,} bytes")


def _refuse_size(place: str, what: str) -> None:
    raise SchemaError(f"{place}: {what}, which is more than a table needs (a zip bomb?); save its sheet as CSV")


def _check_declarations(container: zipfile.ZipFile, members: list[zipfile.ZipInfo], place: str) -> None:
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with container.open(member) as part:
                beginning = part.read(_BEGINNING)
            if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
                raise SchemaError(
                    f"{place}: its part '{member.filename}' declares entities, which no office program writes; "
                    "do not trust the file"
                )
