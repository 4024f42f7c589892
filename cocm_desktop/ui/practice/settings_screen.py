"""Settings: the practice, its people, its backups, this computer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QTabWidget, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.billing.charge_setup import SetupPlace
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.backup.page import BackupPage
from cocm_desktop.ui.charges.page import SHOWN_HERE, ChargesPage
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.emergency.page import EmergencyPage
from cocm_desktop.ui.help.about_page import AboutPage
from cocm_desktop.ui.instruments.page import InstrumentsPage
from cocm_desktop.ui.letters.page import LettersPage
from cocm_desktop.ui.payer_rules.page import PayerRulesPage
from cocm_desktop.ui.practice.computer_page import ComputerPage
from cocm_desktop.ui.practice.details_page import DetailsPage
from cocm_desktop.ui.practice.outcomes_page import OutcomesPage
from cocm_desktop.ui.practice.rules_page import RulesPage
from cocm_desktop.ui.privacy.page import PrivacyPage
from cocm_desktop.ui.rates.page import RatesPage
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.staff.page import StaffPage
from cocm_desktop.ui.staff.sign_in_page import SignInPage
from cocm_desktop.ui.widgets.labels import Label


class SettingsScreen(Screen):
    """One tab for each subject that the person may see."""

    topics = Topic.PRACTICE | Topic.STAFF | Topic.BACKUP | Topic.AUDIT | Topic.PRIVACY
    help_page = "settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Settings"))
        self.tabs.tabBar().setAccessibleName(self.tr("Parts of the settings"))
        for scroller in self.tabs.tabBar().findChildren(QToolButton):
            scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys scroll as well
        self.details, self.charges, self.staff = (
            DetailsPage(desk),
            ChargesPage(desk),
            StaffPage(desk),
        )
        if desk.may(Permission.CHANGE_PRACTICE):
            self.tabs.addTab(self.details, self.tr("Practice"))
        if desk.may(Permission.SET_UP_CHARGES):
            self.tabs.addTab(self.charges, self.tr("Charges"))
        if desk.may(Permission.SEE_BILLING):
            self.tabs.addTab(PayerRulesPage(desk), self.tr("Payer rules"))
            self.tabs.addTab(RatesPage(desk), self.tr("Rates and codes"))
        self.rules = RulesPage(desk)
        if desk.may(Permission.CHANGE_PRACTICE) or desk.may(Permission.SEE_REGISTRY):
            self.tabs.addTab(self.rules, self.tr("Clinical rules"))
            self.tabs.addTab(OutcomesPage(), self.tr("Outcomes"))
            self.tabs.addTab(InstrumentsPage(desk), self.tr("Instruments"))
        if desk.may(Permission.CHANGE_PRACTICE) or desk.may(Permission.WRITE_LETTER):
            self.tabs.addTab(LettersPage(desk), self.tr("Letters"))
        self._add_people(desk)
        if desk.may(Permission.BACK_UP):
            self.tabs.addTab(BackupPage(desk), self.tr("Backup"))
        self.tabs.addTab(ComputerPage(desk.computer), self.tr("This computer"))
        self.tabs.addTab(AboutPage(), self.tr("About"))

        page = QVBoxLayout(self)
        page.setContentsMargins(0, 12, 0, 0)
        page.setSpacing(8)
        title = Label(self.tr("Settings"), "title")
        title.setContentsMargins(16, 0, 0, 0)
        page.addWidget(title)
        page.addWidget(self.tabs, 1)

        self.charges.elsewhere.connect(self.show_place)
        self.tabs.currentChanged.connect(self._tab_chosen)

    def _add_people(self, desk: Desk) -> None:
        if desk.may(Permission.CHANGE_STAFF):
            self.tabs.addTab(self.staff, self.tr("Staff"))
        if desk.staff.may(Permission.SEE_AUDIT):
            self.tabs.addTab(EmergencyPage(desk), self.tr("Emergency access"))
        if desk.may(Permission.DECIDE_PRIVACY):
            self.tabs.addTab(PrivacyPage(desk), self.tr("Privacy"))
        self.tabs.addTab(SignInPage(desk), self.tr("My sign-in"))

    @override
    def read_again(self) -> None:
        shown = self.tabs.currentWidget()
        if isinstance(
            shown,
            DetailsPage
            | ChargesPage
            | RulesPage
            | InstrumentsPage
            | LettersPage
            | PayerRulesPage
            | RatesPage
            | StaffPage
            | EmergencyPage
            | PrivacyPage
            | SignInPage
            | BackupPage,
        ):
            shown.read_again()

    @override
    def take_focus(self) -> None:
        self.tabs.tabBar().setFocus()

    @override
    def show_part(self, name: str) -> None:
        """Open a page by its title, a place where charges are set up, or a clinical rule."""
        titles = [self.tabs.tabText(number) for number in range(self.tabs.count())]
        if name in titles:
            self.tabs.setCurrentIndex(titles.index(name))
            return
        place = next((each for each in SetupPlace if each.value == name), None)
        if place is not None:
            self.show_place(place)
        elif self.tabs.indexOf(self.rules) >= 0:
            self.tabs.setCurrentWidget(self.rules)
            self.rules.show_setting(name)

    @Slot(object)
    def show_place(self, place: SetupPlace) -> None:
        """Open where something is set up that a claim needs."""
        if place in SHOWN_HERE:
            page: QWidget = self.charges
        else:
            page = self.staff if place is SetupPlace.STAFF else self.details
        if self.tabs.indexOf(page) >= 0:
            self.tabs.setCurrentWidget(page)
            if place in SHOWN_HERE:
                self.charges.show_section(place.value)

    @override
    def has_unsaved(self) -> bool:
        pages = [self.tabs.widget(number) for number in range(self.tabs.count())]
        return any(page.is_changed() for page in pages if isinstance(page, DetailsPage))

    @Slot()
    def _tab_chosen(self) -> None:
        is_charges = self.tabs.currentWidget() is self.charges
        self.help_page = "charges" if is_charges else "settings"
        self.read_again()
