# SPDX-License-Identifier: Apache-2.0
"""Catalogues: definitions of what is counted and what is measured, from TOML, JSON or code."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from casemetry import _core
from casemetry._declared import Declared
from casemetry._definition import Definition, mean, proportion, quantile, ratio, stock, tally, total
from casemetry._errors import DefinitionError, Fault, QueryError
from casemetry._lead import Grouping, LeadSet, grouping, leads
from casemetry._presentation.display import pad, safe_text, width
from casemetry._presentation.html import STYLE, cells_table
from casemetry._unit import Unit, name_of, unit

__all__ = [
    "Catalogue",
    "Definition",
    "Grouping",
    "LeadSet",
    "Unit",
    "grouping",
    "leads",
    "mean",
    "proportion",
    "quantile",
    "ratio",
    "stock",
    "tally",
    "total",
    "unit",
]

Language = Literal["zh", "en"]

Defined = Definition | Unit | LeadSet | Grouping
"""What code may define."""


class Catalogue:
    """A valid set of definitions; a value that never changes.

    Every way to make one checks it and raises :class:`DefinitionError` with all faults at once, each with its path
    (``indicator.non_arrest_rate.numerator``), its position inside an expression, and the nearest valid name.

    Examples
    --------
    >>> import casemetry as cm
    >>> catalogue = cm.Catalogue.shipped("spp")
    >>> catalogue.label("non_arrest_rate"), catalogue.label("non_arrest_rate", "en")
    ('不捕率', 'Non-arrest rate')
    >>> print(catalogue.only("non_arrest_rate"))
    spp  检察业务指标  Procuratorial indicators
    <BLANKLINE>
    non_arrest_rate  不捕率  proportion  refused / (arrested + refused)
    """

    def __init__(self, core: _core.Catalogue) -> None:
        self._core = core

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Catalogue:
        """Read a TOML file, or the exchanged form from a ``.json`` file."""
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            raise _fault("", f"{path}: there is no such file; Catalogue.shipped reads one that is shipped") from None
        except UnicodeDecodeError as error:
            raise _fault("", f"{path.name} is not UTF-8 (byte {error.start + 1}): save it as UTF-8") from None
        return cls.from_json(text) if path.suffix == ".json" else cls.from_toml(text)

    @classmethod
    def shipped(cls, name: str) -> Catalogue:
        """Read one of the catalogues that come with casemetry: ``spp``, ``leads``, ``cook-county``, ``cn-traffic``.

        Raises
        ------
        QueryError
            A name that none of them has.
        """
        folder = resources.files("casemetry") / "definitions"
        names = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
        if name not in names:
            raise QueryError(f"no shipped catalogue {name!r}: {', '.join(names)}; Catalogue.load reads a file")
        return cls.from_toml((folder / f"{name}.toml").read_text(encoding="utf-8"))

    @classmethod
    def from_toml(cls, text: str) -> Catalogue:
        """Read TOML text."""
        try:
            tree = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise _fault("", f"not TOML: {error}{_unquoted(text, str(error))}") from None
        except RecursionError:
            raise _fault("", "not TOML that can be read: nested too deeply") from None
        return cls.from_dict(tree)

    @classmethod
    def from_json(cls, text: str) -> Catalogue:
        """Read the exchanged form: the TOML tree as JSON, dates as text."""
        return cls(_core.Catalogue.from_json(text))

    @classmethod
    def from_dict(cls, tree: Mapping[str, Any]) -> Catalogue:
        """Read the same tree as nested mappings and sequences; expressions may be text or :func:`col` expressions."""
        return cls.from_json(json.dumps(_plain(tree, "")))

    @classmethod
    def of(cls, *definitions: Defined) -> Catalogue:
        """Gather what was defined in code: indicators with the units that they count, units, leads, groupings.

        Examples
        --------
        >>> import casemetry as cm
        >>> refused = cm.proportion("不捕率", numerator="decision == 'refused'", unit="arrests")
        >>> cm.Catalogue.of(refused, cm.tally("审结人数", unit="arrests")).indicators
        ['不捕率', '审结人数']
        """
        return cls.from_dict(_gathered({"schema": 1}, definitions))

    def with_(self, *definitions: Defined) -> Catalogue:
        """Give a new catalogue with more definitions, or some replaced (by id)."""
        return Catalogue.from_dict(_gathered(json.loads(self.json()), definitions))

    def only(self, *indicators: str) -> Catalogue:
        """Give a new catalogue with these indicators, and just the aggregates, tables, columns and lists they need."""
        return Catalogue(self._core.only(list(indicators)))

    @property
    def id(self) -> str:
        """Its name; empty if it has none."""
        return self._core.id

    @property
    def indicators(self) -> list[str]:
        """The ids of its indicators, in their order."""
        return self._core.indicators

    @property
    def aggregates(self) -> list[str]:
        """The ids of its aggregates, in their order."""
        return self._core.aggregates

    @property
    def tables(self) -> list[str]:
        """The names of the tables that it reads."""
        return self._core.tables

    @property
    def units(self) -> list[str]:
        """The units that it declares; the rows of a table are units too."""
        return self._core.units

    @property
    def dimensions(self) -> list[str]:
        """The dimensions that it declares; any other column is a dimension by itself."""
        return self._core.dimensions

    @property
    def leads(self) -> list[str]:
        """The sets of leads that it declares: contributions are asked about them."""
        return self._core.leads

    @property
    def groupings(self) -> list[str]:
        """The groupings of sources that it declares."""
        return self._core.groupings

    @property
    def identities(self) -> list[str]:
        """The ids of the identities, in their order."""
        return self._core.identities

    def identity(self, name: str) -> _core.Identity:
        """Give what must hold between counts: ``holds``, ``left``, ``relation``, ``right``, ``every`` and labels.

        Raises
        ------
        QueryError
            An unknown identity, with the nearest name.
        """
        return self._core.identity(name)

    def indicator(self, name: str) -> _core.Indicator:
        """Give the definition of an indicator, with its fields as attributes.

        Raises
        ------
        QueryError
            An unknown one, with the nearest name.
        """
        return self._core.indicator(name)

    def label(self, indicator: str, lang: Language = "zh") -> str:
        """Give what an indicator is called in a language; in the other, or its id, if it has no such label."""
        found = self.indicator(indicator)
        labels = (found.label_zh, found.label_en) if lang == "zh" else (found.label_en, found.label_zh)
        return labels[0] or labels[1] or found.id

    def columns(self, table: str) -> list[str]:
        """Give the columns of a table that its aggregates and lead sets read, sorted."""
        return self._core.columns(table)

    def toml(self) -> str:
        """Print it as TOML: keys in a fixed order, defaults left out. It reads back to the same definitions."""
        return self._core.toml()

    def json(self) -> str:
        """Print it in the exchanged form."""
        return self._core.json()

    def definition_hash(self, indicator: str) -> str:
        """Hash (SHA-256) all that an indicator is built from; never labels, notes or formats."""
        return self._core.definition_hash(indicator)

    def count_hash(self, aggregate: str) -> str:
        """Hash (SHA-256) all that the counts of an aggregate rest on; never labels, aliases or notes."""
        return self._core.count_hash(aggregate)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalogue) and self.json() == other.json()

    def __hash__(self) -> int:
        return hash(self.json())

    def __reduce__(self) -> tuple[Callable[[str], Catalogue], tuple[str]]:
        return Catalogue.from_json, (self.json(),)

    def __repr__(self) -> str:
        return f"Catalogue({safe_text(self.id)!r}, {len(self.indicators)} indicators)"

    def __str__(self) -> str:
        title = "  ".join(text for text in (self.id, self._core.label_zh, self._core.label_en) if text)
        rows = [tuple(map(safe_text, row)) for row in self._rows()]
        widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(map(pad, row, widths)).rstrip() for row in rows]
        return "\n".join([safe_text(title), "", *lines] if title else lines)

    def _repr_html_(self) -> str:
        heading = ("编号", "指标", "Indicator", "种类", "公式")
        rows = [(name, label, self.indicator(name).label_en, *rest) for name, label, *rest in self._rows()]
        return f'<div class="casemetry"><style>{STYLE}</style>{cells_table([heading, *rows])}</div>'

    def _rows(self) -> list[tuple[str, str, str, str]]:
        found = map(self.indicator, self.indicators)
        return [(one.id, self.label(one.id), one.kind, _formula(one)) for one in found]


def _unquoted(text: str, error: str) -> str:
    """Hint at a key in Chinese that stands without quotes in the line at fault."""
    found = re.search(r"line (\d+)", error)
    line = text.splitlines()[int(found[1]) - 1 :][:1] if found else []
    key = line[0].partition("=")[0].strip(" \t[]") if line else ""
    return f"; a key that is not in ASCII stands in quotes: '{key}'" if not key.isascii() and '"' not in key else ""


def _formula(indicator: _core.Indicator) -> str:
    if indicator.kind in ("proportion", "ratio"):
        return f"{_in_brackets(indicator.numerator)} / {_in_brackets(indicator.denominator)}"
    if indicator.kind == "contribution":
        return f"{indicator.group}, {indicator.rule}, @{indicator.groups}"
    return f"{indicator.of}, q = {indicator.q}" if indicator.kind == "quantile" else indicator.of


def _in_brackets(formula: str) -> str:
    return f"({formula})" if " " in formula else formula


def _gathered(tree: dict[str, Any], definitions: Sequence[Defined]) -> dict[str, Any]:
    aggregates: dict[str, Mapping[str, Any]] = {}
    declared: dict[str, dict[str, Mapping[str, Any]]] = {"unit": {}, "lead": {}, "grouping": {}}
    for definition in definitions:
        for aggregate in definition.aggregates if isinstance(definition, Definition) else ():
            _put(aggregates, "aggregate", aggregate["id"], aggregate)
        for kind, one in _declared(definition):
            _put(declared[kind], kind, one.id, one.fields)
    groups = {kind: tree.get(kind, {}) | named for kind, named in declared.items()}
    tables = dict(tree.get("table", {}))
    for name in map(name_of, _named(aggregates, groups)):
        if name not in groups["unit"]:
            tables.setdefault(name, {})
    indicators = {one.id: one.indicator for one in definitions if isinstance(one, Definition)}
    return {
        **tree,
        "table": tables,
        **groups,
        "aggregate": _replaced(tree.get("aggregate", ()), aggregates),
        "indicator": _replaced(tree.get("indicator", ()), indicators),
    }


def _declared(definition: Defined) -> Iterator[tuple[str, Declared]]:
    """Go through what is declared by name for a definition, each with its kind."""
    if isinstance(definition, Grouping):
        yield "grouping", definition
    else:
        yield from (("unit", unit) for unit in _units(definition))
    if isinstance(definition, LeadSet):
        yield "lead", definition


def _units(definition: Definition | Unit | LeadSet) -> Iterator[Unit]:
    """Go through the units that a definition needs."""
    if not isinstance(definition, Definition):
        yield from definition.with_sources()
        return
    for fields in definition.aggregates:
        if isinstance(fields["unit"], Unit):
            yield from fields["unit"].with_sources()


def _named(
    aggregates: Mapping[str, Mapping[str, Any]], groups: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> Iterator[str | Unit]:
    """Go through the tables and units that are named."""
    for counting in (*aggregates.values(), *groups["lead"].values()):
        yield counting["unit"]
    for fields in groups["unit"].values():
        yield from (source["from"] for source in (fields, *fields.get("lookup", {}).values()) if "from" in source)
    yield from (fields["table"] for fields in groups["grouping"].values() if "table" in fields)


def _replaced(items: Iterable[Mapping[str, Any]], others: dict[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [*({fields["id"]: fields for fields in items} | others).values()]


def _put(group: dict[str, Mapping[str, Any]], kind: str, name: str, fields: Mapping[str, Any]) -> None:
    if group.setdefault(name, fields) != fields:
        raise _fault(f"{kind}.{name}", f"two definitions need different {kind}s of this id: give one another id")


def _plain(value: Any, path: str) -> Any:
    """Make a value one that JSON has: dates, fractions and expressions become their text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float | Decimal):
        return _number(float(value), path)
    if isinstance(value, Mapping):
        return {str(key): _plain(item, f"{path}.{key}".lstrip(".")) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_plain(item, f"{path} #{place}") for place, item in enumerate(value, 1)]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Fraction | _core.Expression):
        return str(value)
    if isinstance(value, Unit):
        return value.id
    raise _fault(path, f"should be text, a number, a date, a list or a group of keys, and is {type(value).__name__}")


def _number(value: float, path: str) -> float:
    if not math.isfinite(value):
        raise _fault(path, f"{value} is not a number that can be defined with")
    return value


def _fault(path: str, message: str) -> DefinitionError:
    return DefinitionError(f"{path}: {message}" if path else message, (Fault(path, message, None),))


def catalogue_of(value: Catalogue | str | Iterable[Defined]) -> Catalogue:
    """Take a catalogue, the name of a shipped one, or definitions."""
    if isinstance(value, Catalogue):
        return value
    return Catalogue.shipped(value) if isinstance(value, str) else Catalogue.of(*value)
