"""Backups at night: onto a stick, kept and removed, retried, rehearsed, and told where they fail."""

from __future__ import annotations

import errno
import fcntl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.backup import restoring, sealing
from appliance.backup.nightly import LOCK, NightlyFailed, back_up, rehearse, rehearse_if_due
from appliance.backup.nightlysetting import (
    NightlySetting,
    NightlyState,
    WrongNightly,
    checked,
    due,
    missed_since,
    read_setting,
    read_state,
    rehearsal_due,
    write_setting,
)
from appliance.backup.stick import Stick, mounted_at
from appliance.backup.target import TargetFailed
from appliance.store.disk import Disk
from appliance.store.office import OfficeStore
from tests.backup.sticks import plugged_in

PHRASE = "kettle on the copper stove"
NIGHT = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
DAY = timedelta(days=1)
UNIT = "0a1b2c3d"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key costs next to nothing, and documents of two words are offices."""
    monkeypatch.setattr(sealing, "SCRYPT_COST", 2)
    monkeypatch.setattr(restoring, "office_of", lambda document: None)


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system than the data folder's."""
    with plugged_in(tmp_path) as folder:
        yield Path(folder)


@pytest.fixture
def data(tmp_path: Path, stick: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    OfficeStore(folder / "office.json").save({"name": "Riverside"})
    write_setting(folder, NightlySetting("stick", str(stick), passphrase=PHRASE, keep=2, unit=UNIT))
    return folder


def made(data: Path, now: datetime = NIGHT) -> str:
    return back_up(data, now, "Riverside", lambda done, total: None)


def rehearsed(data: Path, now: datetime = NIGHT) -> str:
    return rehearse(data, now, lambda done, total: None)


def on(stick: Path) -> list[str]:
    return sorted(path.name for path in stick.iterdir())


def no_trace(data: Path) -> bool:
    return not list(data.glob(".nightly-*")) and not list(data.glob(".backup-*"))


def test_a_backup_is_on_the_stick_and_nothing_of_it_stays_on_the_unit(data: Path, stick: Path) -> None:
    told: list[float] = []
    name = back_up(data, NIGHT, "Riverside", lambda done, total: told.append(done / total))
    assert on(stick) == [name]
    assert (sorted(told), told[-1]) == (told, 1.0)
    state = read_state(data)
    assert (state.succeeded, state.archive, state.failed) == (NIGHT.isoformat(), name, None)
    assert no_trace(data)


def test_so_many_are_kept_and_files_of_others_are_not_touched(data: Path, stick: Path) -> None:
    others = ["holiday.jpg", "copperdesk-ffffffff-20200101-000000.backup", "copperdesk-0a1b2c3d.part"]
    for name in others:
        (stick / name).touch()
    half = "copperdesk-0a1b2c3d-20260302-023000.backup.part"
    (stick / half).touch()
    names = [made(data, NIGHT + day * DAY) for day in range(4)]
    assert on(stick) == sorted([*others, *names[-2:]])


def test_the_one_that_was_found_restorable_is_kept_beyond_the_number(data: Path, stick: Path) -> None:
    good = made(data)
    assert rehearsed(data) == good
    names = [made(data, NIGHT + day * DAY) for day in range(1, 5)]
    assert on(stick) == [good, *names[-2:]]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "the stick is full"),
        (errno.EIO, "the stick was pulled out, or is broken"),
        (errno.EROFS, "nothing can be written to the stick: it is locked, or damaged"),
    ],
)
def test_a_stick_that_fails_is_told_and_the_last_good_backup_stays(
    data: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    good = made(data)
    real = Disk.sync

    def fails(disk: Disk, path: Path) -> None:
        if path.parent == stick:
            raise OSError(number, "no")
        real(disk, path)

    monkeypatch.setattr(Disk, "sync", fails)
    with pytest.raises(NightlyFailed, match=told):
        made(data, NIGHT + DAY)
    assert on(stick) == [good]
    state = read_state(data)
    assert state.failed is not None
    assert (state.failed["text"], state.succeeded) == (told, NIGHT.isoformat())
    assert (state.tried, no_trace(data)) == ((NIGHT + DAY).isoformat(), True)


def test_the_empty_folder_of_a_stick_that_is_not_plugged_in_is_not_written_to(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "media"
    folder.mkdir()
    write_setting(data, replace(read_setting(data), place=str(folder)))
    with pytest.raises(NightlyFailed, match="is on the unit itself: is the stick plugged in"):
        made(data)
    assert on(folder) == []


def test_a_stick_is_found_by_its_label(tmp_path: Path) -> None:
    labels, mounts, device = tmp_path / "labels", tmp_path / "mounts", tmp_path / "sda1"
    labels.mkdir()
    mounts.write_text(f"36 35 98:0 / /media/My\\040Stick rw,noatime shared:1 - vfat {device} rw\n")
    with pytest.raises(TargetFailed, match="no stick with the name My Stick is plugged in"):
        mounted_at("My Stick", labels, mounts)
    device.touch()
    (labels / "My\\x20Stick").symlink_to(device)
    assert mounted_at("My Stick", labels, mounts) == Path("/media/My Stick")
    mounts.write_text("")
    with pytest.raises(TargetFailed, match="plugged in, but cannot be opened"):
        mounted_at("My Stick", labels, mounts)


def test_two_do_not_work_at_once(data: Path) -> None:
    with (data / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NightlyFailed, match="in work already"):
            made(data)
    made(data)


def test_a_backup_that_came_out_short_is_no_success(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = Stick.sizes
    monkeypatch.setattr(Stick, "sizes", lambda stick: {name: size - 1 for name, size in sizes(stick).items()})
    with pytest.raises(NightlyFailed, match="did not arrive whole"):
        made(data)
    assert read_state(data).succeeded == ""


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), "this backup is damaged, or was cut off"),
        (lambda file: file.write_bytes(b"copperdesk backup 9\n"), "made by a newer version"),
        (lambda file: file.unlink(), "there is no backup of this unit there"),
    ],
)
def test_a_rehearsal_finds_what_cannot_be_restored(data: Path, stick: Path, harm, told: str) -> None:  # type: ignore[no-untyped-def]
    harm(stick / made(data))
    with pytest.raises(NightlyFailed, match=told):
        rehearsed(data)
    state = read_state(data)
    assert state.unrestorable is not None
    assert (told in state.unrestorable["text"], state.good, no_trace(data)) == (True, "", True)
    assert name_of(data) == "Riverside"
    made(data, NIGHT + DAY)
    rehearse_if_due(data, NIGHT + DAY, lambda done, total: None)
    assert read_state(data).unrestorable is None


def name_of(data: Path) -> str:
    document = OfficeStore(data / "office.json").load().document
    assert document is not None
    return str(document["name"])


def test_a_rehearsal_is_due_once_a_week_and_every_night_after_one_that_failed() -> None:
    state = NightlyState(rehearsed=NIGHT.isoformat())
    assert rehearsal_due(NightlyState(), NIGHT)
    assert [rehearsal_due(state, NIGHT + days * DAY) for days in (1, 6, 7)] == [False, False, True]
    assert rehearsal_due(replace(state, unrestorable={"text": "damaged"}), NIGHT + DAY)


@pytest.mark.parametrize(
    ("now", "tried", "succeeded", "is_due"),
    [
        ("02-03 02:29", "02-02 02:30", "02-02 02:30", False),
        ("02-03 02:30", "02-02 02:30", "02-02 02:30", True),
        ("02-03 09:00", "02-02 02:30", "02-02 02:30", True),  # The unit was off at night.
        ("02-03 02:40", "02-03 02:30", "02-02 02:30", False),  # It failed: again after an hour.
        ("02-03 03:30", "02-03 02:30", "02-02 02:30", True),
        ("02-03 12:00", "02-03 11:00", "02-03 11:00", False),
        ("02-03 12:00", None, None, True),
        ("02-03 12:00", "07-07 00:00", "07-07 00:00", True),  # The clock was ahead.
    ],
)
def test_when_a_backup_is_due(now: str, tried: str | None, succeeded: str | None, is_due: bool) -> None:
    def at(text: str | None) -> datetime | None:
        return None if text is None else datetime.fromisoformat(f"2026-{text}:00+00:00")

    moment = at(now)
    assert moment is not None
    assert due("02:30", moment, at(tried), at(succeeded)) is is_due


def test_three_days_without_a_backup_are_told_from_the_setting_on() -> None:
    setting, state = NightlySetting("stick", since=NIGHT.isoformat()), NightlyState()
    assert missed_since(setting, state, NIGHT + 2 * DAY) is None
    assert missed_since(setting, state, NIGHT + 3 * DAY) == NIGHT
    assert missed_since(setting, NightlyState(succeeded=(NIGHT + DAY).isoformat()), NIGHT + 3 * DAY) is None
    assert missed_since(NightlySetting(since=NIGHT.isoformat()), state, NIGHT + 9 * DAY) is None


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("kind", {"kind": "ftp"}),
        ("place", {"place": ""}),
        ("place", {"kind": "webdav", "place": "http://nas.local/backups"}),
        ("place", {"kind": "webdav", "place": "https://user:secret@nas.local/"}),
        ("place", {"kind": "smb", "place": "nas/backups"}),
        ("place", {"kind": "smb", "place": "//nas"}),
        ("place", {"kind": "sftp", "place": "user@nas.local/x"}),
        ("passphrase", {"passphrase": "too - short"}),
        ("at", {"at": "25:00"}),
        ("keep", {"keep": 0}),
        ("days", {"days": 5000}),
    ],
)
def test_a_setting_that_cannot_be_is_told(field: str, change: dict[str, object]) -> None:
    with pytest.raises(WrongNightly) as wrong:
        checked(replace(NightlySetting("stick", "BACKUP", passphrase=PHRASE), **change))  # type: ignore[arg-type]
    assert wrong.value.field == field


def test_secrets_are_in_no_text_of_a_setting(data: Path) -> None:
    setting = replace(read_setting(data), password="open sesame")
    assert PHRASE not in repr(setting)
    assert "sesame" not in repr(setting)
