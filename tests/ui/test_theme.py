from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from cocm_desktop.paths import resources
from cocm_desktop.ui.icons import icon_pixmap
from cocm_desktop.ui.palette import DARK, LIGHT, Palette, Tone
from cocm_desktop.ui.sizes import TEXT_SIZES, Text
from cocm_desktop.ui.style_sheet import style_sheet
from cocm_desktop.ui.theme import FAMILY, Scheme, apply_theme, theme_of

TEXT, GRAPHIC = 4.5, 3.0
PALETTES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
TEXT_PAIRS = [
    *(("text", on) for on in ("window", "surface", "alternate", "selection", "primary_tint")),
    *(("secondary", on) for on in ("window", "surface", "alternate", "selection")),
    *(("disabled", on) for on in ("window", "surface")),
    *(("primary", on) for on in ("window", "surface", "alternate", "primary_tint", "selection")),
    *((name, on) for name in ("error", "success", "due") for on in ("window", "surface")),
    *((name, "alternate") for name in ("error", "due")),
    ("primary_hover", "surface"),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("on_safety", "safety"),
    ("chart_second", "surface"),
]
GRAPHIC_PAIRS = [
    *(("control", on) for on in ("window", "surface", "alternate")),
    *(("primary", on) for on in ("window", "surface", "selection", "track")),
    *(("error", on) for on in ("window", "surface")),
    ("success", "track"),
]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS, ids="-".join)
def test_text_can_be_read(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= TEXT


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("ink", "ground"), GRAPHIC_PAIRS, ids="-".join)
def test_borders_and_focus_can_be_seen(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= GRAPHIC


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("tone", Tone)
def test_a_chip_can_be_read(palette: Palette, tone: Tone) -> None:
    chip = palette.chips[tone]

    assert contrast(chip.text, chip.tint) >= TEXT


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("tone", [Tone(level) for level in range(1, 6)])
def test_the_border_of_a_severity_chip_can_be_seen_on_every_row(
    palette: Palette, tone: Tone
) -> None:
    border = palette.chips[tone].text

    for ground in ("surface", "alternate", "selection"):
        assert contrast(border, getattr(palette, ground)) >= GRAPHIC


@pytest.mark.parametrize("palette", PALETTES)
def test_the_style_sheet_uses_only_colours_of_the_palette(palette: Palette) -> None:
    known = {getattr(palette, name) for name in palette.__slots__ if name != "chips"}
    known |= {colour for chip in palette.chips.values() for colour in (chip.text, chip.tint)}

    used = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", style_sheet(palette, 100)))

    assert used
    assert used <= known


@pytest.mark.parametrize(
    ("palette", "scheme"), [(LIGHT, "light"), (DARK, "dark")], ids=["light", "dark"]
)
def test_the_pictures_of_the_style_sheet_have_the_colours_of_the_palette(
    palette: Palette, scheme: str
) -> None:
    check = (resources() / "style" / f"check-{scheme}.svg").read_text("utf-8")
    chevron = (resources() / "style" / f"chevron-down-{scheme}.svg").read_text("utf-8")

    assert f'stroke="{palette.on_primary}"' in check
    assert f'stroke="{palette.secondary}"' in chevron


@pytest.fixture
def dressed(qapp: QApplication) -> object:
    yield qapp
    apply_theme(qapp, Scheme.LIGHT)


def test_a_widget_learns_of_dark_colours_and_larger_text(dressed: QApplication) -> None:
    button = QPushButton()
    button.setStyleSheet("background: white")

    apply_theme(dressed, Scheme.DARK, percent=150)

    assert theme_of(button).palette is DARK
    assert theme_of(button).percent == 150
    assert theme_of(button).px(10) == 15


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_every_text_size_is_read_back_as_it_was_set(dressed: QApplication, percent: int) -> None:
    apply_theme(dressed, Scheme.LIGHT, percent=percent)

    assert theme_of().percent == percent


def test_figures_of_a_column_are_equally_wide_and_a_hyphen_in_text_is_not(
    qapp: QApplication,
) -> None:
    figures, text = (QFontMetrics(theme_of().font(tabular=each)) for each in (True, False))

    assert figures.horizontalAdvance("1111") == figures.horizontalAdvance("8888")
    assert text.horizontalAdvance("-") < text.horizontalAdvance("8")
    assert QLabel().fontInfo().family() == FAMILY


def test_bold_is_a_face_that_we_ship(qapp: QApplication) -> None:
    font = theme_of().font(Text.BODY, bold=True)

    assert font.weight() == QFont.Weight.DemiBold
    assert font.pointSizeF() == Text.BODY.points(100)


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    picture = icon_pixmap("minus", "#FF0000", size=24).toImage()

    middle = picture.pixelColor(picture.width() // 2, picture.height() // 2)

    assert middle.name() == "#ff0000"
    assert picture.pixelColor(0, 0).alpha() == 0
