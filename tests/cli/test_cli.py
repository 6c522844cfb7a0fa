"""The commands, run as `main([...])`: what they print, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appliance.cli.main import COMMANDS, main
from appliance.cli.table import columns
from appliance.control.folder import default_data_folder
from tests.calls.world import OFFICE
from tests.cli.running import daemon, not_understood

RIVERSIDE = Path(__file__).parents[2] / "examples" / "offices" / "riverside-dental.json"


STATE = {
    "office": "Riverside Dental",
    "since": "2026-03-02T08:00:00+00:00",
    "cards": [{"kind": "simulated", "lines": ["fxo-1", "fxs-1"]}],
    "trunks": [
        {"name": "main", "state": "up", "caller": "Jane Doe 5550142"},
        {"name": "line 2", "state": "idle", "caller": None},
    ],
    "stations": [{"name": "front desk", "state": "ringing"}],
    "calls": [],
    "mailboxes": [{"person": "Maria Alvarez", "new": 2, "saved": 11}],
    "faults": ["fxo-3 has no line voltage"],
    "led": True,
    "panel": {"message": "slow", "mailboxes": {}, "lines": {"fxo-1": "double"}, "buzzer": "ringing"},
    "announcement": {"on": False, "until": None},
    "ticks": {"made": 5000, "overruns": 2, "late_ms": {"p50": 0.1, "p99": 0.4, "p99.9": 1.26}},
}


async def status(params):
    return STATE


def test_without_a_command_all_are_listed_and_the_exit_code_is_2(capsys):
    assert not_understood() == 2
    listed = [line.split()[0] for line in capsys.readouterr().err.split("commands:\n")[1].split("\n\n")[0].splitlines()]
    assert listed == [command.name for command in COMMANDS]


def test_an_unknown_command_is_not_understood(capsys):
    assert not_understood("stauts") == 2
    assert "there is no command 'stauts'; did you mean 'status'?" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["status"], ["doctor"], ["backup", "monday.backup"]])
def test_a_data_folder_that_is_a_file_is_told(words, tmp_path, capsys):
    (tmp_path / "data").write_text("no folder")
    assert main([*words, "--data", str(tmp_path / "data")]) == 1
    assert "is a file; --data names the folder of this appliance" in capsys.readouterr().err


def test_what_is_no_number_is_told_in_words(capsys):
    assert not_understood("find", "--seconds", "soon") == 2
    assert "argument --seconds: 'soon' is no number" in capsys.readouterr().err


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help_with_an_example(command, capsys):
    assert not_understood(command, "--help") == 0
    said = capsys.readouterr().out
    assert f"example:\n  copperdesk {command}" in said
    assert "--data DIR" in said


def test_status_shows_the_whole_state(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    with daemon(tmp_path, status=(status, {})):
        assert main(["status", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Riverside Dental, running since 2026-03-02 08:00:00+00:00",
        "The message lamp is lit: it blinks slowly.",
        "The lamp of fxo-1 is dark, but for two flashes now and then.",
        "The buzzer sounds: a telephone rings at the desk.",
        "",
        "Trunks",
        "  main    up    Jane Doe 5550142",
        "  line 2  idle",
        "",
        "Stations",
        "  front desk  ringing",
        "",
        "Calls: none",
        "",
        "Messages",
        "  Maria Alvarez  2 new  11 saved",
        "",
        "Faults",
        "  fxo-3 has no line voltage",
    ]


def test_status_shows_the_lines_over_sip_and_who_else_knocked(tmp_path, capsys):
    line = {"port": "front-fxo-1", "device": "Grandstream HT813", "address": "192.168.1.20:5062", "unit_port": 5060}
    desk = {"port": "desk-1", "device": "SIP telephone", "address": "192.168.1.31:5060", "unit_port": 5061}
    line |= {"heard": True}
    new = desk | {"port": "desk-2", "heard": False, "up": True, "codec": ""}
    lines = [line | {"up": True, "codec": "PCMU"}, desk | {"heard": True, "up": False, "codec": ""}, new]

    async def with_sip(params):
        return STATE | {"cards": [{"kind": "sip", "lines": lines, "workers": [], "unknown_senders": 41, "tls": False}]}

    with daemon(tmp_path, status=(with_sip, {})):
        assert main(["status", "--data", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert shown.partition("SIP\n")[2].partition("\n\n")[0].splitlines() == [
        "  front-fxo-1  Grandstream HT813  192.168.1.20:5062  answers             to our port 5060",
        "  desk-1       SIP telephone      192.168.1.31:5060  DOES NOT ANSWER     to our port 5061",
        "  desk-2       SIP telephone      192.168.1.31:5060  not heard from yet  to our port 5061",
        "  Packets of unknown senders, unanswered: 41",
    ]


def test_status_for_programs_is_the_state_itself(tmp_path, capsys):
    with daemon(tmp_path, status=(status, {})):
        assert main(["status", "--json", "--data", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == STATE


def test_status_without_a_daemon_says_how_to_start_one(tmp_path, capsys):
    assert main(["status", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"copperdesk: no Copperdesk runs on {tmp_path}; start it with `copperdesk run`\n"
    )


def test_the_data_folder_follows_the_environment(monkeypatch):
    for name in ("COPPERDESK_DATA", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/h")
    assert default_data_folder() == Path("/h/.local/share/copperdesk")
    monkeypatch.setenv("XDG_DATA_HOME", "/x")
    assert default_data_folder() == Path("/x/copperdesk")
    monkeypatch.setenv("COPPERDESK_DATA", "/d")
    assert default_data_folder() == Path("/d")


def test_columns_are_as_wide_as_their_widest_cell():
    assert list(columns([("a", None, 1), ("long",), ("b", "x", 22)])) == ["a        1", "long", "b     x  22"]
    assert list(columns([])) == []


def test_nothing_in_a_table_does_anything_to_the_terminal():
    assert list(columns([("407\x1b[2J5550122", "Jane"), ("\u202e1", None)])) == ["407?[2J5550122  Jane", "?1"]


def test_options_may_stand_before_or_behind_an_argument(tmp_path, capsys):
    for words in (["--data", str(tmp_path), str(OFFICE)], [str(OFFICE), "--data", str(tmp_path)]):
        assert main(["office", "load", *words]) == 0
        assert "is loaded" in capsys.readouterr().out


def test_the_version_is_told(capsys):
    assert not_understood("--version") == 0
    assert capsys.readouterr().out.startswith("Copperdesk 0.")


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["say", "Hello.", "--out", "nowhere/said.wav"], "there is no folder nowhere"),
        (["phone", "--wav", "."], "is a folder"),
        (["play", "--wav", "nowhere/heard", "my.scenario"], "there is no folder"),
    ],
)
def test_sound_that_could_not_be_written_is_refused_before_any_work(command, reason, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(command) == 1
    assert reason in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_unit_is_not_started_with_an_office_that_has_mistakes(tmp_path, capsys):
    office = tmp_path / "office.json"
    office.write_text(OFFICE.read_text().replace('"country": "us"', '"country": "usa"'))
    assert main(["run", "--data", str(tmp_path / "data"), "--office", str(office)]) == 1
    said = capsys.readouterr().err
    assert "country: " in said
    assert "has mistakes, so Copperdesk was not started with it" in said
    assert main(["run", "--data", str(tmp_path / "data"), "--office", str(tmp_path / "none.json")]) == 1
    assert "none.json cannot be read: No such file" in capsys.readouterr().err


def test_a_misspelt_action_or_option_is_told_with_what_was_meant(capsys):
    assert not_understood("office", "chek", "my.json") == 2
    assert "did you mean 'check'?" in capsys.readouterr().err
    assert not_understood("log", "--josn") == 2
    assert "did you mean '--json'?" in capsys.readouterr().err


def test_options_may_come_before_the_command(capsys, tmp_path):
    assert main(["--data", str(tmp_path), "status"]) == 1
    assert f"no Copperdesk runs on {tmp_path}" in capsys.readouterr().err


def test_a_text_is_spoken_in_the_language_asked_for(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPPERDESK_VOICES", str(tmp_path))
    assert main(["say", "Hej då.", "--language", "sv", "--out", "sv.wav"]) == 0
    assert capsys.readouterr().out == "sv.wav: spoken by sv\n"
    assert main(["say", "Hej då.", "--language", "vi", "--out", "vi.wav"]) == 0
    assert (tmp_path / "sv.wav").read_bytes() != (tmp_path / "vi.wav").read_bytes()


def test_a_language_nobody_speaks_is_told_with_those_there_are(capsys):
    assert not_understood("say", "nuqneH", "--language", "tlh") != 0
    assert "sv" in capsys.readouterr().err
