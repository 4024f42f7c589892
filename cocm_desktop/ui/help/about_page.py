"""Which program this is, and whose work it rests on."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from cocm_desktop import __version__
from cocm_desktop.domain.intended_use import INTENDED_USE
from cocm_desktop.paths import PROGRAM
from cocm_desktop.ui.widgets.form import Form, Page
from cocm_desktop.ui.widgets.labels import Card, Label

LICENCES = (
    ("CoCM Desktop", "Apache License 2.0"),
    ("Qt and PySide6", "LGPL 3.0; you may replace these libraries with your own"),
    ("SQLCipher", "BSD 3-Clause"),
    ("SQLAlchemy, Alembic, keyring, pypdf", "MIT and BSD"),
    ("cryptography", "Apache License 2.0 or BSD 3-Clause"),
    ("ReportLab", "BSD"),
    ("pdfium, pypdfium2", "BSD 3-Clause, Apache License 2.0"),
    ("Inter, Noto Sans", "SIL Open Font License 1.1"),
    ("Tabler Icons", "MIT"),
)


class AboutPage(Page):
    """Reads nothing of the clinic."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        program = Card(PROGRAM)
        form = Form()
        form.add(self.tr("Version"), Label(__version__))
        form.add(self.tr("Runs on"), Label(f"Python {platform.python_version()}, Qt {qVersion()}"))
        program.body.addLayout(form)
        self.intended_use = Label(INTENDED_USE, wraps=True)
        program.body.addWidget(self.intended_use)
        words = self.tr("The program sends nothing to anybody.")
        program.body.addWidget(Label(words, "secondary", wraps=True))

        licences = Card(self.tr("Licences"))
        form = Form()
        for name, licence in LICENCES:
            form.add(name, Label(licence, "secondary", wraps=True))
        licences.body.addLayout(form)
        words = self.tr("The full texts are in the folder “licences” of the program.")
        licences.body.addWidget(Label(words, "caption", wraps=True))
        self.body.addWidget(program)
        self.body.addWidget(licences)
        self.body.addStretch(1)
