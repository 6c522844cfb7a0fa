from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from appliance.store.calllog import CallLog, CallRecord, CallStep, History
from appliance.store.database import FileFromTheFuture
from appliance.store.disk import StoreFull

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def call(number: int) -> CallRecord:
    return CallRecord(id=f"c{number}", started=NOON + number * MINUTE, direction="in", line="main")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "calls.db"


@pytest.fixture
def log(path: Path) -> Iterator[CallLog]:
    log = CallLog.open(path)
    yield log
    log.close()


def test_a_call_is_found_as_it_was_finished(log, path):
    begun = CallRecord("c1", NOON, "in", "main", caller_number="5550142", caller_name="JANE DOE", called="5550100")
    finished = replace(
        begun,
        answered=NOON + timedelta(seconds=4.25),
        ended=NOON + MINUTE,
        reached="maria",
        outcome="connected",
        cause="loop-break",
        fault="the disk is full",
    )
    log.begin(begun)
    assert log.recent(10) == [begun]
    log.finish(finished)
    assert log.recent(10) == [finished]
    log.close()
    with_new_eyes = CallLog.open(path)
    assert (with_new_eyes.recent(10), with_new_eyes.faults) == ([finished], ())
    with_new_eyes.close()


def test_recent_calls_come_newest_first_and_calls_since_a_time_oldest_first(log):
    calls = [call(number) for number in (3, 1, 2, 4)]
    for record in calls:
        log.begin(record)
    assert [record.id for record in log.recent(3)] == ["c4", "c3", "c2"]
    assert log.recent(0) == []
    assert [record.id for record in log.since(NOON + 2 * MINUTE)] == ["c2", "c3", "c4"]
    two_minutes_past_one = datetime(2026, 3, 9, 13, 2, tzinfo=timezone(timedelta(hours=1)))
    assert [record.id for record in log.since(two_minutes_past_one)] == ["c2", "c3", "c4"]


def test_what_a_telephone_dialled_last_is_found_and_no_code(log):
    dialled = [("desk", "out", "5550142"), ("desk", "inside", "102"), ("desk", "inside", "*68"), ("lab", "out", "911")]
    for minute, (line, direction, called) in enumerate(dialled):
        log.begin(replace(call(minute), line=line, direction=direction, called=called))
    now = NOON + 9 * MINUTE
    found = [log.last_dialled("desk", now), log.last_dialled("desk", now, outside=True), log.last_dialled("hall", now)]
    assert [record and record.called for record in found] == ["102", "5550142", None]
    before = log.last_dialled("desk", NOON + MINUTE)
    assert before is not None
    assert before.called == "5550142"


def test_the_last_call_for_somebody_is_found_whether_it_was_answered_or_not(log):
    log.begin(replace(call(1), reached="maria", caller_number="5550142"))
    log.begin(replace(call(2), called="101", caller_number="5550143", outcome="abandoned"))
    log.begin(replace(call(3), called="101", line="desk", direction="inside"))
    log.begin(replace(call(4), called="102"))
    found = log.last_call_for("maria", "101", but_on="desk")
    assert found is not None
    assert found.caller_number == "5550143"
    assert log.last_call_for("ruth", "103", but_on="billing") is None


def test_the_calls_of_a_caller_are_counted_by_all_forms_of_the_number(log):
    numbers = ["5550142", "+14075550142", "5550142", "5550143", "5550142"]
    for minute, number in enumerate(numbers):
        log.begin(replace(call(minute), caller_number=number))
    log.begin(replace(call(9), caller_number="5550142", direction="out"))
    forms = {"5550142", "+14075550142"}
    assert log.history(forms, NOON + 4 * MINUTE) == History(3, NOON + 2 * MINUTE)
    assert log.history(forms, NOON) == History(0, None)
    assert log.history({"5550199"}, NOON + 99 * MINUTE) == History(0, None)
    assert log.history(set(), NOON + 99 * MINUTE) == History(0, None)


def test_the_history_of_a_caller_is_found_by_an_index(log, path):
    with sqlite3.connect(path) as reader:
        query = "SELECT count(*), max(started) FROM calls WHERE direction = 'in' AND caller_number IN (?, ?)"
        (plan,) = reader.execute(f"EXPLAIN QUERY PLAN {query} AND started < ?", ("1", "2", "3")).fetchall()
    reader.close()
    assert "calls_caller (caller_number=? AND direction=? AND started<?)" in plan[3]


def test_the_last_caller_is_the_last_who_gave_a_number(log):
    calls = [("5550141", "maria"), ("5550142", "tom"), ("private", "maria"), ("", "tom")]
    for minute, (number, person) in enumerate(calls):
        log.begin(replace(call(minute), caller_number=number, reached=person))
    log.begin(replace(call(8), caller_number="101", direction="inside"))
    found = log.last_caller(), log.last_caller("maria"), log.last_caller("ruth")
    assert [record and record.caller_number for record in found] == ["5550142", "5550141", None]


def test_calls_of_the_same_moment_keep_their_order(log):
    for number in (2, 1, 3):
        log.begin(replace(call(number), started=NOON))
    assert [record.id for record in log.since(NOON)] == ["c2", "c1", "c3"]
    assert [record.id for record in log.recent(9)] == ["c3", "c1", "c2"]


def test_a_call_begun_twice_or_never_begun_is_refused(log):
    log.begin(call(1))
    with pytest.raises(ValueError, match="already has a call c1"):
        log.begin(call(1))
    with pytest.raises(LookupError, match="has no call c2"):
        log.finish(call(2))
    assert log.recent(10) == [call(1)]


def test_what_is_known_of_a_call_is_noted_again_and_again_and_little_is_written(log, path):
    begun = replace(call(1), caller_number="4075550123", called="101", reached="maria")
    log.begin(begun)
    wal = path.with_name(f"{path.name}-wal")
    before = wal.stat().st_size
    log.finish(begun)
    assert wal.stat().st_size == before
    log.finish(replace(begun, steps=(CallStep(1.5, "to maria"),)))
    assert 0 < wal.stat().st_size - before < 2 * 4_200  # One page: none of an index.


def test_names_that_look_like_sql_are_only_names(log):
    record = replace(call(1), caller_name="'); DROP TABLE calls; --")
    log.begin(record)
    assert log.recent(1) == [record]


def test_calls_without_an_end_are_closed_as_interrupted_at_the_next_start(log, path):
    ringing, answered = call(1), replace(call(2), answered=NOON + 3 * MINUTE)
    over = replace(call(3), ended=NOON + 9 * MINUTE, outcome="abandoned")
    for record in (ringing, answered, over):
        log.begin(record)
    log.close()
    again = CallLog.open(path)
    assert again.since(NOON) == [
        replace(ringing, ended=ringing.started, outcome="interrupted"),
        replace(answered, ended=answered.answered, outcome="interrupted"),
        over,
    ]
    again.close()


def test_the_log_is_write_ahead_synchronized_and_the_owner_s_alone(log, path):
    assert path.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(path) as reader:
        assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert reader.execute("PRAGMA user_version").fetchone() == (5,)
    reader.close()


@pytest.mark.parametrize("damage", ["rubbish", "cut off", "a page of zeros", "another's", "another's 1", "another's 2"])
def test_a_damaged_log_is_set_aside_and_a_new_one_begun_and_told(log, path, damage):
    for number in range(200):
        log.begin(call(number))
    log.close()
    content = path.read_bytes()
    if damage.startswith("another's"):
        path.unlink()
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE calls (what TEXT)")
            other.execute(f"PRAGMA user_version = {damage[-1:] if damage[-1:] in '12' else 0}")
        other.close()
    else:
        spoiled = {
            "rubbish": b"rubbish" * 1000,
            "cut off": content[: len(content) // 2],
            "a page of zeros": content[:4096] + bytes(4096) + content[8192:],
        }
        path.write_bytes(spoiled[damage])
    kept = path.read_bytes()
    new = CallLog.open(path)
    assert len(new.faults) == 1
    assert "it is kept as calls.db.damaged and a new one begun" in new.faults[0]
    aside = path.with_name("calls.db.damaged").read_bytes()
    assert (aside[:18], aside[20:24], aside[100:]) == (kept[:18], kept[20:24], kept[100:])  # But for SQLite's counters.
    new.begin(call(1))
    assert new.recent(10) == [call(1)]
    new.close()
    again = CallLog.open(path)
    assert again.faults == ()
    again.close()


def test_a_second_damaged_log_does_not_take_the_place_of_the_first(path):
    for number in range(2):
        path.write_bytes(b"rubbish %d" % number * 100)
        CallLog.open(path).close()
    assert [file.read_bytes()[:9] for file in sorted(path.parent.glob("calls.db.damaged*"))] == [
        b"rubbish 0",
        b"rubbish 1",
    ]


def test_an_empty_file_is_a_new_log(path):
    path.touch()
    log = CallLog.open(path)
    assert (log.recent(1), log.faults) == ([], ())
    log.close()


FIRST_VERSION = """
CREATE TABLE calls (
    id TEXT PRIMARY KEY, started TEXT NOT NULL, answered TEXT, ended TEXT, direction TEXT NOT NULL, line TEXT NOT NULL,
    caller_number TEXT NOT NULL, caller_name TEXT NOT NULL, called TEXT NOT NULL, reached TEXT NOT NULL,
    outcome TEXT NOT NULL, cause TEXT NOT NULL, fault TEXT NOT NULL
);
CREATE INDEX calls_started ON calls (started);
CREATE TABLE alive (id INTEGER PRIMARY KEY, at TEXT NOT NULL);
INSERT INTO calls VALUES ('c1', '2026-03-09T12:00:00.000000+00:00', NULL, '2026-03-09T12:01:00.000000+00:00', 'in',
    'main', '5550142', 'JANE DOE', '5550100', 'maria', 'message-left', 'loop-break', '');
INSERT INTO calls VALUES ('c2', '2026-03-09T12:02:00.000000+00:00', '2026-03-09T12:02:09.000000+00:00', NULL, 'in',
    'main', '', '', '5550100', '', '', '', '');
PRAGMA user_version = 1;
"""


def test_a_log_of_the_first_version_is_kept_and_its_calls_have_no_steps(path):
    with sqlite3.connect(path) as first:
        first.executescript(FIRST_VERSION)
    first.close()
    for _ in range(2):
        log = CallLog.open(path)
        cut_off, heard = log.recent(10)
        assert log.faults == ()
        assert (heard.id, heard.caller_name, heard.outcome, heard.steps) == ("c1", "JANE DOE", "message-left", ())
        assert (cut_off.id, cut_off.outcome, cut_off.ended) == ("c2", "interrupted", cut_off.answered)
        log.close()
    log = CallLog.open(path)
    stepped = replace(call(3), steps=(CallStep(0.4, "to the menu"), CallStep(9.12, "to maria")))
    log.begin(call(3))
    log.finish(stepped)
    assert log.recent(1) == [stepped]
    log.close()


def test_a_log_of_a_newer_program_is_left_alone(log, path):
    log.close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 6")
    newer.close()
    content = path.read_bytes()
    with pytest.raises(FileFromTheFuture, match=r"calls\.db has version 6; this program knows 5"):
        CallLog.open(path)
    assert path.read_bytes() == content


def test_where_there_is_no_folder_the_disk_s_error_is_told(tmp_path):
    with pytest.raises(OSError, match="unable to open database file"):
        CallLog.open(tmp_path / "missing" / "calls.db")
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_told_and_what_was_logged_stays(path):
    CallLog.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    log = CallLog(path, connection, ())
    log.begin(call(1))
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StoreFull, match="no room for the call log"):
        log.begin(replace(call(2), fault="x" * 10_000))
    assert log.recent(10) == [call(1)]
    log.close()


def test_many_threads_may_use_the_log_at_once(log):
    def work(number: int) -> None:
        log.begin(call(number))
        log.recent(5)
        log.finish(replace(call(number), ended=NOON + 99 * MINUTE, outcome="connected"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(record.id, record.outcome) for record in log.since(NOON)] == [
        (f"c{number}", "connected") for number in range(12)
    ]


CALLS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from appliance.store.calllog import CallLog, CallRecord
log = CallLog.open(Path(sys.argv[1]))
for number in range(100000):
    log.begin(CallRecord(f"c{number}", datetime(2026, 3, 9, tzinfo=UTC), "in", "main"))
    print(number, flush=True)
"""


def test_a_killed_process_has_logged_every_call_it_told_of(path):
    with subprocess.Popen([sys.executable, "-c", CALLS, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(20)]
        process.kill()
        told += [line.strip() for line in process.stdout if line.endswith("\n")]
    log = CallLog.open(path)
    found = {record.id: record.outcome for record in log.recent(100000)}
    log.close()
    assert {f"c{number}" for number in told} <= set(found)
    assert set(found.values()) == {"interrupted"}
