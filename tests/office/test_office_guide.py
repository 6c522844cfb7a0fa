"""docs/office.md: its example is right, its mistakes are told as it says, its tables are those of the classes."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

import pytest

from appliance.cli.main import main
from appliance.office.dialrules import Dialling
from appliance.office.document import load_document, parse_office
from appliance.office.lint import lint
from appliance.office.problem import OfficeErrors
from appliance.office.schema import office_schema
from hw.sip.profile import profiles
from tests.office.renew import COMMAND, CONTACTS_FILE, GUIDE_FILE, renewed_guide

GUIDE = GUIDE_FILE.read_text()
EXAMPLE, SIP, PEOPLE, REACHING, DEPARTMENTS, OPERATORS, DIALLING = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)


def test_the_tables_are_those_of_the_classes():
    for guide in (GUIDE, CONTACTS_FILE.read_text()):
        assert renewed_guide(guide) == guide, f"{COMMAND} writes the tables anew"


def test_every_group_has_its_table():
    groups = ["office", *office_schema()["$defs"]]
    assert sorted(re.findall(r"<!-- fields: (.*) -->", GUIDE)) == sorted(groups)


def test_the_example_is_right_and_gives_no_warning():
    assert lint(parse_office(load_document(EXAMPLE))) == []


def test_the_example_with_its_part_about_gateways_is_right_too():
    document = json.loads(EXAMPLE) | json.loads(f"{{{SIP}}}")
    document["trunks"].append({"name": "second", "port": "line"})
    document["stations"] += [{"name": "bench", "port": "bench"}, {"name": "yard", "port": "yard-phone"}]
    assert lint(parse_office(document, None, profiles())) == []


def test_the_example_with_its_dialling_rules_is_right_too():
    document = json.loads(EXAMPLE) | json.loads(f"{{{DIALLING}}}")
    assert lint(parse_office(document)) == []
    assert parse_office(document).dialling == Dialling(frozenset({"0900*", "01144900*"}), abroad=True)


def of_two_people() -> dict[str, Any]:
    """The example with all that the guide says about finding people, and what that needs besides."""
    document: dict[str, Any] = json.loads(EXAMPLE)
    for part in (PEOPLE, REACHING, DEPARTMENTS, OPERATORS):
        document |= json.loads(f"{{{part}}}")
    document["trunks"] = [{"port": "fxo-1", "number": "5550170", "ways": ["two-lines", "three-way"]}, {"port": "fxo-2"}]
    document["stations"].append({"name": "back room", "port": "fxs-2"})
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    document["hours"] = {"main": {"week": {day: ["09:00-18:00"] for day in days}}}
    return document


def test_the_example_with_all_about_finding_people_is_right_and_gives_no_warning():
    assert lint(parse_office(of_two_people())) == []


def test_who_would_be_rung_is_told_as_the_guide_says(tmp_path, capsys, monkeypatch):
    (command, *sentences) = re.findall(r"```\n\$ (copperdesk .*?)\n```", GUIDE, re.DOTALL)[0].split("\n")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-office.json").write_text(json.dumps(of_two_people()))
    assert main(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out.splitlines() == sentences


def test_the_mistakes_are_told_as_the_guide_says():
    document = json.loads(EXAMPLE)
    document["time_zone"] = "Chicago"
    document["people"][0]["extention"] = document["people"][0].pop("extension")
    document["people"][0]["station"] = "conter"
    document["menu"]["keys"]["1"]["person"] = "anne"
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document)
    assert str(caught.value) == re.findall(r"<!-- mistakes -->\n```\n(.*?)\n```", GUIDE, re.DOTALL)[0]


def test_a_warning_is_told_as_the_guide_says(tmp_path, capsys):
    document = json.loads(EXAMPLE)
    document["menu"]["keys"]["2"]["says"] = "To leave a message, press 4."
    (tmp_path / "office.json").write_text(json.dumps(document))
    assert main(["office", "check", str(tmp_path / "office.json")]) == 0
    assert capsys.readouterr().err == re.findall(r"<!-- warnings -->\n```\n(.*?)```", GUIDE, re.DOTALL)[0]
