"""Making a backup from a window: the copy on the clinic's own thread, the rest beside the work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cocm_desktop.actions.backup import Backup, Begun, Ended, finish_backup, note_backup
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk


def make_backup(
    desk: Desk,
    begin: Callable[..., Begun | None],
    *,
    done: Callable[[Backup | None, str], object],
    failed: Callable[[CocmError], object],
) -> None:
    """Make a backup and tell what became of its copy in the second place; None: nothing was due.

    `begin` is the action that copies the file. Saves wait for that and for nothing else.
    """

    def end(ended: Ended, made: Backup) -> None:
        desk.changed.emit(Change(Topic.BACKUP, made.vault_id))
        done(made, ended.trouble)

    def note(ended: Ended) -> None:
        desk.read(partial(note_backup, ended=ended), partial(end, ended), failed=failed)

    def finish(begun: Begun | None) -> None:
        if begun is None:
            done(None, "")
        else:
            desk.beside(partial(finish_backup, begun), note, failed=failed)

    desk.read(begin, finish, failed=failed)
