# SPDX-License-Identifier: Apache-2.0
"""Changes as they are said: 同比上升2.3个百分点, 环比下降3.0%, 净增12件."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from casemetry._presentation.figures import Form, settled
from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry._presentation.figures import Measure
    from casemetry._presentation.words import Language

_TO = {
    "year_ago": Label("同比", "on a year ago"),
    "previous": Label("环比", "on the previous period"),
    "parent": Label("较上级", "the level above"),
    "total": Label("较总体", "the total"),
}
_THEN = {
    "year_ago": Label("上年同期", "a year ago"),
    "previous": Label("上期", "in the previous period"),
    "parent": Label("上级", "at the level above"),
    "total": Label("总体", "in total"),
}
_WHOLES = frozenset({"parent", "total"})

_UP, _DOWN = Label("上升", "up"), Label("下降", "down")
_MORE, _LESS = Label("增加", "up"), Label("减少", "down")
_ABOVE, _BELOW = Label("高", "above"), Label("低", "below")
_SAME = Label("持平", "unchanged")
_HARDLY = Label("基本持平", "hardly changed")
_POINTS = Label("个百分点", " percentage points")
_TIMES = Form(decimals=1)


@dataclass(frozen=True)
class Change:
    """A figure beside another.

    Attributes
    ----------
    name
        What it is compared with: ``year_ago``.
    now, then
        Both values; None where there is none.
    amount
        The change: of counts relative, else a difference.
    unit
        Of counts: 件, 人.
    """

    measure: Measure
    name: str
    now: float
    then: float | None
    amount: float | None
    unit: Label

    def said(self, lang: Language, *, prior: bool = False) -> str:
        """Say it; ``prior``: with the other value, and a word where the rounded ones do not differ by the change."""
        then = _THEN.get(self.name, Label(self.name, self.name)).text(lang)
        if self.then is None:
            return f"没有可比的{then}数" if lang == "zh" else f"nothing to compare with {then}"
        if self.measure.is_relative and self.name in _WHOLES:
            return f"{then}{self._value(lang)}" if lang == "zh" else f"{self._value(lang)} {then}"
        if self.measure.is_new(self.now, self.then):
            value = _figure(self.measure.form, self.now, self.unit, lang)
            return f"{then}为0，净增{value}" if lang == "zh" else f"new: none {then}"
        said = self._moved(lang)
        if not prior:
            return said
        notes = (f"{then}{self._value(lang)}" if lang == "zh" else f"{self._value(lang)} {then}", self._rounding(lang))
        return said + _bracketed([note for note in notes if note], lang)

    def _value(self, lang: Language) -> str:
        return _figure(self.measure.form, self.then or 0, self.unit, lang)

    def _moved(self, lang: Language) -> str:
        to = _TO.get(self.name, Label(self.name, self.name)).text(lang)
        if self.amount is None or self.now == self.then:
            return f"{to}{_SAME.text(lang)}" if lang == "zh" else self._same(_SAME, to)
        amount = self._amount(lang)
        if not any(digit in amount for digit in "123456789"):
            return f"{to}{_HARDLY.text(lang)}" if lang == "zh" else self._same(_HARDLY, to)
        way = self._way(rises=self.amount > 0).text(lang)
        if lang == "zh":
            return f"{to}{way}{amount}"
        return f"{amount} {way} {to}" if self.name in _WHOLES else f"{way} {amount} {to}"

    def _same(self, word: Label, to: str) -> str:
        return f"the same as {to}" if self.name in _WHOLES else f"{word.en} {to}"

    def _way(self, *, rises: bool) -> Label:
        if self.name in _WHOLES:
            return _ABOVE if rises else _BELOW
        if self.measure.form.suffix.en == " days":
            return _MORE if rises else _LESS
        return _UP if rises else _DOWN

    def _amount(self, lang: Language) -> str:
        """Print the size of the change: from 100 % on in Chinese in times (上升1.7倍)."""
        size = settled(abs(self.amount or 0.0))
        if self.measure.is_relative and size >= 1 and lang == "zh" and (self.amount or 0) > 0:
            times = replace(_TIMES, trim=True) if isinstance(size, Fraction) and size.denominator == 1 else _TIMES
            return f"{times.digits(size)}倍"
        form = self.measure.change_form
        if form.suffix.en == " pp":
            return form.digits(size) + _POINTS.text(lang)
        return _tight(form.text(size, lang), lang)

    def _rounding(self, lang: Language) -> str:
        """Say that the printed values do not differ by the printed change, if so."""
        form = self.measure.form
        if self.measure.is_relative or self.amount is None or self.then is None:
            return ""
        now, then = _printed(form, self.now), _printed(form, self.then)
        if now - then == _printed(self.measure.change_form, self.amount):
            return ""
        return "变化按未舍入的数计算" if lang == "zh" else "the change is that of the figures before rounding"


def _printed(form: Form, number: float) -> Fraction:
    return Fraction(form.digits(settled(number)).replace(",", ""))


def _figure(form: Form, number: float, unit: Label, lang: Language) -> str:
    return figure_said(form.text(number, lang), unit, lang)


def figure_said(text: str, unit: Label, lang: Language) -> str:
    """Put a unit behind a printed figure: 1,234件, 1,234 cases."""
    word = unit.text(lang)
    return _tight(text, lang) + (word if lang == "zh" else f" {word}" if word else "")


def _tight(text: str, lang: Language) -> str:
    """Leave the space out that stands before a Chinese unit."""
    return text.replace(" 天", "天") if lang == "zh" else text


def _bracketed(notes: list[str], lang: Language) -> str:
    if not notes:
        return ""
    return f"（{'；'.join(notes)}）" if lang == "zh" else f" ({'; '.join(notes)})"
