"""What the care managers of the sample clinic write: short notes about made-up people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from random import Random

from cocm_desktop.domain.episode import CloseReason
from cocm_desktop.domain.safety import SafetyStep


class Going(Enum):
    """How the patient is doing since the last score."""

    BETTER = auto()
    SAME = auto()
    WORSE = auto()
    WELL = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """What a note of a contact tells of."""

    going: Going
    drug: str = ""
    dose: str = ""
    life: str = ""
    score: str = ""
    item9: int | None = None


STATUS = {
    Going.BETTER: (
        "Feels lighter most mornings and laughs more with family.",
        "Sleeping six to seven hours; less time in bed during the day.",
        "Energy is coming back, cooked dinner three times this week.",
        "Fewer tearful days. Got through the week without canceling anything.",
        "Concentration better at work; finished two things that had been waiting.",
        "Went back to a hobby once, enjoyed it more than expected.",
        "Worry still there in the evening but easier to put aside.",
        "Two good days in a row for the first time this season.",
        "Eating regular meals; started reading again before bed.",
    ),
    Going.SAME: (
        "Much as last time: low mood in the morning, a little better by evening.",
        "Tired and slowed down; does what has to be done and not more.",
        "Sleep broken, awake from three. Appetite fair.",
        "Little interest in seeing friends; answers messages late or not at all.",
        "Good days and bad days, about half and half.",
        "Feels stuck. Says nothing has really changed since the last call.",
        "Worries most of the day, tight chest when the phone rings.",
        "Came to the call late and spoke little; says the evenings are longest.",
        "Back to bed after breakfast on most days. No tears, mostly numb.",
        "Went to one family dinner, left early. Irritable with the children.",
    ),
    Going.WORSE: (
        "Hard two weeks. Stayed home on three days, hardly ate on two.",
        "More tearful and irritable, feels a burden to the family.",
        "Sleeping four hours, mind racing. Guilt about work not done.",
        "Stopped the walks. Says it takes everything to get out of bed.",
        "Restless and on edge, snapped at people and felt bad about it.",
    ),
    Going.WELL: (
        "Doing well. Back to usual routine, sleeping through the night.",
        "Mood steady, looks forward to the weekend.",
        "Handled a bad week without sliding back; used the plan.",
        "Feels like the person from before. Wants to keep the gains.",
        "No low days since last contact. Active, seeing friends.",
        "Busy with family and work; takes it as a good sign to be bored at times.",
        "Slept badly for two nights, back on track without help.",
    ),
}
WORK = {
    Going.BETTER: (
        "Behavioral activation: added a second weekly walk and lunch with a friend.",
        "Reviewed what helped; wrote down the three things that lift mood fastest.",
        "Kept the fixed wake time; next step is no phone in bed.",
        "Practiced noticing the first worry and setting it aside until four o’clock.",
        "Planned two pleasant activities for the weekend and who to ask along.",
        "Went over the activity log; mornings with a plan are the good ones. Planned five.",
        "Practiced saying no to one request a week.",
        "Set the next step toward the goal: a full day out of the house.",
    ),
    Going.SAME: (
        "Behavioral activation: agreed on one ten-minute walk after lunch, daily.",
        "Problem solving: listed options for the main stressor, chose the smallest first step.",
        "Sleep: same wake time every day, out of bed if awake for twenty minutes.",
        "Paced breathing practiced on the call; will use it twice a day.",
        "Looked at the activity log: best hours are with other people. Planned two.",
        "Talked through the thought that nothing will help; rated it again at the end.",
        "Chose one thing per day that used to matter; wrote it on the calendar together.",
        "Discussed alcohol and sleep; will go without on weekdays and compare.",
        "Explained why the dose needs four to six weeks; agreed not to stop on a bad day.",
    ),
    Going.WORSE: (
        "Cut the plan to one task a day. Asked a family member to check in each evening.",
        "Went through the safety plan together; numbers are in the phone.",
        "Problem solving on the most pressing thing: a letter to the employer.",
        "Agreed on a call again this week. Will raise it at the case review.",
        "Moved the next visit up and told the treating practitioner about the change.",
        "Simple evening routine, no screens after nine, radio instead.",
    ),
    Going.WELL: (
        "Worked on the relapse prevention plan: warning signs and first three steps.",
        "Reviewed early warning signs: skipping breakfast, not answering calls.",
        "Monthly self-check with the PHQ-9 agreed; call if 10 or higher.",
        "Talked about tapering contacts. Comfortable with monthly calls.",
        "Went through who to call and in which order if sleep goes first again.",
        "Kept two weekly walks in the plan as the first line of defense.",
        "Medication stays for at least six months; practitioner agrees.",
    ),
}
DRUG = (
    "Takes {drug} {dose} daily, no missed doses.",
    "{drug} {dose}: mild dry mouth, not bothersome.",
    "Missed two doses of {drug} over the weekend; pill box suggested.",
    "No side effects from {drug} {dose}.",
    "Some nausea after the last increase of {drug}, settling.",
    "Refill of {drug} {dose} picked up on Monday.",
)
NO_DRUG = (
    "No medication; prefers to go on without.",
    "Not taking an antidepressant, not asking for one.",
)
NO_ANSWER = (
    "No answer, no voicemail set up.",
    "Rang out twice, morning and late afternoon.",
    "No answer. Will try in the evening.",
)
LEFT_MESSAGE = (
    "Left a message with the practice’s number and the times to call back.",
    "Voicemail: asked to call back, offered Thursday after three.",
    "Left word with a family member to call the practice; no details given.",
)
NO_SHOW = (
    "Did not come to the visit. Called after fifteen minutes, no answer.",
    "Appointment missed; called and moved to next week.",
)
LETTER = ("Letter with a return slip, PHQ-9 and a stamped envelope sent home.",)
REVIEW = (
    "Case review with Dr. Chen: continue, score again in two weeks.",
    "Case review with Dr. Chen: raise the dose if the next score is not lower.",
    "Case review with Dr. Chen: look at sleep first, then the dose.",
    "Case review with Dr. Chen: no change; keep up activation.",
    "Case review with Dr. Chen: ask about alcohol and pain before changing the drug.",
    "Case review with Dr. Chen: add bupropion, blood pressure first.",
    "Case review with Dr. Chen: check TSH and B12 with the next blood draw.",
    "Case review with Dr. Chen: repeat the sleep scale at the next call.",
    "Case review with Dr. Chen: visit with the practitioner within two weeks.",
    "Case review with Dr. Chen: go on, the dose needs two more weeks.",
    "Case review with Dr. Chen: keep the plan, calls every other week.",
)

CLOSE_NOTES = {
    CloseReason.GRADUATED: "Goals met, relapse prevention plan in hand. Back to the practitioner.",
    CloseReason.LOST_TO_FOLLOW_UP: "Calls, messages and a letter without an answer.",
    CloseReason.ADMINISTRATIVE: "No contact for 90 days; the letter came back.",
    CloseReason.DIED: "Died after a stroke. His daughter called the practice; condolences sent.",
    CloseReason.DECLINED: "Prefers to wait. May call at any time.",
    CloseReason.REDIRECTED: "First-episode program at the psychiatric center; intake on Monday.",
    CloseReason.WITHDREW: "Prefers to go on with an outside therapist. Welcome back at any time.",
    CloseReason.TRANSFERRED: "Care continues at the specialty clinic; records sent.",
    CloseReason.HIGHER_LEVEL_OF_CARE: "Accepted by the first-episode program; warm hand-off done.",
    CloseReason.MOVED: "Moved out of state; list of practices with this program given.",
}

RELAPSE_PLAN = {
    "medication": "Stay on the same dose for at least six months; refills with the practitioner.",
    "warning_signs": "Sleeping badly three nights in a row, skipping meals, not answering calls.",
    "helps": "A walk every morning, supper with somebody twice a week, the list of small tasks.",
    "contacts": "The care manager at the practice; after hours the number on this form.",
    "self_score": "PHQ-9 once a month; call the practice at 10 or higher.",
}


@dataclass(frozen=True, slots=True)
class Closing:
    """What was stated to close a safety task."""

    assessed: str
    action: str
    told: str
    steps: tuple[SafetyStep, ...] = ()


SAFETY = (
    Closing(
        assessed="Asked about the answer at once. Passive thoughts of not waking up, no plan, no "
        "intent, no past attempt. C-SSRS screen: item 1 yes, 2 to 6 no.",
        action="Safety plan written together; partner keeps the medication. Call in two days.",
        told="Treating practitioner told in person the same day.",
        steps=(SafetyStep.SAFETY_PLAN, SafetyStep.MEANS, SafetyStep.RECHECK),
    ),
    Closing(
        assessed="Thoughts of being better off dead on several days, fleeting. C-SSRS items 1 and "
        "2 yes, 3 to 6 no. Protective: children, faith.",
        action="Went through the safety plan and 988. A sister removed old pills from the house.",
        told="Treating practitioner and Dr. Chen told by phone within the hour.",
        steps=(SafetyStep.SAFETY_PLAN, SafetyStep.EMERGENCY),
    ),
    Closing(
        assessed="Answered the item about wishing the pain would end. Denies wish to die, plan "
        "and intent. C-SSRS screen negative.",
        action="Talked through what to do on a bad night. Next call brought forward to this week.",
        told="Nobody else had to be told; noted for the case review.",
        steps=(SafetyStep.RECHECK,),
    ),
)
SAFETY_HIGH = Closing(
    assessed="More than half the days, with thoughts of a method and no intent. C-SSRS items 1 "
    "to 3 yes, 4 to 6 no. No firearms at home.",
    action="Same-day visit with the treating practitioner. Safety plan renewed; a brother stays "
    "for the week.",
    told="The treating practitioner saw the patient at two o’clock. Dr. Chen told.",
    steps=(SafetyStep.HANDED_OVER, SafetyStep.SAFETY_PLAN),
)


def initial_note(told: Told, *, referred_by: str, months: int) -> str:
    """Write the first assessment in a few lines."""
    treated = (
        f"Started {told.drug} {told.dose} with {referred_by}."
        if told.drug
        else "No medication for now; wants to try without."
    )
    return (
        f"Initial assessment. Referred by {referred_by}. Low mood and loss of interest for about "
        f"{months} months; {told.life}. No history of mania or psychosis. {told.score} {treated} "
        "Goal in own words: sleep through and get out of the house every day. "
        "Explained the program, the weekly case review and how to reach us."
    ).replace("  ", " ")


class Deck:
    """Draws sentences so that none comes twice to a patient before all of its kind have come."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._left: dict[tuple[str, ...], list[str]] = {}
        self._last: dict[tuple[str, ...], str] = {}

    def draw(self, sentences: tuple[str, ...]) -> str:
        left = self._left.get(sentences)
        if not left:
            left = self._left[sentences] = self.random.sample(sentences, len(sentences))
            if left[-1] == self._last.get(sentences):
                left.reverse()
        self._last[sentences] = left[-1]
        return left.pop()


def contact_note(told: Told, deck: Deck) -> str:
    """Write what was heard, done and agreed at a follow-up contact."""
    random = deck.random
    parts = [deck.draw(STATUS[told.going])]
    if told.score:
        parts.append(told.score)
    if told.item9:
        parts.append(f"Item 9 answered {told.item9}; asked about it at once, see the safety task.")
    elif told.item9 == 0 and random.random() < 0.5:  # noqa: PLR2004  every other note
        parts.append("Denies thoughts of self-harm.")
    if random.random() < 0.7:  # noqa: PLR2004  most notes speak of the drug
        words = deck.draw(DRUG if told.drug else NO_DRUG)
        words = words.format(drug=told.drug, dose=told.dose)
        parts.append(words[:1].upper() + words[1:])
    parts.append(deck.draw(WORK[told.going]))
    return " ".join(parts)
