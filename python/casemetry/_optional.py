# SPDX-License-Identifier: Apache-2.0
"""Packages that are imported where they are used."""

from __future__ import annotations

import importlib
from typing import Any

from casemetry._errors import MissingPackageError


def require(package: str, *, extra: str = "") -> Any:
    """Import a package, or say how to install it: by itself, or with the extra that brings it.

    Raises
    ------
    MissingPackageError
        If it is not installed.
    """
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as missing:
        if missing.name != package:
            raise
        wanted = f"'casemetry[{extra}]'" if extra else package
        raise MissingPackageError(
            f"this needs the package {package}, which is not installed: pip install {wanted}"
        ) from None
