"""The frame of a page: margins, what the foot says, the mark of sample clinics, bookmarks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from reportlab import rl_config

from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Block, Rule
from cocm_desktop.printing.proof import proof
from cocm_desktop.printing.typesetting import Align, Pen, Style

PROGRAM: Final = "CoCM Desktop"
SAMPLE: Final = "SAMPLE – NOT A REAL PATIENT"
LACKS_LETTERS: Final = "□ stands for a letter that this program cannot print."
# A quarter of an inch from each edge: nearer, many printers cut off.
FOOT: Final = 20.0
HEAD: Final = theme.PAGE_HEIGHT - 18.5
ROOM: Final = theme.PAGE_HEIGHT - theme.MARGIN - FOOT - 22.0
LANGUAGE_CODES: Final = {Language.ENGLISH: "en-US", Language.SPANISH: "es-US"}
PAGE_WORDS: Final = {Language.ENGLISH: "page {} of {}", Language.SPANISH: "página {} de {}"}
SLIP: Final = (theme.PAGE_WIDTH / 2, theme.PAGE_HEIGHT / 2)
"""A quarter of a letter page."""

# Streams stay binary: the detour over ASCII makes files larger and takes longer.
rl_config.useA85 = 0


@dataclass(frozen=True, slots=True)
class Folio:
    """What tells a page from the others: where links find it, and what its foot says.

    `bookmark` is what a reader's sidebar shows; empty for a page that goes on. It stands under the
    last `section` that a page began. `back` leads from the foot to another page: words and key.
    """

    key: str
    bookmark: str
    foot: str
    number: int
    of: int
    is_sample: bool
    section: str = ""
    is_in_section: bool = False
    back: tuple[str, str] | None = None


def prepared_words(practice: Practice, moment: datetime, by: str) -> str:
    return (
        f"Confidential · {practice.name} · prepared {long_moment(moment)} by {by} "
        "from records as of that time"
    )


class Press:
    """Prints blocks page by page and gives the file as bytes.

    The same blocks always give the same bytes. `title` must not name a patient. `anchor` is the
    last entry of the audit with its seal: a paper that leaves the practice is a witness of it.
    """

    def __init__(
        self,
        title: str,
        *,
        paper: tuple[float, float] = (theme.PAGE_WIDTH, theme.PAGE_HEIGHT),
        language: Language = Language.ENGLISH,
        anchor: str = "",
    ) -> None:
        fonts.face(fonts.REGULAR)
        self._paper = paper
        self._language = language
        self._anchor = anchor
        self._pages = 0
        self._file = BytesIO()
        self._pen = Pen(
            self._file,
            pagesize=paper,
            pageCompression=1,
            invariant=1,
            initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # a name; the stub errs
            lang=LANGUAGE_CODES[language],
        )
        self._pen.setTitle(title)
        self._pen.setAuthor(PROGRAM)
        self._pen.setCreator(PROGRAM)
        self._pen.setSubject("")
        self._pen.setKeywords("")
        # Readers of PDF make pages smaller unless told not to: labels and windows would not fit.
        self._pen.setViewerPreference("PrintScaling", "None")

    def print_page(self, content: Block, folio: Folio) -> None:
        self._pen.lacks_letters = False
        self._pen.bookmarkPage(folio.key)
        if folio.section:
            key = f"section-{folio.key}"
            self._pen.bookmarkPage(key)
            self._pen.addOutlineEntry(_one_line(folio.section), key)
        if folio.bookmark:
            level = int(folio.is_in_section)
            self._pen.addOutlineEntry(_one_line(folio.bookmark), folio.key, level)
        if folio.is_sample:
            self._mark_as_sample()
        content.draw(self._pen, theme.MARGIN, theme.PAGE_HEIGHT - theme.MARGIN)
        self._print_foot(folio)
        self._pen.showPage()
        self._pages += 1

    def print_slip(self, content: Block, *, is_sample: bool) -> None:
        """Print a small page: nothing but its content, and the mark of a sample at its foot."""
        width, height = self._paper
        content.draw(self._pen, theme.MARGIN, height - theme.MARGIN)
        if is_sample:
            words = theme.text(SAMPLE, width - 2 * theme.MARGIN, theme.SMALL_BOLD)
            words.draw(self._pen, theme.MARGIN, FOOT + words.height)
        self._pen.showPage()
        self._pages += 1

    def finish(self) -> bytes:
        """Close the file and read it back; keep no word of a patient in memory."""
        self._pen.save()
        theme.forget()
        return proof(self._file.getvalue(), pages=self._pages)

    def _print_foot(self, folio: Folio) -> None:
        page = PAGE_WORDS[self._language].format(folio.number, folio.of)
        words_back, target = folio.back or ("", "")
        page = f"{words_back} · {page}" if words_back else page
        shown = f"{self._anchor} · {page}" if self._anchor else page
        number = theme.text(shown, theme.BODY_WIDTH, theme.SMALL_QUIET, align=Align.RIGHT)
        room = theme.BODY_WIDTH - number.words_width - theme.GAP
        words = theme.text(folio.foot, room, theme.SMALL_QUIET, most_lines=1)
        top = FOOT + words.height
        Rule(theme.BODY_WIDTH, 0.4, theme.HAIRLINE).draw(self._pen, theme.MARGIN, top + 3.0)
        words.draw(self._pen, theme.MARGIN, top)
        number.draw(self._pen, theme.MARGIN, top)
        if target:
            right = theme.MARGIN + theme.BODY_WIDTH
            linked = theme.text(page, theme.BODY_WIDTH, theme.SMALL_QUIET, align=Align.RIGHT)
            area = (right - linked.words_width, top - number.height, right, top)
            self._pen.linkRect("", target, area, relative=0)
        if self._pen.lacks_letters:
            note = theme.text(LACKS_LETTERS, theme.BODY_WIDTH, theme.NOTE, align=Align.RIGHT)
            note.draw(self._pen, theme.MARGIN, HEAD - 2.0)

    def _mark_as_sample(self) -> None:
        style = Style(fonts.BOLD, 8.0, 10.0, theme.INK)
        words = theme.text(SAMPLE, theme.BODY_WIDTH, style, align=Align.CENTER)
        width = words.words_width + 20.0
        left = (theme.PAGE_WIDTH - width) / 2
        self._pen.setStrokeColor(theme.INK)
        self._pen.setLineWidth(0.8)
        self._pen.roundRect(left, HEAD - 14.0, width, 14.0, 7.0)
        words.draw(self._pen, theme.MARGIN, HEAD - 2.1)


def _one_line(words: str) -> str:
    """Give words that a sidebar can show; half a surrogate pair cannot be written at all."""
    return " ".join(fonts.clean(words).encode("utf-8", "replace").decode("utf-8").split())
