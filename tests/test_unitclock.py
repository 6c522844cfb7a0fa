"""The clock of a unit that does not know the time when it starts, and the times that are put right later."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from appliance.control.folder import DataFolder
from appliance.notify.parcel import Parcel
from appliance.notify.parcels import ParcelStore
from appliance.store.calllog import CallLog, CallRecord
from appliance.store.changelog import ChangeStore, NotedChange
from appliance.store.desk import CallerNote, DeskStore
from appliance.store.disk import Disk
from appliance.store.envelope import Envelope
from appliance.store.messages import Message, MessageStore
from appliance.store.switches import Switch, SwitchStore
from appliance.unitclock import HELD_UP, UnitClock
from tests.store.conftest import write_wav
from tests.unsetclock import MORNING, UnsetMachine

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AWAY = timedelta(hours=5)
"""How long the power was away."""


def begun(data: Path, machine: UnsetMachine) -> UnitClock:
    clock = UnitClock(data, machine)
    clock.begin()
    return clock


@contextmanager
def changes_made_at(moment: datetime, data: Path) -> Iterator[None]:
    """What is changed meanwhile was changed at this moment, as the machine's clock showed it."""
    yield
    for path in data.rglob("*"):
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def put_down(data: Path, at: datetime) -> None:
    """One thing in each of some stores, at this moment."""
    folder = DataFolder(data)
    with closing(CallLog.open(folder.calls)) as calls:
        calls.begin(CallRecord(f"call-{at}", at, "in", "main"))
        calls.finish(CallRecord(f"call-{at}", at, "in", "main", ended=at + MINUTE))
    with closing(ChangeStore.open(folder.changes)) as changes:
        changes.add(NotedChange(at, "ann", "office", ("at 2026-03-09T08:00:10+00:00",)))
    with closing(DeskStore.open(folder.desk)) as desk:
        desk.add_note(CallerNote(0, "5550100", at, "ann", "calls again"))
    messages = MessageStore(folder.messages)
    envelope = Envelope("5550100", "Ann", at, until=at + 3 * DAY)
    path = messages.begin("maria", envelope)
    write_wav(path, 1.0)
    messages.keep(messages.commit(path, envelope), "maria", at + MINUTE)
    letters = ParcelStore(folder.mail)
    letters.load()
    letters.put(Parcel(f"letter {at:%H%M}", "mail", "a@b.org", "fault", "", {"when": at.isoformat()}, at, at), None)
    SwitchStore(folder.switches).save({"night": Switch("closed", at + DAY)})


def found(data: Path) -> dict[str, list[datetime | None]]:
    """All moments that are kept, by their store."""
    folder = DataFolder(data)
    with closing(CallLog.open(folder.calls)) as calls:
        records = calls.recent(10)
    with closing(ChangeStore.open(folder.changes)) as changes:
        noted = changes.all()
    with closing(DeskStore.open(folder.desk)) as desk:
        notes = desk.notes(["5550100"], 10)
    messages = all_messages(MessageStore(folder.messages))
    parcels = ParcelStore(folder.mail).load()
    return {
        "calls": [time for record in records for time in (record.started, record.ended)],
        "changes": [change.at for change in noted],
        "notes": [note.at for note in notes],
        "messages": [time for one in messages for time in (one.received, one.heard_at, one.until)],
        "letters": [time for one in parcels for time in (one.queued, datetime.fromisoformat(one.facts["when"]))],
    }


def all_messages(store: MessageStore) -> list[Message]:
    return [store.read("maria", id) for id in store.ids("maria").saved]


def as_if_put_down_at(at: datetime, folder: Path) -> dict[str, list[datetime | None]]:
    folder.mkdir()
    put_down(folder, at)
    return found(folder)


def test_a_clock_that_is_set_tells_what_the_machine_s_tells(tmp_path: Path) -> None:
    machine = UnsetMachine()
    machine.synchronized = True
    clock = begun(tmp_path, machine)
    assert (clock.now(), clock.is_sure(clock.now()), clock.may_delete) == (MORNING, True, True)
    machine.passes(HOUR)
    assert clock.now() == MORNING + HOUR
    assert not clock.look()
    assert not list(tmp_path.iterdir()), "nothing is written for it"


def test_times_are_uncertain_until_the_clock_is_set_and_right_from_then_on(tmp_path: Path) -> None:
    machine = UnsetMachine()
    clock = begun(tmp_path, machine)
    early = clock.now()
    assert (clock.is_sure(early), clock.may_delete, clock.look()) == (False, False, False)
    machine.passes(MINUTE)
    machine.set_to(MORNING + AWAY)
    assert clock.now() == MORNING + MINUTE, "time goes on as it did until it is known what is off"
    assert clock.look()
    assert not clock.anything_to_correct
    assert clock.go_right() == AWAY - MINUTE
    assert (clock.now(), clock.is_sure(clock.now()), clock.may_delete) == (MORNING + AWAY, True, True)


def test_what_was_put_down_before_is_put_right(tmp_path: Path) -> None:
    data, machine = tmp_path / "data", UnsetMachine()
    data.mkdir()
    clock = begun(data, machine)
    machine.passes(MINUTE)
    with changes_made_at(machine.wall(), data):
        put_down(data, clock.now())
    machine.passes(HOUR)
    machine.set_to(MORNING + HOUR + AWAY)
    assert clock.look()
    assert clock.anything_to_correct
    clock.begin()
    right = MORNING + MINUTE + (AWAY - MINUTE)
    assert found(data) == as_if_put_down_at(right, tmp_path / "right")
    assert SwitchStore(DataFolder(data).switches).load()["night"].until == MORNING + MINUTE + DAY, "its end stays"
    assert clock.unsure == []
    assert clock.now() == MORNING + HOUR + AWAY


def test_what_is_put_right_stays_right_when_the_daemon_starts_again(tmp_path: Path) -> None:
    data, machine = tmp_path / "data", UnsetMachine()
    data.mkdir()
    put_down(data, begun(data, machine).now())
    machine.passes(HOUR)
    machine.set_to(MORNING + 2 * HOUR, by_server=False)
    begun(data, machine)
    once = found(data)
    assert once == as_if_put_down_at(MORNING + HOUR, tmp_path / "right")
    machine.passes(MINUTE)
    clock = begun(data, machine)
    assert (found(data), clock.unsure, clock.is_sure(clock.now())) == (once, [], True)


@pytest.mark.parametrize("whole_steps", [1, 3, 4, 5])
def test_a_power_cut_in_the_middle_puts_nothing_right_twice(
    whole_steps: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shifted by less than the stretch is long, so that what is right looks as if it were not."""
    data, machine = tmp_path / "data", UnsetMachine()
    data.mkdir()
    put_down(data, begun(data, machine).now())
    machine.passes(HOUR)
    machine.set_to(MORNING + HOUR + 10 * MINUTE)
    done = [0]
    replace = Disk.replace

    def until_the_cut(self: Disk, path: Path, content: bytes) -> None:
        if done[0] == whole_steps:
            raise OSError("the power is away")
        done[0] += 1
        replace(self, path, content)

    monkeypatch.setattr(Disk, "replace", until_the_cut)
    begun(data, machine)
    monkeypatch.undo()
    begun(data, machine)
    assert found(data) == as_if_put_down_at(MORNING + 10 * MINUTE, tmp_path / "right")
    assert begun(data, machine).unsure == []


def test_a_stretch_that_ends_with_a_power_cut_stays_uncertain(tmp_path: Path) -> None:
    data, machine = tmp_path / "data", UnsetMachine()
    data.mkdir()
    clock = begun(data, machine)
    machine.passes(HOUR)
    with changes_made_at(machine.wall(), data):
        put_down(data, clock.now())
    machine.starts_again(MORNING - MINUTE)
    clock = begun(data, machine)
    assert clock.now() >= MORNING + HOUR, "time never goes back behind what was told"
    between = clock.now()
    machine.passes(MINUTE)
    machine.set_to(MORNING + AWAY)
    clock.begin()
    assert not clock.is_sure(MORNING + HOUR)
    assert clock.is_sure(clock.now())
    assert clock.is_sure(between), "nothing of it is left"
    assert found(data)["changes"] == [MORNING + HOUR]


def test_the_same_start_of_the_machine_is_the_same_stretch(tmp_path: Path) -> None:
    machine = UnsetMachine()
    begun(tmp_path, machine)
    machine.passes(HOUR)
    clock = begun(tmp_path, machine)
    assert clock.now() == MORNING + HOUR
    assert len(clock.unsure) == 1


def test_a_clock_that_goes_forward_by_days_has_nothing_deleted_for_a_day(tmp_path: Path) -> None:
    machine = UnsetMachine()
    clock = begun(tmp_path, machine)
    machine.set_to(MORNING + 900 * DAY)
    clock.go_right()
    assert not clock.may_delete
    machine.passes(HELD_UP - MINUTE)
    assert not begun(tmp_path, machine).may_delete
    machine.passes(MINUTE)
    assert clock.may_delete


def test_so_has_one_that_was_right_and_is_set_wrong(tmp_path: Path) -> None:
    machine = UnsetMachine()
    machine.synchronized = True
    clock = begun(tmp_path, machine)
    machine.passes(HOUR)
    assert not clock.look()
    assert clock.may_delete
    machine.set_to(MORNING + 3650 * DAY)
    assert not clock.look()
    assert not clock.may_delete


def test_a_unit_that_never_learns_the_time_keeps_its_times_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.store.clockjournal.MOST_STRETCHES", 3)
    data, machine, told = tmp_path / "data", UnsetMachine(), []
    data.mkdir()
    for start in range(8):
        clock = begun(data, machine)
        machine.passes(MINUTE)
        told.append(clock.now())
        with changes_made_at(machine.wall(), data):
            (data / "kept.json").write_text(json.dumps({"at": clock.now().isoformat()}))
        machine.starts_again(MORNING, f"start {start}")
    assert told == sorted(told)
    clock = begun(data, machine)
    assert not any(map(clock.is_sure, told))
    assert len(clock.unsure) == 3


def test_a_journal_that_is_damaged_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "clock.json").write_bytes(b"copperdesk 1 sha256 nothing")
    clock = begun(tmp_path, UnsetMachine())
    assert not clock.is_sure(clock.now())


def test_a_machine_that_does_not_name_its_starts_is_not_believed_because_of_that(tmp_path: Path) -> None:
    clock = begun(tmp_path, UnsetMachine(boot=""))
    assert not clock.is_sure(clock.now())
