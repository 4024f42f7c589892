"""The style sheet over Fusion: short, and made from the palette."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from cocm_desktop.paths import resources
from cocm_desktop.ui.palette import Palette, Tone
from cocm_desktop.ui.sizes import Text, scaled

# Sizes in px(…) grow with the text. Focus is a ring of 2 px in the primary colour.
_SHEET = Template("""
QToolTip { background: $surface; color: $text; border: 1px solid $control; padding: 4px; }
QMenuBar { background: $surface; border-bottom: 1px solid $divider; }
QMenuBar::item { padding: 4px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $primary_tint; color: $primary; }
QMenu { background: $surface; border: 1px solid $control; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $divider; margin: 4px 8px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $control; border-radius: 4px;
  padding: 0 8px; selection-background-color: $selection; selection-color: $text;
  placeholder-text-color: $secondary; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${control_height}px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $primary; padding: 0 7px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 5px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled,
QLineEdit[readOnly="true"] { background: $window; color: $disabled; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"],
QAbstractSpinBox[problem="true"] { border: 2px solid $error; padding: 0 7px; }
QAbstractSpinBox { max-height: ${control_height}px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: 0; padding: 0 8px;
  min-height: 0; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; height: 0; border: 0; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; min-height: 0;
  background: transparent; }
QComboBox::drop-down { border: 0; width: ${arrow_room}px; }
QComboBox::down-arrow { image: url("$chevron_down"); width: ${mark}px; height: ${mark}px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $control; outline: 0;
  selection-background-color: $selection; selection-color: $text; padding: 4px; }

QPushButton { background: $surface; color: $text; border: 1px solid $control; border-radius: 4px;
  padding: 0 14px; min-height: ${button_height}px; }
QPushButton:hover { background: $primary_tint; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border: 2px solid $primary; padding: 0 13px; }
QPushButton:disabled { color: $disabled; background: $window; border-color: $divider; }
QPushButton[kind="primary"] { background: $primary; color: $on_primary; border-color: $primary;
  font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $primary_hover; border-color: $primary_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 0 13px; }
QPushButton[kind="primary"]:disabled { background: $track; color: $disabled;
  border-color: $divider; }
QPushButton[kind="danger"] { color: $error; border-color: $error; }
QPushButton[kind="danger"]:disabled { color: $disabled; border-color: $divider; }
QPushButton[kind="danger"]:focus { border: 2px solid $error; }
QPushButton[kind="link"] { background: transparent; color: $primary; border: 2px solid transparent;
  padding: 0 4px; min-height: ${target}px; text-align: left; }
QPushButton[kind="link"]:hover { color: $primary_hover; text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $primary; padding: 0 4px; }
QPushButton[kind="link"]:disabled { color: $disabled; }
QPushButton[kind="chip"] { background: $surface; color: $text; border: 1px solid $control;
  border-radius: ${chip_radius}px; padding: 0 9px; min-height: ${chip_height}px;
  font-size: ${caption}pt; }
QPushButton[kind="chip"]:hover { background: $primary_tint; }
QPushButton[kind="chip"]:checked { background: $primary_tint; color: $primary;
  border-color: $primary; font-weight: 600; }
QPushButton[kind="chip"]:focus { border: 2px solid $primary; padding: 0 8px; }
QToolButton { background: transparent; color: $text; border: 2px solid transparent;
  border-radius: 4px; min-width: ${target}px; min-height: ${target}px; padding: 0 2px; }
QToolButton:hover { background: $primary_tint; }
QToolButton:focus { border: 2px solid $primary; }
QToolButton:disabled { color: $disabled; }

QCheckBox, QRadioButton { spacing: 8px; min-height: ${target}px; border: 2px solid transparent;
  border-radius: 4px; padding: 0 4px 0 2px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $primary; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator { width: ${mark}px; height: ${mark}px;
  border: 1px solid $control; background: $surface; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: ${mark_radius}px; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary;
  image: url("$check"); }
QRadioButton::indicator:checked { background: $surface; border: ${mark_ring}px solid $primary;
  width: ${mark_hole}px; height: ${mark_hole}px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $divider; }

QTabBar { qproperty-drawBase: 0; }
QTabWidget::tab-bar { left: 4px; }
QTabBar::tab { background: transparent; color: $secondary; border: 0;
  border-bottom: 2px solid transparent; padding: 8px 11px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $primary; }
QTabBar::scroller { width: ${scroller}px; }
QTabBar QToolButton { background: $window; min-width: ${target}px; padding: 0; }
QTabBar::tab:focus { color: $primary; background: $primary_tint; }
QTabWidget::pane { border: 0; border-top: 1px solid $divider; }

QTableView, QTableWidget, QListView, QTreeView { background: $surface;
  alternate-background-color: $alternate; border: 1px solid $divider; border-radius: 6px;
  gridline-color: transparent; selection-background-color: $selection; selection-color: $text;
  outline: 0; padding: 1px; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $primary; padding: 0; }
FrozenName, FrozenName:focus { border: 0; padding: 0; border-radius: 0; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $secondary; border: 0;
  border-bottom: 1px solid $divider; padding: 0 8px; min-height: ${header_height}px;
  font-size: ${caption}pt; font-weight: 600; }
QTableCornerButton::section { background: $surface; border: 0; }

QScrollArea { border: 0; background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollArea > QWidget > QScrollBar:vertical { width: 16px; margin: 2px 2px 2px 6px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $control; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: 0; width: 0; height: 0; }
QProgressBar { background: $track; border: 0; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $primary; border-radius: 3px; }
QSplitter::handle { background: $divider; }

QLabel[role="caption"] { color: $secondary; font-size: ${caption}pt; }
QLabel[role="caption_due"] { color: $due; font-size: ${caption}pt; }
QLabel[role="caption_good"] { color: $success; font-size: ${caption}pt; }
QWidget[role="page"] { background: $window; }
QTextBrowser[role="page"] { background: $surface; border: 1px solid $divider; border-radius: 6px; }
QLabel[role="code"] { font-size: ${banner}pt; font-weight: 600; color: $text; }
QLabel[role="here"] { color: $primary; font-weight: 600; }
QLabel[role="late"] { color: $due; font-size: ${caption}pt; font-weight: 600; }
QLabel[role="secondary"] { color: $secondary; }
QLabel[role="section"] { font-size: ${section}pt; font-weight: 600; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="banner"] { font-size: ${banner}pt; font-weight: 600; }
QLabel[role="number"] { font-size: ${key_number}pt; font-weight: 600; }
QLabel[role="stale_number"] { font-size: ${key_number}pt; font-weight: 600; color: $secondary; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="problem"] { color: $error; }
QLabel[role="success"] { color: $success; }
QLabel[role="overdue"] { color: $error; font-weight: 600; }
QLabel[role="due"] { color: $due; font-weight: 600; }
QFrame[role="card"] { background: $surface; border: 1px solid $divider; border-radius: 6px; }
QFrame[role="strip"] { background: $surface; border: 0; border-bottom: 1px solid $divider; }
QFrame[role="line"] { background: $divider; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="note"] { background: $primary_tint; border: 1px solid $primary; border-radius: 6px; }
QFrame[role="caution"] { background: $due_tint; border: 1px solid $due; border-radius: 6px; }
QFrame[role="trouble"] { background: $severe_tint; border: 1px solid $error; border-radius: 6px; }
QLabel[role="brand"] { color: $primary; font-size: ${section}pt; font-weight: 600;
  padding-left: 8px; }
QFrame[role="rail"] { background: $surface; border: 0; border-right: 1px solid $divider; }
QFrame[role="top"] { background: $surface; border: 0; border-bottom: 1px solid $divider; }
QFrame[role="status"] { background: $surface; border: 0; border-top: 1px solid $divider; }
QFrame[role="safety"] { background: $safety; border: 0; }
QFrame[role="emergency"] { background: $safety; border: 0; border-bottom: 1px solid $on_safety; }
QFrame[role="safety_card"] { background: $safety; border: 0; border-radius: 6px; }
QLabel[role="on_safety"] { color: $on_safety; font-weight: 600; }
QPushButton[kind="safety"] { background: $safety; color: $on_safety; font-weight: 600;
  border: 2px solid transparent; }
QPushButton[kind="safety"]:hover { text-decoration: underline; }
QPushButton[kind="safety"]:focus { border: 2px solid $on_safety; padding: 0 14px; }
QFrame[role="good"] { background: $good_tint; border: 0; border-bottom: 1px solid $success; }
QFrame[role="asks"] { background: $due_tint; border: 0; border-bottom: 1px solid $due; }
QFrame[role="trouble_bar"] { background: $severe_tint; border: 0;
  border-bottom: 1px solid $error; }
QDialog { background: $window; }
""")


def style_sheet(palette: Palette, percent: int) -> str:
    """Write the style sheet for a palette at a text size in percent."""
    scheme = "dark" if palette.is_dark else "light"
    pictures = resources() / "style"
    colours = {name: value for name, value in asdict(palette).items() if isinstance(value, str)}
    points = {text.name.lower(): f"{text.points(percent):g}" for text in Text}
    return _SHEET.substitute(
        colours,
        **points,
        good_tint=palette.chips[Tone.MINIMAL].tint,
        due_tint=palette.chips[Tone.MODERATE].tint,
        severe_tint=palette.chips[Tone.SEVERE].tint,
        check=(pictures / f"check-{scheme}.svg").as_posix(),
        chevron_down=(pictures / f"chevron-down-{scheme}.svg").as_posix(),
        control_height=scaled(28, percent),
        button_height=scaled(30, percent),
        chip_height=scaled(26, percent),
        chip_radius=scaled(26, percent) // 2,
        header_height=scaled(30, percent),
        arrow_room=scaled(24, percent),
        mark=scaled(16, percent),
        mark_radius=(scaled(16, percent) + 2) // 2,
        mark_ring=scaled(5, percent),
        mark_hole=scaled(16, percent) + 2 - 2 * scaled(5, percent),
        target=max(24, scaled(24, percent)),
        scroller=2 * max(30, scaled(30, percent)),
    )
