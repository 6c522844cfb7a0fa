"""Every page in every language: nothing is left in English, and every blank is filled in."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from appliance.picture.words import WORDS
from tests.web.texts import extracted
from web import picturewords
from web.texts import FOLDER, LANGUAGES, translations

COUNTED = re.compile(r"(?<!of )%\((num|count|many|total)\)[sd] (?!of|more|free)[a-z]")
BLANK = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}")
TRANSLATED = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(scope="module")
def texts() -> list[Message]:
    return [message for message in extracted() if message.id]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language, texts):
    catalogue = _catalogue(language)
    missing = [text for text in texts if not _is_translated(catalogue, text)]
    assert not missing, _told(language, "lacks", missing)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language):
    guesses = [message for message in _catalogue(language) if message.id and message.fuzzy]
    assert not guesses, _told(language, "has guesses (fuzzy) for", guesses)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_blanks_of_its_text(language):
    wrong = [message for message in _catalogue(language) if message.id and not _has_its_blanks(message)]
    assert not wrong, _told(language, "has other blanks in", wrong)


def test_a_text_with_several_senses_says_which_is_meant(texts):
    senses = {text.context for text in texts if text.id == "on"}
    assert senses == {"second step", "do not disturb", "the announcement"}


def test_a_number_before_a_noun_has_plural_forms(texts):
    told = [text.id for text in texts if isinstance(text.id, str) and COUNTED.search(text.id)]
    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_comes_in_the_language_the_browser_asks_for(language, site):
    answer = site.visitor().get("/sign-in", headers={"Accept-Language": f"{language}, en;q=0.5"})
    shown = translations(language).gettext("Sign in")
    assert f'<html lang="{language}"' in answer.text
    assert f"<h1>{shown}</h1>" in answer.text


def test_the_page_knows_every_word_of_the_picture():
    assert set(picturewords.WORDS) == set(WORDS)


def _catalogue(language: str) -> Catalog:
    file = FOLDER / f"{language}.po"
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as written:
        return read_po(written, locale=language)


def _is_translated(catalogue: Catalog, text: Message) -> bool:
    """In each plural form, where it has one."""
    message = catalogue.get(_first(text), text.context)
    if message is None or isinstance(message.id, str) != isinstance(text.id, str):
        return False
    forms = _forms(message)
    return all(forms) and (isinstance(text.id, str) or len(forms) == catalogue.num_plurals)


def _has_its_blanks(message: Message) -> bool:
    """In each plural form, where it has one. What is not translated yet is told by another test."""
    wanted = _blanks(_first(message))
    return all(_blanks(form) == wanted for form in _forms(message) if form)


def _blanks(text: str) -> Counter[str]:
    return Counter(BLANK.findall(text))


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _told(language: str, what: str, messages: list[Message]) -> str:
    first = "\n  ".join(_first(message) for message in messages[:10])
    return f"{LANGUAGES[language]} ({language}) {what} {len(messages)} texts. The first:\n  {first}"
