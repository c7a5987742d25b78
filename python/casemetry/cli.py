# SPDX-License-Identifier: Apache-2.0
"""The command ``casemetry``: ``demo`` shows what there is on embedded data, ``read`` tells how a file is read."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from casemetry._core import __version__
from casemetry._errors import CasemetryError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give 0, or 1 after telling what went wrong.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those after the name of the command; by default the ones it was called with.
    """
    options = _parser().parse_args(arguments)
    _print_any_character()
    try:
        options.run(options)
    except BrokenPipeError:  # whoever reads has had enough, as in `casemetry demo | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (CasemetryError, OSError) as error:
        print(f"casemetry: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="casemetry", description="Measures case handling: indicators with their counts, unknowns and intervals."
    )
    parser.add_argument("--version", action="version", version=f"casemetry {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="{demo,read}")

    demo = commands.add_parser("demo", help="count embedded cases; print tables, write one page and one workbook")
    demo.add_argument("--out", type=Path, default=Path("demo"), help="the folder to write to (default: demo)")
    demo.add_argument("--rows", type=_positive, default=1_000_000, help="how many cases (default: 1000000)")
    demo.add_argument("--lang", choices=["zh", "en"], default="zh", help="the language (default: zh)")
    demo.set_defaults(run=_demo)

    read = commands.add_parser(
        "read", help="tell how a file is read: the type of each column, what is missing or unreadable"
    )
    read.add_argument("file", type=Path, help="CSV (also .gz), Parquet or Arrow")
    read.set_defaults(run=_read)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not a number of cases: 1 or more")
    return number


def _print_any_character() -> None:
    """Let a terminal without Chinese characters show the rest instead of failing."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _demo(options: argparse.Namespace) -> None:
    from casemetry._demo import demo

    demo(options.out, rows=options.rows, lang=options.lang)


def _read(options: argparse.Namespace) -> None:
    from casemetry.reading import read

    print(read(options.file))
