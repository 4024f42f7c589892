"""The practice's own wording of letters: listed, changed, tried out, given up again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.papers import write_paper_to
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    language_option,
    member_of,
    out_option,
    slug,
    slugs,
)
from cocm_desktop.domain.letter import Language, LetterKind
from cocm_desktop.domain.letter_template import (
    LETTER_FIELDS,
    LONGEST_BODY,
    PATIENT_KINDS,
    TemplateDraft,
)
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

MOST_BYTES = 8 * LONGEST_BODY


def declare_template(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list the letters and whose wording each has")
    json_option(listed)
    listed.set_defaults(work=show_all)
    fields = group.add("fields", "list the fields that a wording may name in braces")
    json_option(fields)
    fields.set_defaults(work=show_fields)
    shown = group.add("show", "show the wording of one letter")
    _which(shown)
    shown.set_defaults(work=show)
    changed = group.add("change", "keep the practice's own wording")
    _wording(changed)
    id_option(changed)
    changed.set_defaults(work=change)
    tried = group.add("preview", "make the PDF of a wording with made-up values")
    _wording(tried)
    out_option(tried)
    tried.set_defaults(work=preview, id=None)
    shipped = group.add("shipped", "go back to the wording that comes with the program")
    _which(shipped)
    shipped.set_defaults(work=use_shipped)


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("--kind", required=True, choices=slugs(PATIENT_KINDS))
    language_option(parser)


def _wording(parser: ArgumentParser) -> None:
    _which(parser)
    parser.add_argument("--title", metavar="TEXT", help="default: the title it has")
    parser.add_argument(
        "--body", metavar="FILE", type=Path, help="the words, as UTF-8; default: those it has"
    )


def _key(options: Namespace) -> tuple[LetterKind, Language]:
    return member_of(LetterKind, options.kind), member_of(Language, options.language)


def show_all(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter_template import read_templates

    found = read_templates(workspace)
    if options.json:
        say_json(
            [
                {
                    "kind": slug(each.kind),
                    "language": slug(each.language),
                    "title": each.title,
                    "body": each.body,
                    "is_own": each.is_own,
                }
                for each in found
            ]
        )
        return
    lines = [
        (slug(each.kind), slug(each.language), each.title, "own" if each.is_own else "shipped")
        for each in found
    ]
    say_table(("letter", "language", "title", "wording"), lines)


def show_fields(_workspace: Workspace, options: Namespace) -> None:
    if options.json:
        say_json(
            [
                {"name": f.name, "meaning": f.meaning, "example": f.example, "is_asked": f.is_asked}
                for f in LETTER_FIELDS
            ]
        )
        return
    lines = [
        (f"{{{f.name}}}", f.meaning, "typed for each letter" if f.is_asked else "from the records")
        for f in LETTER_FIELDS
    ]
    say_table(("field", "meaning", "value"), lines)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter_template import read_template

    found = read_template(workspace, *_key(options))
    say(f"{found.title}\n\n{found.body}")


def change(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter_template import change_template

    ack(change_template(workspace, _draft(workspace, options)).record_id)


def preview(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter_template import preview_template

    write_paper_to(preview_template(workspace, _draft(workspace, options)), options)


def use_shipped(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter_template import use_shipped_template

    ack(use_shipped_template(workspace, *_key(options)).record_id)


def _draft(workspace: Workspace, options: Namespace) -> TemplateDraft:
    """Take what was typed over the wording that holds."""
    from cocm_desktop.actions.letter_template import read_template

    kind, language = _key(options)
    now = read_template(workspace, kind, language)
    title = now.title if options.title is None else options.title
    body = now.body if options.body is None else _words_of(options.body)
    return TemplateDraft(kind, language, title, body, **id_given(options))


def _words_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        words = f"{file} could not be read as text in UTF-8. Nothing was changed."
        raise Refused(Problem("body", words)) from None
