"""A PDF under a password, for paper that leaves the practice as a file."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Final

from pypdf import PdfReader, PdfWriter

from cocm_desktop.errors import Problem, Refused

# AES-256 with the key derivation of ISO 32000-2. ReportLab's own encryption is weaker.
ALGORITHM: Final = "AES-256"
LONGEST_PASSWORD: Final = 127  # bytes; readers drop the rest without a word
SHORTEST_PASSWORD: Final = 8


def encrypt_pdf(content: bytes, password: str) -> bytes:
    """Give the same pages under the password, which opens them and nothing else does."""
    secret = unicodedata.normalize("NFKC", password)
    if problem := _problem(secret):
        raise Refused(Problem("password", problem))
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(secret, algorithm=ALGORITHM)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _problem(secret: str) -> str:
    if len(secret) < SHORTEST_PASSWORD:
        return f"The password of a PDF has at least {SHORTEST_PASSWORD} characters."
    if len(secret.encode()) > LONGEST_PASSWORD:
        return f"The password of a PDF has at most {LONGEST_PASSWORD} characters."
    return ""
