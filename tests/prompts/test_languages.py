"""What every language must have. A language that lacks an entry is named with all that it lacks."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.office.languages import LANGUAGES
from appliance.office.phrase import Digits, Phrase, Value, VersionNumber, phrase
from appliance.prompts import languages as package
from appliance.prompts import wording
from appliance.prompts.composed import ComposedLanguage
from appliance.prompts.language import LARGEST_NUMBER, CatalogueEntry, Language, Plural
from appliance.prompts.languages import language

NOW = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)
EVERY = [language(code) for code in LANGUAGES]
ENGLISH = language("en")
every_language = pytest.mark.parametrize("spoken", EVERY, ids=lambda one: one.code)

VALUES: dict[str, Value | Digits] = {
    "name": "Jane Smith",
    "company": "Harbor Dental",
    "number": Digits("5550142"),
    **dict.fromkeys(("first", "second", "third", "fourth"), Digits("168")),
    "key": Digits("1"),
    "extension": Digits("101"),
    "place": "Harbor Dental",
    "version": VersionNumber("1.10rc2"),
    "when": datetime(2026, 3, 3, 15, 5, tzinfo=UTC),
}
"""What blanks of these names hold; all others are counted."""

COUNTS = (*range(32), 80, 81, 99, 100, 101, 111, 121, 122, 200, 999, 1000, 2000)


def blanks(entry: CatalogueEntry) -> set[str]:
    return {blank for text in wording.all_forms(entry) for _, blank, *_ in Formatter().parse(text) if blank}


def filled(name: str, count: int) -> Phrase:
    """An entry with all its blanks filled."""
    return phrase(name, **{blank: VALUES.get(blank, count) for blank in blanks(ENGLISH.catalogue[name])})


def plurals(entry: CatalogueEntry) -> list[Plural]:
    return [part for part in (entry if isinstance(entry, tuple) else (entry,)) if isinstance(part, Plural)]


def specs(entry: CatalogueEntry) -> set[str]:
    return {spec for text in wording.all_forms(entry) for *_, spec, _ in Formatter().parse(text) if spec}


def test_the_languages_listed_are_those_that_have_a_package() -> None:
    folders = {path.parent.name for path in Path(package.__path__[0]).glob("*/catalogue.py")}
    assert folders == set(LANGUAGES)
    assert {one.code for one in EVERY} == set(LANGUAGES)


def test_a_language_that_is_not_listed_is_named() -> None:
    with pytest.raises(KeyError, match="tlh"):
        language("tlh")


APART = ("letters", "card", "__init__")
"""What is written, and not said."""


def test_no_entry_stands_in_two_subjects_of_a_language() -> None:
    """The later one would count, and the other's words would never be said."""
    twice = []
    for spoken in EVERY:
        files = [path for path in (Path(package.__path__[0]) / spoken.code).glob("*.py") if path.stem not in APART]
        text = "".join(path.read_text("utf-8") for path in files)
        names = re.findall(r'^    "([a-z0-9-]+)": ', text, re.MULTILINE)
        twice += [f"{spoken.code}: {name}" for name in sorted(set(names)) if names.count(name) > 1]
    assert twice == []


def test_no_language_lacks_an_entry() -> None:
    lacking = {one.code: sorted(ENGLISH.catalogue.keys() - one.catalogue.keys()) for one in EVERY}
    assert {code: names for code, names in lacking.items() if names} == {}, (
        "these entries are to be added to appliance/prompts/languages/<code>/catalogue.py"
    )


def test_no_language_has_an_entry_that_nothing_says() -> None:
    left_over = {one.code: sorted(one.catalogue.keys() - ENGLISH.catalogue.keys()) for one in EVERY}
    assert {code: names for code, names in left_over.items() if names} == {}


@every_language
def test_every_entry_has_the_blanks_of_the_english_one(spoken: Language) -> None:
    different = {
        name: (blanks(entry), blanks(ENGLISH.catalogue[name]))
        for name, entry in spoken.catalogue.items()
        if name in ENGLISH.catalogue and blanks(entry) != blanks(ENGLISH.catalogue[name])
    }
    assert different == {}


def keys(entry: CatalogueEntry, spoken: Language) -> set[str]:
    """The keys that an entry tells people to press: figures, and what * and # are called, however it is declined."""
    (text, *_) = wording.all_forms(entry)
    assert isinstance(spoken, ComposedLanguage)
    named = {sign for sign in "*#" if re.search(rf"\b{spoken.signs[sign][:5]}", text, re.IGNORECASE)}
    return {*re.findall("[0-9]", text), *named}


@every_language
def test_every_entry_names_the_keys_of_the_english_one(spoken: Language) -> None:
    """A menu that was changed in English is to be changed in all languages."""
    different = {
        name: (keys(entry, spoken), keys(ENGLISH.catalogue[name], ENGLISH))
        for name, entry in spoken.catalogue.items()
        if name in ENGLISH.catalogue and keys(entry, spoken) != keys(ENGLISH.catalogue[name], ENGLISH)
    }
    assert different == {}


@every_language
def test_what_is_counted_has_exactly_the_forms_of_its_language(spoken: Language) -> None:
    wrong = {
        name: [*plural.forms]
        for name, entry in spoken.catalogue.items()
        for plural in plurals(entry)
        if set(plural.forms) != set(spoken.plurals)
    }
    assert wrong == {}
    assert {spoken.form(count) for count in range(1001)} == set(spoken.plurals)


@every_language
def test_blanks_ask_only_for_genders_that_numbers_have(spoken: Language) -> None:
    known = {"seconds", *spoken.genders}
    assert {name: specs(entry) - known for name, entry in spoken.catalogue.items() if specs(entry) - known} == {}


@every_language
def test_texts_are_written_cleanly(spoken: Language) -> None:
    unclean = re.compile(r"\s\s|\s[,.:?!]|^\s|\s$|[,.:?!]{2}")
    wrong = [text for entry in spoken.catalogue.values() for text in wording.all_forms(entry) if unclean.search(text)]
    assert wrong == []


@every_language
def test_every_entry_is_made_of_fixed_clips_and_its_own_texts(spoken: Language) -> None:
    fixed = set(wording.fixed_texts(spoken))
    for name in spoken.catalogue:
        for count in COUNTS:
            said = filled(name, count)
            texts = {clip.text for clip in wording.of_phrase(said, NOW, spoken)}
            assert texts, name
            assert texts - fixed - set(wording.free_texts([said])) == set(), name


@every_language
def test_no_text_is_prepared_twice(spoken: Language) -> None:
    fixed = wording.fixed_texts(spoken)
    assert len(fixed) == len(set(fixed))
    assert [text for text in fixed if text != text.strip() or not text or text.endswith((",", ":"))] == []


@cache
def vocabulary(spoken: Language) -> frozenset[str]:
    return frozenset(spoken.vocabulary())


def fixed(texts: list[str], spoken: Language, *, ends: bool = True) -> bool:
    """Whether these can be said without synthesis, also at the end of a sentence."""
    closing = [f"{texts[-1]}."] if ends else []
    return {text.removesuffix(",") for text in [*texts, *closing]} <= vocabulary(spoken)


@every_language
def test_every_number_is_made_of_fixed_clips(spoken: Language) -> None:
    values = [*range(1300), *range(1300, LARGEST_NUMBER, 997), LARGEST_NUMBER]
    for gender in spoken.genders:
        assert [value for value in values if not fixed(spoken.number(value, gender), spoken, ends=False)] == []


@every_language
def test_every_length_of_time_is_made_of_fixed_clips_and_can_end_a_sentence(spoken: Language) -> None:
    lengths = [*range(4000), *range(4000, 350_000, 331)]
    assert [seconds for seconds in lengths if not fixed(spoken.duration(seconds), spoken)] == []


@every_language
@settings(max_examples=40)
@given(st.text(alphabet="0123456789*#+-() ", min_size=1).filter(lambda text: text.strip("-() ")))
def test_every_telephone_number_is_made_of_fixed_clips_and_can_end_a_sentence(spoken: Language, digits: str) -> None:
    assert fixed(spoken.digits(digits), spoken)


YEARS = {"min_value": datetime(1900, 1, 1), "max_value": datetime(2099, 12, 31)}  # noqa: DTZ001


@every_language
@settings(max_examples=40)
@given(st.datetimes(**YEARS, timezones=st.just(UTC)), st.datetimes(**YEARS, timezones=st.just(UTC)))
def test_every_moment_is_made_of_fixed_clips_and_can_end_a_sentence(
    spoken: Language, when: datetime, now: datetime
) -> None:
    assert fixed(spoken.moment(when, now), spoken)


@every_language
def test_no_two_numbers_sound_the_same(spoken: Language) -> None:
    values = [*range(1300), *range(1300, LARGEST_NUMBER + 1, 997)]
    for gender in spoken.genders:
        assert len({" ".join(spoken.number(value, gender)) for value in values}) == len(values)


@every_language
def test_no_two_minutes_of_a_day_sound_the_same(spoken: Language) -> None:
    times = [NOW.replace(hour=hour, minute=minute) for hour in range(24) for minute in range(60)]
    assert len({" ".join(spoken.moment(at, NOW)) for at in times}) == 1440


@every_language
@pytest.mark.parametrize("value", [-1, LARGEST_NUMBER + 1])
def test_a_number_that_cannot_be_spoken_is_refused(spoken: Language, value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        spoken.number(value)


def test_a_language_that_is_not_spoken_is_not_loaded() -> None:
    program = (
        "import sys; from appliance.prompts.languages import language; from appliance import daemon; language('sv')\n"
        "print(*sorted(name for name in sys.modules if name.endswith('.catalogue')))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["appliance.prompts.languages.sv.catalogue"]
