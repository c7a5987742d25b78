# SPDX-License-Identifier: Apache-2.0
"""A site's tables under a catalogue's names: proposed by name, decided by whoever knows the site, kept in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from casemetry._binding_decisions import (
    Decisions,
    Declared,
    read_mapping,
    refuse,
    unknown_columns,
    unknown_names,
    unknown_sources,
)
from casemetry._binding_mapping import mapping_text
from casemetry._binding_needs import missing_of
from casemetry._binding_proposals import Proposal, column_proposals, table_proposals, value_proposals
from casemetry._binding_unused import Unused, unused
from casemetry._errors import QueryError
from casemetry._files import write_whole
from casemetry._presentation.binding import binding_grids, proposals_grid, summary
from casemetry._presentation.html import STYLE
from casemetry._presentation.html import table as html_table
from casemetry._presentation.plain import plain
from casemetry._presentation.words import check_language
from casemetry._site_tables import site_tables, stacked
from casemetry.catalogues import Catalogue, catalogue_of
from casemetry.reading import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casemetry._presentation.words import Language
    from casemetry.catalogues import Defined

__all__ = ["Binding", "Proposal", "Unlisted", "Unused", "bind"]

_ROWS = 1_000


class Unlisted(NamedTuple):
    """A spelling of a closed column for which nothing is decided: unknown in what is counted, until it is."""

    table: str
    column: str
    written: str
    rows: int
    suggestion: str | None
    """The value that it may stand for."""


@dataclass(frozen=True, repr=False, eq=False)
class Binding:
    """A site's tables under the names of a catalogue: made by :func:`bind`; immutable.

    A name binds by itself if it equals the id, a label or a name in ``also`` of the catalogue's table or column, the
    value or a declared alias of a value; width, case and spaces do not matter. What is only alike is a suggestion that
    waits for :meth:`set`. Nothing is copied: the core gives columns other names, and reads the site's spellings of
    values as aliases. These are outside what a cube is compared by: cubes of different sites add.
    """

    _given: Catalogue
    _site: Mapping[str, Table]
    _decisions: Decisions

    @cached_property
    def proposals(self) -> tuple[Proposal, ...]:
        """All proposals: tables, then the columns and the values of each."""
        found = list(self._table_proposals)
        for columns in self._column_proposals.values():
            found += columns
            found += [
                one
                for column in columns
                for one in self._value_proposals.get((column.table, column.column), ())
                if column.decided
            ]
        return tuple(found)

    @cached_property
    def waiting(self) -> tuple[Proposal, ...]:
        """The proposals that wait for a decision."""
        return tuple(one for one in self.proposals if not one.decided)

    @cached_property
    def unlisted(self) -> tuple[Unlisted, ...]:
        """The spellings of closed columns that stand for no value, each with its rows: reported, never guessed."""
        return tuple(
            Unlisted(one.table, one.column, one.theirs, one.rows, one.ours)
            for one in self.waiting
            if one.kind == "value"
        )

    @cached_property
    def unused(self) -> tuple[Unused, ...]:
        """The site's tables that stand for nothing, each with the nearest tables, and columns that are not used."""
        columns = {name: table.columns for name, table in self._site.items()}
        return tuple(unused(columns, self.proposals, self._declared))

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables under the catalogue's names, with its names of the columns, and the other columns as they are.

        A closed column of which no spelling is known yet keeps the site's name: it is bound as soon as one is.
        """
        return {name: self._named(name, read) for name, read in self._stacked.items()}

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue, with the site's spellings as aliases of the values."""
        tree = Declared(self._given).tree
        changed = False
        for one in self.proposals:
            if one.kind != "value" or not one.decided or one.theirs == one.ours:
                continue
            fields = tree["table"][one.table]["columns"][one.column]
            if fields["type"] == "boolean" and one.why == "name":
                continue  # the core reads 是 and 否 by itself
            aliases = fields.setdefault("aliases", {})
            changed |= aliases.get(one.theirs) != one.ours
            fields["aliases"] = {**aliases, one.theirs: one.ours}
        for (table, column), group in self._decisions.values.items():
            if self._declared.is_open(table, column):
                fields = tree["table"][table]["columns"][column]
                fields["aliases"] = {**fields.get("aliases", {}), **group}
                changed = True
        return Catalogue.from_dict(_without_none(tree)) if changed else self._given

    @cached_property
    def computable(self) -> tuple[str, ...]:
        """The indicators that can be computed from what is bound."""
        return tuple(name for name in self.catalogue.indicators if name not in self.missing)

    @cached_property
    def missing(self) -> Mapping[str, tuple[str, ...]]:
        """The other indicators, each with the tables (``judgment``) and columns (``judgment.judged_on``) it lacks.

        ``accepted_case.case_type：代码待定`` is a column that is there, none of whose codes stands for a value yet.
        """
        return MappingProxyType(missing_of(self.tables, self.catalogue, self._codes_wait))

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that can be counted by: every table bound that one is taken from has its column."""
        return tuple(
            name
            for name, fields in self._declared.tree.get("dimension", {}).items()
            if all(
                column in self.tables[table].columns
                for table, column in fields.get("from", {}).items()
                if table in self.tables
            )
        )

    def set(self, ours: str, theirs: str | Sequence[str] | Mapping[str, str | None] | None) -> Binding:
        """Decide: give a new binding in which a name of the catalogue is stood for by the site's.

        Parameters
        ----------
        ours : str
            A table of the catalogue (``arrest_review``) or a column of one (``arrest_review.decision``).
        theirs : str, sequence of str, mapping or None
            The site's table, or tables to be put one below the other (also a pattern: ``审查逮捕_*``); the site's
            column; for values a mapping from the site's spelling to the catalogue's value. None leaves out: the table,
            the column, or in a mapping a spelling that is to stay unknown.

        Raises
        ------
        SchemaError
            A name that the catalogue, the site's tables, or the column's values do not have, with the nearest one.

        Examples
        --------
        >>> import casemetry as cm
        >>> arrests = {"承办单位": ["甲院", "乙院"], "结论": ["批准逮捕", "批捕"]}
        >>> binding = cm.bind({"审查逮捕": arrests}, "spp").set("arrest_review.decision", "结论")
        >>> [(one.written, one.rows) for one in binding.unlisted]
        [('批捕', 1)]
        >>> binding.set("arrest_review.decision", {"批捕": "approved"}).unlisted
        ()
        """
        return self._with(_decision(ours, theirs), f"set({ours!r})")

    def save(self, path: str | Path) -> Path:
        """Write what is decided to a mapping file; what waits stands in it as comments.

        ``cm.bind(tables, catalogue, mapping=path)`` reads it again.

        Raises
        ------
        CasemetryError
            If it cannot be written; what was there is untouched.
        """
        return write_whole(Path(path), self.toml().encode())

    def toml(self) -> str:
        """Give the text of the mapping file that :meth:`save` writes."""
        return mapping_text(self._declared, self.proposals, self._decisions)

    def text(self, lang: Language = "zh", *, file: str | Path | None = None) -> str:
        """Tell it in words: how many indicators can be computed, what is bound, what waits, what is missing.

        With the mapping ``file`` that is edited by hand, how to decide is told by it instead of by :meth:`set`.
        """
        check_language(lang)
        every = binding_grids(self, lang, str(file) if file else "")
        grids = (plain(grid, lang, rows=_ROWS) for grid in every if grid.length)
        return "\n\n".join([summary(self, lang), *grids])

    def html(self, lang: Language = "zh") -> str:
        """Tell it as a piece of HTML that needs no script, no other file and no network, with all proposals."""
        check_language(lang)
        tables = "<br>".join(html_table(grid, lang, rows=_ROWS) for grid in binding_grids(self, lang) if grid.length)
        every = proposals_grid(self, lang)
        listed = f"<details><summary>{'全部对应关系' if lang == 'zh' else 'All proposals'}</summary>"
        listed += f"{html_table(every, lang, rows=_ROWS)}</details>"
        lead = f'<p class="below">{summary(self, lang)}</p>'
        return f'<div class="casemetry"><style>{STYLE}</style>{lead}{tables}<br>{listed}</div>'

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    @cached_property
    def _declared(self) -> Declared:
        return Declared(self._given)

    @cached_property
    def _table_proposals(self) -> list[Proposal]:
        columns = {name: table.columns for name, table in self._site.items()}
        return table_proposals(columns, self._declared, self._decisions)

    @cached_property
    def _stacked(self) -> dict[str, Table]:
        """The site's table that stands for each of the catalogue's, several of them one below the other."""
        sources: dict[str, list[Table]] = {}
        for one in self._table_proposals:
            if one.decided and one.theirs:
                sources.setdefault(one.table, []).append(self._site[one.theirs])
        order = self._declared.tables
        return {name: stacked(name, sources[name]) for name in order if name in sources}

    @cached_property
    def _column_proposals(self) -> dict[str, list[Proposal]]:
        return {
            table: column_proposals(table, read.columns, self._declared, self._decisions)
            for table, read in self._stacked.items()
        }

    @cached_property
    def _value_proposals(self) -> dict[tuple[str, str], list[Proposal]]:
        return {
            (table, column.column): self._values(table, column, self._stacked[table])
            for table, columns in self._column_proposals.items()
            for column in columns
            if column.decided
        }

    @cached_property
    def _codes_wait(self) -> frozenset[tuple[str, str]]:
        """The closed columns of which spellings wait and none stands for a value."""
        return frozenset(
            place
            for place, values in self._value_proposals.items()
            if not all(one.decided for one in values) and not any(one.decided and one.ours for one in values)
        )

    def _values(self, table: str, column: Proposal, read: Table) -> list[Proposal]:
        if not column.theirs or not self._declared.values(table, column.column):
            return []
        spellings = self._given._core.spellings(read._core, column.theirs, table, column.column)
        return list(value_proposals(table, column.column, spellings, self._declared, self._decisions))

    def _named(self, table: str, read: Table) -> Table:
        bound = {
            one.column: one.theirs
            for one in self._column_proposals[table]
            if one.decided and one.theirs and (table, one.column) not in self._codes_wait
        }
        declared = self._declared.columns(table)
        others = [name for name in read.columns if name not in bound.values() and name not in declared]
        names = [(theirs, ours) for ours, theirs in bound.items()] + [(name, name) for name in others]
        return Table(read._core.renamed(names or [(name, name) for name in read.columns], name=table), notes=read.notes)

    def _with(self, decisions: Decisions, where: str) -> Binding:
        """Give a binding with more decisions, all of which are checked."""
        refuse(where, list(unknown_names(decisions, self._declared)))
        refuse(where, list(unknown_sources(decisions, self._site)))
        binding = replace(self, _decisions=self._decisions.with_(decisions))
        columns = {table: read.columns for table, read in binding._stacked.items()}
        refuse(where, list(unknown_columns(decisions, columns)))
        return binding


def _without_none(tree: dict[str, Any]) -> dict[str, Any]:
    """Leave out the aliases that are to stay unknown."""
    for table in tree.get("table", {}).values():
        for fields in table.get("columns", {}).values():
            if "aliases" in fields:
                fields["aliases"] = {theirs: ours for theirs, ours in fields["aliases"].items() if ours is not None}
    return tree


def _decision(ours: str, theirs: str | Sequence[str] | Mapping[str, str | None] | None) -> Decisions:
    """Say what a call of ``set`` decides."""
    table, _, column = ours.partition(".")
    if not column:
        if isinstance(theirs, Mapping):
            raise QueryError(f"values are of a column: set('{table}.…', {{…}}); '{table}' is a table")
        return Decisions(tables={table: (theirs,) if isinstance(theirs, str) else tuple(theirs or ())})
    if isinstance(theirs, Mapping):
        return Decisions(values={(table, column): dict(theirs)})
    if theirs is not None and not isinstance(theirs, str):
        raise QueryError(f"one column stands for '{ours}', not several; tables are put together by set('{table}', …)")
    return Decisions(columns={(table, column): theirs})


def bind(
    tables: Any,
    catalogue: Catalogue | str | Iterable[Defined],
    *,
    mapping: str | Path | None = None,
) -> Binding:
    """Propose which of a site's tables, columns and values stand for a catalogue's.

    Parameters
    ----------
    tables : mapping of str to table, or path
        The site's tables by their names: data frames, mappings of columns, paths of files; several files of one table
        as a list (``{"审查逮捕": ["1月.csv", "2月.csv"]}``) or a pattern (``"审查逮捕_*.csv"``), put one below the
        other. Or the path of a folder, each file of which is a table; or of a workbook, each sheet of which is one.
    catalogue : Catalogue, str, or definitions
        A catalogue, the name of a shipped one, or indicators defined in code.
    mapping : path, optional
        What :meth:`Binding.save` wrote: decisions that hold before any proposal.

    Returns
    -------
    Binding
        To look at, to decide about (:meth:`Binding.set`), and to hand to :class:`Cube`.

    Raises
    ------
    SchemaError
        A file that cannot be read, files of one table that have other columns, a mapping for another catalogue or with
        names that are not there.

    Examples
    --------
    >>> import casemetry as cm
    >>> refused = cm.proportion("不捕率", numerator="decision == 'refused'", unit="arrests", id="refused_rate")
    >>> catalogue = cm.Catalogue.from_dict({
    ...     "schema": 1,
    ...     "table": {"arrests": {"label": {"zh": "审查逮捕"}, "columns": {
    ...         "office": {"type": "category", "label": {"zh": "承办单位"}},
    ...         "decision": {"type": "category", "values": ["approved", "refused"], "also": ["审查结论"],
    ...                      "aliases": {"不批准逮捕": "refused"}},
    ...     }}},
    ... }).with_(refused)
    >>> arrests = {"承办单位": ["甲院", "乙院"], "审查结论": ["不批准逮捕", "批准逮捕"]}
    >>> binding = cm.bind({"审查逮捕": arrests}, catalogue)
    >>> binding.tables["arrests"].columns, [one.written for one in binding.unlisted]
    (['office', 'decision'], ['批准逮捕'])
    >>> binding = binding.set("arrests.decision", {"批准逮捕": "approved"})
    >>> cm.Cube(binding).table().columns["value"]
    [0.5]
    """
    definitions = catalogue_of(catalogue)
    binding = Binding(definitions, MappingProxyType(site_tables(tables)), Decisions())
    if mapping is None:
        return binding
    return binding._with(read_mapping(mapping, Declared(definitions)), str(mapping))
