"""The rows that an import left out, as a list for whoever corrects the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from cocm_desktop.domain.import_preview import PreviewRow
from cocm_desktop.domain.wording import short_date
from cocm_desktop.exchange.table_file import harmless

HEADER = ("Line", "Result", "Patient", "Date of birth", "MRN", "Why")


def left_out_list(rows: Iterable[PreviewRow]) -> bytes:
    """Give the rows as CSV that every spreadsheet opens and none calculates."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for row in rows:
        born = short_date(row.born_on) if row.born_on else ""
        cells = (row.state.value, row.name, born, row.mrn, " ".join(row.remarks))
        writer.writerow([row.line, *map(harmless, cells)])
    return text.getvalue().encode("utf-8-sig")
