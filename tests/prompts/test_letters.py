"""What is written in each language, against the English letters."""

from __future__ import annotations

from importlib import import_module
from string import Formatter

import pytest

from appliance.office.languages import LANGUAGES
from appliance.prompts.languages.en.letters import LETTERS


def blanks(text: str) -> list[list[str]]:
    """The blanks of each line: a letter has the same lines in every language."""
    return [[blank for _, blank, *_ in Formatter().parse(line) if blank] for line in text.split("\n")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_the_letters_with_the_blanks_of_the_english_ones(code: str) -> None:
    written = import_module(f"appliance.prompts.languages.{code}.letters").LETTERS
    assert {name: blanks(text) for name, text in written.items()} == {
        name: blanks(text) for name, text in LETTERS.items()
    }
