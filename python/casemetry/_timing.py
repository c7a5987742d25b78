# SPDX-License-Identifier: Apache-2.0
"""Time and memory of an action, for the benchmarks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")


def seconds(action: Callable[[], Any]) -> tuple[float, Any]:
    """Run once; the seconds it took and what it gave."""
    start = time.perf_counter()
    value = action()
    return time.perf_counter() - start, value


def line(what: str, times: Sequence[float], rows: int) -> str:
    """Least and median of the rounds, in seconds and in nanoseconds a row."""
    least, middle = min(times), statistics.median(times)
    return f"{what:<58} {least:8.3f} s {least / rows * 1e9:8.1f} ns/row   median {middle:8.3f} s"


def peak_bytes(action: Callable[[], Any]) -> int | None:
    """Run once; how much more memory it held at its peak than before. Linux tells; elsewhere None."""
    try:
        CLEAR.write_text("5")
    except OSError:
        action()
        return None
    before = _kilobytes("VmRSS")
    value = action()
    peak = _kilobytes("VmHWM")
    del value
    return 1024 * max(0, peak - before)


def _kilobytes(field: str) -> int:
    return next(int(text.split()[1]) for text in STATUS.read_text().splitlines() if text.startswith(field + ":"))
