# SPDX-License-Identifier: Apache-2.0
"""A page on a catalogue: what each of its indicators is, where that is known from, and what is known by name only."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from casemetry._catalogue_words import DIRECTIONS, EVIDENCE, Words, label_of, note_of
from casemetry._presentation.display import safe_html, safe_text
from casemetry._presentation.html import STYLE, cells_table
from casemetry._presentation.words import Label, check_language
from casemetry.catalogues import Catalogue, catalogue_of

if TYPE_CHECKING:
    from casemetry._presentation.words import Language

__all__ = ["CatalogueEntry", "CataloguePage", "catalogue_page"]

READ_WITH = Label("对照指标", "Read with")
COLUMNS = (
    Label("指标", "Indicator"),
    Label("编号", "Id"),
    Label("单位", "Unit"),
    Label("公式", "Formula"),
    Label("方向", "Direction"),
    READ_WITH,
    Label("依据", "Evidence"),
    Label("来源与说明", "Source and notes"),
)
LISTED = Label("只列出、不计算的", "Listed, not computed")
LISTED_TEXT = Label(
    "这些指标有其名，口径未见来源，所以不计算。公布过件数、人数的，对照一栏是可用的数。",
    "These are known by name; no source for their definition was found, so they are not computed. Where counts were "
    "published, the counts to use instead stand under Read with.",
)
IDENTITIES = Label("数据勾稽", "What must hold")
IDENTITY = (Label("关系", "Relation"), Label("公式", "Formula"))
FROM, TO = Label("自", "from"), Label("至", "to")
VERSION = Label("口径版本", "version")


class CatalogueEntry(NamedTuple):
    """What is said of one indicator.

    Attributes
    ----------
    label, id, unit, formula, direction
        What it is called, in which unit (人, 件, %) it is, how it is made, and which way is better.
    read_with
        The indicators to read beside it (对照指标); of one that is listed only, the counts that there are.
    evidence, source
        How well its definition is known, and from where, with notes and the versions it has had.
    """

    label: str
    id: str
    unit: str
    formula: str
    direction: str
    read_with: str
    evidence: str
    source: str


@dataclass(frozen=True)
class CataloguePage:
    """A catalogue to read, in a notebook, as text or as a piece of HTML.

    Attributes
    ----------
    title
        What the catalogue is called.
    lang
        The language of the page.
    sections
        The indicators by the table that they are about, in the order of the catalogue.
    listed
        Indicators that are known by name only (``unconfirmed``): they are not computed.
    identities
        What must hold between counts, each with its label and its formula in words.
    """

    title: str
    lang: Language
    sections: Mapping[str, tuple[CatalogueEntry, ...]]
    listed: tuple[CatalogueEntry, ...]
    identities: tuple[tuple[str, str], ...]

    @property
    def html(self) -> str:
        """A piece of HTML that needs nothing else; every text in it is escaped."""
        return f'<div class="casemetry"><style>{STYLE}</style>{"".join(self._parts())}</div>'

    @property
    def text(self) -> str:
        """A paragraph for each indicator."""
        lines = [safe_text(self.title)]
        for heading, entries in self._headed():
            lines += [
                "",
                f"{safe_text(heading)} ({len(entries)})",
                *(_paragraph(entry, self.lang) for entry in entries),
            ]
        if self.identities:
            lines += ["", f"{IDENTITIES.text(self.lang)} ({len(self.identities)})"]
        lines += [f"  {safe_text(label)}: {safe_text(formula)}" for label, formula in self.identities]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html

    def _headed(self) -> Iterator[tuple[str, Sequence[CatalogueEntry]]]:
        yield from self.sections.items()
        if self.listed:
            yield LISTED.text(self.lang), self.listed

    def _parts(self) -> Iterator[str]:
        yield f"<h2>{safe_html(self.title)}</h2>"
        heading = [column.text(self.lang) for column in COLUMNS]
        for name, entries in self._headed():
            yield f"<h3>{safe_html(name)}</h3>"
            if entries is self.listed:
                yield f"<p>{safe_html(LISTED_TEXT.text(self.lang))}</p>"
            yield cells_table([heading, *entries])
        if self.identities:
            yield f"<h3>{safe_html(IDENTITIES.text(self.lang))}</h3>"
            yield cells_table([[column.text(self.lang) for column in IDENTITY], *map(list, self.identities)])


def catalogue_page(catalogue: Catalogue | str = "spp", *, lang: Language = "zh") -> CataloguePage:
    """Put a catalogue on a page: each indicator with its formula in words, its evidence and what to read beside it.

    Parameters
    ----------
    catalogue
        A catalogue, or the name of a shipped one. Of a shipped one also what is listed beside it: indicators of which
        only the name is known, so that they are not computed.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    CataloguePage
        It shows itself in a notebook; ``print`` gives the text.

    Raises
    ------
    QueryError
        A language or a shipped catalogue that there is not.

    Examples
    --------
    >>> import casemetry as cm
    >>> page = cm.catalogue_page("spp")
    >>> entry = next(one for one in page.sections["审查逮捕"] if one.id == "non_arrest_rate")
    >>> entry.formula, entry.evidence, entry.read_with
    ('不捕（人） / (批准和决定逮捕（人） + 不捕（人）)', '能复现公布数', '不捕复议复核占比')
    >>> page.listed[0].label, page.listed[0].evidence
    ('复议复核改变率', '未证实')
    """
    check_language(lang)
    found = catalogue_of(catalogue)
    words = Words.of(found, lang)
    sections: dict[str, list[CatalogueEntry]] = {}
    for indicator in words.indicators.values():
        sections.setdefault(words.table_label(words.table(indicator)), []).append(_entry(words, indicator))
    return CataloguePage(
        title=label_of(words.tree, found.id).text(lang),
        lang=lang,
        sections={name: tuple(entries) for name, entries in sections.items()},
        listed=tuple(_listed(words, one) for one in _listed_beside(found.id)),
        identities=tuple(
            (label_of(one, one["id"]).text(lang), words.named(one["holds"])) for one in words.tree.get("identity", ())
        ),
    )


def _entry(words: Words, indicator: Mapping[str, Any]) -> CatalogueEntry:
    lang = words.lang
    versions = [_version(words, version, indicator) for version in indicator.get("version", ())]
    source = [indicator.get("reference", ""), note_of(indicator).text(lang), *versions]
    return CatalogueEntry(
        label=label_of(indicator, indicator["id"]).text(lang),
        id=indicator["id"],
        unit=words.unit(indicator),
        formula=words.formula(indicator),
        direction=_word(DIRECTIONS, indicator.get("direction", ""), lang),
        read_with=_labels(words, indicator.get("paired_with", ())),
        evidence=_word(EVIDENCE, indicator.get("evidence", ""), lang),
        source=_joined(source, lang),
    )


def _listed(words: Words, one: Mapping[str, Any]) -> CatalogueEntry:
    return CatalogueEntry(
        label=label_of(one, one["id"]).text(words.lang),
        id=one["id"],
        unit="%",
        formula=Label(**one["formula"]).text(words.lang),
        direction=_word(DIRECTIONS, one["direction"], words.lang),
        read_with=_labels(words, one.get("counts", ())),
        evidence=EVIDENCE["unconfirmed"].text(words.lang),
        source=note_of(one).text(words.lang),
    )


def _version(words: Words, version: Mapping[str, Any], indicator: Mapping[str, Any]) -> str:
    lang = words.lang
    days = [
        f"{word.text(lang)} {version[key]}" for word, key in ((FROM, "valid_from"), (TO, "valid_to")) if key in version
    ]
    said = f"{VERSION.text(lang)} {' '.join(days)}: {words.formula(version, indicator)}"
    return _joined([said, note_of(version).text(lang)], lang)


def _labels(words: Words, names: Iterable[str]) -> str:
    return ("、" if words.lang == "zh" else ", ").join(map(words.name, names))


def _word(words: Mapping[str, Label], key: str, lang: Language) -> str:
    return words[key].text(lang) if key in words else key


def _joined(parts: Iterable[str], lang: Language) -> str:
    return ("；" if lang == "zh" else "; ").join(filter(None, parts))


def _paragraph(entry: CatalogueEntry, lang: Language) -> str:
    first = "  ".join(filter(None, (entry.label, entry.id, entry.unit, entry.direction)))
    beside = f"{READ_WITH.text(lang)}: {entry.read_with}" if entry.read_with else ""
    source = "  ".join(filter(None, (entry.evidence, entry.source)))
    lines = [f"      {safe_text(line)}" for line in (entry.formula, beside, source) if line]
    return "\n".join([f"  {safe_text(first)}", *lines])


def _listed_beside(catalogue: str) -> list[Mapping[str, Any]]:
    """Read what is listed beside a shipped catalogue; nothing beside others."""
    file = resources.files("casemetry") / "definitions" / "listed" / f"{catalogue}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["listed"] if file.is_file() else []
