"""docs/voicemail.md: its example is right, and it names every key and every greeting that there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from appliance.calls.ownrecordings import OwnKind
from appliance.office.document import parse_office
from appliance.office.lint import lint
from appliance.office.voicemail import OwnVoicemail, Voicemail
from appliance.prompts.languages.en.catalogue import CATALOGUE
from tests.offices import example

GUIDE = (Path(__file__).parents[2] / "docs" / "voicemail.md").read_text()
LEAVING = GUIDE.partition("## Leaving a message")[2].partition("## What a mailbox holds")[0]


def keys_of(name: str) -> list[str]:
    return [key.replace("star", "*") for key in re.findall(r"press (\d|star)", str(CATALOGUE[name]))]


def test_its_example_fits_into_an_office() -> None:
    (written,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assert [
        one for one in lint(parse_office(example() | json.loads(f"{{{written}}}"))) if "voicemail" in one.path
    ] == []


def test_every_key_behind_a_message_is_in_its_table() -> None:
    rows = re.findall(r"^\| ([`\d*, ]+) \|", LEAVING, re.MULTILINE)
    assert [key for row in rows for key in row.replace("`", "").split(", ")] == keys_of("review-menu")


def test_every_key_of_the_greetings_is_told() -> None:
    sentence = GUIDE.partition("key 3 leads to all of them: ")[2].partition(".")[0]
    assert re.findall(r"\d", sentence) == [key for key in keys_of("greetings-menu") if key != "*"]
    assert [key for key in "145" if key in keys_of("department-greetings-menu")] == list("145")


def test_every_greeting_and_every_setting_is_told() -> None:
    for kind in OwnKind:
        assert re.search(rf"\b{kind.value}\b", GUIDE), kind
    for name in (*OwnVoicemail.__dataclass_fields__, *Voicemail.__dataclass_fields__):
        assert name in GUIDE, name
