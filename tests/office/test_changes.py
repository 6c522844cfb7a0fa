"""What has changed between two office documents, and the changes of two people brought together."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from appliance.office.changewords import changes
from appliance.office.differences import MISSING, Difference, merged

OFFICES = sorted((Path(__file__).parents[2] / "examples" / "offices").glob("*.json"))


def riverside() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(next(path for path in OFFICES if "riverside" in path.name).read_text())
    return document


def test_changes_are_told_in_words_with_paths_and_people_by_name():
    before, after = riverside(), riverside()
    after["people"][1]["extension"] = "111"
    after["people"].insert(0, {"id": "zoe", "name": "Zoe Lind", "extension": "104"})
    after["menu"]["keys"]["2"] = {"action": "mailbox", "person": "tom", "says": "Press 2."}
    after["menu"]["greetings"]["morning"] = "Hello."
    del after["stations"][3]
    after["language"] = "sv"
    told = {one.path: one.text for one in changes(before, after)}
    assert told == {
        "people[0]": "Zoe Lind is new",
        "people[2].extension": "Maria Alvarez, extension: 101 → 111",
        "stations[3]": "telephone break room is taken out",
        "menu.greetings.morning": "first menu, greetings, morning: Good morning, and thank you for calling Riverside "
        "Dental. → Hello.",
        "menu.keys.2": "first menu, key 2: ring Ruth Olsen → take a message for Doctor Tom Becker",
        "menu.keys.2.says": "first menu, key 2, says: For questions about a bill, press 2. → Press 2.",
        "language": "language is new: sv",
    }


def test_a_secret_is_never_told():
    before, after = riverside(), riverside()
    after["people"][1]["pin"] = "1122"
    after["people"][2].pop("pin")
    after["people"][3]["pin"] = "3344"
    told = changes(before, after)
    assert [one.text for one in told] == [
        "Maria Alvarez, pin is changed",
        "Doctor Tom Becker, pin is taken out",
        "Ruth Olsen, pin is changed",
    ]
    assert not {"1122", "7391", "4062", "3344"} & {word for one in told for word in (one.before, one.after)}


def test_the_order_of_entries_is_a_change_of_its_own():
    before, after = riverside(), riverside()
    after["stations"].reverse()
    assert [(one.path, one.kind) for one in changes(before, after)] == [("stations", "changed")]


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_nothing_differs_between_a_document_and_itself(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    assert changes(document, copy.deepcopy(document)) == []
    assert merged(document, document, document).document == document


def test_changes_of_two_people_come_together():
    base, ours, theirs = riverside(), riverside(), riverside()
    ours["menu"]["keys"]["4"] = {"action": "operator", "says": "Press 4."}
    del ours["menu"]["keys"]["3"]
    theirs["people"].append({"id": "zoe", "name": "Zoe Lind", "extension": "104"})
    theirs["people"][1]["ring_seconds"] = 30
    del theirs["stations"][3]
    found = merged(base, ours, theirs)
    assert found.conflicts == ()
    assert found.document == theirs | {"menu": ours["menu"]}


def test_what_both_have_changed_is_told_and_either_may_count():
    base, ours, theirs = riverside(), riverside(), riverside()
    ours["menu"]["keys"]["1"]["person"] = "tom"
    theirs["menu"]["keys"]["1"] = {"action": "operator", "says": "For appointments, press 1."}
    theirs["menu"]["keys"]["2"]["says"] = "Bills: 2."
    found = merged(base, ours, theirs)
    assert found.conflicts == (
        Difference(("menu", "keys", "1"), {"action": "person", "person": "tom"}, {"action": "operator"}),
    )
    assert found.document["menu"]["keys"]["1"] == ours["menu"]["keys"]["1"]
    assert found.document["menu"]["keys"]["2"]["says"] == "Bills: 2."
    assert merged(base, ours, theirs, lambda _steps: True).document == theirs


def test_what_one_removes_and_another_changes_conflicts():
    base, ours, theirs = riverside(), riverside(), riverside()
    del ours["people"][3]
    theirs["people"][3]["extension"] = "113"
    (conflict,) = merged(base, ours, theirs).conflicts
    assert conflict.before is MISSING
    assert conflict.after["extension"] == "113"
