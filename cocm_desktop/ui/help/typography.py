"""Setting a help page in our type: Qt's own idea of Markdown is bolder and tighter."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme

MARGIN = 22
_LINE_PERCENT = 132
_SIZES = {1: Text.TITLE, 2: Text.SECTION}


def set_page(document: QTextDocument, markdown: str, theme: Theme) -> None:
    """Fill a document with a page."""
    document.setDefaultFont(theme.font())
    document.setDocumentMargin(theme.px(MARGIN))
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    for block in _blocks(document):
        _set_block(block, theme)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame, theme)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _set_block(block: QTextBlock, theme: Theme) -> None:
    level = block.blockFormat().headingLevel()
    is_in_table = QTextCursor(block).currentTable() is not None
    form = QTextBlockFormat()
    percent = float(_LINE_PERCENT)
    form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if not is_in_table:
        form.setTopMargin(theme.px(16 if level > 1 else 0))
        form.setBottomMargin(theme.px(6 if level else 8))
    QTextCursor(block).mergeBlockFormat(form)
    for start, length, weight in _runs(block):
        letters = QTextCursor(block)
        letters.setPosition(start)
        letters.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        letters.mergeCharFormat(_letters(level, weight, theme))


def _runs(block: QTextBlock) -> list[tuple[int, int, int]]:
    """Give where each run of one format begins, how long it is, and its weight."""
    found = []
    run = block.begin()
    while not run.atEnd():
        piece = run.fragment()
        found.append((piece.position(), piece.length(), piece.charFormat().fontWeight()))
        run += 1
    return found


def _letters(level: int, weight: int, theme: Theme) -> QTextCharFormat:
    form = QTextCharFormat()
    if level:
        form.setFontPointSize(_SIZES.get(level, Text.BODY).points(theme.percent))
    if level or weight > QFont.Weight.Normal.value:
        # The heaviest weight that we ship; anything above is smeared by the computer.
        form.setFontWeight(QFont.Weight.DemiBold.value)
    return form


def _set_table(table: QTextTable, theme: Theme) -> None:
    form = table.format().toTableFormat()
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QBrush(theme.colour("divider")))
    form.setBorderCollapse(True)
    form.setCellPadding(theme.px(5))
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setBottomMargin(theme.px(8))
    table.setFormat(form)
