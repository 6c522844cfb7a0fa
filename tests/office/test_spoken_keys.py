"""Which keys a text asks callers to press, in every language."""

from __future__ import annotations

import pytest

from appliance.office.languages import LANGUAGES
from appliance.office.spokenkeys import WORDS, names, pressed
from appliance.prompts import wording
from appliance.prompts.languages import language as spoken


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("en", "For billing, press 4.", ["4"]),
        ("en", "Press four for billing, or the pound key for sales.", ["4"]),
        ("en", "For the shop press the star key, for the yard press hash.", ["*", "#"]),
        ("en", "Dial 1 0 1 for Maria, or push the number two button.", ["101", "2"]),
        ("en", "Press 1, 2 or three.", ["1", "2", "3"]),
        ("en", "Press 1. 2 people will help you.", ["1"]),
        ("en", "We have two rooms and one kitchen; the press is welcome.", []),
        ("en", "To pay a bill, press zero. Four weeks is all it takes.", ["0"]),
        ("de", "Für den Einkauf drücken Sie bitte die Zwei oder die Raute.", ["2", "#"]),
        ("de", "Wählen Sie die Taste 3.", ["3"]),
        ("de", "Geben Sie Ihre Nummer ein und drücken Sie dann die Rautetaste.", ["#"]),
        ("es", "Para citas, pulse uno; para facturas, marque el 2.", ["1", "2"]),
        ("es", "Para volver, oprima la tecla asterisco.", ["*"]),
        ("fr", "Pour un rendez-vous, appuyez sur la touche 1. Pour revenir, tapez étoile.", ["1", "*"]),
        ("pl", "Aby umówić wizytę, proszę nacisnąć jedynkę lub krzyżyk.", ["1", "#"]),
        ("ru", "Чтобы записаться, нажмите на кнопку четыре, или звёздочку.", ["4", "*"]),
        ("ru", "Нажмите решетку.", ["#"]),
        ("sv", "För tidsbokning, tryck på fyran eller stjärna.", ["4", "*"]),
        ("sv", "Slå ditt nummer, och tryck sedan fyrkant.", ["#"]),
        ("vi", "Để đặt lịch hẹn, nhấn phím một hoặc phím thăng.", ["1", "#"]),
    ],
)
def test_the_keys_are_found(language, text, keys):
    assert pressed(text, language) == keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_of_our_own_menus_are_found(language):
    """What we say ourselves is how an office will write its own."""
    found, asked = (
        {name: set(pressed(wording.all_forms(entry)[0], code)) for name, entry in spoken(code).catalogue.items()}
        for code in (language, "en")
    )
    assert found == asked


def test_a_key_is_named_in_other_words_too():
    assert names("Billing is on two.", "2", "en")
    assert not names("Billing is on two.", "3", "en")


def test_every_language_we_speak_is_known():
    assert set(LANGUAGES) <= set(WORDS)


@pytest.mark.parametrize("language", WORDS)
def test_every_language_has_a_word_for_each_key(language):
    asks = WORDS[language].asks.split()[0]
    spoken = [word for words in WORDS[language].keys.split("/") for word in words.split()]
    assert {key for word in spoken for key in pressed(f"{asks} {word}", language)} == set("0123456789*#")
