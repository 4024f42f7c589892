"""Reports about files of claims: a 999 and a 277CA of a made-up clearinghouse."""

from __future__ import annotations

from collections.abc import Sequence


def _whole(kind: str, group: str, version: str, *, body: Sequence[str]) -> bytes:
    inner = [f"ST*{kind}*0001*{version}", *body]
    inner.append(f"SE*{len(inner) + 1}*0001")
    head = (
        "ISA*00*          *00*          *ZZ*330897513      *ZZ*SUBMITTERID    "
        "*261201*0800*^*00501*000000601*0*P*:"
    )
    lines = [
        head,
        f"GS*{group}*330897513*SUBMITTERID*20261201*0800*601*X*{version}",
        *inner,
        "GE*1*601",
        "IEA*1*000000601",
    ]
    return "".join(f"{line}~\n" for line in lines).encode()


def a_999(control: str, verdict: str, *wrong: str) -> bytes:
    """Give the answer to a file with this control number: A, E, P or R."""
    body = (
        f"AK1*HC*{control}*005010X222A1",
        "AK2*837*0001*005010X222A1",
        *wrong,
        f"IK5*{verdict}",
        f"AK9*{verdict}*1*1*1",
    )
    return _whole("999", "FA", "005010X231A1", body=body)


def a_277(account: str, status: str, action: str, *, above: str = "A1:19") -> bytes:
    """Give the answer to one claim: category and status, and WQ (taken) or U (rejected)."""
    body = (
        "BHT*0085*08*REF1*20261201*0800*TH",
        "HL*1**20*1",
        "NM1*AY*2*CLEARINGHOUSE*****46*330897513",
        "TRN*1*T1",
        "DTP*050*D8*20261201",
        "DTP*009*D8*20261201",
        "HL*2*1*21*1",
        "NM1*41*2*RIVERBEND FAMILY MEDICINE*****46*SUBMITTERID",
        "TRN*2*COCM000000001",
        f"STC*{above}*20261201*{'U' if above.startswith('A8') else 'WQ'}*221.78",
        "HL*3*2*19*1",
        "NM1*85*2*RIVERBEND FAMILY MEDICINE*****XX*1234567893",
        "HL*4*3*PT",
        "NM1*QC*1*DOE*JANE****MI*1EG4TE5MK73",
        f"TRN*2*{account}",
        f"STC*{status}*20261201*{action}*221.78",
        "DTP*472*D8*20261130",
    )
    return _whole("277", "HN", "005010X214", body=body)
