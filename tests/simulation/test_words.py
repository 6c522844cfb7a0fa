"""What people say at a cell phone can be told from what the unit says: the sounds of both are compared."""

from __future__ import annotations

import re

from appliance.prompts.languages import language
from appliance.prompts.wording import fixed_texts
from appliance.simulation import words

SAID_AT_CELLS = (words.HELLO, words.MOMENT, words.ASKS, words.ANSWERS, words.GREETING)


def beginning(text: str) -> list[str]:
    """The first two words: of a prompt that is broken off, no more may be heard."""
    return re.findall(r"\w+", text.lower())[:2]


def test_nothing_that_is_said_at_a_cell_phone_begins_as_what_the_unit_says():
    said_by_unit = [beginning(text) for text in fixed_texts(language("en"))]
    assert [text for text in SAID_AT_CELLS if beginning(text) in said_by_unit] == []
