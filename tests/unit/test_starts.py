"""Starts that fail: slower each time, shown by the LED, and told on the page by the start that works."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from appliance.machine.starts import RUNTIME, TOLD_FROM, FailedStarts
from web import starts
from web.starts import failing_starts

SCRIPT = Path(__file__).resolve().parents[2] / "systemd/copperdesk-starts"


class StartedUnit:
    """What systemd does around the daemon. A stand-in for `sleep` prints how long it would take."""

    def __init__(self, folder: Path) -> None:
        self.run, self.led = folder / "run", folder / "trigger"
        self.run.mkdir()
        self.led.write_text("mmc0\n")
        programs = folder / "bin"
        programs.mkdir()
        (programs / "sleep").write_text('#!/bin/sh\necho "slept $1"\n')
        (programs / "sleep").chmod(0o755)
        more = {"RUNTIME_DIRECTORY": str(self.run), "COPPERDESK_LED": str(self.led)}
        self._environment = {**os.environ, **more, "PATH": f"{programs}:{os.environ['PATH']}"}

    def script(self, what: str) -> str:
        done = subprocess.run([SCRIPT, what], env=self._environment, capture_output=True, text=True, check=True)
        return done.stdout

    def begin(self) -> int:
        """The seconds that a start waits."""
        return int(self.script("begin").rpartition("slept ")[2])

    @property
    def fault(self) -> str:
        return FailedStarts(str(self.run)).fault()


@pytest.fixture
def unit(tmp_path: Path) -> StartedUnit:
    return StartedUnit(tmp_path)


def test_each_failed_start_makes_the_next_one_wait_longer(unit: StartedUnit) -> None:
    assert [unit.begin() for _ in range(10)] == [0, 5, 10, 20, 40, 80, 160, 300, 300, 300]


def test_failed_starts_are_told_and_shown_until_the_unit_runs_well(unit: StartedUnit) -> None:
    for _ in range(3):
        unit.begin()
    assert (unit.fault, unit.led.read_text()) == ("", "mmc0\n")
    unit.begin()
    assert "started again 3 times" in unit.fault
    assert unit.led.read_text() == "timer\n"
    unit.script("ready")
    assert unit.led.read_text() == "mmc0\n"
    FailedStarts(str(unit.run)).over()
    assert (unit.begin(), unit.fault) == (0, "")


def test_the_pages_account_which_is_in_the_daemons_group_can_read_what_goes_on(unit: StartedUnit) -> None:
    for _ in range(5):
        unit.begin()
    told = {path.name: (path.read_text(), path.stat().st_mode & 0o777) for path in unit.run.iterdir()}
    assert told == {"starts": ("5\n", 0o640), "pause": ("40\n", 0o640)}
    shown = failing_starts(unit.run, unit.run)
    assert shown is not None
    assert (shown.failed, shown.full) == (4, False)
    assert 0 < shown.waits_s <= 40


def test_the_page_tells_as_many_failed_starts_as_the_daemon_does() -> None:
    """It may not import the daemon's rooms, so it has the numbers once more."""
    assert (starts.TOLD_FROM, starts.RUNTIME) == (TOLD_FROM, RUNTIME)


@pytest.mark.parametrize("count", ["", "many\n", "-3\n", "99999999999999\n"])
def test_a_count_that_is_none_starts_anew(unit: StartedUnit, count: str) -> None:
    (unit.run / "starts").write_text(count)
    assert unit.begin() == 0


def test_a_daemon_that_systemd_did_not_start_counts_nothing() -> None:
    FailedStarts("").over()
    assert FailedStarts("").fault() == ""
