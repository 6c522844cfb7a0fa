"""An update in the guest, and the way back from one that takes no calls (docs/updates.md).

The image trusts a key of the trial's own, which is put among its trusted keys before the unit is switched on. The
bundles are made of the image's own program. The first is brought on a USB stick, the second the way that the page goes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from appliance.machine.takenback import in_words
from tests.image.checks import all_units_run, call_is_answered
from tests.image.exampleoffice import have_office
from tests.image.guest import Guest, GuestTrouble

KEY_PLACE = "/opt/copperdesk/keys/trial.pub"
PROGRAMS = "/var/lib/copperdesk/programs"
GOOD, BAD = "90.1", "90.2"
"""Versions that are newer than any image's."""
DEAF = "\nTrunkLine.answer = lambda self: None\n"
"""Behind the module of lines to the exchange: such a program starts, and knows the office, and takes no call."""
LABEL = "UPDATES"
STICK = f"/media/copperdesk/{LABEL}"
"""Where a unit mounts a stick of that name by itself."""
STICK_MIB = 1024
INSTALLS_S, TRIAL_S = 60.0, 60.0
"""Installing, and a trial: three minutes, at whatever speed the machine has, besides a start."""


class Updates:
    """The bundles, and what is tried with them. folder: for all of it."""

    def __init__(self, folder: Path, guest: Guest) -> None:
        self._folder = folder / "updates"
        self._guest = guest
        self.checks: tuple[tuple[str, Callable[[Guest], None]], ...] = (
            ("the example office is loaded", have_office),
            ("a newer version from a USB stick is on trial", self.install_from_stick),
            ("it takes a call, and stays", self.good_one_stays),
            ("a call is answered by it", call_is_answered),
            ("one that takes no calls is brought to the page", self.bring_to_page),
            ("the one before comes back by itself, and the reason is told", self.bad_one_goes),
            ("a call is answered again", call_is_answered),
            ("all units run", all_units_run),
        )

    def make_ready(self) -> None:
        """Make a key that the image trusts, both bundles, and the stick with them. Raises `GuestTrouble`."""
        tell = self._guest.progress.tell
        (self._folder / "program").mkdir(parents=True)
        self._run("minisign", "-G", "-W", "-p", "trial.pub", "-s", "trial.key")
        self._guest.card.put_into_root(self._folder / "trial.pub", KEY_PLACE)
        tell("the image's program is made into bundles: a minute")
        self._guest.card.take_from_root("/opt/copperdesk/lib", self._folder / "program")
        self._guest.card.take_from_root("/opt/copperdesk/bin", self._folder / "program")
        self._guest.card.take_from_root("/opt/copperdesk/program.json", self._folder / "program")
        trunk = self._folder / "program/lib/appliance/calls/trunk.py"
        for version in (GOOD, BAD):
            if version == BAD:
                trunk.write_text(trunk.read_text("utf-8") + DEAF)
            self._bundle(version)
            tell(f"the bundle of {version} has {self._file(version).stat().st_size / 1e6:.0f} MB")
        stick = self._folder / "stick"
        with stick.open("wb") as file:
            file.truncate(STICK_MIB << 20)
        self._run("mkfs.vfat", "-F", "32", "-n", LABEL, stick.name)
        self._run("mcopy", "-i", stick.name, *(one.name for one in sorted(self._folder.glob("copperdesk-*"))), "::")
        self._guest.stick = stick

    def install_from_stick(self, guest: Guest) -> None:
        """As somebody would who has plugged in the stick."""
        guest.must("sh", "-c", f"until mountpoint -q {STICK}; do sleep 1; done")
        command = ["copperdesk", "update", "install", "--now", f"{STICK}/{self._file(GOOD).name}"]
        guest.must(*command, seconds=INSTALLS_S)

    def good_one_stays(self, guest: Guest) -> None:
        """Within its three minutes it has taken a call."""
        told = settled(guest)
        if (told["version"], told["phase"]) != (GOOD, "confirmed"):
            raise GuestTrouble(f"{told['version']} is {told['phase']}: {told['reason']}")
        if (runs := running(guest)) != f"{PROGRAMS}/{GOOD}":
            raise GuestTrouble(f"the daemon runs from {runs}")

    def bring_to_page(self, guest: Guest) -> None:
        """Piece by piece, as the page hands a file over; root then finds the request."""
        guest.python("bringing", f"{STICK}/{self._file(BAD).name}", seconds=INSTALLS_S)

    def bad_one_goes(self, guest: Guest) -> None:
        """Its three minutes over, the version before runs again; the command and the page say why."""
        guest.must("sh", "-c", f"until grep -q {BAD} {PROGRAMS}/state.json; do sleep 1; done", seconds=INSTALLS_S)
        told = settled(guest)
        if (told["version"], told["phase"]) != (BAD, "rejected"):
            raise GuestTrouble(f"{told['version']} is {told['phase']}: {told['reason']}")
        if (runs := running(guest)) != f"{PROGRAMS}/{GOOD}":
            raise GuestTrouble(f"the daemon runs from {runs}")
        for who, what in (
            ("the command", guest.must("copperdesk", "update", "state").out),
            ("the page", guest.python("asking", "update.get")),
        ):
            guest.progress.tell(f"{who} says: {what.strip()}")
            if in_words(told["reason"]) not in what:
                raise GuestTrouble(f"{who} does not say why: {what}")

    def _file(self, version: str) -> Path:
        return self._folder / f"copperdesk-{version}.tar.zst"

    def _bundle(self, version: str) -> None:
        about = self._folder / "program/program.json"
        about.write_text(json.dumps(json.loads(about.read_text()) | {"version": version}))
        make = [sys.executable, "-m", "appliance.cli", "update", "bundle", "--folder", "program", "--key", "trial.key"]
        self._run(*make, self._file(version).name)

    def _run(self, *words: str) -> None:
        done = subprocess.run(words, cwd=self._folder, capture_output=True, text=True)
        if done.returncode:
            raise GuestTrouble(f"{' '.join(words)}: {done.stderr or done.stdout}")


def settled(guest: Guest) -> dict[str, str]:
    """How an update stands once its trial is over, and the daemon takes calls."""
    state = f"{PROGRAMS}/state.json"
    guest.must("sh", "-c", f"while grep -qE 'pending|trying|returning' {state}; do sleep 1; done", seconds=TRIAL_S)
    guest.await_lines()
    told: dict[str, str] = json.loads(guest.must("cat", state).out)
    return told


def running(guest: Guest) -> str:
    """The folder that the daemon runs from."""
    pid = guest.must("systemctl", "show", "--property=MainPID", "--value", "copperdesk.service").out.strip()
    environment = guest.must("cat", f"/proc/{pid}/environ").out.split("\0")
    path = next((one for one in environment if one.startswith("PYTHONPATH=")), "PYTHONPATH=")
    return path.removeprefix("PYTHONPATH=").removesuffix("/lib")
