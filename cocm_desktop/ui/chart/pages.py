"""The tab of a chart that lists its contacts."""

from __future__ import annotations

from cocm_desktop.actions.chart_page import ChartPage
from cocm_desktop.actions.contact import void_contact
from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.review_packet import ContactWithMinutes
from cocm_desktop.domain.wording import count_of, long_date, short_date
from cocm_desktop.ui.chart.list_page import ListPage
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.widgets.labels import EmptyState
from cocm_desktop.ui.widgets.table import Column


class ContactsPage(ListPage[ContactWithMinutes]):
    def __init__(self, desk: Desk) -> None:
        empty = EmptyState("phone", desk.tr("No contact recorded yet"))
        super().__init__(desk, desk.tr("Contacts"), empty)

    def show_page(self, page: ChartPage) -> None:
        columns: list[Column[ContactWithMinutes]] = [
            Column(self.tr("Date"), lambda c: c.contact.made_on, short_date, width=104),
            Column(self.tr("Kind"), lambda c: c.contact.kind.value, width=96),
            Column(self.tr("Outcome"), lambda c: c.contact.outcome.value, width=130),
            Column(self.tr("Safety"), lambda c: c.contact.safety_words, width=90),
            Column(self.tr("Minutes"), lambda c: c.minutes or None, right=True, width=76),
            Column(self.tr("Next"), lambda c: c.contact.next_contact_on, short_date, width=104),
            Column(self.tr("By"), lambda c: c.staff_name, width=150),
            Column(self.tr("Note"), lambda c: " ".join(c.contact.note.split()), width=0),
        ]
        rows = tuple(reversed(page.chart.contacts))
        self.show_rows(columns, rows, voidable=self._voidable_of)

    def describe(self, row: ContactWithMinutes) -> tuple[str, str]:
        contact = row.contact
        title = f"{long_date(contact.made_on)} · {contact.kind.value}, {row.staff_name}"
        return title, contact.note or self.tr("No note")

    def _voidable_of(self, row: ContactWithMinutes) -> Voidable:
        contact = row.contact
        outcome = "" if contact.outcome is ContactOutcome.REACHED else contact.outcome.value.lower()
        words = ", ".join(filter(None, (contact.kind.value, outcome, long_date(contact.made_on))))
        also = self.tr("Its %1 will not count any more.") if row.minutes else ""
        return Voidable(
            words,
            also.replace("%1", count_of(row.minutes, "minute")),
            lambda workspace, reason: void_contact(workspace, contact.id, reason=reason),
        )
