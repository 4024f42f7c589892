"""What is known of the past of the sample clinic's people, by last name, in a line a part."""

from __future__ import annotations

from cocm_desktop.domain.background import HistoryKind

_K = HistoryKind
PSYCHIATRIC, ATTEMPTS, SUBSTANCES = _K.PSYCHIATRIC, _K.ATTEMPTS, _K.SUBSTANCES
MEDICAL, FAMILY, SOCIAL = _K.MEDICAL, _K.FAMILY, _K.SOCIAL
NO_STAYS = "No stays, no attempts."
NO_DRUGS = "No alcohol, no drugs, never smoked."
HISTORY: dict[str, dict[HistoryKind, str]] = {
    "Alvarez": {
        PSYCHIATRIC: "Two earlier episodes of depression, 1984 after a birth and 2016. No mania.",
        ATTEMPTS: NO_STAYS,
        SUBSTANCES: "No alcohol. Stopped smoking in 2003.",
        MEDICAL: "Type 2 diabetes, hypertension, osteoarthritis of both knees.",
        FAMILY: "Mother and one sister with depression. No bipolar disorder known.",
        SOCIAL: "Retired seamstress. Lives alone since August; two sons call daily.",
        _K.LABS: "TSH 2.1, B12 310, sodium 137, A1c 7.4. QTc 428 ms.",
    },
    "Dubois": {
        PSYCHIATRIC: "First episode at 24. Three since; the longest well time was two years.",
        ATTEMPTS: "One night in an emergency department in 2019, no attempt.",
        SUBSTANCES: "Two glasses of wine on weekends.",
        MEDICAL: "Migraine without aura. Iron deficiency, treated.",
        FAMILY: "Father drank. A brother with bipolar I disorder, on lithium.",
        SOCIAL: "Project manager; two teenagers; partner works shifts.",
        _K.PREGNANCY: "Perimenopausal; copper IUD.",
        _K.LABS: "CBC normal, ferritin 48, TSH 1.7.",
    },
    "Johnson": {
        PSYCHIATRIC: "First episode. Six visits with a counselor in 2009 after a divorce.",
        ATTEMPTS: NO_STAYS,
        SUBSTANCES: "Four beers on weekends. Cannabis until 2015.",
        SOCIAL: "Laid off in spring after 17 years at the plant. Unemployment ends in January.",
    },
    "Nguyễn": {
        PSYCHIATRIC: "Depressed on and off since the injury of 2018; no treatment before 2025.",
        ATTEMPTS: NO_STAYS,
        SUBSTANCES: "One beer a day. No opioids since 2021.",
        MEDICAL: "Lumbar stenosis, two injections. Sleep apnea suspected, study pending.",
        FAMILY: "Not known; parents died early.",
        SOCIAL: "Auto body painter on light duty. Wife and three adult children nearby.",
        _K.LABS: "ALT 31, creatinine 0.9. QTc 441 ms.",
    },
    "Kowalski": {
        PSYCHIATRIC: "Episodes in 2001 and 2014, both after losses.",
        ATTEMPTS: "Overdose of 20 acetaminophen in 2001, one night in hospital.",
        SUBSTANCES: NO_DRUGS,
        FAMILY: "Aunt died by suicide.",
        SOCIAL: "Divorce since June; daughter at college. Church choir twice a week.",
    },
    "Edwards": {
        PSYCHIATRIC: "First episode, since his wife died in March. Combat in 1970; no treatment.",
        ATTEMPTS: NO_STAYS,
        SUBSTANCES: "A whiskey at night since March, two on Sundays.",
        MEDICAL: "BPH, hearing aids; a fall in spring without fracture.",
        FAMILY: "Brother with PTSD.",
        SOCIAL: "Dairy farmer, alone. Shotgun locked at the neighbor’s.",
        _K.LABS: "sodium 134, TSH 3.0. QTc 452 ms.",
    },
    "García-López": {
        PSYCHIATRIC: "After both births, 2014 and 2018; well in between.",
        ATTEMPTS: NO_STAYS,
        SUBSTANCES: NO_DRUGS,
        SOCIAL: "Night shifts; grandmother minds the children.",
        _K.PREGNANCY: "Not pregnant; wants another child next year.",
    },
    "Iverson": {
        PSYCHIATRIC: "Worry since school; panic in 2010. First depression now.",
        ATTEMPTS: NO_STAYS,
        FAMILY: "Mother with panic disorder.",
        SOCIAL: "Cares for her brother after his stroke; half-time librarian.",
    },
    "Patel": {
        MEDICAL: "Type 2 diabetes since May; seizure in childhood, none since.",
        SUBSTANCES: NO_DRUGS,
        FAMILY: "Father with diabetes and depression.",
        SOCIAL: "Pharmacist; guilt about diet; family of five.",
        _K.LABS: "A1c 8.1, ALT 42, creatinine 1.0.",
    },
    "Quinn": {
        PSYCHIATRIC: "Panic since 2016; one course of exposure in 2018, helped for a year.",
        ATTEMPTS: "Self-harm at 17, none since.",
        SUBSTANCES: "Alprazolam in 2023. See the protected record.",
        FAMILY: "Mother with agoraphobia.",
        SOCIAL: "On leave from the post office until January; takes no bus alone.",
        _K.PREGNANCY: "Not pregnant; implant until 2028.",
    },
    "Sato": {
        PSYCHIATRIC: "First episode at 30. No mania; MDQ below its cut.",
        ATTEMPTS: NO_STAYS,
        SUBSTANCES: "Weekend drinking since spring, AUDIT-C 7. See the protected record.",
        MEDICAL: "Hypertension, untreated.",
        FAMILY: "Grandfather drank.",
        SOCIAL: "Startup closed in April; lives with a partner; no children.",
        _K.LABS: "GGT 96, ALT 58, MCV 101.",
    },
    "Torres": {
        PSYCHIATRIC: "After this birth; none before.",
        ATTEMPTS: NO_STAYS,
        SUBSTANCES: NO_DRUGS,
        SOCIAL: "Goes back to work in fall; her mother minds the baby.",
        _K.PREGNANCY: "Breast-feeding, baby of 7 months. No plan to stop before spring.",
    },
    "Washington": {
        PSYCHIATRIC: "Low mood with every flare since 2015.",
        MEDICAL: "Fibromyalgia, irritable bowel, obesity.",
        SOCIAL: "Retired teacher; stopped the choir in summer.",
    },
    "Reed": {
        PSYCHIATRIC: "ADHD as a child, methylphenidate until 15.",
        SUBSTANCES: "Opioids from 19 to 24, none since.",
        SOCIAL: "Left the trade program; sleeps at a cousin’s.",
    },
    "Hassan": {
        PSYCHIATRIC: "Odd ideas since summer; first-episode program has seen him.",
        FAMILY: "Uncle with schizophrenia.",
        SUBSTANCES: "Cannabis most days.",
    },
    "Vaughn": {
        PSYCHIATRIC: "PTSD since 2015; EMDR broken off after three sessions.",
        ATTEMPTS: "Stay of five days in 2016, no attempt.",
        FAMILY: "Not known, adopted.",
        SOCIAL: "Veteran, Coast Guard. Lives with a wife and a dog.",
    },
}  # fmt: skip
# By last name: the program, what it let the practice know, and the weeks ago in which a consent
# was given and ended (None: it holds, without an end).
PART2: dict[str, tuple[str, str, int, int | None]] = {
    "Sato": (
        "Hudson Harbor Recovery Center",
        "Group twice a week since September, 5 of 9 kept. Naltrexone offered and declined.",
        6,
        None,
    ),
    "Quinn": (
        "Elm Street Day Program",
        "Taper of alprazolam completed in March 2024; weekly group until June 2024.",
        40,
        3,
    ),
}
