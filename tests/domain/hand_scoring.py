"""The rule by hand for every shipped instrument, and what may be answered on its paper.

Nothing here looks into a definition.
"""

from __future__ import annotations

from tests.domain.hand_scoring_numbers import (
    asrs,
    audit,
    audit_c,
    c_ssrs,
    cage_aid,
    dast10,
    epds,
    isi,
    k6,
    mdq,
    phq_a,
    psc17,
    scared,
    smfq_child,
    smfq_parent,
    taps,
    vanderbilt_parent,
    vanderbilt_teacher,
    who5,
)
from tests.domain.hand_scoring_worded import (
    gad2,
    gad7,
    pc_ptsd_5,
    pcl5,
    phq2,
    phq4,
    phq9,
    phq15,
)
from tests.domain.pencil import YESNO, Rule

RULES: dict[str, Rule] = {
    "PHQ-9": phq9, "GAD-7": gad7, "PHQ-2": phq2, "GAD-2": gad2, "PHQ-4": phq4, "PHQ-15": phq15,
    "PCL-5": pcl5, "PC-PTSD-5": pc_ptsd_5, "PHQ-A": phq_a, "EPDS": epds, "AUDIT": audit,
    "AUDIT-C": audit_c, "DAST-10": dast10, "C-SSRS": c_ssrs, "ASRS-A": asrs, "MDQ": mdq,
    "PSC-17": psc17, "SCARED-C": scared, "SCARED-P": scared, "VANDERBILT-P": vanderbilt_parent,
    "VANDERBILT-T": vanderbilt_teacher, "ISI": isi, "WHO-5": who5, "K6": k6,
    "SMFQ-C": smfq_child, "SMFQ-P": smfq_parent, "CAGE-AID": cage_aid, "TAPS": taps,
}  # fmt: skip


def choices(name: str) -> list[tuple[int, ...]]:
    """Give what may be answered to each item of a form, as it is printed."""
    four, five, three, yes_no = (0, 1, 2, 3), (0, 1, 2, 3, 4), (0, 1, 2), YESNO
    forms: dict[str, list[tuple[int, ...]]] = {
        "PHQ-9": [four] * 9, "GAD-7": [four] * 7, "PHQ-2": [four] * 2, "GAD-2": [four] * 2,
        "PHQ-4": [four] * 4, "PHQ-15": [three] * 15, "PCL-5": [five] * 20,
        "PC-PTSD-5": [yes_no] * 6, "PHQ-A": [four] * 9 + [yes_no] * 3, "EPDS": [four] * 10,
        "AUDIT": [five] * 8 + [(0, 2, 4)] * 2, "AUDIT-C": [five] * 3, "DAST-10": [yes_no] * 10,
        "C-SSRS": [yes_no] * 7, "ASRS-A": [five] * 6, "MDQ": [yes_no] * 14 + [four],
        "PSC-17": [three] * 17, "SCARED-C": [three] * 41, "SCARED-P": [three] * 41,
        "VANDERBILT-P": [four] * 47 + [(1, 2, 3, 4, 5)] * 8,
        "VANDERBILT-T": [four] * 35 + [(1, 2, 3, 4, 5)] * 8, "ISI": [five] * 7,
        "WHO-5": [(0, 1, 2, 3, 4, 5)] * 5, "K6": [five] * 6, "SMFQ-C": [three] * 13,
        "SMFQ-P": [three] * 13, "CAGE-AID": [yes_no] * 4, "TAPS": [five] * 4 + [yes_no] * 26,
    }  # fmt: skip
    return forms[name]
