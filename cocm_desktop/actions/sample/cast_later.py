"""The patients of the sample clinic who are past the first months, and those not enrolled."""

from __future__ import annotations

from cocm_desktop.actions.sample.cast import (
    AETNA,
    BLUE,
    CIGNA,
    FIDELIS,
    MEDICAID,
    MEDICARE,
    MVP,
    UNITED,
)
from cocm_desktop.actions.sample.part import F, M, Part

RELAPSE_PREVENTION = (
    Part("Anderson", "Judith", "1957-05-15", F, MEDICARE, "34 remits 18 9",
         "retired from the library", "sertraline", "F33.1", relapse_prevention=11),
    Part("Bergström", "Nils", "1972-10-01", M, BLUE, "30 remits 16 7",
         "back at the sawmill full time", "bupropion", "F32.1", relapse_prevention=8),
    Part("Cruz", "Yolanda", "1984-02-11", F, MEDICAID, "38 wavers 21 14",
         "own apartment since October", "venlafaxine", "F33.2", item9=(2, 1, 1, 0),
         language="Spanish", relapse_prevention=7),
    Part("Donovan", "Patrick", "1946-09-27", M, MEDICARE, "41 remits 15 5",
         "sober eleven months", "mirtazapine", "F33.1", relapse_prevention=16),
    Part("Edelstein", "Naomi", "1996-06-30", F, CIGNA, "28 remits 14 16",
         "exams passed", "escitalopram", "F41.1", relapse_prevention=6),
    Part("Fofanah", "Mariama", "1988-12-24", F, FIDELIS, "32 responds 19 11",
         "daughter started school", "fluoxetine", "F33.1", relapse_prevention=9),
    Part("Grady", "Shaun", "1977-04-06", M, UNITED, "36 remits 17 10",
         "coaching again", "sertraline", "F32.1", relapse_prevention=12, lapse=7),
    Part("Holloway", "Beatrice", "1941-03-12", F, MEDICARE, "29 remits 13 6",
         "moved next door to her niece", "escitalopram", "F32.1", relapse_prevention=5),
)  # fmt: skip

BACK_AGAIN = (
    Part("Jimenez", "Raúl", "1979-08-20", M, BLUE, "9 early 16 9",
         "mother’s death anniversary, work slowed down", "sertraline", "F33.1",
         language="Spanish", before=(58, 40)),
    Part("Larsen", "Emily", "1990-01-26", F, MVP, "5 early 14 12",
         "moved back to town, job search", "escitalopram", "F33.0", before=(55, 37)),
)  # fmt: skip

ON_HOLD = (
    Part("Kovács", "István", "1953-07-19", M, MEDICARE, "18 partial 16 8",
         "in hospital for hip surgery, then rehabilitation", "duloxetine", "F33.1", hold=3),
    Part("Mbeki", "Thandi", "1992-05-13", F, AETNA, "13 responds 17 13",
         "abroad with family until mid-December", "sertraline", "F32.1", hold=2),
    Part("Sullivan", "Brendan", "1967-11-29", M, MEDICAID, "22 stuck 19 11",
         "in a residential alcohol program", "naltrexone", "F33.1", item9=(1, 0), hold=4),
)  # fmt: skip

CONSENTED = (
    Part("Thornton", "Alice", "1970-06-09", F, UNITED, consented_days=2,
         life="referred after her annual visit", code="F32.1"),
    Part("Vasquez", "Miguel Ángel", "1986-10-22", M, MEDICAID, consented_days=5,
         life="referred by Dr. Smith, prefers evenings", code="F41.1", language="Spanish"),
    Part("Yoder", "Hannah", "2004-03-31", F, BLUE, consented_days=13,
         life="missed the first two appointments", code="F32.1"),
)  # fmt: skip

CLOSED = (
    Part("Albright", "Connie", "1959-02-25", F, MEDICARE, "52 remits 16 8",
         "garden club", "sertraline", "F32.1", closed=(14, "GRADUATED")),
    Part("Boateng", "Kwame", "1988-09-14", M, AETNA, "47 remits 18 12",
         "new job at the college", "escitalopram", "F33.1", closed=(9, "GRADUATED")),
    Part("Ciccone", "Francesca", "1975-12-08", F, BLUE, "44 remits 14 10",
         "mother recovered", "fluoxetine", "F32.1", closed=(5, "GRADUATED")),
    Part("Espinoza", "Valeria", "1999-04-04", F, MEDICAID, "24 partial 19 16",
         "changed phone twice", "sertraline", "F33.1", language="Spanish", lapse=16,
         closed=(3, "LOST_TO_FOLLOW_UP")),
    Part("Friedman", "Saul", "1943-10-19", M, MEDICARE, "39 remits 12 4",
         "grandchildren nearby", "mirtazapine", "F32.0", closed=(11, "GRADUATED")),
    Part("Gutierrez", "Paola", "1983-06-13", F, UNITED, "17 stuck 17 13",
         "prefers her own therapist", "escitalopram", "F33.1", closed=(8, "WITHDREW")),
    Part("Hassan", "Omar", "1994-11-02", M, MEDICAID, "20 worse 21 15",
         "lost his place at college, sleeps by day", "sertraline", "F33.2", item9=(1, 2, 2),
         closed=(12, "HIGHER_LEVEL_OF_CARE"), effort=1.6),
    Part("Inoue", "Akiko", "1963-03-07", F, CIGNA, "27 responds 15 9",
         "moving to be near her son", "venlafaxine", "F32.1", closed=(6, "MOVED")),
    Part("Jankowski", "Stan", "1957-07-28", M, MVP, "31 stuck 13 6",
         "does not pick up", "", "F32.0", lapse=25, closed=(12, "LOST_TO_FOLLOW_UP")),
)  # fmt: skip

SINGLE = (
    Part("Vaughn", "Carla", "1985-09-09", F, BLUE, "13 partial 14 12",
         "car crash on the thruway in spring", "sertraline", "F43.12", pcl5=54),
    Part("Zimmer", "Lotte", "1993-02-02", F, CIGNA, "0 new 16 11",
         "first baby in spring, cannot rest", "sertraline", "F53.0", item9=(1,)),
    Part("Olsen", "Viggo", "1940-06-17", M, MEDICARE, "33 remits 15 6",
         "daughter lives next door", "escitalopram", "F32.1", closed=(10, "DIED")),
    Part("Prescott", "Nadia", "1991-04-23", F, UNITED, "16 worse 20 15",
         "second winter of low mood, sleeping little", "venlafaxine", "F33.2",
         closed=(1, "TRANSFERRED")),
    Part("Qureshi", "Imran", "1968-08-05", M, AETNA, "29 partial 13 10",
         "works away most weeks", "sertraline", "F32.1", lapse=20, closed=(7, "ADMINISTRATIVE")),
    Part("Rossi", "Paola", "1979-02-11", F, CIGNA, language="Italian", referred_days=30,
         closed=(2, "DECLINED")),
    Part("Sørensen", "Maja", "1994-12-29", F, MVP, referred_days=17,
         waits="Evening visits only; a place from January"),
    Part("Ueda", "Haruto", "2005-05-05", M, MEDICAID, referred_days=26,
         closed=(1, "REDIRECTED")),
    Part("Lamberte", "Gerard", "1951-05-18", M, MEDICARE),
    Part("Yodar", "Hanna", "2004-03-31", F, BLUE),
)  # fmt: skip

NOT_ENROLLED = (
    Part("Lambert", "Gérard", "1951-05-18", M, MEDICARE),
    Part("Mendoza", "Ximena", "1998-08-31", F, FIDELIS, language="Spanish"),
    Part("Nakamura", "Yuki", "1987-02-06", F, AETNA, referred_days=3),
    Part("Pham", "Văn Minh", "1974-09-05", M, UNITED, language="Vietnamese"),
    Part("Washington-Featherstonehaugh", "Bartholomew Alexander", "1969-10-30", M, CIGNA),
)  # fmt: skip
