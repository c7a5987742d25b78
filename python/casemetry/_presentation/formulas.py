# SPDX-License-Identifier: Apache-2.0
"""Formulas and counts of a catalogue in the words of its labels: 不捕 ÷（批准和决定逮捕 + 不捕）."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry._presentation.words import Language
    from casemetry.catalogues import Catalogue

_NAME = re.compile(r"[^\W\d]\w*", re.ASCII)
_KINDS = {
    "mean": Label("{}的平均数", "mean of {}"),
    "quantile": Label("{}的分位数（q = {q}）", "quantile of {} (q = {q})"),
    "stock": Label("期末{}", "{} at the end"),
}


class Formulas:
    """Writes the formulas of a catalogue; its exchanged form is read once.

    Examples
    --------
    >>> import casemetry as cm
    >>> formulas = Formulas(cm.Catalogue.shipped("spp"))
    >>> formulas.indicator("non_arrest_rate", "zh")
    '不捕 ÷（批准和决定逮捕 + 不捕）'
    """

    def __init__(self, catalogue: Catalogue) -> None:
        tree: dict[str, Any] = json.loads(catalogue.json())
        self._indicators = {one["id"]: one for one in tree.get("indicator", [])}
        self._aggregates = {one["id"]: one for one in tree.get("aggregate", [])}
        self.tables: dict[str, Any] = tree.get("table", {})

    def indicator(self, name: str, lang: Language) -> str:
        """Write the formula of an indicator."""
        return self._formula(self._indicators[name], lang)

    def versions(self, name: str, lang: Language) -> list[str]:
        """Write the definitions that hold for some years: from when, until when, and the formula."""
        today = {key: value for key, value in self._indicators[name].items() if key != "version"}
        return [
            f"{one.get('valid_from', '')}–{one.get('valid_to', '')}: {self._formula(today | one, lang)}"
            for one in self._indicators[name].get("version", [])
        ]

    def note(self, name: str, lang: Language) -> str:
        """Give what is noted on an indicator."""
        return _label(self._indicators[name].get("note", {})).text(lang)

    def _formula(self, one: Mapping[str, Any], lang: Language) -> str:
        if "numerator" in one:
            parts = [self._named(one[side], lang) for side in ("numerator", "denominator")]
            return _over(parts[0], parts[1], lang)
        pattern = _KINDS.get(one["kind"], Label("{}", "{}")).text(lang)
        return pattern.format(self._named(str(one.get("of", "")), lang), q=one.get("q", ""))

    def _named(self, formula: str, lang: Language) -> str:
        return _NAME.sub(lambda found: self._name(found[0], lang), formula)

    def _name(self, name: str, lang: Language) -> str:
        return _label(self._aggregates.get(name, {}).get("label", {})).text(lang) or name


def _over(above: str, below: str, lang: Language) -> str:
    left, right = ("（", "）") if lang == "zh" else (" (", ") ")
    whole = [f"{left}{part}{right}" if " + " in part or " - " in part else f" {part} " for part in (above, below)]
    return f"{whole[0]}÷{whole[1]}".strip()


def _label(label: str | Mapping[str, str]) -> Label:
    return Label(label, label) if isinstance(label, str) else Label(label.get("zh", ""), label.get("en", ""))
