"""How the program looks: palette, type and spacing, applied to the application as a whole.

A widget that paints itself asks `theme_of(self)` while it paints, a delegate
`theme_of(option.widget)`, so that a change of appearance or text size shows at the next repaint.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from cocm_desktop.paths import resources
from cocm_desktop.ui.palette import DARK, LIGHT, Palette
from cocm_desktop.ui.sizes import USUAL_TEXT, Text, scaled
from cocm_desktop.ui.style_sheet import style_sheet

FAMILY = "Inter"
FONT_FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")
_APPLIED = "look"
_TABULAR = QFont.Tag("tnum")
_HALF_BRIGHT = 128


class Scheme(Enum):
    SYSTEM = "As the computer"
    LIGHT = "Light"
    DARK = "Dark"


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette and a text size. Everything drawn is measured through it."""

    palette: Palette
    percent: int = USUAL_TEXT

    def font(self, text: Text = Text.BODY, *, bold: bool = False, tabular: bool = False) -> QFont:
        """Give the type of a text. Columns of numbers are `tabular`: each figure equally wide.

        Not all text is, because the hyphen then is as wide as a figure: PHQ - 9.
        """
        font = QFont(FAMILY)
        font.setPointSizeF(text.points(self.percent))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if tabular:
            font.setFeature(_TABULAR, 1)
        return font

    def px(self, pixels: float) -> int:
        """Give a length that grows with the text: row heights, chip widths, gaps around text."""
        return scaled(pixels, self.percent)

    @property
    def row_height(self) -> int:
        return max(28, self.px(32))

    def colour(self, name: str) -> QColor:
        """Give a colour of the palette by its name: `theme.colour("secondary")`."""
        return QColor(getattr(self.palette, name))


@cache
def theme(palette: Palette = LIGHT, percent: int = USUAL_TEXT) -> Theme:
    return Theme(palette, percent)


def theme_of(widget: QWidget | None = None) -> Theme:
    """Tell how a widget has to look, from the application's palette and font.

    The widget's own palette would mislead: a style sheet paints its background into it.
    """
    palette = QApplication.palette(widget) if widget else QApplication.palette()
    is_dark = palette.color(QPalette.ColorRole.Window).lightness() < _HALF_BRIGHT
    percent = round(USUAL_TEXT * QApplication.font().pointSizeF() / Text.BODY.points(USUAL_TEXT))
    return theme(DARK if is_dark else LIGHT, percent)


def apply_theme(
    app: QApplication, scheme: Scheme = Scheme.SYSTEM, *, percent: int = USUAL_TEXT
) -> Theme:
    """Give the whole application one look. May be called again at any time."""
    app.styleHints().setColorScheme(_QT_SCHEMES[scheme])
    is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    if scheme is not Scheme.SYSTEM:
        is_dark = scheme is Scheme.DARK
    applied = theme(DARK if is_dark else LIGHT, percent)
    wanted = f"{is_dark} {percent}"
    if app.property(_APPLIED) != wanted:  # Qt dresses every widget anew, which takes its time
        _dress(app, applied)
        app.setProperty(_APPLIED, wanted)
    return applied


def _dress(app: QApplication, applied: Theme) -> None:
    _load_fonts()
    if not app.property(_APPLIED):
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(applied.font())
    app.setPalette(qt_palette(applied.palette))
    app.setStyleSheet(style_sheet(applied.palette, applied.percent))


_QT_SCHEMES = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


@cache
def _load_fonts() -> None:
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))


def qt_palette(palette: Palette) -> QPalette:
    """Set every role: one that is left out shows the desktop's own colour in our windows."""
    role = QPalette.ColorRole
    colours = {
        role.Window: palette.window,
        role.WindowText: palette.text,
        role.Base: palette.surface,
        role.AlternateBase: palette.alternate,
        role.ToolTipBase: palette.surface,
        role.ToolTipText: palette.text,
        role.PlaceholderText: palette.secondary,
        role.Text: palette.text,
        role.Button: palette.surface,
        role.ButtonText: palette.text,
        role.BrightText: palette.error,
        role.Light: palette.surface,
        role.Midlight: palette.track,
        role.Mid: palette.divider,
        role.Dark: palette.control,
        role.Shadow: palette.control,
        role.Highlight: palette.selection,
        role.HighlightedText: palette.text,
        role.Accent: palette.primary,
        role.Link: palette.primary,
        role.LinkVisited: palette.primary,
    }
    made = QPalette()
    for each, colour in colours.items():
        made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(palette.disabled))
    return made
