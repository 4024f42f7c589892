"""Choosing the practice's locality among those that are loaded, or typing its number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.table_loading import find_localities
from cocm_desktop.domain.billing.locality import Locality
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.fields import ChoiceField

NONE = ""


class LocalityField(ChoiceField[str]):
    """Carrier and number stand first: a locality that is not loaded can be typed so."""

    def __init__(self, desk: Desk, key: str = NONE, parent: QWidget | None = None) -> None:
        super().__init__([(NONE, "")], parent)
        self.setEditable(True)
        self.setInsertPolicy(self.InsertPolicy.NoInsert)
        self.setPlaceholderText(self.tr("None: national amounts"))
        self.setEditText(key)
        desk.read(find_localities, self._offer_localities)

    def key(self) -> str:
        """Give the key that is chosen or typed; empty for the nation."""
        words = self.currentText().split()
        return words[0] if words else NONE

    def _offer_localities(self, localities: Sequence[Locality]) -> None:
        key = self.key()
        places = [(each.key, f"{each.words}, {each.state}") for each in localities]
        self.offer([(NONE, ""), *places])
        self.setEditText(next((words for known, words in places if known == key), key))
