# SPDX-License-Identifier: Apache-2.0
"""What stands in the column of units (计量单位): 件, 人, %, 天."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemetry._presentation.figures import FORMS
from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.figures import Measure

_OF_FORMS = (
    (FORMS["percent"], Label("%", "%")),
    (FORMS["days"], Label("天", "days")),
    (FORMS["one_to"], Label("1 : n", "1 : n")),
    (FORMS["per_100"], Label("每百", "per 100")),
)


def unit_label(facts: Facts, measure: Measure) -> Label:
    """Give the unit of an indicator: what is counted, or how the value is printed; empty if neither says.

    Numbers of units are counted in 件, 人 or 件次. Forms are told apart by what stands around the digits.
    """
    if measure.is_counted:
        return facts.counts.get(measure.id, Label("", ""))
    around = (measure.form.factor, measure.form.prefix, measure.form.suffix)
    return next(
        (label for form, label in _OF_FORMS if (form.factor, form.prefix, form.suffix) == around), Label("", "")
    )
