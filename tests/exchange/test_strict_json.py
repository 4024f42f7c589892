"""JSON that nobody vouches for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.errors import Refused, Unavailable
from cocm_desktop.exchange.strict_json import DEEPEST, LARGEST_FILE, parse_json, read_json


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b'{"a": [1, 2.5, null, true, "x"]}', {"a": [1, 2.5, None, True, "x"]}),
        (b"\xef\xbb\xbf[1]", [1]),
        ("[" * DEEPEST + "]" * DEEPEST, None),
    ],
    ids=["plain", "with a mark of the encoding", "as deep as may be"],
)
def test_sound_json_is_read(content: bytes | str, read: object) -> None:
    found = parse_json(content.encode() if isinstance(content, str) else content)

    assert read is None or found == read


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "is no JSON", id="empty"),
        pytest.param(b"{", "is no JSON", id="broken off"),
        pytest.param(b"\xff\xfe{}", "no text in UTF-8", id="another encoding"),
        pytest.param(b'{"a": 1, "a": 2}', "one thing twice", id="a name twice"),
        pytest.param(b'{"b": {"a": 1, "a": 1}}', "one thing twice", id="a name twice, inside"),
        pytest.param(b"[NaN]", "NaN, which is no number", id="NaN"),
        pytest.param(b"[-Infinity]", "-Infinity, which is no number", id="infinite"),
        pytest.param(b"[1e999]", "1e999, which is no number", id="beyond all numbers"),
        pytest.param(b"[" + b"9" * 31 + b"]", "too many digits", id="an endless number"),
        pytest.param(b"[0." + b"9" * 31 + b"]", "too many digits", id="an endless fraction"),
        pytest.param(b"[" * 61 + b"]" * 61, "nested too deeply", id="deep"),
        pytest.param(b'{"a":' * 61 + b"1" + b"}" * 61, "nested too deeply", id="deep objects"),
        pytest.param(b"[" * 200_000, "nested too deeply", id="bottomless"),
    ],
)
def test_odd_json_is_refused_in_words(content: bytes, message: str) -> None:
    with pytest.raises(Refused, match=message) as refusal:
        parse_json(content)

    assert "Nothing was stored." in str(refusal.value)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_bytes(b" " * (LARGEST_FILE + 1))

    with pytest.raises(Refused, match="larger than 2 MB"):
        read_json(file)


@pytest.mark.parametrize("name", ["absent.json", ""])
def test_a_file_out_of_reach_is_told_as_such(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unavailable, match="cannot be read"):
        read_json(tmp_path / name)


@given(st.binary(max_size=60))
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    try:
        parse_json(content)
    except Refused:
        return
