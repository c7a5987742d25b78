# SPDX-License-Identifier: Apache-2.0
"""What may leave: cells by a dimension that identifies persons only when they are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemetry._errors import QueryError

if TYPE_CHECKING:
    from casemetry import _core


def check_may_leave(result: _core.Result) -> None:
    """Raise QueryError if the cube of a result has a dimension that identifies persons, and it is not protected."""
    if result.identifies:
        raise QueryError(
            "the cube has a dimension that identifies persons, so its results leave only protected: "
            "write result.protect(5), or build the cube without that dimension (cube.roll_up)"
        )
