"""What a packet shows of its patients, chosen for this computer; and the packets of late."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from cocm_desktop.actions.printed_packet import read_printed_packets
from cocm_desktop.domain.packet_options import Identity
from cocm_desktop.domain.printed_packet import PacketState
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.form import Form
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 560
MOST_SHOWN = 4


def choose_options(desk: Desk, parent: QWidget, prepare: Callable[[], object]) -> None:
    """Ask how packets look; `prepare` makes one at once where a person wants that."""
    dialog = PacketOptionsDialog(desk, parent)
    dialog.prepare_wanted.connect(prepare)
    dialog.open()


class PacketOptionsDialog(QDialog):
    """Keeps the choice for every packet that this computer makes from now on."""

    prepare_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Packet options"))
        options = desk.computer.settings.packet_options
        self.identity = ChoiceField([(each, each.value) for each in Identity])
        self.identity.choose(options.identity)
        self.social = QCheckBox(self.tr("Leave out the &social history"))
        self.social.setChecked(options.leaves_out_social_history)
        self.lately = Label("", "secondary", wraps=True)
        self.go_on = PrimaryButton(self.tr("Prepare packet"), "printer")
        self.keep = Button(self.tr("Keep options"))
        self.cancel = Button(self.tr("Cancel"))
        self._build()

        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self._prepare)
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.reject)
        desk.read(read_printed_packets, self._show_lately)

    def _build(self) -> None:
        words = self.tr(
            "Every page, bookmark and foot names the patients in this way. What people wrote is "
            "printed as they wrote it. Social security and insurance numbers are never printed."
        )
        form = Form()
        form.add(self.tr("&Patients are named by"), self.identity)
        form.addRow("", self.social)
        form.addRow(self.tr("Printed lately"), self.lately)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        buttons.addButton(self.go_on, role.AcceptRole)
        buttons.addButton(self.keep, role.AcceptRole)
        buttons.addButton(self.cancel, role.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("Packet options"), "section"))
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addLayout(form)
        column.addWidget(buttons)
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.identity.setFocus()

    def _show_lately(self, states: Sequence[PacketState]) -> None:
        told = "\n".join(state.told for state in states[:MOST_SHOWN])
        self.lately.setText(told or self.tr("None on this clinic yet."))

    @Slot()
    def _keep(self) -> None:
        self._desk.computer.change(
            packet_identity=self.identity.choice().name,
            packet_social_history=not self.social.isChecked(),
        )
        self.accept()

    @Slot()
    def _prepare(self) -> None:
        self._keep()
        self.prepare_wanted.emit()
