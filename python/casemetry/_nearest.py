# SPDX-License-Identifier: Apache-2.0
"""A name that is not there: the nearest that is, or what there is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def hint(name: str, known: Iterable[str], otherwise: str, *, most: int | None = None) -> str:
    """Say which name may be meant; if none is near, what there is: the first ``most``, or all.

    Examples
    --------
    >>> hint("ofice", ["office", "charge"], "known:")
    "did you mean 'office'?"
    >>> hint("月份", ["office", "charge", "city"], "there are", most=2)
    'there are office, charge …'
    """
    names = [each for each in dict.fromkeys(known) if each]
    near = difflib.get_close_matches(name, names, 1)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"{otherwise} {', '.join(names[:most])}{' …' if len(names) > len(names[:most]) else ''}"
