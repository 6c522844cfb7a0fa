"""`copperdesk office`: checking, loading and showing one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from appliance.cli.main import main
from appliance.control import ControlError, DataFolderLock, Param
from appliance.control.folder import DataFolder
from appliance.store.office import OfficeStore
from tests.calls.world import OFFICE
from tests.cli.running import daemon, not_understood

RIVERSIDE = Path(__file__).parents[2] / "examples" / "offices" / "riverside-dental.json"


def test_a_whole_office_is_in_order(capsys):
    assert main(["office", "check", str(RIVERSIDE)]) == 0
    assert capsys.readouterr().out == (f"{RIVERSIDE} is in order: Riverside Dental, 4 people, 4 trunks, 4 stations.\n")


def test_what_is_probably_not_meant_is_a_warning_and_the_office_in_order(tmp_path, capsys):
    document = json.loads(RIVERSIDE.read_text())
    del document["people"][3]["pin"]
    file = tmp_path / "office.json"
    file.write_text(json.dumps(document))
    assert main(["office", "check", str(file)]) == 0
    assert capsys.readouterr().err == (
        "warning: people[3].pin: without a PIN nobody can hear the messages of Ruth Olsen by telephone\n"
        "    Give them a PIN of 4 digits at least.\n"
    )
    assert main(["office", "check", "--json", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["warnings"] == [
        {
            "path": "people[3].pin",
            "reason": "without a PIN nobody can hear the messages of Ruth Olsen by telephone",
            "suggestion": "",
            "mend": "Give them a PIN of 4 digits at least.",
        }
    ]


def test_all_mistakes_of_an_office_are_told_at_once(tmp_path, capsys):
    document = json.loads(RIVERSIDE.read_text())
    document["operator"] = "marai"
    document["people"][3]["pin"] = "1234"
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document))
    assert main(["office", "check", str(broken)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert "did you mean 'maria'?" in "".join(said[:2])
    assert said[-1] == f"copperdesk: {broken} has 2 mistakes"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe\x00", "not a text file in UTF-8"), (b"{", "has 1 mistake"), (None, "No such")],
)
def test_a_file_that_is_no_office_is_refused(tmp_path, capsys, content, reason):
    file = tmp_path / "office.json"
    if content is not None:
        file.write_bytes(content)
    assert main(["office", "load", str(file), "--data", str(tmp_path)]) == 1
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("check",), ("load",), ("show", "FILE"), ("lint", "FILE")])
def test_an_action_without_its_file_is_not_understood(arguments):
    assert not_understood("office", *arguments) == 2


def test_an_office_is_loaded_into_the_store_where_no_daemon_runs(tmp_path, capsys):
    assert main(["office", "--data", str(tmp_path / "data"), "load", str(RIVERSIDE)]) == 0
    assert "will be used when Copperdesk is started" in capsys.readouterr().out
    stored = OfficeStore(DataFolder(tmp_path / "data").office).load()
    assert stored.document == json.loads(RIVERSIDE.read_text())


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ([], "The next call is answered with it.\n"),
        (["its country"], "Its country will be used as soon as no call is on any line."),
    ],
)
def test_an_office_is_handed_to_the_daemon_where_one_runs(tmp_path, capsys, later, told):
    handed = []

    async def load(params):
        handed.append(params["document"])
        return {"later": later, "warnings": ["Maria has messages"]}

    with daemon(tmp_path, office_load=(load, {"document": Param(dict)})):
        assert main(["office", "load", str(RIVERSIDE), "--data", str(tmp_path)]) == 0
    assert handed == [json.loads(RIVERSIDE.read_text())]
    assert told in capsys.readouterr().out


def test_what_the_daemon_refuses_is_said(tmp_path, capsys):
    async def load(params):
        raise ControlError("office-broken", "station fxs-9 is not on the card")

    with daemon(tmp_path, office_load=(load, {"document": Param(dict)})):
        assert main(["office", "load", str(RIVERSIDE), "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "copperdesk: station fxs-9 is not on the card\n"


def test_nothing_is_loaded_behind_the_back_of_a_starting_daemon(tmp_path, capsys):
    with DataFolderLock(tmp_path):
        assert main(["office", "load", str(RIVERSIDE), "--data", str(tmp_path)]) == 1
    assert f"process {os.getpid()}" in capsys.readouterr().err


def test_the_office_is_shown_without_pins_and_passwords_unless_asked_for(tmp_path, capsys):
    document = json.loads(RIVERSIDE.read_text())
    line = {"port": "other-office", "user": "300", "password": "Sea-Gull"}
    document["sip"] = {"servers": [{"name": "joining", "address": "192.168.1.5", "lines": [line]}]}
    OfficeStore(DataFolder(tmp_path).office).save(document)
    assert main(["office", "--data", str(tmp_path), "show", "--json"]) == 0
    shown = capsys.readouterr().out
    assert [person["pin"] for person in json.loads(shown)["people"]] == ["hidden"] * 4
    assert json.loads(shown)["sip"]["servers"][0]["lines"] == [line | {"password": "hidden"}]
    assert main(["office", "--data", str(tmp_path), "show", "--json", "--pins"]) == 0
    assert json.loads(capsys.readouterr().out) == document


def test_the_office_is_shown_in_words(tmp_path, capsys):
    OfficeStore(DataFolder(tmp_path).office).save(json.loads(RIVERSIDE.read_text()))
    assert main(["office", "--data", str(tmp_path), "show"]) == 0
    shown = capsys.readouterr().out
    assert "  Maria Alvarez (maria): extension 101, rings front desk for 20 s, mailbox with PIN, operator" in shown
    assert "7391" not in shown


def test_an_office_that_cannot_be_used_is_shown_with_its_mistakes(tmp_path, capsys):
    OfficeStore(DataFolder(tmp_path).office).save({"name": "Broken"})
    assert main(["office", "--data", str(tmp_path), "show"]) == 1
    assert "country: is missing" in capsys.readouterr().err


def test_without_an_office_show_says_how_to_load_one(tmp_path, capsys):
    assert main(["office", "--data", str(tmp_path), "show"]) == 1
    assert "copperdesk office load FILE" in capsys.readouterr().err


def test_a_check_tells_programs_what_is_wrong(tmp_path, capsys):
    office = tmp_path / "office.json"
    office.write_text(OFFICE.read_text().replace('"country": "us"', '"country": "usa"'))
    assert main(["office", "check", "--json", str(office)]) == 1
    (mistake,) = json.loads(capsys.readouterr().out)["mistakes"]
    assert mistake["path"] == "country"
    assert main(["office", "check", str(OFFICE), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mistakes"] == []
