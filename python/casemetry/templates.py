# SPDX-License-Identifier: Apache-2.0
"""An office's own workbook filled with figures: by the names of its cells, all else as it was."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from casemetry._errors import DataError, QueryError, SchemaError
from casemetry._excel_container import COMPOUND, ZIP, Container
from casemetry._files import read_whole, write_whole
from casemetry._optional import require
from casemetry._presentation.leaving import check_may_leave
from casemetry._presentation.words import check_language
from casemetry._template_figures import Content, Figures, Points, Wanted, near
from casemetry.monthly_report import MonthlyReport
from casemetry.result import Result

if TYPE_CHECKING:
    from casemetry._presentation.words import Language

__all__ = ["Filled", "fill"]

_LARGEST = 200_000_000
"""How many bytes a workbook may unfold to."""

_DRAWN = ("xl/charts/", "xl/drawings/", "xl/slicers/", "xl/ctrlProps/")


@dataclass(frozen=True)
class Filled:
    """What became of a template.

    Attributes
    ----------
    path : Path
        The workbook that was written.
    cells : mapping of str to text or number
        What was put into the cell of each name.
    unanswered : tuple of (name, reason)
        The names of cells that no figure answers; their cells are as they were.
    unused : tuple of str
        The indicators of the results that no name takes.
    """

    path: Path
    cells: Mapping[str, Content]
    unanswered: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{self.path}: {len(self.cells)} 个单元格已填"]
        lines += [f"未填 {name}: {reason}" for name, reason in self.unanswered]
        lines += [f"未用 {', '.join(self.unused)}"] if self.unused else []
        return "\n".join(lines)


def fill(
    template: str | PathLike[str],
    results: MonthlyReport | Result | Mapping[str, Result],
    *,
    out: str | PathLike[str],
    names: Mapping[str, Wanted] | None = None,
    lang: Language = "zh",
) -> Filled:
    """Put figures into the named cells of a workbook; formulas, borders, merged cells, formats and print set-up stay.

    A name of the template is a figure's own name, ``indicator``, ``indicator.side`` or ``result.indicator.side``: an
    indicator by its id or its label, and by its unit, too, where a count of cases and one of persons are called alike,
    不捕.件 and 不捕.人.同比; a side ``value`` (if none is said), ``numerator``, ``denominator``, ``unknown``,
    ``low``, ``high``, ``year_ago`` or ``change``; the results of a monthly report are ``cumulative`` (if none is said)
    and ``month``. In Chinese 不捕率, 不捕率.同比, 当月.不捕率.上年同期.

    Rates and relative changes of counts are written as fractions, for a format of per cent. Changes of rates are
    percentage points, 1.81; in a cell whose format is of per cent the same as a fraction, 0.0181, shown as 1.8%. Where
    there is no number stand —, 净增 or 不可用. The cells keep their own number formats.

    Parameters
    ----------
    template : str or path
        An ``.xlsx`` file whose cells have names (Excel: Formulas, Define Name), each of one cell or of merged cells.
    results : MonthlyReport, Result, or mapping of str to Result
        Where the figures come from; of a mapping the first is asked by names that say no result.
    out : str or path
        The workbook to write, another file than the template.
    names : mapping, optional
        For names of the template that are not those of figures, what each takes: a figure's name, or its parts,
        ``{"indicator": "non_arrest_rate", "side": "change", "office": "甲院"}``, with labels of dimensions.
    lang : {"zh", "en"}
        Of the words that stand where there is no number.

    Returns
    -------
    Filled
        What was filled, which names no figure answers, and which indicators no name takes.

    Raises
    ------
    MissingPackageError
        Without openpyxl: ``pip install 'casemetry[template]'``.
    SchemaError
        A template that is no ``.xlsx`` file, or one with a password.
    QueryError
        Figures of a cube with a dimension that identifies persons, unless they are protected.
    DataError
        Entries of `names` that the template does not have or no figure answers, a named cell that holds a formula: all
        at once.

    Warns
    -----
    UserWarning
        If the template has charts, pictures or other drawings: openpyxl does not keep them all.
    """
    check_language(lang)
    given, written = Path(template), Path(out)
    if written.resolve() == given.resolve():
        raise DataError(f"{written} is the template itself: write to another file, and the template stays as it is")
    book = _open(given)
    figures = Figures({name: result.facts for name, result in _named(results).items()}, lang)
    for facts in figures.results.values():
        check_may_leave(facts.core)
    places = dict(_places(book))
    _check(names or {}, places, figures)
    answers = {name: _answer(figures, (names or {}).get(name, name)) for name in places}
    found = {name: _fitting(answer, places[name]) for name, answer in answers.items() if isinstance(answer, tuple)}
    _refuse_formulas({name: places[name] for name in found})
    for name, (_, content) in found.items():
        places[name].value = content
    taken = {indicator for indicator, _ in found.values()}
    return Filled(
        write_whole(written, _content(book)),
        MappingProxyType({name: content for name, (_, content) in found.items()}),
        tuple((name, str(answer)) for name, answer in answers.items() if isinstance(answer, QueryError)),
        tuple(name for name in figures.indicators if name not in taken),
    )


def _named(results: MonthlyReport | Result | Mapping[str, Result]) -> Mapping[str, Result]:
    if isinstance(results, MonthlyReport):
        return {"cumulative": results.cumulative, "month": results.month}
    return {"result": results} if isinstance(results, Result) else results


def _open(path: Path) -> Any:
    """Open a template; warn of what openpyxl may not keep."""
    openpyxl = require("openpyxl", extra="template")
    content = read_whole(path)
    if content.startswith(COMPOUND):
        raise SchemaError(f"{path} has a password or is an old .xls: save it as .xlsx without a password")
    if not content.startswith(ZIP):
        raise SchemaError(f"{path} is no .xlsx workbook, whatever its name says: save it as .xlsx")
    container = Container(content, str(path))
    if container.unpacked > _LARGEST:
        raise SchemaError(f"{path} unfolds to more than {_LARGEST // 1_000_000} MB, which no template needs")
    if any(part.startswith(_DRAWN) for part in container.parts):
        warnings.warn(
            f"{path} has charts, pictures or other drawings: openpyxl does not keep them all, so look at the "
            "workbook, or keep them in another one that refers to it",
            stacklevel=3,
        )
    try:
        return openpyxl.load_workbook(io.BytesIO(content), keep_vba=path.suffix.lower() == ".xlsm")
    except Exception as error:  # openpyxl raises whatever it meets in a damaged file
        raise SchemaError(f"{path} cannot be read as a workbook: {error}") from error


def _places(book: Any) -> Iterator[tuple[str, Any]]:
    """Give the named cells: those of the workbook, then those of its sheets; of merged cells the first."""
    scopes = [book.defined_names, *(page.defined_names for page in book.worksheets)]
    for scope in scopes:
        for name, defined in scope.items():
            cell = _cell(book, defined)
            if cell is not None:
                yield name, cell


def _cell(book: Any, defined: Any) -> Any:
    """Find the cell of a name; None if it is the name of something else: a constant, a formula, an area, a list."""
    if defined.type != "RANGE":
        return None
    places = list(defined.destinations)
    if len(places) != 1 or places[0][0] not in book.sheetnames:
        return None
    page, area = book[places[0][0]], places[0][1].replace("$", "")
    if ":" in area and area not in {str(merged) for merged in page.merged_cells.ranges}:
        return None
    found = page[area.partition(":")[0]]
    return None if type(found).__name__ == "MergedCell" else found


def _answer(figures: Figures, wanted: Wanted) -> tuple[str, Content] | QueryError:
    try:
        return figures.content(wanted)
    except QueryError as error:
        return error


def _fitting(answer: tuple[str, Content], cell: Any) -> tuple[str, Content]:
    """Write percentage points as the cell shows them."""
    indicator, content = answer
    return indicator, content.fitting(cell.number_format) if isinstance(content, Points) else content


def _check(names: Mapping[str, Wanted], places: Mapping[str, Any], figures: Figures) -> None:
    """Refuse entries that name no cell of the template, or that no figure answers: all of them at once."""
    faults = [f"the template has no cell named '{name}'; {near(name, places)}" for name in names if name not in places]
    for name, wanted in names.items():
        answer = _answer(figures, wanted)
        if isinstance(answer, QueryError):
            faults.append(f"names[{name!r}]: {answer}")
    if faults:
        raise DataError("\n".join(faults))


def _refuse_formulas(places: Mapping[str, Any]) -> None:
    formulas = [f"'{name}' ({cell.coordinate})" for name, cell in places.items() if cell.data_type == "f"]
    if formulas:
        raise DataError(
            f"these cells hold formulas, which stay: {', '.join(formulas)}; give the names to cells that are empty"
        )


def _content(book: Any) -> bytes:
    """Give the bytes of a workbook whose formulas are computed when it is opened."""
    book.calculation.fullCalcOnLoad = True
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
