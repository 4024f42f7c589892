"""Saving, sharing and deleting views of the registry, and keeping what a person is used to."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.saved_view import REGISTRY, SavedView, ViewDraft, ViewHabits
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import saved_view as views

# A view changes nothing that any screen shows; who saved it reads the views again.
TOUCHES = Topic(0)
DELETED = "Deleted by the person who saved it"


@dataclass(frozen=True, slots=True)
class Views:
    """The views open to one person, by name, and what they are used to."""

    views: tuple[SavedView, ...] = ()
    habits: ViewHabits = ViewHabits()  # noqa: RUF009  frozen, and its contents are never changed

    def by_id(self, view_id: str) -> SavedView | None:
        return next((view for view in self.views if view.id == view_id), None)

    @property
    def pinned(self) -> tuple[SavedView, ...]:
        found = (self.by_id(view_id) for view_id in self.habits.pinned)
        return tuple(view for view in found if view is not None)


def read_views(workspace: Workspace) -> Views:
    """Give one's own views and the shared ones, with what one is used to."""
    workspace.require(Permission.SEE_REGISTRY)
    with workspace.database.read() as session:
        return Views(
            views=views.open_to(session, workspace.staff.id, screen=REGISTRY),
            habits=views.habits_of(session, workspace.staff.id, screen=REGISTRY),
        )


def find_view(workspace: Workspace, named: str) -> SavedView:
    """Find a view by its name or id: one's own before those that others share."""
    wanted = " ".join(named.split()).casefold()
    found = [v for v in read_views(workspace).views if wanted in {v.name.casefold(), v.id}]
    own = [view for view in found if view.staff_id == workspace.staff.id]
    if not found:
        raise Refused(Problem("view", f"No view is called “{named}”."))
    if not own and len(found) > 1:
        words = f"{len(found)} shared views are called “{named}”. Give the id."
        raise Refused(Problem("view", words))
    return (own or found)[0]


def record_view(workspace: Workspace, draft: ViewDraft) -> Change:
    """Save a view, or put other contents in place of one's own view with the same id."""
    workspace.require(Permission.SEE_REGISTRY)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        taken = views.open_to(session, stamp.staff.id, screen=REGISTRY)
        own = [view for view in taken if view.staff_id == stamp.staff.id]
        view = draft.accept(own, staff_id=stamp.staff.id)
        if not views.exists(session, view.id):
            views.add(session, view, stamp, screen=REGISTRY)
            audit.write(session, stamp, audit.created("view.saved", view.id))
        else:
            _refuse_others(workspace, views.get(session, view.id))
            changes = views.update(session, view)
            if changes:
                audit.write(session, stamp, audit.changed("view.changed", view.id, changes))
    return Change(TOUCHES, view.id)


def void_view(workspace: Workspace, view_id: str) -> Change:
    """Delete one's own view, for those too with whom it is shared."""
    workspace.require(Permission.SEE_REGISTRY)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        _refuse_others(workspace, views.get(session, view_id))
        views.delete(session, view_id, stamp, reason=DELETED)
        kept = views.habits_of(session, stamp.staff.id, screen=REGISTRY)
        views.keep_habits(session, kept.without(view_id), stamp, screen=REGISTRY)
        audit.write(session, stamp, audit.voided("view.deleted", view_id, reason=DELETED))
    return Change(TOUCHES, view_id)


def keep_habits(workspace: Workspace, habits: ViewHabits) -> Change:
    """Keep which view one begins with, which are pinned, and the columns as one left them."""
    workspace.require(Permission.SEE_REGISTRY)
    with workspace.database.write() as session:
        views.keep_habits(session, habits, workspace.stamp(), screen=REGISTRY)
    return Change(TOUCHES, workspace.staff.id)


def _refuse_others(workspace: Workspace, view: SavedView) -> None:
    if view.staff_id != workspace.staff.id:
        words = "Only whoever saved this view can change it. Save it under a name of your own."
        raise Refused(Problem("view", words))
