"""Checks of the machine that the unit runs on. Where it lacks a program, as on a desk, a check is left out."""

from __future__ import annotations

import ctypes.util
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from appliance.control.folder import DataFolder
from appliance.doctor.examined import Examined
from appliance.doctor.finding import CheckFound, attention, broken, unknown, works
from appliance.machine.health import WORN_PERCENT, machine_health
from appliance.machine.network import links, managed
from appliance.machine.programs import MachineRefused, has, run
from appliance.machine.timekeeping import can_set_clock, clock_state
from appliance.office.languages import DEFAULT_LANGUAGE, LANGUAGES
from appliance.prompts.languages import language
from appliance.prompts.voice import NoVoice, best_voice
from appliance.store.disk import is_nearly_full
from hw.said import counted, listed, said, told_by

DISK_LAST_BYTES = 50 * 1024 * 1024
"""With less of the disk free, messages will soon be refused."""
MEMORY_BYTES = 100 * 1024 * 1024
"""Of memory that programs can still have: less, and the system may end one."""
EARLIEST_YEAR = 2025
"""A clock that stands before was never set."""
_MEMORY = Path("/proc/meminfo")
_SYSTEMD = Path("/run/systemd/system")
_SHARED = {"spandsp": "libspandsp2", "speexdsp": "libspeexdsp1"}
"""Shared libraries, and the Debian package of each."""
_PROGRAMS = {"efax": "efax", "pdftoppm": "poppler-utils", "opusenc": "opus-tools"}
"""Programs, and the Debian package of each."""


def voice(seen: Examined) -> Iterator[CheckFound]:
    """Is there a voice for the office's language?"""
    code = str((seen.document or {}).get("language", DEFAULT_LANGUAGE))
    try:
        best = best_voice(language(code if code in LANGUAGES else DEFAULT_LANGUAGE))
    except NoVoice as error:
        yield broken(
            said("There is no voice: %(why)s", why=told_by(error)), said("Install the Debian package espeak-ng.")
        )
        return
    if best.engine == "espeak":
        yield attention(
            said("A plain voice speaks (espeak-ng), as no natural one is installed."),
            said("docs/languages.md says how to give it another voice."),
        )
    else:
        yield works(said("A natural voice speaks (%(name)s).", name=best.name))


def disk(seen: Examined) -> Iterator[CheckFound]:
    """Is there room, and can it be written?"""
    try:
        usage = shutil.disk_usage(seen.data)
    except OSError as error:
        yield broken(
            said("The data folder cannot be looked at: %(why)s", why=told_by(error)),
            said("Is this the right folder? “--data FOLDER” names another one."),
        )
        return
    free = usage.free // (1024 * 1024)
    mend = said("Delete old messages and faxes, or move to a larger card: make a backup, and restore it there.")
    if usage.free < DISK_LAST_BYTES:
        yield broken(said("The disk is full: %(free)s MB are free.", free=free), mend)
    elif is_nearly_full(usage.free, usage.total):
        yield attention(said("The disk is nearly full: %(free)s MB are free.", free=free), mend)
    else:
        yield works(said("The disk has room: %(free)s MB are free.", free=free))
    if os.statvfs(seen.data).f_flag & os.ST_RDONLY:
        yield broken(
            said("The disk can only be read: no message is taken."),
            said("Often a card that wears out: replace it, and restore the last backup."),
        )


def rights(seen: Examined) -> Iterator[CheckFound]:
    """Does the data folder belong to its unit, with nobody else let in?"""
    with suppress(OSError):
        folder = seen.data.stat()
        if folder.st_mode & stat.S_IRWXO:
            yield broken(
                said("Everybody on this machine may look into the data folder."),
                said("Take that right away: “chmod o= %(folder)s”.", folder=str(seen.data)),
            )
            return
        with suppress(FileNotFoundError):
            if DataFolder(seen.data).office.stat().st_uid != folder.st_uid:
                whose = str(seen.data)
                yield broken(
                    said("The office document belongs to another user than the data folder."),
                    said(
                        "Give all of it to that user: “chown -R --reference=%(folder)s %(folder)s”.",
                        folder=whose,
                    ),
                )
                return
        yield works(said("The data folder belongs to its unit, and is closed to others."))


def memory(_seen: Examined) -> Iterator[CheckFound]:
    """Is there memory left?"""
    with suppress(OSError, ValueError, StopIteration):
        told = next(line for line in _MEMORY.read_text().splitlines() if line.startswith("MemAvailable:"))
        free = int(told.split()[1]) * 1024
        megabytes = free // (1024 * 1024)
        if free < MEMORY_BYTES:
            yield attention(
                said("Little memory is left: %(free)s MB.", free=megabytes),
                said("Start the machine anew. If it comes back, look whether another program runs on it."),
            )
        else:
            yield works(said("There is memory: %(free)s MB are free.", free=megabytes))


def clock(seen: Examined) -> Iterator[CheckFound]:
    """Is the clock set?"""
    mend = said("Connect the unit to the network: its clock sets itself. The page Network names other time servers.")
    if seen.now.year < EARLIEST_YEAR:
        yield broken(said("The clock was never set: it says %(at)s.", at=f"{seen.now:%Y-%m-%d %H:%M} UTC"), mend)
        return
    if not can_set_clock() or not _SYSTEMD.is_dir():
        yield unknown(said("Whether the clock was set is not known: this machine has no systemd."))
        return
    try:
        state = clock_state()
    except MachineRefused as error:
        yield unknown(said("Who sets the clock is not known: %(why)s", why=told_by(error)))
        return
    if state.right:
        yield works(said("The clock is set from the network."))
    else:
        yield attention(said("The clock was not set from the network since the machine started."), mend)


def network(_seen: Examined) -> Iterator[CheckFound]:
    """Is there a network, and an address?"""
    if not managed():
        yield unknown(said("The network is not known: this machine has no NetworkManager."))
        return
    try:
        there = [link for link in links() if link.addresses or link.addresses6]
    except MachineRefused as error:
        yield unknown(said("The network is not known: %(why)s", why=told_by(error)))
        return
    if not there:
        yield broken(
            said("The unit has no address in the network."),
            said("Plug the network cable in, at both ends. Calls over analog lines go on without."),
        )
    for link in there:
        if link.gateway:
            yield works(said("The network connection %(device)s has an address and a router.", device=link.device))
        else:
            yield attention(
                said(
                    "The network connection %(device)s has an address, and no router: no mail, and no clock.",
                    device=link.device,
                ),
                said("Look at the address that was set at the page Network."),
            )


def health(seen: Examined) -> Iterator[CheckFound]:
    """Has the machine power, is it cool, and does its memory card live?"""
    found = machine_health(seen.root)
    supply = said("Use the power supply that was made for this computer. Unplug what takes its power from the unit.")
    if found.power_weak:
        yield broken(said("The power supply of this unit is too weak."), supply)
    elif found.power_was_weak:
        yield attention(said("The power supply was too weak for a moment."), supply)
    if found.slowed:
        yield attention(
            said("This unit is too hot, and works more slowly."),
            said("Give it air: take it out of the cupboard, off the heater, out of the sun."),
        )
    renew = said("Make a backup now. Then put in a new memory card, and restore the backup.")
    if found.card_errors:
        yield broken(said("The memory card of this unit makes errors."), renew)
    elif found.card_worn is not None and found.card_worn >= WORN_PERCENT:
        yield attention(said("%(percent)s %% of the life of the memory card is over.", percent=found.card_worn), renew)
    if not (found.power_was_weak or found.power_weak or found.slowed or found.card_errors):
        yield works(said("The machine has power, and is cool enough, as far as it tells."))


def services(_seen: Examined) -> Iterator[CheckFound]:
    """How the units of systemd are, where they are installed."""
    if not has("systemctl") or not _SYSTEMD.is_dir():
        return
    try:
        told = run("systemctl", "list-units", "--all", "--no-legend", "--plain", "--output=json", "copperdesk*")
        units = {one["unit"]: one for one in json.loads(told)}
    except (MachineRefused, ValueError, KeyError, TypeError) as error:
        yield unknown(said("The services are not known: %(why)s", why=told_by(error)))
        return
    failed = [name for name, one in units.items() if one["active"] == "failed"]
    for name in failed:
        yield broken(
            said("The service %(name)s has failed.", name=name), said("“journalctl -u %(name)s” says why.", name=name)
        )
    if units and not failed:
        yield works(counted("%(num)s service is in order.", "%(num)s services are in order.", len(units)))


def libraries(_seen: Examined) -> Iterator[CheckFound]:
    """Are all libraries and programs installed?"""
    missing = [package for name, package in _SHARED.items() if ctypes.util.find_library(name) is None]
    missing += [package for name, package in _PROGRAMS.items() if not has(name)]
    if missing:
        yield broken(
            said("These Debian packages are missing: %(names)s.", names=listed(missing)),
            said("Install them: “apt install %(names)s”.", names=" ".join(missing)),
        )
    absent = sorted(_absent_packages())
    if absent:
        yield broken(
            said("These Python packages are missing: %(names)s.", names=listed(absent)),
            said("Install the program anew: “make setup” in a checkout, an update at a unit."),
        )
    if not missing and not absent:
        yield works(said("All libraries and programs are installed."))


def sip_library(seen: Examined) -> Iterator[CheckFound]:
    """Is the SIP library there, where the office has devices over SIP?"""
    if not (seen.document or {}).get("sip"):
        return
    if find_spec("pjsua2") is None:
        yield broken(
            said("The office has lines over SIP, and the SIP library is missing."),
            said("docs/sip.md says how to get it."),
        )
    else:
        yield works(said("The SIP library is installed."))


def _absent_packages() -> Iterator[str]:
    for wanted in requires("copperdesk") or ():
        if "extra ==" in wanted:
            continue
        name = wanted.partition(";")[0].split(">")[0].split("=")[0].split("<")[0].strip()
        try:
            version(name)
        except PackageNotFoundError:
            yield name
