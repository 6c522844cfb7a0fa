"""`copperdesk office explain`: what a caller would get, and why."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.cli.main import main
from appliance.control.folder import DataFolder
from appliance.office.availability import do_not_disturb_switch
from appliance.store.switches import Switch, SwitchStore

EXAMPLES = Path(__file__).parents[2] / "examples" / "offices"
MEDICAL = EXAMPLES / "lakeside-medical.json"
TOMORROW = datetime.now(UTC).date() + timedelta(days=1)
LAW = EXAMPLES / "harbour-law.json"


def told(capsys, *arguments: object) -> list[str]:
    assert main(["office", "explain", *map(str, arguments)]) == 0
    printed: list[str] = capsys.readouterr().out.splitlines()
    return printed


@pytest.mark.parametrize(
    ("at", "why", "what"),
    [
        (
            "2026-03-03 10:00",
            "it is open on Tuesday 2026-03-03 10:00, until Tuesday 2026-03-03 12:00",
            "goes to the first menu",
        ),
        (
            "2026-03-03 12:30",
            "there is a break on Tuesday 2026-03-03 12:30, until Tuesday 2026-03-03 13:00",
            "takes a message for Lakeside Medical",
        ),
        (
            "2026-03-04 16:00",
            "it is closed on Wednesday 2026-03-04 16:00, until Thursday 2026-03-05 08:00",
            "goes to the menu night",
        ),
        (
            "2026-07-03 10:00",
            "it is closed for Independence Day (observed) on Friday 2026-07-03 10:00, until Saturday 2026-07-04 00:00",
            "goes to the menu night",
        ),
    ],
)
def test_the_hours_are_told_with_what_comes_of_them(capsys, at, why, what):
    assert told(capsys, MEDICAL, "--at", at) == [
        "main is a line of Lakeside Medical.",
        f"By the hours called main, {why}.",
        f"The unit {what}.",
    ]


def test_a_line_is_named_by_its_name_port_or_place_and_its_company_is_told(capsys):
    for line in ("title 1", "fxo-3", "3"):
        assert told(capsys, LAW, "--line", line) == [
            "title 1 is a line of Bay Title.",
            "No opening hours are set, so it is always open.",
            "The unit goes to the menu title.",
        ]
    called = told(capsys, LAW, "--line", "law 1", "--called", "5550181")
    assert called[0] == "law 1, called as 5550181, is a line of Bay Title."


def test_who_calls_counts_for_the_office_in_use(capsys, tmp_path):
    document = json.loads(MEDICAL.read_text(encoding="utf-8"))
    document["callers"] = {"ranked_from": 5, "ranked": {"action": "person", "person": "lin"}}
    file, data = tmp_path / "office.json", ["--data", str(tmp_path / "data")]
    file.write_text(json.dumps(document), encoding="utf-8")
    assert main(["office", "load", str(file), *data]) == 0
    assert main(["contact", "add", "4075550123", "Jane Roe", "--rank", "7", *data]) == 0
    assert main(["contact", "block", "408*", "--with", "ringing", *data]) == 0
    capsys.readouterr()
    open_at = ["--at", "2026-03-03 10:00", *data]
    assert told(capsys, "--from", "4075550123", *open_at)[0] == "4075550123 is Jane Roe, a contact of rank 7."
    assert "The unit calls Doctor Lin Tran." in told(capsys, "--from", "4075550123", *open_at)
    assert told(capsys, "--from", "4085550100", *open_at) == [
        "4085550100 is on the block list, as 408*.",
        "The unit lets it ring without end.",
    ]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--line", "mein"], "there is no line 'mein'; did you mean 'main'?"),
        (["--at", "noon"], "'noon' is no date and time such as 2026-12-24 20:00"),
    ],
)
def test_what_is_not_understood_is_told(capsys, arguments, why):
    assert main(["office", "explain", str(MEDICAL), *arguments]) == 1
    assert capsys.readouterr().err == f"copperdesk: {why}\n"


def test_a_calendar_closes_the_office(capsys, tmp_path):
    calendar = tmp_path / "closures.ics"
    calendar.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\n"
        f"DTSTART;VALUE=DATE:{TOMORROW:%Y%m%d}\r\nSUMMARY:Outing\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    document = json.loads(MEDICAL.read_text(encoding="utf-8"))
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    document["hours"]["main"] = {"week": {day: ["00:00-24:00"] for day in days}, "calendar": str(calendar)}
    file = tmp_path / "office.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    because = told(capsys, file, "--at", f"{TOMORROW:%Y-%m-%d} 12:00")
    assert because[1].startswith("By the hours called main, it is closed for Outing on ")


def searched(tmp_path: Path) -> Path:
    """The office of Lakeside Medical, whose doctor is forwarded to a colleague."""
    document = json.loads(MEDICAL.read_text(encoding="utf-8"))
    lin = next(person for person in document["people"] if person["id"] == "lin")
    lin["forwarding"] = {"when": "no-answer", "to": document["people"][1]["extension"]}
    file = tmp_path / "office.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_who_is_rung_for_an_extension_is_told_step_by_step(capsys, tmp_path):
    file = searched(tmp_path)
    document = json.loads(file.read_text(encoding="utf-8"))
    lin = next(person for person in document["people"] if person["id"] == "lin")
    colleague = document["people"][1]
    assert told(capsys, file, "--extension", lin["extension"]) == [
        f"{lin['extension']} is dialed by a caller of Lakeside Medical.",
        "The unit calls Doctor Lin Tran.",
        f"The telephone of Doctor Lin Tran rings for {lin.get('ring_seconds', 20)} s.",
        f"If nobody answers, the telephone of {colleague['name']} rings for {colleague.get('ring_seconds', 20)} s.",
        "If nobody answers, callers can leave Doctor Lin Tran a message.",
    ]


def test_who_is_rung_goes_by_the_switches_of_the_office_in_use_for_as_long_as_they_stand(capsys, tmp_path):
    file, data = searched(tmp_path), ["--data", str(tmp_path / "data")]
    assert main(["office", "load", str(file), *data]) == 0
    lin = next(one for one in json.loads(file.read_text(encoding="utf-8"))["people"] if one["id"] == "lin")["extension"]
    flipped = {do_not_disturb_switch("lin"): Switch("on", datetime.now(UTC) + timedelta(days=2))}
    SwitchStore(DataFolder(tmp_path / "data").switches).save(flipped)
    capsys.readouterr()
    quiet = "Doctor Lin Tran does not want to be disturbed: nothing rings."
    assert told(capsys, "--extension", lin, *data)[2] == quiet
    later = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d} 12:00"
    assert quiet not in told(capsys, "--extension", lin, "--at", later, *data)
    assert quiet not in told(capsys, file, "--extension", lin, *data), "a document that is not in use has no switches"
    assert main(["contact", "add", "4075550123", "Jane Roe", "--rank", "7", *data]) == 0
    capsys.readouterr()
    assert quiet not in told(capsys, "--extension", lin, "--from", "4075550123", *data), "contacts of rank disturb"


def test_who_calls_counts_for_a_document_too_by_the_contacts_of_the_unit(capsys, tmp_path):
    file, data = searched(tmp_path), ["--data", str(tmp_path / "data")]
    assert main(["office", "load", str(file), *data]) == 0
    assert main(["contact", "block", "408*", "--with", "ringing", *data]) == 0
    capsys.readouterr()
    assert told(capsys, file, "--from", "4085550100", *data) == [
        "4085550100 is on the block list, as 408*.",
        "The unit lets it ring without end.",
    ]
    nowhere = str(tmp_path / "nowhere")
    assert main(["office", "explain", str(file), "--from", "4085550100", "--data", nowhere]) == 1
    assert capsys.readouterr().err == (
        "copperdesk: there is no data folder in which to look up who calls: name it with --data\n"
    )


def test_the_operator_is_explained_and_extensions_that_do_not_exist(capsys):
    assert told(capsys, LAW, "--extension", "0")[1].startswith("The unit calls the operator, ")
    assert main(["office", "explain", str(LAW), "--extension", "999"]) == 1
    assert capsys.readouterr().err.startswith("copperdesk: there is no extension 999")
