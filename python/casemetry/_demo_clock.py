# SPDX-License-Identifier: Apache-2.0
"""The seconds that each step of ``casemetry demo`` takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from casemetry._presentation.display import pad, width

if TYPE_CHECKING:
    from casemetry._presentation.words import Label, Language


class Clock:
    """What each step is called, and the seconds that it took."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang
        self._seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: Label, **counts: int) -> Iterator[None]:
        """Measure one step; its name may have room for counts."""
        start = time.perf_counter()
        yield
        self._seconds[name.text(self._lang).format(**counts)] = time.perf_counter() - start

    def lines(self) -> list[str]:
        """Tell the seconds of all steps, in their order."""
        columns = max(map(width, self._seconds))
        return [f"  {pad(name, columns)}  {seconds:7.3f}" for name, seconds in self._seconds.items()]
