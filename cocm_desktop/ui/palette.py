"""The colours of the program, light and dark: the one place where a hex value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Tone(Enum):
    """What a chip says. The first five are the levels of an instrument's bands."""

    MINIMAL = 1
    MILD = 2
    MODERATE = 3
    MODERATELY_SEVERE = 4
    SEVERE = 5
    SAFETY = 6
    INFO = 7
    NEUTRAL = 8
    SAMPLE = 9


@dataclass(frozen=True, slots=True)
class ChipColours:
    """A chip's text, which is its border too, and the tint behind it."""

    text: str
    tint: str


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour a widget or a delegate may use."""

    is_dark: bool
    window: str
    surface: str
    alternate: str
    text: str
    secondary: str
    disabled: str
    divider: str
    control: str
    primary: str
    primary_hover: str
    on_primary: str
    primary_tint: str
    selection: str
    chart_second: str
    error: str
    success: str
    due: str
    track: str
    safety: str
    on_safety: str
    chips: Mapping[Tone, ChipColours] = field(hash=False)


LIGHT = Palette(
    is_dark=False,
    window="#F5F7F9",
    surface="#FFFFFF",
    alternate="#F7F9FB",
    text="#1B2733",
    secondary="#51606F",
    disabled="#66727F",
    divider="#D5DCE3",
    control="#7A8896",
    primary="#0B5C7A",
    primary_hover="#094A63",
    on_primary="#FFFFFF",
    primary_tint="#E3F0F5",
    selection="#D6E8F0",
    chart_second="#7A3E9D",
    error="#9B1C2E",
    success="#1E6B3A",
    due="#8A5300",
    track="#E9EDF1",
    safety="#8E1024",
    on_safety="#FFFFFF",
    chips={
        Tone.MINIMAL: ChipColours("#1E6B3A", "#E3F3E8"),
        Tone.MILD: ChipColours("#5C6B00", "#F2F5D9"),
        Tone.MODERATE: ChipColours("#8A5300", "#FDF0DA"),
        Tone.MODERATELY_SEVERE: ChipColours("#A33A00", "#FDE6DA"),
        Tone.SEVERE: ChipColours("#9B1C2E", "#FBE3E6"),
        Tone.SAFETY: ChipColours("#FFFFFF", "#8E1024"),
        Tone.INFO: ChipColours("#0B5C7A", "#E3F0F5"),
        Tone.NEUTRAL: ChipColours("#45525F", "#E9EDF1"),
        Tone.SAMPLE: ChipColours("#8A5300", "#FDF0DA"),
    },
)

DARK = Palette(
    is_dark=True,
    window="#12181E",
    surface="#1A222A",
    alternate="#1F2830",
    text="#E6ECF1",
    secondary="#A5B2BF",
    disabled="#8D9AA7",
    divider="#35424E",
    control="#7C8B9A",
    primary="#6CC3E0",
    primary_hover="#8ED2EA",
    on_primary="#06222E",
    primary_tint="#163443",
    selection="#1F4152",
    chart_second="#C99BE6",
    error="#F79AA6",
    success="#8FD6A6",
    due="#F3C274",
    track="#2A343E",
    safety="#A3182E",
    on_safety="#FFFFFF",
    chips={
        Tone.MINIMAL: ChipColours("#8FD6A6", "#173324"),
        Tone.MILD: ChipColours("#D3DC7A", "#2E3312"),
        Tone.MODERATE: ChipColours("#F3C274", "#3A2B10"),
        Tone.MODERATELY_SEVERE: ChipColours("#F7A67C", "#42240F"),
        Tone.SEVERE: ChipColours("#F79AA6", "#431A21"),
        Tone.SAFETY: ChipColours("#FFFFFF", "#A3182E"),
        Tone.INFO: ChipColours("#8ED2EA", "#163443"),
        Tone.NEUTRAL: ChipColours("#C3CDD6", "#2A343E"),
        Tone.SAMPLE: ChipColours("#F3C274", "#3A2B10"),
    },
)
