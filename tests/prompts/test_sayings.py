"""What each language says, against sayings written by hand: `sayings/<code>.toml`. A language without any fails."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from appliance.office.languages import LANGUAGES
from appliance.office.phrase import Digits, Phrase, phrase
from appliance.prompts import wording
from appliance.prompts.composed import ComposedLanguage
from appliance.prompts.languages import language

NOW = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)  # a Thursday

Right = dict[str, Any]


def sayings(code: str) -> Right:
    return tomllib.loads((Path(__file__).parent / "sayings" / f"{code}.toml").read_text(encoding="utf-8"))


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> ComposedLanguage:
    made = language(request.param)
    assert isinstance(made, ComposedLanguage)
    return made


@pytest.fixture
def right(spoken: ComposedLanguage) -> Right:
    return sayings(spoken.code)


def test_numbers(spoken: ComposedLanguage, right: Right) -> None:
    genders = {name: values for name, values in right["numbers"].items() if isinstance(values, dict)}
    assert genders.keys() == {gender for gender in spoken.genders if gender}
    plain = {value: text for value, text in right["numbers"].items() if isinstance(text, str)}
    for gender, values in {"": plain, **genders}.items():
        assert {value: " ".join(spoken.number(int(value), gender)) for value in values} == values


def test_lengths_of_time(spoken: ComposedLanguage, right: Right) -> None:
    assert {seconds: " ".join(spoken.duration(int(seconds))) for seconds in right["durations"]} == right["durations"]


def test_telephone_numbers(spoken: ComposedLanguage, right: Right) -> None:
    assert {digits: " ".join(spoken.digits(digits)) for digits in right["digits"]} == right["digits"]


def test_versions(spoken: ComposedLanguage, right: Right) -> None:
    assert {text: " ".join(spoken.version(text)) for text in right["versions"]} == right["versions"]


def test_times_of_day(spoken: ComposedLanguage, right: Right) -> None:
    said = {at: " ".join(spoken.time_of_day(time.fromisoformat(at))) for at in right["times"]}
    assert said == right["times"]


def test_moments_seen_from_now(spoken: ComposedLanguage, right: Right) -> None:
    assert {when: " ".join(spoken.moment(moment(when), NOW)) for when in right["moments"]} == right["moments"]


def test_phrases_with_their_blanks_filled(spoken: ComposedLanguage, right: Right) -> None:
    said = {
        line: " ".join(clip.text for clip in wording.of_phrase(filled(line), NOW, spoken)) for line in right["phrases"]
    }
    assert said == right["phrases"]


def test_written_texts_are_read_as_people_say_them(spoken: ComposedLanguage, right: Right) -> None:
    assert {written: spoken.as_read(written) for written in right["readings"]} == right["readings"]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def filled(line: str) -> Phrase:
    """`name blank=value blank=value`, with _ for a space in a value."""
    name, *blanks = line.split()
    values: dict[str, Any] = dict(blank.split("=") for blank in blanks)
    for blank, value in values.items():
        match blank:
            case "count" | "new" | "saved":
                values[blank] = int(value)
            case "when":
                values[blank] = moment(value)
            case "number" | "extension":
                values[blank] = Digits(value)
            case _:
                values[blank] = value.replace("_", " ")
    return phrase(name, **values)
