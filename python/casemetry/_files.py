# SPDX-License-Identifier: Apache-2.0
"""Files that are replaced whole or not at all, and read whole."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from casemetry._errors import CasemetryError, SchemaError


def write_whole(path: str | Path, content: bytes) -> Path:
    """Write a file so that whoever opens it finds the old content or the new, never a part.

    The content goes to a new file beside it, to the disk, and then takes its name.

    Raises
    ------
    CasemetryError
        If it cannot be written, and why; what was there before is untouched.
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise CasemetryError(f"{path}: there is no folder '{path.parent}'; make it first")
    draft = path.with_name(f".{path.name[:64]}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException as error:
        with suppress(OSError):
            draft.unlink()
        if isinstance(error, OSError):
            raise CasemetryError(f"{path} cannot be written: {error.strerror}; what was there is untouched") from error
        raise
    return path


def read_whole(path: Path) -> bytes:
    """Read a file.

    Raises
    ------
    SchemaError
        If there is no such file, or it cannot be read, and why.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SchemaError(f"{path}: there is no such file") from None
    except OSError as error:
        raise SchemaError(f"{path} cannot be read: {error.strerror}") from error
