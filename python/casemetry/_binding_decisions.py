# SPDX-License-Identifier: Apache-2.0
"""What a site has decided: which of its names stand for those of a catalogue; checked, and as a mapping file."""

from __future__ import annotations

import fnmatch
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from casemetry._binding_names import nearest
from casemetry._errors import SchemaError
from casemetry._files import read_whole
from casemetry.catalogues import Catalogue

Sources = tuple[str, ...]
"""The site's tables that make one of the catalogue's, one below the other; none: it is left out."""


class Declared:
    """The tables, columns and values of a catalogue, as its tree says them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.id = catalogue.id
        self.tree: dict[str, Any] = json.loads(catalogue.json())
        self.tables: dict[str, dict[str, Any]] = self.tree.get("table", {})

    def columns(self, table: str) -> dict[str, dict[str, Any]]:
        """Give the columns of a table, each with its fields."""
        columns: dict[str, dict[str, Any]] = self.tables[table].get("columns", {})
        return columns

    def values(self, table: str, column: str) -> list[str]:
        """Give the values that a column is closed by: of a boolean, true and false; empty if it is open."""
        fields = self.columns(table)[column]
        return ["true", "false"] if fields.get("type") == "boolean" else list(fields.get("values", ()))

    def is_open(self, table: str, column: str) -> bool:
        """Tell whether a column is a category of any values, such as the names of offices."""
        return self.columns(table)[column].get("type") == "category" and not self.values(table, column)

    def closed(self, table: str) -> list[str]:
        """Give the columns of a table whose values are closed."""
        return [column for column in self.columns(table) if self.values(table, column)]

    def label(self, table: str, column: str = "") -> dict[str, str]:
        """Give the label of a table or column by language."""
        label = (self.columns(table)[column] if column else self.tables[table]).get("label", {})
        return {"zh": label} if isinstance(label, str) else dict(label)


class Place(NamedTuple):
    """Where a fault of a mapping is, and what it is."""

    path: str
    message: str


@dataclass(frozen=True)
class Decisions:
    """Names decided, all by the catalogue's.

    A table by its sources, a column by the site's column, a column's values by the site's spelling → the catalogue's
    value; None leaves a column or a spelling out.
    """

    tables: Mapping[str, Sources] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    values: Mapping[tuple[str, str], Mapping[str, str | None]] = field(default_factory=dict)

    def with_(self, other: Decisions) -> Decisions:
        """Give these with others that win."""
        values = {place: {**self.values.get(place, {}), **more} for place, more in other.values.items()}
        return replace(
            self,
            tables={**self.tables, **other.tables},
            columns={**self.columns, **other.columns},
            values={**self.values, **values},
        )


def read_mapping(path: str | Path, declared: Declared) -> Decisions:
    """Read a mapping file (``本院.toml``), and refuse one for another catalogue or with names that it does not know.

    Raises
    ------
    SchemaError
        With all faults at once, each with its place and the nearest name.
    """
    path = Path(path)
    try:
        tree = tomllib.loads(read_whole(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path} is not UTF-8 (byte {error.start + 1}): save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SchemaError(f"{path} is not TOML: {error}") from None
    if tree.get("catalogue") != declared.id:
        raise SchemaError(
            f"{path} is a mapping for the catalogue {tree.get('catalogue')!r}, not for {declared.id!r}; give the file "
            "that was saved with this catalogue, or bind without one and save a new"
        )
    faults = list(_faults_of_form(tree))
    decisions = Decisions() if faults else _decided(tree)
    faults += unknown_names(decisions, declared)
    refuse(str(path), faults)
    return decisions


def refuse(where: str, faults: Sequence[Place]) -> None:
    if len(faults) == 1:
        raise SchemaError(f"{where}: {faults[0].path}: {faults[0].message}")
    if faults:
        lines = "\n".join(f"  {fault.path}: {fault.message}" for fault in faults)
        raise SchemaError(f"{where}: {len(faults)} names are not right\n{lines}")


_KEYS = {"schema", "catalogue", "table"}
_TABLE_KEYS = {"from", "columns", "values"}


def _faults_of_form(tree: Mapping[str, Any]) -> Iterator[Place]:
    if tree.get("schema") != 1:
        yield Place("schema", f"should be 1, and is {tree.get('schema')!r}: save the mapping again with this version")
    for key in tree.keys() - _KEYS:
        yield Place(key, f"is no key of a mapping; {nearest(key, sorted(_KEYS), 'it has')}")
    tables = tree.get("table", {})
    if not isinstance(tables, dict):
        yield Place("table", "should be a group of tables: [table.arrest_review]")
        return
    for table, fields in tables.items():
        yield from _faults_of_table(f"table.{table}", fields)


def _faults_of_table(path: str, fields: Any) -> Iterator[Place]:
    if not isinstance(fields, dict):
        yield Place(path, 'should be a group of keys: from = "…", columns = { … }')
        return
    for key in fields.keys() - _TABLE_KEYS:
        yield Place(f"{path}.{key}", f"is no key of a table; {nearest(key, sorted(_TABLE_KEYS), 'it has')}")
    source = fields.get("from", "")
    if not (isinstance(source, str) or _is_texts(source)):
        yield Place(f"{path}.from", "should be the name of a table, or a list of names")
    groups = {"columns": fields.get("columns", {})}
    values = fields.get("values", {})
    groups |= {f"values.{column}": group for column, group in values.items()} if isinstance(values, dict) else {}
    if not isinstance(values, dict):
        yield Place(f"{path}.values", 'should be a group: values.decision = { "批准逮捕" = "approved" }')
    for name, group in groups.items():
        if not (isinstance(group, dict) and _is_texts(list(group.values()))):
            yield Place(f"{path}.{name}", 'should be a group of texts: { office = "承办单位" }')


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _decided(tree: Mapping[str, Any]) -> Decisions:
    """Take the decisions of a mapping whose form is right; an empty text leaves out."""
    tables: dict[str, Sources] = {}
    columns: dict[tuple[str, str], str | None] = {}
    values: dict[tuple[str, str], dict[str, str | None]] = {}
    for table, fields in tree.get("table", {}).items():
        if "from" in fields:
            source = fields["from"]
            tables[table] = tuple(source) if isinstance(source, list) else (source,) if source else ()
        columns |= {(table, column): theirs or None for column, theirs in fields.get("columns", {}).items()}
        for column, group in fields.get("values", {}).items():
            values[table, column] = {theirs: ours or None for theirs, ours in group.items()}
    return Decisions(tables, columns, values)


def unknown_names(decisions: Decisions, declared: Declared) -> Iterator[Place]:
    """Go through the names of the catalogue that it does not have."""
    places = [*decisions.columns, *decisions.values]
    for table in dict.fromkeys([*decisions.tables, *(table for table, _ in places)]):
        if table not in declared.tables:
            hint = nearest(table, declared.tables, "it has")
            yield Place(f"table.{table}", f"the catalogue '{declared.id}' has no such table; {hint}")
    for table, column in dict.fromkeys(places):
        if table in declared.tables and column not in declared.columns(table):
            hint = nearest(column, declared.columns(table), "it has")
            yield Place(f"table.{table}.columns.{column}", f"the catalogue's table has no such column; {hint}")
    for (table, column), group in decisions.values.items():
        if table in declared.tables and column in declared.columns(table):
            if declared.is_open(table, column):
                yield from _blank_values(table, column, group)
            else:
                yield from _unknown_values(table, column, group, declared.values(table, column))


def _blank_values(table: str, column: str, group: Mapping[str, str | None]) -> Iterator[Place]:
    for theirs, ours in group.items():
        if ours is None:
            message = "the column is open: every value stands for itself, and none can be left out"
            yield Place(f"table.{table}.values.{column}.{theirs}", message)


def _unknown_values(table: str, column: str, group: Mapping[str, str | None], listed: Sequence[str]) -> Iterator[Place]:
    path = f"table.{table}.values.{column}"
    if not listed:
        yield Place(path, "the column has no codes that could stand for others")
        return
    for theirs, ours in group.items():
        if ours is not None and ours not in listed:
            yield Place(f"{path}.{theirs}", f"the column lists no value '{ours}'; {nearest(ours, listed, 'it lists')}")
        if ours is None and theirs in listed:
            yield Place(f"{path}.{theirs}", "is a value that the column lists, and stands for itself")


def unknown_sources(decisions: Decisions, site: Iterable[str]) -> Iterator[Place]:
    """Go through the tables of the site that are named and not given."""
    given = list(site)
    for table, sources in decisions.tables.items():
        for source in sources:
            if not matching(source, given):
                hint = nearest(source, given, "those given")
                yield Place(f"table.{table}.from", f"'{source}' is not among the tables given; {hint}")


def matching(source: str, names: Iterable[str]) -> list[str]:
    """Give the table of a name, or those of a pattern (``审查逮捕_*``) in the order of their names."""
    given = list(names)
    return [source] if source in given else sorted(fnmatch.filter(given, source))


def unknown_columns(decisions: Decisions, columns: Mapping[str, Sequence[str]]) -> Iterator[Place]:
    """Go through the columns that are named and that the site's table does not have, by the catalogue's table."""
    for (table, column), theirs in decisions.columns.items():
        if theirs is not None and table in columns and theirs not in columns[table]:
            hint = nearest(theirs, columns[table], "it has")
            yield Place(f"table.{table}.columns.{column}", f"the table given has no column '{theirs}'; {hint}")
