"""What counts as having been heard, where a line has cut a word."""

from __future__ import annotations

import pytest

from tests.hil.ear import said


@pytest.mark.parametrize(
    ("text", "heard", "found"),
    [
        ("thank you for calling", "Good morning, and thank you for calling Riverside Dental.", True),
        ("thank you for calling", "Good morning, and thank you for call- -Riverside Dental.", True),
        ("thank you for calling", "thank you f- -ling Riverside", True),
        ("thank you for calling", "Good morning, and thank y-", False),
        ("One moment", "One moment, please.", True),
        ("One moment", "One mom-", True),
        ("One moment", "One m-", False),
        ("One moment", "-e moment, pleas-", True),
        ("have reached our general mailbox", "-u have reached our general mailbox.", True),
        ("You have reached", "You have one new message.", False),
        ("not a valid choice", "I'm sorry, that is not a valid choice.", True),
        ("I didn't hear anything", "I'm sorry, that is not a valid choice.", False),
        ("For the operator, press 0.", "For appointments, press 1. For the operator, press 0.", True),
        ("For appointments, press 1.", "For the operator, press 0.", False),
    ],
)
def test_words_are_found_though_one_was_cut(text, heard, found):
    assert said(text, heard.split()) is found
