# SPDX-License-Identifier: Apache-2.0
"""The command ``casemetry``: ``demo``, ``read``, ``bind`` and ``check`` of files, ``table``: the monthly workbook."""

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
    commands = parser.add_subparsers(title="commands", required=True, metavar="{demo,read,bind,check,table}")

    demo = commands.add_parser("demo", help="count embedded cases; print tables, write one page and one workbook")
    demo.add_argument("--out", type=Path, default=Path("demo"), help="the folder to write to (default: demo)")
    demo.add_argument("--rows", type=_positive, default=1_000_000, help="how many cases (default: 1000000)")
    demo.add_argument("--lang", choices=["zh", "en"], default="zh", help="the language (default: zh)")
    demo.set_defaults(run=_demo)

    read = commands.add_parser(
        "read", help="tell how a file is read: the type of each column, what is missing or unreadable"
    )
    read.add_argument("file", type=Path, help="CSV (also .gz), a workbook, Parquet or Arrow")
    read.set_defaults(run=_read)
    _add_bind(commands.add_parser("bind", help="propose what of a site's tables stands for what of a catalogue"))
    _add_check(commands.add_parser("check", help="tell what is wrong with tables, and what indicators lose to it"))
    _add_table(commands.add_parser("table", help="write the monthly table (月报) of a site's exports as a workbook"))
    return parser


def _add_bind(bind: argparse.ArgumentParser) -> None:
    bind.add_argument("tables", type=Path, help="the folder of the site's exports, or a workbook")
    bind.add_argument("--catalogue", default="spp", help="a shipped catalogue, or the file of one (default: spp)")
    bind.add_argument("--map", type=Path, dest="mapping", help="what was decided before")
    bind.add_argument("--out", type=Path, required=True, help="the mapping file to write, such as 本院.toml")
    bind.add_argument("--lang", choices=["zh", "en"], default="zh", help="the language (default: zh)")
    bind.set_defaults(run=_bind)


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("tables", type=Path, help="the folder of the exports, each file a table; or a workbook")
    check.add_argument("--map", type=Path, dest="mapping", help="what their names and codes stand for (TOML)")
    check.add_argument("--as-of", help="the day at which the data stand, for example 2024-09-30")
    check.add_argument("--out", type=Path, help="an Excel file to write, too")
    check.add_argument("--catalogue", default="spp", help="the shipped catalogue, or a TOML file (default: spp)")
    check.add_argument("--lang", choices=["zh", "en"], default="zh", help="the language (default: zh)")
    check.set_defaults(run=_check)


def _add_table(table: argparse.ArgumentParser) -> None:
    table.add_argument("tables", type=Path, help="the folder of the exports, each file a table; or a workbook")
    table.add_argument("--map", type=Path, dest="mapping", help="what their names and codes stand for (TOML)")
    table.add_argument("--period", required=True, help="the months, 2024-01..2024-09, or the last one, 2024-09")
    table.add_argument("--out", type=Path, default=Path("月报.xlsx"), help="the workbook to write (default: 月报.xlsx)")
    table.add_argument("--by", help="a table of each office, too: the dimension, for example office")
    table.add_argument("--as-of", help="the day at which the data stand, for example 2024-09-30")
    table.add_argument("--protect", type=_positive, help="hide counts smaller than this, and what would tell them")
    table.add_argument("--layout", type=Path, help="which indicators stand on which line (TOML)")
    table.add_argument("--catalogue", default="spp", help="the shipped catalogue (default: spp)")
    table.add_argument("--lang", choices=["zh", "en"], default="zh", help="the language (default: zh)")
    table.set_defaults(run=_table)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is no number of cases: 1 or more")
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


def _table(options: argparse.Namespace) -> None:
    from casemetry._table_command import TableCommand

    TableCommand(
        options.tables,
        options.mapping,
        options.period,
        options.out,
        options.catalogue,
        options.layout,
        options.by,
        options.as_of,
        options.lang,
        options.protect,
    ).run()


def _check(options: argparse.Namespace) -> None:
    from casemetry.binding import bind
    from casemetry.catalogues import Catalogue
    from casemetry.quality import check

    is_file = options.catalogue.endswith(".toml")
    catalogue = Catalogue.load(options.catalogue) if is_file else Catalogue.shipped(options.catalogue)
    quality = check(bind(options.tables, catalogue, mapping=options.mapping), as_of=options.as_of)
    print(quality.text(options.lang))
    if options.out is not None:
        print(quality.to_excel(options.out, options.lang))


def _bind(options: argparse.Namespace) -> None:
    from casemetry.binding import bind
    from casemetry.catalogues import Catalogue

    is_file = options.catalogue.endswith((".toml", ".json"))
    catalogue = Catalogue.load(options.catalogue) if is_file else options.catalogue
    binding = bind(options.tables, catalogue, mapping=options.mapping)
    print(binding.text(options.lang, file=options.out))
    print(binding.save(options.out))
