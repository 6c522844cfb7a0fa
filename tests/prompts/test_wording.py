from datetime import UTC, datetime

import pytest

from appliance.office.phrase import Digits, Phrase, VersionNumber, Words, phrase
from appliance.prompts import wording
from appliance.prompts.languages import language
from appliance.prompts.wording import COMMA_MS, INSIDE_MS, SENTENCE_MS, Clip

ENGLISH = language("en")
NOW = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)

VALUES = {
    "name": "Jane Smith",
    "company": "Harbor Dental",
    "number": Digits("5550142"),
    **dict.fromkeys(("first", "second", "third", "fourth"), Digits("168")),
    "key": Digits("1"),
    "extension": Digits("101"),
    "place": "Harbor Dental",
    "when": datetime(2026, 3, 3, 15, 5, tzinfo=UTC),
    "version": VersionNumber("1.2.1"),
}


def texts(said: Phrase) -> list[str]:
    return [clip.text for clip in wording.of_phrase(said, NOW, ENGLISH)]


@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        (phrase("one-moment"), ["One moment, please."]),
        (phrase("thank-you-goodbye"), ["Thank you for calling.", "Goodbye."]),
        (phrase("greeting-default", name="Jane Smith"), ["You have reached the mailbox of", "Jane Smith."]),
        (phrase("not-available", name="Dr. Lee"), ["Dr. Lee", "is not available."]),
        (phrase("you-have-new", count=1), ["You have one new message."]),
        (phrase("you-have-new", count=3), ["You have", "three", "new messages."]),
        (phrase("you-have-saved", count=1), ["You have one saved message."]),
        (phrase("you-have-new-and-saved", new=1, saved=1), ["You have", "one", "new and one saved message."]),
        (
            phrase("you-have-new-and-saved", new=2, saved=12),
            ["You have", "two", "new and", "twelve", "saved messages."],
        ),
        (phrase("from-number", number=Digits("101")), ["from", "one", "zero", "one."]),
        (phrase("from-number", number=Digits("")), ["from"]),
        (phrase("received", when=NOW), ["Received", "today at", "four", "thirty", "PM."]),
        (phrase("message-length", count=80), ["Its length is", "one minute", "and", "twenty", "seconds."]),
    ],
)
def test_a_phrase_becomes_these_clips(said: Phrase, spoken: list[str]) -> None:
    assert texts(said) == spoken


def test_the_pause_after_a_clip_follows_its_mark() -> None:
    assert wording.of_phrase(phrase("message-number", count=3), NOW, ENGLISH) == [
        Clip("Message", INSIDE_MS),
        Clip("three", COMMA_MS),
    ]
    assert wording.of_phrase(phrase("not-available", name="Jane Smith"), NOW, ENGLISH) == [
        Clip("Jane Smith", INSIDE_MS),
        Clip("is not available.", SENTENCE_MS),
    ]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Jane Smith", ["Jane Smith."]),
        ("  Thank you\n for calling.  ", ["Thank you for calling."]),
        ("Ready? Go!", ["Ready? Go!"]),
        ("One moment,", ["One moment."]),
        (" ... ", []),
        ("", []),
    ],
)
def test_free_words_are_one_sentence_of_their_own(text: str, spoken: list[str]) -> None:
    assert [clip.text for clip in wording.of_words(Words(text))] == spoken


def test_free_texts_are_prepared_for_the_middle_and_the_end_of_a_sentence() -> None:
    sayables = [
        Words("Jane Smith"),
        Words("Thank you for calling. How are you?"),
        phrase("not-available", name="Dr. Lee"),
        phrase("received", when=NOW),
        Words(""),
    ]
    assert wording.free_texts(sayables) == [
        "Jane Smith.",
        "Jane Smith",
        "Thank you for calling. How are you?",
        "Dr. Lee",
        "Dr. Lee.",
    ]


@pytest.mark.parametrize("name", ENGLISH.catalogue)
@pytest.mark.parametrize("count", [0, 1, 2, 100])
def test_every_entry_is_made_of_fixed_clips_and_its_own_texts(name: str, count: int) -> None:
    said = phrase(name, **VALUES, count=count, new=count, saved=count)
    assert set(texts(said)) - {*wording.fixed_texts(ENGLISH), *wording.free_texts([said])} == set()
    assert texts(said)


def test_no_text_is_prepared_twice() -> None:
    fixed = wording.fixed_texts(ENGLISH)
    assert len(fixed) == len(set(fixed))
    assert all(text and text == text.strip() and not text.endswith(",") for text in fixed)


def test_an_unknown_entry_or_a_missing_blank_is_named() -> None:
    with pytest.raises(KeyError, match="no-such-entry"):
        texts(phrase("no-such-entry"))
    with pytest.raises(KeyError, match="name"):
        texts(phrase("not-available"))
