from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PasswordType, PdfReader

from cocm_desktop.errors import Refused
from cocm_desktop.printing.encryption import LONGEST_PASSWORD, encrypt_pdf
from cocm_desktop.printing.superbill import superbills_pdf
from tests.builders import a_bill_paper

PASSWORD = "Übermorgen 42"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return superbills_pdf([a_bill_paper()])


def opened(content: bytes, password: str) -> PdfReader:
    reader = PdfReader(BytesIO(content))
    assert reader.decrypt(password) is not PasswordType.NOT_DECRYPTED
    return reader


def test_the_password_opens_the_same_pages(plain: bytes) -> None:
    locked = encrypt_pdf(plain, PASSWORD)

    pages = opened(locked, PASSWORD).pages
    assert [page.extract_text() for page in pages] == [
        page.extract_text() for page in PdfReader(BytesIO(plain)).pages
    ]


def test_the_password_may_be_typed_on_another_keyboard(plain: bytes) -> None:
    locked = encrypt_pdf(plain, "U\u0308bermorgen 42")

    assert len(opened(locked, PASSWORD).pages) == 1


@pytest.mark.parametrize("password", ["", "Ubermorgen 42", PASSWORD + " "])
def test_no_other_password_opens_it(plain: bytes, password: str) -> None:
    reader = PdfReader(BytesIO(encrypt_pdf(plain, PASSWORD)))

    assert reader.decrypt(password) is PasswordType.NOT_DECRYPTED


def test_the_cipher_is_aes_with_256_bits(plain: bytes) -> None:
    reader = PdfReader(BytesIO(encrypt_pdf(plain, PASSWORD)))

    encryption: Any = reader.trailer["/Encrypt"]
    assert (encryption["/V"], encryption["/R"]) == (5, 6)
    assert encryption["/CF"]["/StdCF"]["/CFM"] == "/AESV3"


def test_no_word_of_the_patient_can_be_read_without_it(plain: bytes) -> None:
    locked = encrypt_pdf(plain, PASSWORD)

    assert b"Patient superbill" in plain
    assert b"Patient superbill" not in locked


@pytest.mark.parametrize(
    ("password", "words"),
    [("", "at least 8"), ("short", "at least 8"), ("x" * (LONGEST_PASSWORD + 1), "at most 127")],
)
def test_a_password_that_does_not_protect_is_refused(
    plain: bytes, password: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        encrypt_pdf(plain, password)
