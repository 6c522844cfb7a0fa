"""Versions on a unit, in folders: installing, the trial, the way back, and power cuts in the middle of each."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from appliance.machine.takenback import TakenBack
from appliance.updating import aside, bundle, chooser
from appliance.updating.programs import MOST_TRIES, Programs
from appliance.updating.refusal import UpdateRefused
from appliance.updating.state import Phase, UpdateState, read_state
from tests.updating.folders import PUBLIC, any_moment, key_pair, program, signed, signed_file


class UnitFolders:
    """A unit's folders, with the program 1.0 in its image."""

    def __init__(self, path: Path) -> None:
        self.image = program(path / "image", "1.0")
        self.versions, self.data, self.stick = path / "programs", path / "data", path / "stick"
        for folder in (self.versions, self.data, self.stick):
            folder.mkdir()

    def after_boot(self, boot: str = "first") -> Programs:
        return Programs(self.image, self.versions, self.data, boot)

    def bundle(self, version: str, **about: str | int) -> Path:
        made = program(self.stick / f"made-{version}", version, **about)  # type: ignore[arg-type]
        return signed(made, self.stick / f"{version}.tar.zst")

    def install(self, version: str, **about: str | int) -> None:
        self.after_boot().install(self.bundle(version, **about), [PUBLIC], any_moment)

    @property
    def state(self) -> UpdateState:
        state = read_state(self.versions)
        assert state is not None
        return state

    def chosen(self) -> str:
        """What is really run, by the launcher itself."""
        places = {"COPPERDESK_IMAGE": str(self.image), "COPPERDESK_PROGRAMS": str(self.versions)}
        command = [sys.executable, "-I", chooser.__file__, "status"]
        ran = subprocess.run(command, env=os.environ | places, capture_output=True, text=True, check=True)
        return ran.stdout.removesuffix(" status\n")

    def would_run(self) -> str:
        return chooser.chosen_folder(self.image, self.versions).name


@pytest.fixture
def unit(tmp_path: Path) -> UnitFolders:
    return UnitFolders(tmp_path)


def test_a_version_that_takes_a_call_stays(unit: UnitFolders) -> None:
    assert unit.chosen() == "1.0"
    unit.install("1.1")
    assert (unit.chosen(), unit.state.phase) == ("1.1", Phase.PENDING)
    unit.after_boot().before_start()
    assert unit.state.phase is Phase.TRYING
    unit.after_boot().confirm("1.1")
    unit.after_boot("second").before_start()
    assert (unit.chosen(), unit.state.phase) == ("1.1", Phase.CONFIRMED)
    unit.install("1.2")
    unit.after_boot().before_start()
    assert unit.after_boot().reject("1.2", TakenBack.NO_CALL)
    assert unit.chosen() == "1.1"
    unit.after_boot().before_start()
    assert (unit.chosen(), unit.state.phase, unit.state.reason) == ("1.1", Phase.REJECTED, "no-call")
    assert not unit.after_boot().reject("1.2", TakenBack.NO_CALL)


def test_one_that_crashes_at_each_start_goes_by_itself(unit: UnitFolders) -> None:
    unit.install("1.1")
    started = []
    for _start in range(MOST_TRIES + 1):
        unit.after_boot().before_start()
        started.append(unit.would_run())
    assert started == ["1.1"] * MOST_TRIES + ["image"]
    assert unit.state.reason == TakenBack.CRASHED


def test_a_power_cut_during_the_trial_brings_the_old_one_back(unit: UnitFolders) -> None:
    unit.install("1.1")
    unit.after_boot().before_start()
    unit.after_boot("second").before_start()
    assert (unit.chosen(), unit.state.reason) == ("1.0", TakenBack.INTERRUPTED)


@pytest.mark.parametrize("step", range(1, 12))
def test_a_power_cut_at_any_step_leaves_a_program_that_runs(
    unit: UnitFolders, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """The power is cut before each rename in turn: of installing, of the start, and of the way back."""
    made = unit.bundle("1.1", data=2)
    calls(unit.data / "calls.sqlite", "before")
    left, rename = [step], os.rename

    def cut(old: object, new: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        rename(old, new)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", cut)
        patched.setattr(os, "replace", cut)
        try:
            unit.after_boot().install(made, [PUBLIC], any_moment)
            unit.after_boot().before_start()
            unit.after_boot().reject("1.1", TakenBack.NO_CALL)
            unit.after_boot().before_start()
        except KeyboardInterrupt:
            pass
        assert unit.would_run() in ("image", "1.1")
    unit.after_boot("second").before_start()  # It may only now be tried.
    assert unit.would_run() in ("image", "1.1")
    unit.after_boot("third").before_start()
    assert unit.would_run() == "image"
    assert all_calls(unit.data / "calls.sqlite") == ["before"]


def calls(file: Path, *who: str) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("CREATE TABLE IF NOT EXISTS call (id TEXT PRIMARY KEY)")
        base.executemany("INSERT INTO call (id) VALUES (?)", [(one,) for one in who])


def all_calls(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as base:
        return [one for (one,) in base.execute("SELECT id FROM call ORDER BY id")]


def test_data_of_another_generation_goes_back_but_calls_and_messages_of_the_trial_stay(unit: UnitFolders) -> None:
    calls(unit.data / "calls.sqlite", "1 before")
    (unit.data / "office.json").write_text("old form")
    (unit.data / "secret.json").symlink_to("/etc/hostname")
    unit.install("1.1", data=2)
    unit.after_boot().before_start()
    with closing(sqlite3.connect(unit.data / "calls.sqlite")) as base, base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("ALTER TABLE call ADD COLUMN mood TEXT")
        base.execute("INSERT INTO call VALUES ('2 during', 'cheerful')")
        base.execute("CREATE TABLE moods (mood TEXT PRIMARY KEY)")
    (unit.data / "office.json").write_text("new form")
    (unit.data / "messages").mkdir()
    (unit.data / "messages/during.wav").write_text("hello")
    unit.after_boot().reject("1.1", TakenBack.NO_CALL)
    unit.after_boot().before_start()
    assert all_calls(unit.data / "calls.sqlite") == ["1 before", "2 during"]
    with closing(sqlite3.connect(unit.data / "calls.sqlite")) as base:
        assert [row[1] for row in base.execute("PRAGMA table_info(call)")] == ["id"]
    assert (unit.data / "office.json").read_text() == "old form"
    assert (unit.data / "messages/during.wav").read_text() == "hello"
    assert (unit.data / "secret.json").is_symlink()


def test_a_database_that_the_trial_made_too_large_is_left_out(unit: UnitFolders) -> None:
    calls(unit.data / "calls.sqlite", "1 before")
    unit.install("1.1", data=2)
    unit.after_boot().before_start()
    calls(unit.data / "calls.sqlite", "2 during")
    os.truncate(unit.data / "calls.sqlite", aside.LARGEST + 1)  # It takes no room on the disk, and would in a copy.
    unit.after_boot().reject("1.1", TakenBack.NO_CALL)
    unit.after_boot().before_start()
    assert all_calls(unit.data / "calls.sqlite") == ["1 before"]


def test_back_after_it_was_confirmed(unit: UnitFolders) -> None:
    with pytest.raises(UpdateRefused, match="no update"):
        unit.after_boot().back()
    unit.install("1.1", data=2)
    unit.after_boot().before_start()
    unit.after_boot().confirm("1.1")
    with pytest.raises(UpdateRefused, match="settings of the day") as refused:
        unit.after_boot().back()
    assert refused.value.unless == "--old-settings"
    assert unit.after_boot().back(old_settings=True) == "1.0"
    unit.after_boot().before_start()
    assert unit.chosen() == "1.0"


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"version": "1.1", "machine": "sparc"}, "another machine"),
        ({"version": "1.1", "python": "3.4"}, "Python"),
        ({"version": "1.1", "data": 0}, "too old"),
        ({"version": "1.0"}, "already"),
        ({"version": "0.9"}, "older"),
        ({"version": "1.0rc2"}, "older"),
    ],
)
def test_what_does_not_fit_is_refused(unit: UnitFolders, about: dict[str, str], why: str) -> None:
    with pytest.raises(UpdateRefused, match=why):
        unit.after_boot().install(unit.bundle(**about), [PUBLIC], any_moment)
    assert list(unit.versions.iterdir()) == []
    assert unit.chosen() == "1.0"


def test_an_older_one_is_taken_when_it_is_meant(unit: UnitFolders) -> None:
    unit.after_boot().install(unit.bundle("0.10"), [PUBLIC], any_moment, older=True)
    assert unit.would_run() == "0.10"


def test_nothing_is_unpacked_that_was_not_signed_by_us(unit: UnitFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    file = unit.bundle("1.1")

    def never(*_: object) -> None:
        raise AssertionError("unpacked before it was verified")

    monkeypatch.setattr(bundle, "unpack", never)
    monkeypatch.setattr(bundle, "about_bundle", never)
    signed_file(file, key_pair(2)[0])
    with pytest.raises(UpdateRefused, match="trust"):
        unit.after_boot().install(file, [PUBLIC], any_moment)
    signed_file(file)
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(UpdateRefused, match="cut short"):
        unit.after_boot().install(file, [PUBLIC], any_moment)
    file.with_name(f"{file.name}.minisig").unlink()
    with pytest.raises(UpdateRefused, match="minisig"):
        unit.after_boot().install(file, [PUBLIC], any_moment)
    assert list(unit.versions.iterdir()) == []


def test_the_launcher_passes_over_what_is_not_whole(unit: UnitFolders) -> None:
    unit.install("1.1")
    unit.after_boot().before_start()
    (unit.versions / "state.json").write_bytes(b"{damaged")
    assert unit.chosen() == "1.0"
    (unit.versions / "state.json").unlink()
    assert unit.chosen() == "1.1"
    (unit.versions / "1.1/program.json").unlink()
    assert unit.chosen() == "1.0"


def test_only_one_update_is_on_trial_and_what_is_no_longer_needed_goes(unit: UnitFolders) -> None:
    unit.install("1.1")
    second = unit.bundle("1.2")
    with pytest.raises(UpdateRefused, match="still on trial"):
        unit.after_boot().install(second, [PUBLIC], any_moment)
    unit.after_boot().before_start()
    unit.after_boot().confirm("1.1")
    unit.after_boot().install(second, [PUBLIC], any_moment)
    unit.after_boot().before_start()
    unit.after_boot().confirm("1.2")
    unit.install("1.3")
    assert sorted(path.name for path in unit.versions.iterdir()) == ["1.2", "1.3", "current", "state.json"]


def test_a_call_that_began_while_it_was_unpacked_leaves_all_as_it_was(unit: UnitFolders) -> None:
    asked = []

    def call_begins_meanwhile() -> None:
        asked.append(unit.after_boot().chosen)
        if len(asked) == 2:
            raise UpdateRefused("somebody is on the telephone: try again when nobody is")

    with pytest.raises(UpdateRefused, match="on the telephone"):
        unit.after_boot().install(unit.bundle("1.1"), [PUBLIC], call_begins_meanwhile)
    assert (asked, unit.after_boot().chosen, read_state(unit.versions)) == (["", ""], "", None)
    assert not (unit.versions / "1.1").exists()
