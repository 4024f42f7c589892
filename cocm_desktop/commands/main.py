"""The program without a window: `cocm COMMAND …`. What ends with 0 was done and is on the disk."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import TracebackType

from cocm_desktop import __version__
from cocm_desktop.commands import console
from cocm_desktop.commands.parser import COMMON_DEFAULTS, Call, Parser, common_options
from cocm_desktop.errors import (
    CocmError,
    Damaged,
    InUse,
    NewerFile,
    OlderFile,
    Problem,
    Refused,
    RolledBack,
    Unavailable,
    WrongSecret,
)

# Each module declares its commands in a function of the command's own name.
COMMANDS = {
    "init": ("clinic", "make a clinic in a folder that holds none"),
    "check": ("clinic", "unlock, and say who and where"),
    "migrate": ("clinic", "bring an older file up to date, after a checked copy"),
    "passwd": ("keys", "change one's own password"),
    "recover": ("keys", "set a new password by the printed recovery code"),
    "rotate-key": ("keys", "encrypt the file under a new key; passwords stay"),
    "practice": ("practice", "show or set the practice's details"),
    "fee": ("practice", "show or set what a code costs"),
    "payer": ("payer", "set up payers, and give them to the patients who name them"),
    "coverage": ("coverage", "record a patient's coverage and what the payer answered"),
    "billing-setting": ("billing_setting", "show or choose the settings of billing, from a day on"),
    "setup": ("payer", "say what is missing before the first claim"),
    "staff": ("staff", "list, add or switch off staff members"),
    "emergency": ("emergency", "see every chart in an emergency, and look at it afterwards"),
    "import": ("importing", "take in a patient list from CSV or Excel"),
    "patient": ("patient", "add, list or show patients"),
    "merge": ("merge", "merge two records of one patient, or undo it"),
    "refer": ("episode_phase", "record a referral to collaborative care"),
    "enroll": ("episode", "record consent, or enroll a patient with it"),
    "consent": ("consent", "list consents, record one given again, or a withdrawal"),
    "visit": ("outside_care", "record visits that may begin the service, or when seen last"),
    "service": ("outside_care", "record services that are billed beside collaborative care"),
    "stay": ("outside_care", "record stays in a hospital or nursing facility"),
    "death": ("outside_care", "record the day on which a patient died"),
    "start": ("episode", "record the initial assessment of a consented patient"),
    "phase": ("episode_phase", "change or list the phases of an episode"),
    "pace": ("episode_phase", "set one patient's interval and target"),
    "close": ("episode", "close a patient's episode"),
    "reopen": ("episode", "take back a closing that was an error"),
    "measure": ("measure", "record a form such as a PHQ-9, or correct one"),
    "contact": ("contact", "record a contact and its minutes"),
    "time": ("time_log", "record, list, correct, sign or void time"),
    "meeting": ("time_log", "record a meeting about several patients, or list meetings"),
    "timer": ("timer", "measure time for a patient; pause, stop, answer what it asks"),
    "flag": ("contact", "put a question to the consultant, or clear it"),
    "void": ("void", "withdraw a record, keeping it"),
    "safety": ("safety", "list or close safety tasks"),
    "diagnosis": ("diagnosis", "find codes, and record what a patient is treated for"),
    "medication": ("medication", "record what a patient takes, and has tried"),
    "history": ("background", "record or list what a patient's history was"),
    "part2": ("background", "record or list what a Part 2 program let the practice know"),
    "sealed": ("sealed", "keep notes for nobody's eyes but their writer's"),
    "disclosure": ("privacy", "record, list and account for what was given out of records"),
    "amendment": ("privacy", "record and answer what patients ask to have changed"),
    "restriction": ("privacy", "record and decide what patients ask not to be given out"),
    "patient-copy": ("patient_copy", "write a copy of one patient's whole record"),
    "retention": ("patient_copy", "list records past their time; hold them, or lift a hold"),
    "attest": ("patient_copy", "print the attestation of encryption, or where data goes"),
    "plan": ("plan", "write, show or print a care, safety or relapse prevention plan"),
    "treatment": ("treatment", "record sessions, goals and referrals out"),
    "letter": ("letter", "write, print and log letters, and print consent forms"),
    "template": ("letter_template", "list or change the wording of letters to patients"),
    "labels": ("mailing", "print sheets of address labels for patients"),
    "envelopes": ("mailing", "print envelopes for patients"),
    "print": ("patient_papers", "print forms, patient summaries, the day list, the downtime list"),
    "task": ("task", "give, list, put off or finish tasks"),
    "mark": ("task", "set, clear or list the marks on patients"),
    "agenda": ("agenda", "plan the weekly meetings, and change their agendas"),
    "review": ("review", "record reviews and what became of their recommendations"),
    "advice": ("advice", "write letters about reviews, record answers, list what waits, report"),
    "due": ("due", "list what is due, and why"),
    "today": ("today", "show the board of the day: overdue, today, soon, waiting on others"),
    "postpone": ("today", "put off what is due for a patient, with the reason"),
    "setting": ("settings", "show or change the thresholds of the rules"),
    "registry": ("registry", "list the caseload, as a table or as JSON"),
    "view": ("view", "list, save, show or delete views of the registry"),
    "instrument": ("instrument", "list, show, add or retire instruments"),
    "score": ("score", "score an instrument's answers, without any clinic"),
    "rules": ("rules", "list the rule sets of payers, and keep one's own"),
    "rates": ("rates", "list the rates by year, and load Medicare's files"),
    "codes": ("rates", "list the diagnosis codes, and load a release"),
    "evaluate": ("evaluate", "evaluate the facts of a patient's month, without any clinic"),
    "packet": ("packet", "print the packet of the weekly review"),
    "packets": ("packet", "list the packets of late, and the pages that changed since"),
    "statistics": ("packet", "show how a caseload stands as a whole"),
    "billing": ("billing", "list the billing month; approve, close, issue and mark it"),
    "superbill": ("papers", "list, issue and print a month's superbills"),
    "billing-sheet": ("bill_papers", "print one patient's billing sheet, or a whole month's"),
    "patient-superbill": ("bill_papers", "print the superbill that a patient takes along"),
    "audit-packet": ("bill_papers", "print or list every record behind a patient's month"),
    "claims": ("claims", "write claims as CSV or 837P, post remittances, undo that"),
    "audit": ("audit", "list, export, check and review who did and saw what"),
    "backup": ("backup", "copy the clinic into one encrypted file"),
    "backups": ("backup", "list the newest backups, or read each one whole"),
    "backup-place": ("backup", "choose a second folder for backups, or copy the newest there"),
    "restore-drill": ("backup", "try whether the newest backup can be restored"),
    "verify": ("backup", "read every page and row, and check them"),
    "restore": ("restore", "make a clinic out of a backup"),
    "rescue": ("rescue", "write out what can be read of a damaged file"),
    "move": ("moving", "move the clinic to another folder of this computer"),
    "hazards": ("hazards", "list what could harm a patient, and what stands against it"),
    "sample": ("sample", "make the sample clinic in an empty folder"),
    "demo": ("sample", "make the sample clinic, and print its papers"),
    "draft": ("draft", "list or discard what was typed in a window and not saved"),
    "record-batch": ("batch", "do many commands, one JSON object on each line of the input"),
}
DONE, FAULT, REFUSED, INTERRUPTED = 0, 1, 2, 130
# The first that fits counts: kinds of Unavailable stand before it.
EXIT_CODES: tuple[tuple[type[CocmError], int], ...] = (
    (Refused, REFUSED),
    (Damaged, 3),
    (RolledBack, 3),
    (WrongSecret, 4),
    (NewerFile, 6),
    (OlderFile, 6),
    (InUse, 7),
    (Unavailable, 5),
)
NO_OUTPUT = 5
EPILOG = """exit codes:
  0  done, and on the disk
  1  a fault of the program
  2  refused: nothing was stored
  3  the file is damaged, or older than one that was seen
  4  wrong password or recovery code
  5  the disk, the output or another device failed
  6  the file is of another version: install the newer program, or run cocm migrate
  7  another program has the clinic open"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; answers go to the output, what is wrong to errors."""
    console.prepare_streams()
    try:
        _run(sys.argv[1:] if argv is None else list(argv))
        if sys.stdout is not None:
            sys.stdout.flush()
    except CocmError as error:
        return _refused(error)
    except OSError as error:
        return _no_output(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:  # --help and --version
        return DONE if end.code is None else int(end.code)
    except BaseException:
        sys.excepthook = _tell_fault
        raise
    return DONE


def exit_code(error: CocmError) -> int:
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def messages(error: CocmError) -> Iterator[str]:
    """Give what is wrong, a line for each problem."""
    if isinstance(error, Refused):
        yield from (" ".join(problem.message.split()) for problem in error.problems)
    else:
        yield " ".join(str(error).split())
    if isinstance(error, OlderFile):
        yield "The command that does it: cocm migrate, or cocm recover --upgrade by the paper."
    if isinstance(error, RolledBack):
        yield "The command with which an administrator goes on: cocm audit accept-older."


def parser_for(argv: Sequence[str]) -> ArgumentParser:
    """Declare the commands that are named, or else all by their words: modules load slowly."""
    parser = Parser(
        prog="cocm",
        description="CoCM Desktop without a window. Each command says more: cocm COMMAND --help.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
        parents=[common_options()],
        argument_default=SUPPRESS,
    )
    parser.add_argument("--version", action="version", version=f"CoCM Desktop {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    named = COMMANDS.keys() & set(argv)
    for name, (module, words) in COMMANDS.items():
        if name in named:
            description = f"{words[:1].upper()}{words[1:]}."
            command = commands.add_parser(
                name, help=words, description=description, parents=[common_options()]
            )
            home = import_module(f"cocm_desktop.commands.{module}")
            getattr(home, f"declare_{name.replace('-', '_')}")(command)
        elif not named:
            commands.add_parser(name, help=words)
    parser.set_defaults(**COMMON_DEFAULTS)
    return parser


def _run(argv: list[str]) -> None:
    require_plain(argv)
    parser = parser_for(argv)
    if not argv:
        console.tell(parser.format_help())
        raise Refused(Problem("arguments", "Name a command."))
    options = parser.parse_args(argv)
    call = Call.of(options)
    if "outside" in options:
        options.outside(call)
        return
    from cocm_desktop.commands.unlocking import unlocked

    with unlocked(call) as workspace:
        options.work(workspace, options)


def require_plain(argv: Sequence[str]) -> None:
    """Refuse arguments that no record can hold, and passwords among the arguments."""
    for argument in argv:
        if argument.partition("=")[0] in {"--password", "--new-password", "--recovery-code"}:
            words = (
                "A password among the arguments can be read by other programs. Choose a new one, "
                "and type it at the prompt or give --password-fd."
            )
            raise Refused(Problem("password", words))
        if "\0" in argument or any("\ud800" <= letter <= "\udfff" for letter in argument):
            words = "An argument holds characters that no record can hold. Type it again."
            raise Refused(Problem("arguments", words))


def _refused(error: CocmError) -> int:
    for line in messages(error):
        console.tell(line)
    return exit_code(error)


def _no_output(error: OSError) -> int:
    """Whoever read the output has gone, or its disk is full. What was acknowledged is saved."""
    if not isinstance(error, BrokenPipeError):
        reason = error.strerror or type(error).__name__
        console.tell(f"The output could not be written, or a file not read: {reason}.")
    console.forget_stdout()
    return NO_OUTPUT


def _tell_fault(
    kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    """Say where the program failed and nothing of what it worked on."""
    place = "an unknown place"
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{Path(code.co_filename).name} line {trace.tb_lineno}"
        trace = trace.tb_next
    console.tell(
        f"CoCM Desktop failed by a fault of its own ({kind.__name__} in {place}). "
        "What was not acknowledged was not saved. Please report this line."
    )


def options_of(argv: Sequence[str]) -> Namespace:
    """Read the arguments of one command that came on a line of its own."""
    require_plain(argv)
    return _parser_of(argv[0]).parse_args(argv)


@cache
def _parser_of(name: str) -> ArgumentParser:
    return parser_for([name])
