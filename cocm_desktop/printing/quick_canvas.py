"""A canvas that writes what is drawn most with less ado than ReportLab's own: words and strokes.

ReportLab formats each number by its size and opens a text object for each word; a page has
hundreds of both. Numbers here have two decimals, a seventieth of the width of a hair on paper.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from reportlab.lib.colors import Color
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

_ESCAPES: Final = {
    **{code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))},
    **{ord(sign): f"\\{sign}" for sign in "()\\"},
}
_ROUND: Final = 0.5523
"""How far the handles of a quarter circle reach, as a share of its radius."""
_QUARTERS: Final = (
    (1, _ROUND, _ROUND, 1, 0, 1),
    (-_ROUND, 1, -1, _ROUND, -1, 0),
    (-1, -_ROUND, -_ROUND, -1, 0, -1),
    (_ROUND, -1, 1, -_ROUND, 1, 0),
)
_PATH_ENDS: Final = {(1, 0): "S", (0, 1): "f", (1, 1): "B", (0, 0): "n"}


class QuickCanvas(Canvas):
    """Its colors are opaque values of Color. What is not named here is drawn as ever."""

    _code: list[str]
    _doc: Any

    def write(
        self, words: str, at: tuple[float, float], *, font: TTFont, size: float, color: Color
    ) -> None:
        """Write words from the left end of their baseline."""
        parts = [
            f"{_face(font, subset, self._doc)} {size:g} Tf ({_escaped(codes)}) Tj"
            for subset, codes in font.splitString(words, self._doc)
        ]
        x, y = at
        self._code.append(f"BT {_rgb(color)} rg {x:.2f} {y:.2f} Td {' '.join(parts)} ET")

    @override
    def setFillColor(self, aColor: Any, alpha: float | None = None) -> None:
        self._fillColorObj = aColor
        self._code.append(f"{_rgb(aColor)} rg")

    @override
    def setStrokeColor(self, aColor: Any, alpha: float | None = None) -> None:
        self._strokeColorObj = aColor
        self._code.append(f"{_rgb(aColor)} RG")

    @override
    def setLineWidth(self, width: float) -> None:
        self._lineWidth = width
        self._code.append(f"{width:g} w")

    @override
    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._code.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    @override
    def rect(
        self, x: float, y: float, width: float, height: float, stroke: float = 1, fill: float = 0
    ) -> None:
        end = _PATH_ENDS[bool(stroke), bool(fill)]
        self._code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {end}")

    @override
    def circle(
        self, x_cen: float, y_cen: float, r: float, stroke: float = 1, fill: float = 0
    ) -> None:
        quarters = [
            f"{x_cen + a * r:.2f} {y_cen + b * r:.2f} {x_cen + c * r:.2f} {y_cen + d * r:.2f} "
            f"{x_cen + e * r:.2f} {y_cen + f * r:.2f} c"
            for a, b, c, d, e, f in _QUARTERS
        ]
        end = _PATH_ENDS[bool(stroke), bool(fill)]
        self._code.append(f"{x_cen + r:.2f} {y_cen:.2f} m {' '.join(quarters)} h {end}")


def _face(font: TTFont, subset: int, document: Any) -> str:
    name: str = font.getSubsetInternalName(subset, document)
    return name


@cache
def _rgb(color: Color) -> str:
    return f"{color.red:.4g} {color.green:.4g} {color.blue:.4g}"


def _escaped(codes: bytes) -> str:
    return codes.decode("latin-1").translate(_ESCAPES)
