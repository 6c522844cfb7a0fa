"""The commands, run as `main([...])`: what they print, and their exit codes."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.cli.main import COMMANDS, main
from appliance.cli.table import columns
from appliance.control import ControlError, ControlServer, DataFolderLock, Param
from appliance.control.folder import DataFolder, default_data_folder
from appliance.store.calllog import CallLog, CallRecord
from appliance.store.office import OfficeStore
from tests.calls.world import OFFICE

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
    "announcement": {"on": False, "until": None},
    "ticks": {"made": 5000, "overruns": 2, "late_ms": {"p50": 0.1, "p99": 0.4, "p99.9": 1.26}},
}


@contextmanager
def daemon(data, **methods):
    """A control server with these methods, `name=(handler, params)`, on a loop of its own, as in another process."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = ControlServer(DataFolder(data).socket)
    for name, (handler, params) in methods.items():
        server.method(name.replace("_", "."), handler, params)
    asyncio.run_coroutine_threadsafe(server.start(), loop).result()
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def status(params):
    return STATE


def not_understood(*arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    return caught.value.code


def test_without_a_command_all_are_listed_and_the_exit_code_is_2(capsys):
    assert not_understood() == 2
    listed = [line.split()[0] for line in capsys.readouterr().err.split("commands:\n")[1].split("\n\n")[0].splitlines()]
    assert listed == [command.name for command in COMMANDS]


def test_an_unknown_command_is_not_understood(capsys):
    assert not_understood("stauts") == 2
    assert "there is no command 'stauts'; did you mean 'status'?" in capsys.readouterr().err


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
        "The message lamp is lit.",
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


BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def record_calls(data):
    log = CallLog.open(DataFolder(data).calls)
    for n, outcome in enumerate(("message-left", "connected")):
        began = BEGAN + timedelta(hours=n)
        log.begin(CallRecord(f"c{n}", began, "in", "main", caller_number="5550142", caller_name="Jane Doe"))
        ended = began + timedelta(seconds=65)
        log.finish(
            CallRecord(
                f"c{n}",
                began,
                "in",
                "main",
                answered=began,
                ended=ended,
                caller_number="5550142",
                caller_name="Jane Doe",
                called="5550100",
                reached="maria",
                outcome=outcome,
                cause="normal",
            )
        )
    log.close()


def test_the_log_is_read_from_disk_where_no_daemon_runs(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    record_calls(tmp_path)
    assert main(["log", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "began                      lasted      line  caller            before  called   reached  outcome",
        "2026-03-02 09:00:00+00:00  1:05    in  main  Jane Doe 5550142  1       5550100  maria    connected",
        "2026-03-02 08:00:00+00:00  1:05    in  main  Jane Doe 5550142  never   5550100  maria    message-left",
    ]


def test_the_log_for_programs_has_one_call_a_line(tmp_path, capsys):
    record_calls(tmp_path)
    assert main(["log", "--json", "--limit", "1", "--data", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["outcome"] for line in lines] == ["connected"]
    assert json.loads(lines[0])["started"] == "2026-03-02T09:00:00+00:00"


def test_the_log_is_asked_of_the_daemon_where_one_runs(tmp_path, capsys):
    asked = []

    async def log(params):
        asked.append(params)
        return []

    with daemon(tmp_path, log=(log, {"limit": Param(int)})):
        assert main(["log", "--limit", "3", "--data", str(tmp_path)]) == 0
    assert (capsys.readouterr().out, asked) == ("No calls yet.\n", [{"limit": 3}])


def test_a_call_still_going_on_and_a_fault_are_shown(tmp_path, capsys):
    call = dict.fromkeys(("caller_number", "caller_name", "called", "reached", "outcome", "fault"), "")
    call |= {"started": BEGAN.isoformat(), "ended": None, "direction": "in", "line": "main"}
    call |= {"contact": None, "calls_before": None, "last_call": None}

    async def log(params):
        return [call, call | {"outcome": "failed", "fault": "the disk is full"}]

    with daemon(tmp_path, log=(log, {"limit": Param(int)})):
        assert main(["log", "--data", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[2:] for line in lines[1:]] == [
        ["in", "main"],
        ["in", "main", "failed:", "the", "disk", "is", "full"],
    ]


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1001"])
def test_a_limit_that_is_no_amount_is_not_understood(limit):
    assert not_understood("log", "--limit", limit) == 2


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


def test_a_check_tells_programs_what_is_wrong(tmp_path, capsys):
    office = tmp_path / "office.json"
    office.write_text(OFFICE.read_text().replace('"country": "us"', '"country": "usa"'))
    assert main(["office", "check", "--json", str(office)]) == 1
    (mistake,) = json.loads(capsys.readouterr().out)["mistakes"]
    assert mistake["path"] == "country"
    assert main(["office", "check", str(OFFICE), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mistakes"] == []


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
