# SPDX-License-Identifier: Apache-2.0
"""Numbers as they are read: per cent, counts, 1 : 1.545, days, percentage points.

A printed digit is exact. Where the value is a quotient of two integers it is rounded as such, half up as the field
does, and never by way of a binary fraction; where it is not, the shortest decimal that names the double is rounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from casemetry._presentation.words import WORDS, Label, word

if TYPE_CHECKING:
    from casemetry._presentation.words import Language

Number = int | float

NOTHING = "—"
"""What stands where there is no number."""


_NONE = Label("", "")


@dataclass(frozen=True)
class Form:
    """How a kind of number is printed.

    Attributes
    ----------
    factor
        What the number is multiplied by to be shown: 100 for per cent.
    decimals
        Digits after the point.
    trim
        Whether zeros at the end are left off: 52 days, but 1,220.5.
    prefix, suffix
        What stands around it.
    """

    factor: int = 1
    decimals: int = 0
    trim: bool = False
    prefix: str = ""
    suffix: Label = _NONE

    def text(self, number: Number | Fraction, lang: Language, *, signed: bool = False) -> str:
        """Print a number with what stands around it.

        Examples
        --------
        >>> FORMS["percent"].text(0.22374, "zh")
        '22.4%'
        >>> FORMS["one_to"].text(1.5453, "zh")
        '1 : 1.545'
        """
        return f"{self.prefix}{self.digits(number, signed=signed)}{self.suffix.text(lang)}"

    def digits(self, number: Number | Fraction, *, signed: bool = False) -> str:
        """Print the digits only, as for the ends of an interval; ``signed``: a plus sign where it is positive."""
        if isinstance(number, float) and not math.isfinite(number):
            return NOTHING if math.isnan(number) else "∞" if number > 0 else "-∞"
        scaled = _exact(number) * self.factor
        units = math.floor(abs(scaled) * 10**self.decimals + Fraction(1, 2))
        whole, rest = divmod(units, 10**self.decimals)
        places = f"{rest:0{self.decimals}d}" if self.decimals else ""
        places = places.rstrip("0") if self.trim else places
        sign = "" if units == 0 else "-" if scaled < 0 else "+" if signed else ""
        return f"{sign}{whole:,}" + (f".{places}" if places else "")

    def pattern(self, number: Number, lang: Language, *, signed: bool = False) -> str:
        """Give the number format of a spreadsheet under which ``written(number)`` looks like ``text(number)``."""
        whole = self.trim and float(number * self.factor).is_integer()
        digits = "#,##0" + ("." + "0" * self.decimals if self.decimals and not whole else "")
        suffix = self.suffix.text(lang)
        around = [f'"{self.prefix}"' if self.prefix else "", f'"{suffix}"' if suffix and suffix != "%" else suffix]
        plain = around[0] + digits + around[1]
        return f"+{plain};-{plain};{plain}" if signed else plain

    def written(self, number: Number) -> Number:
        """Give the number that a spreadsheet holds: a fraction for per cent, else what is shown."""
        return number if self.suffix.en == "%" else number * self.factor


_PERCENT = Form(factor=100, decimals=1, suffix=Label("%", "%"))
_DAYS = Form(decimals=1, trim=True, suffix=Label(" 天", " days"))
_POINTS = Form(factor=100, decimals=1, suffix=Label(" 百分点", " pp"))
PLAIN = Form(decimals=2, trim=True)
"""A number that has no format of its own."""

FORMS = {
    "percent": _PERCENT,
    "count": Form(),
    "one_to": Form(decimals=3, prefix="1 : "),
    "per_100": Form(factor=100, decimals=1),
    "days": _DAYS,
    "decimal": Form(decimals=2),
}
"""The formats that an indicator may declare."""

_AUTOMATIC = {
    "count": FORMS["count"],
    "sum": PLAIN,
    "proportion": _PERCENT,
    "ratio": Form(decimals=3),
    "mean": FORMS["decimal"],
    "quantile": _DAYS,
    "stock": FORMS["count"],
    "contribution": _PERCENT,
}


@dataclass(frozen=True)
class Measure:
    """What the reader is told of an indicator, and how its numbers are printed."""

    id: str
    label: Label
    kind: str
    form: Form

    @classmethod
    def of(cls, name: str, label: Label, *, kind: str, form: str, decimals: int | None = None) -> Measure:
        """Choose the form: the declared one, or what fits the kind.

        Examples
        --------
        >>> rate = Measure.of("rate", Label("不捕率", ""), kind="proportion", form="automatic", decimals=2)
        >>> rate.value(313_743 / 1_402_233, 313_743, 1_402_233, "zh")
        '22.37%'
        """
        chosen = FORMS.get(form) or _AUTOMATIC.get(kind, PLAIN)
        if decimals is not None:
            chosen = replace(chosen, decimals=decimals, trim=False)
        elif kind == "mean":
            chosen = replace(chosen, trim=False)
        return cls(name, label, kind, chosen)

    @property
    def is_relative(self) -> bool:
        """Whether its change is told in per cent of the other value (counts), not in its own unit (rates)."""
        return self.kind in ("count", "sum", "stock")

    @property
    def is_counted(self) -> bool:
        """Whether its values are numbers of units: of cases, of persons."""
        return self.kind in ("count", "stock")

    def value(self, value: float | None, numerator: Number | None, denominator: Number | None, lang: Language) -> str:
        """Print a value, exactly if numerator and denominator are integers that make it."""
        if value is None:
            return NOTHING
        return self.form.text(_quotient(value, numerator, denominator), lang)

    @property
    def changes_in_points(self) -> bool:
        """Whether it is printed in per cent, so that it changes by percentage points."""
        return not self.is_relative and self.form.suffix == _PERCENT.suffix

    @property
    def change_form(self) -> Form:
        """The form of a change: percentage points for per cent, per cent for counts, else the value's own."""
        if self.is_relative:
            return _PERCENT
        if self.changes_in_points:
            return replace(_POINTS, decimals=self.form.decimals)
        return replace(self.form, prefix="")

    def change(self, change: float | None, value: float | None, prior: float | None, lang: Language) -> str:
        """Print a change with its sign; a count that was zero before has grown by itself, 净增, or not at all, —."""
        if change is not None and not self.is_still_none(value, prior):
            return self.change_form.text(settled(change), lang, signed=True)
        if self.is_new(value, prior):
            return f"{word('new', lang)} {self.form.text(value or 0, lang)}"
        return NOTHING

    def is_still_none(self, value: float | None, prior: float | None) -> bool:
        """Tell whether there is no count and was none, so that nothing can be said in per cent."""
        return self.is_relative and prior == 0 and value == 0

    def is_new(self, value: float | None, prior: float | None) -> bool:
        """Tell whether a count stands where there was none, so that no relative change exists."""
        return self.is_relative and prior == 0 and bool(value)


def number_text(number: Number | None) -> str:
    """Print a numerator, a denominator or a number of unknown outcomes.

    Examples
    --------
    >>> number_text(1_402_233), number_text(2.5), number_text(None)
    ('1,402,233', '2.5', '')
    """
    return "" if number is None else PLAIN.digits(number)


def interval_text(form: Form, low: float | None, high: float | None) -> str:
    """Print an interval, ``[21.9, 22.9]``; nothing if there is none."""
    if low is None or high is None:
        return ""
    return f"[{form.digits(low)}, {form.digits(high)}]"


def level_text(level: float) -> str:
    """Print the level of an interval: ``95%``."""
    return Form(factor=100, decimals=3, trim=True).digits(level) + "%"


def interval_label(level: float) -> Label:
    """Give the heading of an interval: ``95% 区间``."""
    return Label(*(f"{level_text(level)} {interval}" for interval in WORDS["interval"]))


def band_text(form: Form, least: float | None, most: float | None) -> str:
    """Print the least and the most that a value could be: ``10.0–30.0``; nothing if there is no such band."""
    if least is None or most is None:
        return ""
    return f"{form.digits(least)}–{form.digits(most)}"


def settled(number: float) -> float | Fraction:
    """Take a difference or quotient of doubles as the decimal that it stands for, so that a half is a half.

    Examples
    --------
    >>> 0.345 - 0.3225, settled(0.345 - 0.3225) == Fraction("0.0225")
    (0.022499999999999964, True)
    """
    return Fraction(f"{number:.13f}") if math.isfinite(number) else number


def _exact(number: Number | Fraction) -> Fraction:
    return Fraction(Decimal(repr(number))) if isinstance(number, float) else Fraction(number)


def _quotient(value: float, numerator: Number | None, denominator: Number | None) -> float | Fraction:
    if not (isinstance(numerator, int) and isinstance(denominator, int) and denominator):
        return value
    quotient = Fraction(numerator, denominator)
    return quotient if math.isclose(quotient, value, rel_tol=1e-12) else value
