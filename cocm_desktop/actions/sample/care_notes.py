"""What the care teams of the sample clinic plan, prescribe and practice, in a few words."""

from __future__ import annotations

from cocm_desktop.domain.goal import GoalState
from cocm_desktop.domain.intervention import InterventionKind
from cocm_desktop.domain.referral_out import ReferralResult

KINDS: tuple[tuple[InterventionKind, str], ...] = (
    (InterventionKind.BEHAVIORAL_ACTIVATION, "A ten-minute walk after lunch, marked in the log"),
    (InterventionKind.BEHAVIORAL_ACTIVATION, "Two pleasant things on the calendar for the weekend"),
    (InterventionKind.BEHAVIORAL_ACTIVATION, "One call to a friend before the next contact"),
    (InterventionKind.PROBLEM_SOLVING, "The smallest first step of the plan, by Friday"),
    (InterventionKind.PROBLEM_SOLVING, "List three ways around the main stressor"),
    (InterventionKind.COGNITIVE_BEHAVIORAL, "Write the worry down once a day and rate it"),
    (InterventionKind.RELAXATION, "Paced breathing twice a day, five minutes"),
    (InterventionKind.SLEEP, "The same wake time every day; screens off at nine"),
    (InterventionKind.MEDICATION_SUPPORT, "Pill box filled on Sunday"),
    (InterventionKind.MOTIVATIONAL_INTERVIEWING, "Weekdays without alcohol, sleep compared"),
    (InterventionKind.PSYCHOEDUCATION, ""),
)
# What the patient wants to reach, and how they will know.
GOALS = (
    ("Sleep through at least five nights a week.", "Sleep log"),
    ("Back at work three full days a week by the end of the season.", "Days at work"),
    ("Walk the dog every morning before nine.", "Mornings marked in the log"),
    ("Cook supper for the family four times a week.", "Suppers a week"),
    ("Go to one service or meeting a week again.", ""),
    ("Ride the bus into town alone.", "Rides, worry before and after"),
    ("Answer messages from friends the same day.", ""),
    ("Take every dose for four weeks running.", "Pill box on Sundays"),
    ("An hour outdoors with the children each weekend.", "Weekends kept"),
    ("Pay the open bills and open the mail twice a week.", ""),
)
GOAL_DROPPED = ("Drop one of the two evening jobs before the holidays.", "")
GOAL_STATES = {"good": (GoalState.MET, GoalState.PARTLY_MET), "slow": (GoalState.PARTLY_MET,)}
SAFETY_PLAN = {
    "warning_signs": "Not sleeping for two nights. Thinking that everybody is better off. "
    "Giving things away.",
    "coping": "Shower, radio, the slow breathing. Out of the bedroom, into the kitchen light.",
    "places": "The coffee place by the station. The neighbor with the dog, in the afternoon.",
    "helpers": "My sister, at any hour. The friend from church, until ten.",
    "professionals": "The care manager at the practice, 845-555-0100, in office hours. "
    "After that the crisis numbers below.",
    "safer_home": "My sister keeps the pills and hands out one week at a time.",
    "reasons": "The grandchildren. The garden in spring.",
}
PROBLEMS = {
    "F32": "Depression, first episode",
    "F33": "Depression, not the first episode",
    "F41": "Anxiety",
    "F43": "What a hard event left behind",
    "F53": "Depression after birth",
}
CARE_PLAN_WORK = (
    "Behavioral activation weekly; sleep habits; homework kept in the log.",
    "Problem-solving treatment, six sessions; activation between them.",
    "Breathing and graded steps for the worry; activation once the mornings are better.",
)
# By last name: what was tried before, with highest dose, when, what it did and why it ended.
PAST_TRIALS: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "Alvarez": (("fluoxetine", "40 mg", "2016, eight months", "Half better", "Restless at night"),),
    "Dubois": (
        ("sertraline", "150 mg", "2019 to 2021", "Well for a year", "Stopped when well"),
        ("venlafaxine", "75 mg", "2022, five weeks", "None seen", "Sweating, blood pressure up"),
    ),
    "Nguyễn": (("amitriptyline", "25 mg", "2020, for the back", "Slept better", "Dry mouth"),),
    "Kowalski": (("citalopram", "40 mg", "2014, two years", "Good", "Divorce, ran out"),),
    "Quinn": (
        ("sertraline", "100 mg", "2017, four months", "Less panic", "Loose bowels"),
        ("buspirone", "30 mg", "2021, six weeks", "None", "No effect"),
    ),
    "Abernathy": (("escitalopram", "20 mg", "2023, nine months", "Partly", "Wore off"),),
    "Coleman": (("mirtazapine", "30 mg", "2018", "Slept, ate", "Gained 25 pounds"),),
    "Jimenez": (("bupropion", "150 mg XL", "2021, three weeks", "None yet", "Jittery"),),
    "Sullivan": (("disulfiram", "250 mg", "2012", "Not taken", "Not taken"),),
    "Vaughn": (("paroxetine", "20 mg", "2015, a year", "Fewer nightmares", "Pregnancy planned"),),
    "Sato": (("trazodone", "50 mg", "2022", "Groggy", "Groggy in the morning"),),
    "García-López": (("citalopram", "20 mg", "after a birth", "Good", "Stopped when well"),),
}  # fmt: skip
# By last name: what else is taken, whether for the mind, and the week of treatment it ended in.
OTHER_MEDICINES: dict[str, tuple[tuple[str, str, bool, int], ...]] = {
    "Alvarez": (
        ("lisinopril", "20 mg daily", False, 0),
        ("metformin", "500 mg twice daily", False, 0),
    ),
    "Nguyễn": (("naproxen", "500 mg twice daily as needed", False, 0),),
    "Dubois": (("trazodone", "50 mg at night", True, 9),),
    "Edwards": (("tamsulosin", "0.4 mg at night", False, 0),),
    "Abernathy": (("amlodipine", "5 mg daily", False, 0),),
    "Patel": (("metformin", "1000 mg twice daily", False, 0),),
    "McLaughlin": (
        ("metoprolol", "50 mg daily", False, 0),
        ("atorvastatin", "40 mg daily", False, 0),
    ),
    "Quinn": (("propranolol", "10 mg as needed", True, 0),),
    "Jefferson": (("sevelamer", "800 mg with meals", False, 0),),
    "Washington": (("gabapentin", "300 mg at night", False, 6),),
    "Okonkwo": (("levothyroxine", "75 mcg daily", False, 0),),
    "Vaughn": (("prazosin", "2 mg at night", True, 0),),
}  # fmt: skip
STOPPED = "Too drowsy in the morning"
_R = ReferralResult
# By last name: to whom, what for, how many weeks ago, and what came of it.
REFERRALS_OUT: dict[str, tuple[tuple[str, str, int, ReferralResult], ...]] = {
    "Sato": (("County addiction service", "Drinking on weekends", 5, _R.WAITING),),
    "Alvarez": (("Caregivers’ group, senior center", "Husband in memory care", 8, _R.KEPT),),
    "Johnson": (("State employment office", "Laid off in spring", 9, _R.NOT_KEPT),),
    "Nguyễn": (("Physical therapy", "Chronic back pain", 6, _R.KEPT),),
    "Vaughn": (
        ("Trauma therapist, prolonged exposure", "PCL-5 still high", 7, _R.NOT_AVAILABLE),
        ("Trauma therapy by video, state program", "No place nearby", 3, _R.WAITING),
    ),
    "Hassan": (("First-episode program", "Worse, sleeps by day", 13, _R.KEPT),),
    "Edwards": (("Grief group, hospice", "Widowed in March", 10, _R.DECLINED),),
    "Castellano": (("Home health aide, county", "Wife’s care", 1, _R.WAITING),),
}  # fmt: skip
# By last name: forms filled in at the first assessment, a digit an item, a dash where not asked.
INTAKE: dict[str, tuple[tuple[str, str], ...]] = {
    "Alvarez": (("MDQ", "100100001000001"), ("AUDIT-C", "000"), ("PC-PTSD-5", "0-----")),
    "Dubois": (("ISI", "3232332"), ("MDQ", "000100010000000")),
    "Nguyễn": (("PHQ-15", "122-11100122022"), ("AUDIT-C", "210")),
    "Edwards": (("AUDIT-C", "321"), ("PC-PTSD-5", "110100")),
    "Sato": (("AUDIT-C", "322"), ("DAST-10", "1010000000"), ("MDQ", "100100001000001")),
    "Quinn": (("PC-PTSD-5", "111011"), ("ISI", "2333432")),
    "Washington": (("PHQ-15", "121011001012022"), ("ISI", "2223221")),
    "Torres": (("EPDS", "2211222110"), ("AUDIT-C", "000")),
    "Chaudhry": (("EPDS", "1222121200"),),
    "Vaughn": (("PC-PTSD-5", "111111"), ("AUDIT-C", "211"), ("DAST-10", "0010000000")),
    "Okonkwo": (("MDQ", "111011010100110"), ("DAST-10", "1010000000")),
    "Sullivan": (("AUDIT-C", "443"), ("DAST-10", "1111100100")),
    "Reed": (("DAST-10", "1110100000"), ("AUDIT-C", "222")),
    "Abernathy": (("ISI", "3443433"),),
    "Thornton": (("PHQ-2", "22"),),
    "Vasquez": (("PHQ-2", "12"),),
    "Feldman": (("PHQ-2", "32"), ("AUDIT-C", "411")),
    "Bautista": (("PHQ-2", "33"), ("MDQ", "000000000000000")),
}  # fmt: skip
# By last name: the screener at the first answer to item 9 that was not 0.
SCREENED = {"Hassan": "111000-", "Cruz": "110000-", "Edwards": "10---0-"}
