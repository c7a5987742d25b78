# SPDX-License-Identifier: Apache-2.0
"""Labels made harmless, and text laid out by its width on the screen.

Labels come from data files and catalogues, so they may hold anything: markup, terminal escapes, characters that turn
the reading direction, characters without a shape. Whatever is shown or written passes through here and nowhere else.
"""

from __future__ import annotations

import html
import unicodedata

# Controls (Cc, the C1 ones included), formats (Cf: bidirectional controls, zero-width characters, tags), surrogates
# (Cs), line and paragraph separators. Private use (Co) stays: GB18030 keeps rare Chinese characters there.
_SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def safe_text(text: str) -> str:
    r"""Show every character that has no shape of its own as its code.

    Parameters
    ----------
    text
        Any string, lone surrogates and noncharacters included.

    Returns
    -------
    str
        One line that can be encoded, printed to a terminal and written into XML; shown as it is read. Text without
        such characters comes back as it was.

    Examples
    --------
    >>> safe_text("审查逮捕")
    '审查逮捕'
    >>> print(safe_text("first\nsecond \x1b[31mred \u202egnp.exe"))
    first\nsecond \x1b[31mred \u202egnp.exe
    """
    if text.isprintable():
        return text
    return "".join(_code(character) if _is_shapeless(character) else character for character in text)


def safe_html(text: str) -> str:
    """Escape a text for the content or a quoted attribute of an HTML element.

    Examples
    --------
    >>> safe_html("<script>alert('1')</script> ]]>")
    '&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; ]]&gt;'
    """
    return html.escape(safe_text(text), quote=True)


def width(text: str) -> int:
    """Count the terminal columns that a text takes: two a Chinese character, none a combining mark.

    Examples
    --------
    >>> width("不捕率 22%")
    10
    """
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


def clip(text: str, limit: int) -> str:
    """Cut a text to at most ``limit`` columns; a cut one ends in ``…``.

    Examples
    --------
    >>> clip("某某市人民检察院", 9)
    '某某市人…'
    """
    if width(text) <= limit:
        return text
    kept, taken = [], 0
    for character in text:
        taken += _character_width(character)
        if taken > limit - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill a text with spaces to so many columns; ``right``: the text stands at the right end.

    Examples
    --------
    >>> pad("合计", 6) + "|"
    '合计  |'
    """
    space = " " * (columns - width(text))
    return space + text if right else text + space


def _is_shapeless(character: str) -> bool:
    return unicodedata.category(character) in _SHAPELESS or _is_noncharacter(ord(character))


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _code(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
