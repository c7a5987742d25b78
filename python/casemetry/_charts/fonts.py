# SPDX-License-Identifier: Apache-2.0
"""A font with Chinese characters, found on this machine: without one a PNG would show boxes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from casemetry._charts.font_names import families
from casemetry._errors import MissingPackageError

VARIABLE = "CASEMETRY_FONT"
"""The environment variable that names a font file, or a folder of fonts, to draw with."""

FALLBACK = (
    "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, WenQuanYi Micro Hei, Microsoft YaHei, PingFang SC, "
    "SimHei, sans-serif"
)
"""What a specification asks for, on every machine the same: whoever shows it takes the first that is there."""

_PREFERRED = (
    "notosanscjk",
    "notosanssc",
    "sourcehansans",
    "wqy-microhei",
    "wqy-zenhei",
    "msyh",
    "pingfang",
    "hiragino sans gb",
    "simhei",
    "stheiti",
    "droidsansfallback",
    "simsun",
)
"""How the files of fonts with simplified Chinese begin, sans serif before serif."""

_PACKAGE = "pylopdf_fonts_zh_cn"
_ENDINGS = (".ttf", ".otf", ".ttc")


class Font(NamedTuple):
    """A font: its family, as an SVG names it, and its file."""

    family: str
    file: Path


def chinese_font() -> Font:
    """Find a font: the one that ``CASEMETRY_FONT`` names, that of the extra ``fonts``, or one of the system.

    Raises
    ------
    MissingPackageError
        If there is none, with what to install; or if the variable names none.
    """
    given = os.environ.get(VARIABLE)
    font = _given(given) if given else _found()
    if font is None:
        raise MissingPackageError(
            "no font with Chinese characters was found, so a PNG would show boxes: apt-get install fonts-noto-cjk (or "
            f"fonts-wqy-microhei), or pip install 'casemetry[fonts]', or set {VARIABLE} to a font file (.ttf .otf "
            ".ttc); SVG and HTML are drawn with the fonts of whoever opens them, and can be saved now"
        )
    return font


def usual_folders() -> list[Path]:
    """List where fonts lie on this system."""
    home = Path.home()
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    return [home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


def _given(place: str) -> Font:
    path = Path(place)
    files = sorted(_files([path])) if path.is_dir() else [path]
    for file in files:
        for family in _families(file):
            return Font(family, file)
    raise MissingPackageError(
        f"{VARIABLE}={place!r} is no font, nor a folder with one: name a file that ends in .ttf, .otf or .ttc"
    )


def _found() -> Font | None:
    packaged = find_spec(_PACKAGE)
    own = [Path(packaged.origin).parent] if packaged and packaged.origin else []
    return _best(tuple(own)) or _best(tuple(usual_folders()))


@cache
def _best(folders: tuple[Path, ...]) -> Font | None:
    ranked = sorted((rank, str(file)) for file in _files(folders) if (rank := _rank(file)) is not None)
    for _, file in ranked:
        names = _families(Path(file))
        if names:
            return Font(next((name for name in names if name.endswith(" SC")), names[0]), Path(file))
    return None


def _rank(file: Path) -> tuple[int, bool] | None:
    name = file.name.casefold()
    place = next((index for index, start in enumerate(_PREFERRED) if name.startswith(start)), None)
    return None if place is None else (place, "regular" not in name)


def _files(folders: list[Path] | tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        for base, _, names in os.walk(folder):
            yield from (Path(base) / name for name in names if name.casefold().endswith(_ENDINGS))


def _families(file: Path) -> list[str]:
    try:
        return families(file)
    except OSError:
        return []
