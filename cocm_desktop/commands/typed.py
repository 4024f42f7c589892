"""What people type as arguments, read strictly: dates, times, amounts, answers and names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING

from cocm_desktop.domain.dates import read_date
from cocm_desktop.domain.money import read_cents
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.text import tidy
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.episode import Episode
    from cocm_desktop.domain.ids import StaffId
    from cocm_desktop.domain.patient import Patient

_CLOCK = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])", re.ASCII)
_ANSWER = re.compile(r"[0-9]{1,3}", re.ASCII)
_ITEM_ANSWER = re.compile(r"(?P<item>[0-9]{1,3}) *= *(?P<answer>[0-9]{1,3})", re.ASCII)
NOT_ANSWERED = ("", "-")


def day(name: str, text: str, *, today: date, past: bool = False) -> date:
    """Read a date as people write it, month before day, or refuse."""
    read = read_date(text, today=today, past=past)
    if read is None:
        words = f"“{text}” is not a date. Write 2026-11-20 or 11/20/2026."
        raise Refused(Problem(name, words))
    return read


def day_or_none(name: str, text: str | None, *, today: date) -> date | None:
    return day(name, text, today=today) if text else None


def clock_time(name: str, text: str | None) -> time | None:
    """Read 14:05, on a clock of 24 hours."""
    if not text:
        return None
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise Refused(Problem(name, f"“{text}” is no time of day. Write 14:05."))
    return time(int(found["hour"]), int(found["minute"]))


def cents(text: str) -> int:
    """Read 162.34 or $162 as cents."""
    read = read_cents(text)
    if read is None:
        raise Refused(Problem("cents", f"“{text}” is no amount. Write dollars, such as 162.34."))
    return read


def month(text: str) -> ServiceMonth:
    read = ServiceMonth.parse(text)
    if read is None:
        raise Refused(Problem("month", f"“{text}” is not a month. Write 2026-11."))
    return read


def answers(text: str) -> tuple[int | None, ...]:
    """Read 1,2,,0 or 1,2,-,0: nothing or a dash where no answer was given."""
    if not text.strip():
        words = "0 answers were given. Write numbers between commas, and - where none is."
        raise Refused(Problem("answers", words))
    read: list[int | None] = []
    for part in (part.strip() for part in text.split(",")):
        if part in NOT_ANSWERED:
            read.append(None)
        elif _ANSWER.fullmatch(part):
            read.append(int(part))
        else:
            words = f"“{part}” is no answer. Write numbers between commas, and - where none is."
            raise Refused(Problem("answers", words))
    return tuple(read)


def critical_answers(text: str) -> dict[int, int]:
    """Read 9=1,11=0: the answers to critical items that are typed beside a total."""
    read: dict[int, int] = {}
    for part in (part.strip() for part in text.split(",")):
        found = _ITEM_ANSWER.fullmatch(part)
        if found is None:
            words = f"“{part}” is no item and answer. Write 9=1, or 9=1,11=0."
            raise Refused(Problem("critical", words))
        number, answer = int(found["item"]), int(found["answer"])
        if read.setdefault(number, answer) != answer:
            words = f"Item {number} is given different answers. Compare with the form."
            raise Refused(Problem("critical", words))
    return read


def staff_member(members: Iterable[StaffMember], text: str, *, field: str) -> StaffMember:
    """Find an active staff member by sign-in name, name or id; refuse none, and two."""
    wanted = tidy(text).casefold()
    active = [member for member in members if member.active]
    found = [m for m in active if wanted and wanted in {m.sign_in.casefold(), m.id}]
    found = found or [m for m in active if wanted and wanted in {m.name.casefold(), _title(m)}]
    if len(found) == 1:
        return found[0]
    if found:
        words = f"{len(found)} staff members are called “{text}”. Give the sign-in name or the id."
        raise Refused(Problem(field, words))
    raise Refused(Problem(field, f"No active staff member is called “{text}”."))


def care_manager_id(workspace: Workspace, named: str | None) -> StaffId | None:
    """Find whose caseload is asked for; everybody's without a name."""
    from cocm_desktop.actions.staff import read_staff

    if not named:
        return None
    return staff_member(read_staff(workspace), named, field="care_manager").id


def patient(workspace: Workspace, named: str) -> Patient:
    """Find a patient by MRN or id."""
    from cocm_desktop.actions.patient import find_patient

    return find_patient(workspace, named)


def latest_episode(workspace: Workspace, named: str) -> Episode:
    """Give the latest episode of the patient with this MRN or id, or refuse."""
    from cocm_desktop.actions.episode import read_latest_episode
    from cocm_desktop.actions.patient import find_patient

    return read_latest_episode(workspace, find_patient(workspace, named).id)


def _title(member: StaffMember) -> str:
    return member.title.casefold()
