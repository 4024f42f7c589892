"""Attesting that the file is encrypted, and saying where data goes."""

from __future__ import annotations

from cocm_desktop.actions.papers import Paper, noted
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.attestation import Attestation, attestation_paper, data_flow_paper
from cocm_desktop.domain.staff import Permission
from cocm_desktop.printing.record_paper import record_pdf
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage.encryption_proof import EncryptionProof, prove_encryption
from cocm_desktop.storage.key_slot import Slot, SlotKind


def read_attestation(workspace: Workspace) -> Attestation:
    """Test the file as it lies on the disk, and tell how it is encrypted."""
    workspace.require(Permission.DECIDE_PRIVACY)
    found = prove_encryption(workspace.require_clinic())
    locked = found.last_locked_at
    return Attestation(
        computer=workspace.device,
        holds=found.holds,
        algorithm=_algorithm(found),
        proof=_proof(found),
        ways_in=tuple(_way_in(slot) for slot in found.slots),
        last_locked_at=locked.astimezone(workspace.now().tzinfo) if locked else None,
        as_of=workspace.now(),
    )


def print_attestation(workspace: Workspace) -> Paper:
    """Make the attestation for the practice's file, and note it."""
    found = read_attestation(workspace)
    with workspace.database.read() as session:
        practice = practices.get(session)
    content, pages = record_pdf(attestation_paper(found, practice, by=workspace.staff.title))
    return noted(workspace, "attestation.printed", content, pages=pages, as_of=found.as_of)


def print_data_flow(workspace: Workspace) -> Paper:
    """Make the page on where data lies and how it leaves, and note it."""
    workspace.require(Permission.DECIDE_PRIVACY)
    with workspace.database.read() as session:
        practice = practices.get(session)
    paper = data_flow_paper(practice, as_of=workspace.now(), by=workspace.staff.title)
    content, pages = record_pdf(paper)
    return noted(workspace, "data_flow.printed", content, pages=pages, as_of=paper.as_of)


def _proof(found: EncryptionProof) -> tuple[tuple[str, str], ...]:
    return (
        (
            "First bytes of the file",
            "those of a plain database: FAILED" if found.has_plain_header else "not a plain one's",
        ),
        (
            "Opening it with SQLite, without the key",
            "refused: not a database" if found.is_shut else "opened: FAILED",
        ),
        ("How much a byte tells", f"{found.bits_a_byte:.3f} of 8 bits (chance: 8)"),
        ("Size of the file", f"{found.size:,} bytes"),
    )


def _algorithm(found: EncryptionProof) -> tuple[tuple[str, str], ...]:
    return (
        ("Cipher", "AES-256 in CBC, each page with HMAC-SHA-512 (SQLCipher 4)"),
        ("Version of SQLCipher", found.cipher),
        ("Cryptography by", found.provider),
        ("Key of the file", "256 random bits, never derived from a password and never shown"),
        ("Settings", "; ".join(each.rstrip(";") for each in found.settings)),
    )


def _way_in(slot: Slot) -> tuple[str, str]:
    if slot.kind is SlotKind.RECOVERY or slot.cost is None:
        return "Whoever holds the printed recovery code", "the code (at least 128 bits)"
    cost = slot.cost
    share = ", and a share kept by this computer's key store" if slot.needs_share else ""
    return slot.sign_in, (
        f"a password through Argon2id ({cost.memory_kib // 1024} MiB, {cost.passes} passes, "
        f"{cost.lanes} lanes){share}"
    )
