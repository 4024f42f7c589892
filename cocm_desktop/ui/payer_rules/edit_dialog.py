"""Writing a payer's rules down: new ones, or the practice's own in the place of others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.rule_set import put_rule_set
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.own_rule_set import RuleSetDraft
from cocm_desktop.domain.billing.rule_set import Program, RuleSet
from cocm_desktop.domain.billing.typed_rules import BHI_MINUTES, FLAGS, ROLES, TypedRules
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import OwnRuleSetId, new_id
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.form import Form, beside
from cocm_desktop.ui.widgets.form_dialog import SCREEN_SHARE
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

WIDTH, HEIGHT = 1040, 640
NUMBER_WIDTH = 72


class EditRulesDialog(RecordDialog):
    """A copy of shipped rules keeps their name: it takes their place from its first day on."""

    def __init__(
        self, desk: Desk, rules: RuleSet | None = None, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._id = OwnRuleSetId(new_id())
        self.name, self.rule_title, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.program = ChoiceField(words_of(Program))
        self.first, self.last = DateField(desk.today()), DateField(desk.today())
        self.codes, self.unconfirmed = QLineEdit(), QLineEdit()
        self.rates = NoteField(lines=3)
        self.most_add_ons, self.authorized = QLineEdit(), QLineEdit()
        self.days_to_file = QLineEdit()
        self.bhi = ChoiceField([(each, self._minute_words(each)) for each in BHI_MINUTES])
        self.roles = {role: QCheckBox(role.value) for role in ROLES}
        self.flags = {name: QCheckBox(words) for name, words in FLAGS.items()}
        self._build()
        is_new = rules is None
        title = self.tr("New rule set") if is_new else self.tr("Change these rules")
        self.set_words(title, self.tr("Save rules"))
        self._show_typed(TypedRules.of(rules) if rules else self._blank())

    @override
    def open(self) -> None:
        super().open()
        room, theme = self.screen().availableGeometry().size() * SCREEN_SHARE, theme_of(self)
        self.resize(QSize(theme.px(WIDTH), theme.px(HEIGHT)).boundedTo(room))

    @override
    def typed(self) -> object:
        return self._typed(), self.first.entry.text(), self.last.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(put_rule_set, draft=RuleSetDraft(self._typed().read(), id=self._id))

    def _blank(self) -> TypedRules:
        return TypedRules(
            name="",
            title="",
            program=Program.COMMERCIAL,
            source="",
            codes="99492, 99493, 99494",
            first=self.desk.today().replace(month=1, day=1),
        )

    def _typed(self) -> TypedRules:
        return TypedRules(
            name=self.name.text(),
            title=self.rule_title.text(),
            program=self.program.choice(),
            source=self.source.text(),
            codes=self.codes.text(),
            first=self.first.day(),
            last=self.last.day(),
            unconfirmed_codes=self.unconfirmed.text(),
            state_rates=self.rates.text(),
            most_add_ons=self.most_add_ons.text(),
            authorized_after_months=self.authorized.text(),
            days_to_file=self.days_to_file.text(),
            bhi_first_minute=self.bhi.choice(),
            roles=tuple(role for role, box in self.roles.items() if box.isChecked()),
            flags=frozenset(name for name, box in self.flags.items() if box.isChecked()),
        )

    def _show_typed(self, typed: TypedRules) -> None:
        for entry, text in (
            (self.name, typed.name),
            (self.rule_title, typed.title),
            (self.source, typed.source),
            (self.codes, typed.codes),
            (self.unconfirmed, typed.unconfirmed_codes),
            (self.most_add_ons, typed.most_add_ons),
            (self.authorized, typed.authorized_after_months),
            (self.days_to_file, typed.days_to_file),
        ):
            entry.setText(text)
            entry.setCursorPosition(0)
        self.rates.setPlainText(typed.state_rates)
        self.program.choose(typed.program)
        self.first.set_day(typed.first)
        self.last.set_day(typed.last)
        self.bhi.setCurrentIndex(BHI_MINUTES.index(typed.bhi_first_minute))
        for number in (self.most_add_ons, self.authorized, self.days_to_file):
            number.setFixedWidth(theme_of(self).px(NUMBER_WIDTH))
        for role, box in self.roles.items():
            box.setChecked(role in typed.roles)
        for name, box in self.flags.items():
            box.setChecked(name in typed.flags)

    def _build(self) -> None:
        self.fields = {
            "id": self.name,
            "title": self.rule_title,
            "source": self.source,
            "codes": self.codes,
            "unconfirmed_codes": self.unconfirmed,
            "state_rates": self.rates,
            "first": self.first,
            "last": self.last,
            "most_add_ons": self.most_add_ons,
            "authorized_after_months": self.authorized,
            "days_to_file": self.days_to_file,
            "roles": next(iter(self.roles.values())),
        }
        words = self.tr(
            "Kept as the practice's own. With a name that exists it takes the place of those rules "
            "on its days; a payer refers to rules by this name."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        columns = QHBoxLayout()
        columns.setSpacing(28)
        for form in (self._whose(), self._what()):
            column = QVBoxLayout()
            column.addLayout(form)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.body.addLayout(columns)
        days = Form()
        first_to_last = beside(self.first, Label(self.tr("to")), self.last)
        words = self.tr("The last one stays empty while they go on.")
        days.add(self.tr("Days of ser&vice"), first_to_last, words)
        self.last.entry.setAccessibleName(self.tr("Last day of service"))
        self.body.addLayout(days)
        self.body.addWidget(Label(self.tr("Whose time counts"), "field"))
        self.body.addWidget(beside(*self.roles.values()))
        self.body.addWidget(Label(self.tr("What else it says"), "field"))
        self.body.addLayout(_in_two(self.flags.values()))
        self.body.addStretch(1)

    def _whose(self) -> Form:
        form = Form()
        form.add(self.tr("&Name"), self.name, self.tr("Short: AETNA-PPO."))
        form.add(self.tr("&Whose rules"), self.rule_title)
        form.add(self.tr("&Program"), self.program)
        form.add(self.tr("S&ource"), self.source, self.tr("Where they were read, and when."))
        form.add(self.tr("&Days to file"), self.days_to_file)
        form.add(self.tr("&Most of 99494"), self.most_add_ons, self.tr("Units paid a month."))
        words = self.tr("Service months until it asks for one.")
        form.add(self.tr("A&uthorization"), self.authorized, words)
        return form

    def _what(self) -> Form:
        form = Form()
        form.add(self.tr("&Codes covered"), self.codes)
        form.add(self.tr("&To be confirmed"), self.unconfirmed, self.tr("Of those, if any."))
        words = self.tr("A line for each: 99492 141.26; a second amount is that in a facility.")
        form.add(self.tr("Own &amounts"), self.rates, words)
        form.add(self.tr("&99484 from"), self.bhi)
        return form

    def _minute_words(self, minute: int | None) -> str:
        if minute is None:
            return self.tr("as chosen")
        return self.tr("Minute %1").replace("%1", str(minute))


def _in_two(boxes: Iterable[QCheckBox]) -> QGridLayout:
    """Put check boxes into two columns."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    for place, box in enumerate(boxes):
        grid.addWidget(box, place // 2, place % 2)
    grid.setColumnStretch(2, 1)
    return grid
