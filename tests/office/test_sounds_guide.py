"""docs/sounds.md: its example is right, and it names every key that the telephone offers."""

from __future__ import annotations

import json
import re
from pathlib import Path

from appliance.office.document import parse_office
from appliance.office.lint import lint
from appliance.prompts.languages.en.catalogue import CATALOGUE

GUIDE = (Path(__file__).parents[2] / "docs" / "sounds.md").read_text()


def test_the_example_fits_into_an_office(document):
    (example,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assert lint(parse_office(document | json.loads(f"{{{example}}}"))) == []


def test_every_key_of_both_menus_is_in_its_table():
    tables = [re.findall(r"^\| (\d|\*) \|", part, re.MULTILINE) for part in GUIDE.split("A manager dials")]
    for name, keys in zip(("prompt-menu", "announcement-menu"), tables, strict=True):
        offered = re.findall(r"press (\d|star)", str(CATALOGUE[name]))
        assert keys == [key.replace("star", "*") for key in offered]
