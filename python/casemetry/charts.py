# SPDX-License-Identifier: Apache-2.0
"""Results as charts: drawn on this machine, readable without colour, and told in words as well.

A chart shows what a result says, and what it does not know: intervals, what the unknown could make of a figure, small
bases, periods that are not complete, definitions that changed, figures that are not there. Nothing is ranked unless
that is asked for.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from casemetry._charts.alt import alt_text, composition_alt
from casemetry._charts.composition import Part, composition
from casemetry._charts.key import circumstances, key
from casemetry._charts.kinds import check_parts, check_size, chosen_comparison, chosen_kind
from casemetry._charts.parts import parts_of, structure_parts
from casemetry._charts.points import Panel, in_one, panels, without_period, wrapped
from casemetry._charts.rows import by_value, rows
from casemetry._charts.style import titled
from casemetry._charts.trend import trend
from casemetry._errors import CasemetryError, MissingPackageError, QueryError
from casemetry._files import write_whole
from casemetry._optional import require
from casemetry._presentation.display import safe_text
from casemetry._presentation.leaving import check_may_leave
from casemetry._presentation.structure import ratio_lines, standing_lines, structure_title
from casemetry._presentation.words import check_language

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.structure import StructureFacts
    from casemetry._presentation.words import Language
    from casemetry.result import Result

__all__ = ["Chart", "Kind", "Part", "chart", "composition_chart", "structure_chart"]

Kind = Literal["trend", "interval", "composition", "band", "comparison"]

_SAVED = (".png", ".svg", ".html", ".json")


@dataclass(frozen=True, repr=False, eq=False)
class Chart:
    """A chart, as a Vega-Lite specification of plain values; immutable.

    Made by :meth:`casemetry.Result.plot`. A notebook shows it, without network; the same result gives the same
    specification to the byte, on every machine.

    Attributes
    ----------
    alt
        What is seen, in words and numbers.
    lang
        The language of its words.
    """

    _json: str
    alt: str
    lang: Language = "zh"

    @property
    def spec(self) -> dict[str, Any]:
        """The specification, to draw elsewhere or to change: ``altair.Chart.from_dict(chart.spec)``."""
        spec: dict[str, Any] = json.loads(self._json)
        return spec

    @property
    def title(self) -> str:
        """What it is of."""
        title: str = self.spec["title"]["text"]
        return title

    def svg(self) -> str:
        """Draw it as SVG; its texts are texts, shown with the fonts of whoever opens it.

        Warns
        -----
        UserWarning
            If no font with Chinese characters is here by which the texts could be measured.
        """
        from casemetry._charts.render import font_for, svg

        try:
            font = font_for(self.spec)
        except MissingPackageError as missing:
            warnings.warn(f"texts may overlap: {missing}", stacklevel=2)
            font = None
        return svg(self.spec, font)

    def png(self, *, scale: float = 2) -> bytes:
        """Draw it as PNG.

        Parameters
        ----------
        scale
            Pixels for each unit of the specification: 2 is sharp on paper and screens.

        Raises
        ------
        MissingPackageError
            If there is no font with Chinese characters; it says what to install.
        """
        from casemetry._charts.render import font_for, png

        return png(self.spec, font_for(self.spec), scale)

    def html(self) -> str:
        """Write it as one page that opens without network; figures are shown where the pointer rests."""
        from casemetry._charts.render import html

        return html(self.spec, self.title, self.alt, self.svg(), self.lang)

    def save(self, path: str | Path, *, scale: float = 2) -> Path:
        """Write it to a file, whole or not at all.

        Parameters
        ----------
        path
            Ends in ``.png``, ``.svg``, ``.html`` (one page, all in it) or ``.json`` (the specification).
        scale
            Of a PNG.

        Raises
        ------
        CasemetryError
            For another ending, or a file that cannot be written.
        MissingPackageError
            For a PNG, if there is no font with Chinese characters.
        """
        ending = Path(path).suffix.casefold()
        if ending not in _SAVED:
            raise CasemetryError(f"{path}: a chart is saved as {', '.join(_SAVED)}; end the name with one of them")
        content = {
            ".png": lambda: self.png(scale=scale),
            ".svg": lambda: self.svg().encode(),
            ".html": lambda: self.html().encode(),
            ".json": lambda: self._json.encode(),
        }[ending]()
        return write_whole(path, content)

    def altair(self) -> Any:
        """Give it as a chart of Altair, to be changed there."""
        return require("altair").Chart.from_dict(self.spec)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Give a notebook what it can show best: the specification, a picture, or words."""
        bundle = {
            "application/vnd.vegalite.v5+json": self.spec,
            "image/svg+xml": self.svg(),
            "text/plain": self.alt,
        }
        chosen = {name: content for name, content in bundle.items() if include is None or name in include}
        return {name: content for name, content in chosen.items() if name not in (exclude or ())}

    def __repr__(self) -> str:
        return self.alt


def chart(
    result: Result,
    kind: Kind | None = None,
    *,
    lang: Language = "zh",
    sort: str | None = None,
    compare: str | None = None,
    title: str | None = None,
    width: int = 560,
) -> Chart:
    """Draw a result, as :meth:`casemetry.Result.plot` says."""
    check_language(lang)
    facts = result.facts
    check_may_leave(facts.core)
    if not len(facts):
        raise QueryError("there is nothing to draw: the result has no rows")
    _check_options(sort, width)
    chosen = chosen_kind(facts, kind)
    if chosen == "composition":
        return composition_chart(
            parts_of(facts, lang),
            lang=lang,
            title=title or _title(facts, lang),
            below=circumstances(facts, lang),
            width=width,
        )
    drawn = panels(facts, lang, chosen_comparison(facts, chosen, compare))
    drawn = [in_one(drawn)] if chosen == "band" else drawn
    drawn = drawn if chosen == "trend" else list(map(without_period, drawn))
    check_size(chosen, drawn)
    if sort and chosen == "trend":
        raise QueryError("sort='value' sorts cells; a trend has its periods in order: leave sort out")
    if sort:
        drawn = [replace(panel, points=by_value(panel)) for panel in drawn]
    below = key(facts, drawn, lang, kind=chosen, sort=bool(sort))
    name = safe_text(title) if title else _title(facts, lang)
    alt = alt_text(chosen, name, drawn, lang, below)
    bodies = [_panel(chosen, panel, lang, width=width) for panel in drawn]
    return _chart(_stacked(bodies, drawn), name, below, alt, lang, width)


def structure_chart(
    facts: StructureFacts, *, lang: Language = "zh", title: str | None = None, width: int = 560
) -> Chart:
    """Draw a structure, as :meth:`casemetry.Structure.plot` says."""
    check_language(lang)
    check_may_leave(facts.core)
    _check_options(None, width)
    below = list(ratio_lines(facts, lang)) if facts.core.wholes == 1 else []
    below += standing_lines(facts, lang)
    name = title or structure_title(facts, lang)
    return composition_chart(structure_parts(facts, lang), lang=lang, title=name, below=below, shares=True, width=width)


def composition_chart(
    parts: Sequence[Part],
    *,
    lang: Language = "zh",
    title: str,
    below: Sequence[str] = (),
    shares: bool = False,
    width: int = 560,
) -> Chart:
    """Draw what wholes are made of.

    Parameters
    ----------
    parts
        Bar by bar, each class with its size as the result gives it.
    lang
        ``zh`` or ``en``.
    title
        What it is of.
    below
        Phrases that stand below the title.
    shares
        Whether sizes are shares (fractions), else counts.
    width
        Of the bars, in pixels.

    Raises
    ------
    QueryError
        More bars or classes than can be read.

    Examples
    --------
    >>> parts = [Part("2024", "刑事", 0.84, "84%"), Part("2024", "民事", 0.16, "16%")]
    >>> print(composition_chart(parts, title="案件结构", shares=True).alt)
    构成图：案件结构。2024：刑事 84%、民事 16%。
    """
    safe = [_safe(part) for part in parts]
    if not safe:
        raise QueryError("there is nothing to draw: there are no parts")
    check_parts(len({part.bar for part in safe}), len({part.name for part in safe}))
    alt = composition_alt(safe_text(title), safe, lang, below)
    body = composition(safe, lang, width=width, shares=shares)
    return _chart(body, safe_text(title), list(below), alt, lang, width)


def _chart(body: dict[str, Any], title: str, below: list[str], alt: str, lang: Language, width: int) -> Chart:
    spec = titled(body, title, wrapped(below, (width + 40) // 6), safe_text(alt))
    return Chart(json.dumps(spec, ensure_ascii=False, sort_keys=True, allow_nan=False), safe_text(alt), lang)


def _safe(part: Part) -> Part:
    return Part(safe_text(part.bar), safe_text(part.name), part.size, safe_text(part.text), safe_text(part.said))


def _panel(kind: str, panel: Panel, lang: Language, *, width: int) -> dict[str, Any]:
    if kind == "trend":
        return trend(panel, lang, width=width)
    return rows(panel, lang, width=width, comparison=kind == "comparison")


def _stacked(bodies: list[dict[str, Any]], drawn: list[Panel]) -> dict[str, Any]:
    if len(bodies) == 1:
        return bodies[0]
    titles = [{"text": panel.title, "fontSize": 13, "offset": 6} for panel in drawn]
    return {"vconcat": [{"title": title, **body} for title, body in zip(titles, bodies, strict=True)], "spacing": 24}


def _title(facts: Facts, lang: Language) -> str:
    names = [safe_text(measure.label.text(lang)) for measure in facts.measures.values()]
    by = [safe_text(facts.dimension_label(name).text(lang)) for name in facts.dimensions]
    listed = ("、" if lang == "zh" else ", ").join(names[:3]) + (" …" if len(names) > 3 else "")
    if not by:
        return listed
    return f"{listed}（按{'、'.join(by)}）" if lang == "zh" else f"{listed} by {', '.join(by)}"


def _check_options(sort: str | None, width: int) -> None:
    if sort not in (None, "value"):
        raise QueryError(f"sort={sort!r}: rows stand in declared order; sort='value' puts the largest first")
    if not 200 <= width <= 4000:
        raise QueryError(f"width={width}: a chart is 200 to 4,000 pixels wide")
