"""`copperdesk log`: from the disk or from the daemon, for people and for programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from appliance.cli.main import main
from appliance.control import Param
from appliance.control.folder import DataFolder
from appliance.store.calllog import CallLog, CallRecord, CallStep
from tests.cli.running import daemon, not_understood

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


def test_the_steps_of_a_call_are_told_with_their_times_and_without_control_characters(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    log = CallLog.open(DataFolder(tmp_path).calls)
    steps = (
        CallStep(4.25, "to maria"),
        CallStep(5.0, "rings the telephone of \x1bMaria"),
        CallStep(65.04, "no-answer"),
    )
    answered = BEGAN + timedelta(seconds=4.5)
    log.begin(CallRecord("c0", BEGAN, "in", "main"))
    log.finish(CallRecord("c0", BEGAN, "in", "main", answered=answered, ended=answered, steps=steps))
    log.close()
    assert main(["log", "--steps", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "    0:04.2  to maria",
        "    0:04.5  answered",
        "    0:05.0  rings the telephone of ?Maria",
        "    1:05.0  no-answer",
        "",
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
