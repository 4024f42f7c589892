"""The faces of paper: which one prints a letter, and how wide a word is in it.

Noto Sans prints the text. What it lacks is printed by the face of that script, by DejaVu Sans
(signs) or by Droid Sans Fallback (Chinese, Japanese, Korean); what none has, by an empty box.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, Final

from reportlab.lib.abag import ABag
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeFragWord

from cocm_desktop import paths

REGULAR: Final = "NotoSans-Regular"
BOLD: Final = "NotoSans-Bold"
ITALIC: Final = "NotoSans-Italic"
SIGNS: Final = "DejaVuSans"
PLACEHOLDER: Final = "□"

_UNITS = 1000  # widths come in thousandths of the size
_FIRST_OWN_CODE = 0xE000
_FEATURES = {"kern": True, "liga": True}  # but no ornament: a name keeps its letters
_JOINERS = "\u200c\u200d"
_SELECTORS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_WITHOUT_JOINERS = str.maketrans("", "", _JOINERS)
# A minus and two hyphens that Noto Sans lacks, and every kind of blank.
_LOOK_ALIKES = str.maketrans(
    {
        "\u2212": "–",
        "\u2010": "-",
        "\u2011": "-",
        **dict.fromkeys("\t\n\r\u00a0\u2028\u2029", " "),
    }
)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one face and direction, ready to draw. `width` is that of size 1.

    `spelled` is what a reader of the file should find, where shaping has put other codes in the
    place of the letters.
    """

    face: str
    letters: str
    width: float
    is_rtl: bool = False
    is_missing: bool = False
    spelled: str = ""

    @property
    def is_plain(self) -> bool:
        return not (self.is_rtl or self.is_missing or self.spelled)


def clean(words: str) -> str:
    """Put letters and their marks together, and drop what steers a screen but prints nothing."""
    if words.isascii() and words.isprintable():
        return words
    composed = unicodedata.normalize("NFC", words.translate(_LOOK_ALIKES))
    if composed.isprintable() and not _SELECTORS.search(composed):
        return composed
    return "".join(filter(_prints, composed))


def _prints(letter: str) -> bool:
    if letter in _JOINERS:
        return True
    steers = unicodedata.category(letter) in {"Cc", "Cf"}
    return not steers and "VARIATION SELECTOR" not in unicodedata.name(letter, "")


def unprintable(words: str) -> tuple[str, ...]:
    """Name the letters that no face has, each once."""
    found = dict.fromkeys(clean(words))
    return tuple(letter for letter in found if _face_of(letter, REGULAR) is None)


@cache
def face(name: str) -> TTFont:
    """Load a face the first time it is asked for."""
    font = TTFont(name, str(paths.resources() / "fonts" / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font


@cache
def _is_shipped(name: str) -> bool:
    return (paths.resources() / "fonts" / f"{name}.ttf").is_file()


@lru_cache(maxsize=8192)
def runs_of(word: str, main: str) -> tuple[Run, ...]:
    """Cut a word, already cleaned, into runs that one face prints in one direction."""
    widths = face(main).face.charWidths
    if word.isascii():
        return (_plain_run(main, word, widths),)
    kinds = _kinds(word, main)
    return tuple(
        _run(kind, "".join(letter for letter, _ in group))
        for kind, group in groupby(zip(word, kinds, strict=True), key=lambda pair: pair[1])
    )


@cache
def blank_of(main: str) -> Run:
    """Give the blank between two words of a face."""
    return _plain_run(main, " ", face(main).face.charWidths)


def forget() -> None:
    """Keep no word of a patient in memory once a file is made."""
    runs_of.cache_clear()


@dataclass(frozen=True, slots=True)
class _Kind:
    face: str
    is_rtl: bool
    is_missing: bool


def _kinds(word: str, main: str) -> list[_Kind]:
    kinds: list[_Kind] = []
    for letter in word:
        joins = letter in _JOINERS or unicodedata.category(letter).startswith("M")
        if kinds and joins and (letter in _JOINERS or _has(kinds[-1].face, letter)):
            kinds.append(kinds[-1])
            continue
        name = _face_of(letter, main)
        rtl = unicodedata.bidirectional(letter) in {"R", "AL"}
        kinds.append(_Kind(name or SIGNS, rtl, name is None))
    return kinds


def _face_of(letter: str, main: str) -> str | None:
    script = unicodedata.name(letter, "").partition(" ")[0].title()
    for name in (main, f"NotoSans{script}-Regular", SIGNS, "DroidSansFallback"):
        if _is_shipped(name) and _has(name, letter):
            return name
    return None


def _has(name: str, letter: str) -> bool:
    return ord(letter) in face(name).face.charToGlyph


def _run(kind: _Kind, letters: str) -> Run:
    if kind.is_missing:
        box = PLACEHOLDER * len(letters.translate(_WITHOUT_JOINERS))
        run = _plain_run(kind.face, box, face(kind.face).face.charWidths)
        return Run(run.face, box, run.width, is_missing=True)
    if kind.is_rtl or _needs_shaping(letters):
        return _shaped_run(kind, letters)
    letters = letters.translate(_WITHOUT_JOINERS)
    return _plain_run(kind.face, letters, face(kind.face).face.charWidths)


def _plain_run(name: str, letters: str, widths: dict[int, float]) -> Run:
    width = sum(widths[ord(letter)] for letter in letters) / _UNITS
    return Run(name, letters, width)


def _needs_shaping(letters: str) -> bool:
    """Tell whether the face has marks to place, or letters to reorder as in Indic scripts."""
    return any(unicodedata.category(letter).startswith("M") for letter in letters)


def _shaped_run(kind: _Kind, letters: str) -> Run:
    _number_every_glyph(kind.face)
    setting = ABag(fontName=kind.face, fontSize=_UNITS)
    word = shapeFragWord([0, (setting, letters)], features=_FEATURES, force=True)
    shaped: Any = word[1][1]
    width = sum(data.x_advance for data in shaped.__shapeData__) / _UNITS
    return Run(kind.face, shaped, width, is_rtl=kind.is_rtl, spelled=letters)


@cache
def _number_every_glyph(name: str) -> None:
    """Give each glyph without a letter (a ligature, a joined form) a code of its own, in order.

    ReportLab would number them as it meets them, and the same page would not give the same file.
    """
    font: Any = face(name)
    measured = font.hbFont()
    code = _FIRST_OWN_CODE
    for glyph in range(font.hbFace.glyph_count):
        if glyph in font.face.glyphToChar:
            continue
        while code in font.face.charToGlyph:
            code += 1
        font.face.charToGlyph[code] = glyph
        font.face.glyphToChar[glyph] = [code]
        font.face.charWidths[code] = font.pdfScale(measured.get_glyph_h_advance(glyph))
