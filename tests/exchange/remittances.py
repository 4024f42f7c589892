"""Remittance files of a made-up payer, a claim at a time."""

from __future__ import annotations

from collections.abc import Sequence

PAID = (
    "CLP*COCM-000123-202611*1*160.32*113.65*28.99*MB*ICN0001*11*1",
    "NM1*QC*1*DOE*JANE****MI*1EG4TE5MK73",
    "MOA***MA01",
    "SVC*HC:99493*160.32*113.65**1",
    "DTM*472*20261130",
    "CAS*CO*45*15.36**253*2.32",
    "CAS*PR*2*28.99",
    "REF*6R*LN0001",
    "AMT*B6*144.96",
)
DENIED = (
    "CLP*COCM-000124-202611*4*250*0*0*MB*ICN0002*11*1",
    "NM1*QC*1*DOE*JOHN",
    "SVC*HC:99493*250*0**1",
    "DTM*472*20261130",
    "CAS*CO*119*250",
    "REF*6R*LN0001",
    "LQ*HE*N362",
)
REVERSED = (
    "CLP*COCM-000123-202611*22*-160.32*-113.65**MB*ICN0001*11*1",
    "NM1*QC*1*DOE*JANE",
    "SVC*HC:99493*-160.32*-113.65**1",
    "DTM*472*20261130",
    "CAS*CO*45*-15.36**253*-2.32",
    "CAS*PR*2*-28.99",
    "REF*6R*LN0001",
)


def an_835(
    *claims: Sequence[str], paid: str = "113.65", more: Sequence[str] = (), usage: str = "P"
) -> bytes:
    """Write a file with one payment of these claims; `more` are segments after them (PLB)."""
    body = [
        "ST*835*0001",
        f"BPR*I*{paid}*C*ACH*CCP*01*999999999*DA*123456789*1512345678**01*999988880*DA*98765*20261215",
        "TRN*1*EFT0000777*1512345678",
        "DTM*405*20261214",
        "N1*PR*MEDICARE PART B IL",
        "N3*1 PAYER WAY",
        "N4*SPRINGFIELD*IL*62701",
        "REF*2U*00952",
        "PER*BL*EDI*TE*8005550100",
        "N1*PE*RIVERBEND FAMILY MEDICINE*XX*1234567893",
        "LX*1",
        *(segment for claim in claims for segment in claim),
        *more,
    ]
    body.append(f"SE*{len(body) + 1}*0001")
    head = (
        "ISA*00*          *00*          *ZZ*330897513      *ZZ*SUBMITTERID    "
        f"*261215*0800*^*00501*000000501*0*{usage}*:"
    )
    group = "GS*HP*330897513*SUBMITTERID*20261215*0800*501*X*005010X221A1"
    lines = [head, group, *body, "GE*1*501", "IEA*1*000000501"]
    return "".join(f"{line}~\n" for line in lines).encode()
