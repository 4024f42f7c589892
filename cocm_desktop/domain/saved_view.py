"""Views of a table that people keep: filter, columns and order, as text that outlives a release."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cocm_desktop.domain.arrangement import Arrangement
from cocm_desktop.domain.ids import SavedViewId, StaffId, new_id
from cocm_desktop.domain.registry import Chip
from cocm_desktop.domain.registry_columns import BY_KEY, USUAL
from cocm_desktop.domain.row_filter import NO_FILTER, RowFilter, read_content
from cocm_desktop.domain.row_order import MOST_KEYS, USUAL_ORDER, SortKey
from cocm_desktop.domain.text import tidy
from cocm_desktop.errors import Problem, Refused

REGISTRY = "registry"
"""The screen whose views these are."""
LONGEST_NAME = 40
WIDEST = 900
NAME_COLUMN = "patient"
EVERYONES, MINE = "everyone", "mine"


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column by its key. `width` is in pixels at the usual text size; 0 fits the contents."""

    key: str
    width: int = 0


Columns = tuple[ShownColumn, ...]
USUAL_COLUMNS: Columns = tuple(map(ShownColumn, USUAL))


@dataclass(frozen=True, slots=True)
class ViewContent:
    """What a view keeps. `whose` is everyone, mine (whoever looks), or a care manager's id."""

    chip: Chip = Chip.OPEN
    whose: str = EVERYONES
    filter: RowFilter = NO_FILTER
    order: tuple[SortKey, ...] = USUAL_ORDER
    columns: Columns = USUAL_COLUMNS

    @classmethod
    def of(cls, arrangement: Arrangement, columns: Columns, *, me: StaffId) -> ViewContent:
        whose = EVERYONES if arrangement.of is None else arrangement.of
        return cls(
            chip=arrangement.chip,
            whose=MINE if whose == me else whose,
            filter=arrangement.filter,
            order=arrangement.order,
            columns=columns,
        )

    def arrangement(self, *, me: StaffId) -> Arrangement:
        owner = {EVERYONES: None, MINE: me}.get(self.whose, StaffId(self.whose))
        return Arrangement(self.chip, of=owner, filter=self.filter, order=self.order)

    def to_json(self) -> str:
        content = {
            "chip": self.chip.name,
            "whose": self.whose,
            "filter": self.filter.content() if self.filter else None,
            "order": [[key.column.key, key.descending] for key in self.order],
            "columns": columns_content(self.columns),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True)


def columns_content(columns: Columns) -> list[list[Any]]:
    return [[each.key, each.width] for each in columns]


def view_content(text: str) -> tuple[ViewContent, tuple[str, ...]]:
    """Read a view, perhaps of another release; name what is not known here and is left out."""
    content = _object(text)
    found, notes = read_content(content.get("filter"))
    columns, unknown = read_columns(content.get("columns"))
    order, unsorted = _order(content.get("order"))
    chip = Chip.__members__.get(str(content.get("chip")))
    lost = [] if chip else ["The view's filter chip is not known to this release."]
    lost += [f"The column “{key}” is not known to this release." for key in (*unknown, *unsorted)]
    whose = content.get("whose")
    view = ViewContent(
        chip=chip or Chip.OPEN,
        whose=whose if isinstance(whose, str) and whose else EVERYONES,
        filter=found,
        order=order or USUAL_ORDER,
        columns=columns or USUAL_COLUMNS,
    )
    return view, (*notes, *dict.fromkeys(lost))


def read_columns(content: object) -> tuple[Columns, tuple[str, ...]]:
    """Read columns: each once, the name first and always there; give those not known too."""
    found: dict[str, ShownColumn] = {}
    unknown: list[str] = []
    for each in content if isinstance(content, list) else ():
        if not isinstance(each, list) or not each or not isinstance(each[0], str):
            continue
        key, width = each[0], each[1] if len(each) > 1 else 0
        if key not in BY_KEY:
            unknown.append(key[:LONGEST_NAME])
        else:
            fits = type(width) is int and 0 <= width <= WIDEST
            found[key] = ShownColumn(key, width if fits else 0)
    if not found:
        return (), tuple(unknown)
    name = found.pop(NAME_COLUMN, ShownColumn(NAME_COLUMN))
    return (name, *found.values()), tuple(unknown)


def _order(content: object) -> tuple[tuple[SortKey, ...], tuple[str, ...]]:
    keys, unknown = [], []
    for each in content if isinstance(content, list) else ():
        if not isinstance(each, list) or not each or not isinstance(each[0], str):
            continue
        if each[0] in BY_KEY:
            keys.append(SortKey(BY_KEY[each[0]], descending=each[-1] is True))
        else:
            unknown.append(each[0][:LONGEST_NAME])
    return tuple(keys[:MOST_KEYS]), tuple(unknown)


def _object(text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view as it is on file. `notes` name what this release left out of it."""

    id: SavedViewId
    staff_id: StaffId
    name: str
    content: ViewContent
    is_shared: bool = False
    notes: tuple[str, ...] = ()

    def is_open_to(self, staff_id: StaffId) -> bool:
        return self.is_shared or self.staff_id == staff_id


@dataclass(frozen=True, slots=True)
class ViewDraft:
    name: str
    content: ViewContent
    is_shared: bool = False
    id: SavedViewId = field(default_factory=lambda: SavedViewId(new_id()))

    def problems(self, taken: Sequence[SavedView]) -> Iterator[Problem]:
        """Name what is wrong; `taken` are the person's own views."""
        name = tidy(self.name)
        if not name:
            yield Problem("name", "Name the view.")
        elif len(name) > LONGEST_NAME:
            yield Problem("name", f"A view's name has at most {LONGEST_NAME} characters.")
        if any(v.name.casefold() == name.casefold() and v.id != self.id for v in taken):
            yield Problem("name", f"You have a view called “{name}” already. Choose another name.")

    def accept(self, taken: Sequence[SavedView], *, staff_id: StaffId) -> SavedView:
        problems = tuple(self.problems(taken))
        if problems:
            raise Refused(*problems)
        self.content.filter.accept()
        return SavedView(self.id, staff_id, tidy(self.name), self.content, self.is_shared)


@dataclass(frozen=True, slots=True)
class ViewHabits:
    """What one person is used to: the view to begin with, those pinned, columns by view.

    The columns under "" are those outside any view.
    """

    first: str = ""
    pinned: tuple[str, ...] = ()
    columns: Mapping[str, Columns] = field(default_factory=dict)

    def columns_of(self, view: SavedView | None) -> Columns:
        """Give the columns as the person left them, or else those of the view."""
        kept = self.columns.get(view.id if view else "")
        return kept or (view.content.columns if view else USUAL_COLUMNS)

    def with_columns(self, view_id: str, columns: Columns | None) -> ViewHabits:
        """Keep other columns for a view; None forgets them."""
        others = {key: each for key, each in self.columns.items() if key != view_id}
        return replace(self, columns={**others, view_id: columns} if columns else others)

    def with_pin(self, view_id: str, *, is_pinned: bool) -> ViewHabits:
        others = tuple(each for each in self.pinned if each != view_id)
        return replace(self, pinned=(*others, view_id) if is_pinned else others)

    def without(self, view_id: str) -> ViewHabits:
        """Forget a view that is gone."""
        first = "" if self.first == view_id else self.first
        return replace(
            self.with_pin(view_id, is_pinned=False).with_columns(view_id, None), first=first
        )

    def to_json(self) -> str:
        columns = {key: columns_content(each) for key, each in self.columns.items()}
        content = {"first": self.first, "pinned": list(self.pinned), "columns": columns}
        return json.dumps(content, sort_keys=True)


def habits(text: str) -> ViewHabits:
    """Read what a person is used to; what cannot be read is forgotten."""
    content = _object(text)
    first, pinned, columns = (content.get(name) for name in ("first", "pinned", "columns"))
    kept = columns if isinstance(columns, dict) else {}
    read = {str(key): read_columns(each)[0] for key, each in kept.items()}
    return ViewHabits(
        first=first if isinstance(first, str) else "",
        pinned=tuple(each for each in pinned if isinstance(each, str))
        if isinstance(pinned, list)
        else (),
        columns={key: each for key, each in read.items() if each},
    )
