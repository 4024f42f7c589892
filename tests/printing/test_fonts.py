from __future__ import annotations

import unicodedata

import pytest

from cocm_desktop.printing import fonts
from cocm_desktop.printing.fonts import BOLD, REGULAR, clean, runs_of, unprintable

NAMES = {
    "Vietnamese": "Nguyễn Thị Hương",
    "Polish": "Łukasz Wójcik",
    "Icelandic": "Þóra Björnsdóttir",
    "Turkish": "Iş\u0131l Şahin",
    "Yoruba": "Ọlá Adéọ́lá",
    "Cyrillic": "Олександр Ковальчук",
    "Greek": "Αθηνά Παπαδοπούλου",
    "Armenian": "Անի Հակոբյան",
    "Georgian": "მარიამ ბერიძე",
    "Arabic": "محمد عبد الله",
    "Persian": "پریسا گلچین",
    "Hebrew": "אברהם לוי",
    "Amharic": "ጌታቸው አበበ",
    "Devanagari": "अनुष्का शर्मा",
    "Bengali": "রবীন্দ্রনাথ ঠাকুর",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Gujarati": "જિજ્ઞેશ પટેલ",
    "Tamil": "தமிழ்செல்வி",
    "Telugu": "శ్రీనివాస్",
    "Kannada": "ಕೃಷ್ಣಮೂರ್ತಿ",
    "Malayalam": "ശ്രീകുമാർ",
    "Sinhala": "ශ්‍රී ලංකා",
    "Thai": "สมชาย ใจดี",
    "Lao": "ສົມພອນ",
    "Khmer": "សុខា",
    "Burmese": "အောင်ဆန်း",
    "Chinese": "王小明 張偉",
    "Japanese": "さくら サトウ 佐藤",
    "Korean": "김민준",
    "signs": "≥ ≤ → ✓ ☐ ▲ ½ ° µ € “quoted” – — …",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_name_has_a_face_for_each_of_its_letters(name: str) -> None:
    words = clean(name).split()

    runs = [run for word in words for run in runs_of(word, BOLD)]

    assert unprintable(name) == ()
    assert not any(run.is_missing for run in runs)
    assert all(run.width > 0 for run in runs)
    for run in runs:
        glyphs = fonts.face(run.face).face.charToGlyph
        assert [letter for letter in run.letters if ord(letter) not in glyphs] == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_what_is_drawn_spells_the_name(name: str) -> None:
    for word in clean(name).split():
        spelled = "".join(run.spelled or run.letters for run in runs_of(word, REGULAR))

        assert spelled == word


def test_a_letter_that_no_face_has_becomes_one_box_and_is_named() -> None:
    family = "👨\u200d👩\u200d👧"

    runs = runs_of(family, REGULAR)

    assert "".join(run.letters for run in runs) == "□□□"
    assert all(run.is_missing for run in runs)
    assert unprintable(f"Kim {family}") == ("👨", "👩", "👧")


def test_half_a_surrogate_pair_is_a_box_and_no_error() -> None:
    [run] = runs_of("\ud83d", REGULAR)

    assert run.is_missing


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        pytest.param("Zoe\u0308", "Zoë", id="a mark joins its letter"),
        pytest.param("a\u202eb\u200eb\ufeff", "abb", id="what steers the direction is dropped"),
        pytest.param("❤\ufe0f", "❤", id="how an emoji should look is dropped"),
        pytest.param("a\tb\u00a0c\nd", "a b c d", id="every blank is a space"),
        pytest.param("a\x00b\x1bc", "abc", id="control letters are dropped"),
        pytest.param("−4", "–4", id="a minus looks like one"),
    ],
)
def test_words_are_cleaned(typed: str, printed: str) -> None:
    assert clean(typed) == printed


def test_letters_of_right_to_left_scripts_are_drawn_from_the_right() -> None:
    [hebrew] = runs_of("אברהם", REGULAR)

    assert hebrew.is_rtl
    assert hebrew.letters == "םהרבא"
    assert hebrew.spelled == "אברהם"


def test_arabic_letters_are_joined() -> None:
    [run] = runs_of("محمد", REGULAR)

    shapes = [unicodedata.name(letter).rpartition(" LETTER ")[2] for letter in run.letters]

    assert shapes == ["DAL FINAL FORM", "MEEM MEDIAL FORM", "HAH MEDIAL FORM", "MEEM INITIAL FORM"]


def test_the_codes_of_joined_letters_do_not_depend_on_what_was_printed_before() -> None:
    first = runs_of("ক্ষ", REGULAR)
    fonts.forget()
    runs_of("রবীন্দ্রনাথ", REGULAR)

    assert runs_of("ক্ষ", REGULAR) == first


def test_nothing_of_a_patient_stays_in_memory() -> None:
    runs_of("Alvarez", REGULAR)

    fonts.forget()

    assert runs_of.cache_info().currsize == 0
