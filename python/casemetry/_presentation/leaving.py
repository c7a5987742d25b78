# SPDX-License-Identifier: Apache-2.0
"""What may leave: figures of a cube by a dimension that identifies persons only when they are protected.

Every way by which figures are handed on asks here: exports and files, charts, sentences. To look at a table, as text or
in a notebook, and at its columns, is no leaving.
"""

from __future__ import annotations

from typing import Protocol

from casemetry._errors import QueryError


class _Figures(Protocol):
    @property
    def identifies(self) -> bool: ...


def check_may_leave(figures: _Figures) -> None:
    """Raise QueryError for figures of a cube with a dimension that identifies persons, unless they are protected."""
    if figures.identifies:
        raise QueryError(
            "the cube has a dimension that identifies persons, so its figures leave only as protected results: "
            "write cube.table(...).protect(5), or leave that dimension out first (cube.roll_up)"
        )
