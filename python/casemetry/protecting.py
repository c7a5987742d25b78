# SPDX-License-Identifier: Apache-2.0
"""Protection of small cells: what is small is not in the result any more, nor what would tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import overload

from casemetry import _core
from casemetry.result import Result

__all__ = ["protect"]


@overload
def protect(
    results: Mapping[str, Result], k: int, *, base: str | None = None, zeros: bool = False
) -> dict[str, Result]: ...
@overload
def protect(results: Iterable[Result], k: int, *, base: str | None = None, zeros: bool = False) -> list[Result]: ...
def protect(
    results: Mapping[str, Result] | Iterable[Result], k: int, *, base: str | None = None, zeros: bool = False
) -> dict[str, Result] | list[Result]:
    """Protect results that are published together: what one shows may tell what another hides.

    No hidden figure of any of them can be told exactly from all that they show, together with the totals of each (see
    :meth:`casemetry.Result.protect`). That is promised of one call: results of two calls, or totals that are published
    elsewhere, may tell by difference. Give all that is published to one call.

    Parameters
    ----------
    results : mapping of str to Result, or iterable of Result
        Asked of one cube, under at most three different conditions (`where`); all by period, or all without.
    k, base, zeros
        As in :meth:`casemetry.Result.protect`.

    Returns
    -------
    dict of str to Result, or list of Result
        The same results without what is small.

    Raises
    ------
    QueryError
        Results that do not fit together, or of which some are protected already.

    Examples
    --------
    >>> import casemetry as cm
    >>> cases = {"office": ["A"] * 9 + ["B"] * 2 + ["C"] * 7}
    >>> cube = cm.Cube({"cases": cases}, [cm.tally("n", unit="cases")], by="office")
    >>> whole, without = cm.protect([cube.table(by="office"), cube.table(where="office != 'B'")], 5)
    >>> whole.columns["value"], without.columns["value"]
    ([9.0, None, None], [None])
    """
    given = list(results.values() if isinstance(results, Mapping) else results)
    cores = [result._core for result in given]
    protected = map(Result, _core.protect(cores, k, base=base or "", zeros=zeros))
    return dict(zip(results, protected, strict=True)) if isinstance(results, Mapping) else list(protected)
