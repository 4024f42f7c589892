"""What is remembered on this computer only: appearance, text size, when to lock."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from cocm_desktop.domain.lock import AT_THE_FRONT_DESK, BY_ROLE, ELSEWHERE, IDLE_MINUTES
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.sizes import TEXT_SIZES
from cocm_desktop.ui.theme import Scheme
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.form import Form, Page, beside
from cocm_desktop.ui.widgets.labels import Card, Label


class ComputerPage(Page):
    """Choices here act at once: they change nothing in the clinic's file."""

    def __init__(self, computer: Computer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._computer = computer
        self.schemes = QButtonGroup(self)
        self.text_percent = ChoiceField([(size, f"{size} %") for size in TEXT_SIZES])
        usual = self.tr("after %1 minutes at the front desk, %2 elsewhere")
        usual = usual.replace("%1", str(AT_THE_FRONT_DESK)).replace("%2", str(ELSEWHERE))
        after = [
            (each, self.tr("after %1").replace("%1", count_of(each, "minute")))
            for each in IDLE_MINUTES
        ]
        self.idle = ChoiceField([(BY_ROLE, usual), *after])
        self._build()
        self._show()

        self.schemes.idClicked.connect(self._choose_scheme)
        self.text_percent.activated.connect(self._choose_text)
        self.idle.activated.connect(self._choose_idle)
        computer.changed.connect(self._show)

    def _build(self) -> None:
        look = Card(self.tr("Appearance"))
        form = Form()
        buttons = []
        for number, scheme in enumerate(Scheme):
            button = QRadioButton(scheme.value)
            self.schemes.addButton(button, number)
            buttons.append(button)
        form.add(self.tr("Colors"), beside(*buttons))
        form.add(self.tr("Te&xt size"), beside(self.text_percent))
        look.body.addLayout(form)
        lock = Card(self.tr("Lock"))
        form = Form()
        form.add(self.tr("Lock when &idle"), beside(self.idle))
        lock.body.addLayout(form)
        lock.body.addWidget(
            Label(
                self.tr(
                    "It locks too when the computer locks, sleeps or is handed to another account. "
                    "What you were typing is kept."
                ),
                "caption",
                wraps=True,
            )
        )
        words = self.tr("Kept on this computer only. None of it is about a patient.")
        for each in (look, lock, Label(words, "caption")):
            self.body.addWidget(each)
        self.body.addStretch(1)

    @Slot()
    def _show(self) -> None:
        settings = self._computer.settings
        self.schemes.button(list(Scheme).index(settings.appearance)).setChecked(True)
        self.text_percent.choose(settings.text_percent)
        self.idle.choose(settings.idle_minutes)

    @Slot(int)
    def _choose_scheme(self, number: int) -> None:
        self._computer.change(scheme=list(Scheme)[number].name)

    @Slot()
    def _choose_text(self) -> None:
        self._computer.change(text_percent=self.text_percent.choice())

    @Slot()
    def _choose_idle(self) -> None:
        self._computer.change(idle_minutes=self.idle.choice())
