"""The daemon: reads its settings, builds every object by hand, and runs until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from contextlib import closing, suppress
from pathlib import Path

from appliance.api.backup import Backups
from appliance.api.changes import RESTORED, RecordingServer, offer_changes
from appliance.api.doctor import DoctorLooks
from appliance.api.network import offer_network
from appliance.api.nightly import NightlyBackups
from appliance.api.recovery import label_code
from appliance.api.status import unit_status
from appliance.api.update import offer_update
from appliance.assembly import Assembly, main_number
from appliance.backup.restoring import take_over
from appliance.calls.spokencodes import SETUP
from appliance.clock import Clock, off_loop
from appliance.clockwatch import ClockWatch
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder, default_data_folder
from appliance.control.lock import AlreadyRunning, DataFolderLock
from appliance.machine.program import installed_program, noted_program
from appliance.machine.starts import WELL_AFTER_S, FailedStarts
from appliance.machine.trial import NetworkTrials
from appliance.offering import Outlasting
from appliance.office.languages import DEFAULT_LANGUAGE, LANGUAGES
from appliance.office.model import Office
from appliance.officewords import first_words, office_languages
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache, default_shipped
from appliance.prompts.synthesis import SynthesisFailed
from appliance.prompts.voice import NoVoice, espeak_voice
from appliance.store.accounts import AccountStore
from appliance.store.atomic import AtomicFile
from appliance.store.changelog import ChangeStore, NotedChange
from appliance.store.database import FileFromTheFuture
from appliance.store.office import OfficeStore
from appliance.store.reserve import have_room_to_start
from appliance.store.versions import VersionStore
from appliance.storedoffice import UnusableFirstOffice, stored_office
from appliance.unit import Unit
from appliance.unitclock import RealMachineTime, UnitClock
from appliance.updating.state import programs_folder
from appliance.webprocess import keep_page_running
from appliance.workgroup import divide_workgroup
from hw.said import said, told_by
from hw.sim.modem.model import MODELS

log = logging.getLogger(__name__)

SPEAKING_S = 60.0
"""So long a start may take for what is not spoken yet, in all languages together. A new version of the program has
three minutes to take a call (`appliance/updating/trial.py`)."""

BEGINS_ANEW_S = 15 * 60
"""So long systemd's watchdog waits while the daemon begins again in the same process: as long as for a first start, see
`TimeoutStartSec` in systemd/copperdesk.service. Else it would end a start that speaks prompts, in the middle."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--office", type=Path, metavar="FILE", help="office document to begin with, where the data folder has none yet"
    )
    parser.add_argument("--web", action="store_true", help="serve the local web page, too, in a process of its own")
    parser.add_argument(
        "--modem",
        choices=MODELS,
        default="",
        metavar="MODEL",
        help=f"simulate a USB modem beside a line of the built-in exchange: {', '.join(MODELS)}",
    )
    parser.add_argument("--web-port", type=int, default=8080, metavar="N", help="where it listens (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Run the daemon until SIGTERM or SIGINT. Exit status 1, with a reason on stderr, when it cannot start."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    divide_workgroup()
    try:
        with DataFolderLock(args.data):
            data = DataFolder(args.data)
            have_room_to_start(args.data)
            clock, again = UnitClock(args.data, RealMachineTime()), True
            while again:
                restored = take_over(args.data)
                clock.begin()
                if restored:
                    note_restored(data, clock)
                store = OfficeStore(data.office)
                office, fault = stored_office(store, args.office)  # Before there are threads: see `officeparsing`.
                port = args.web_port if args.web else None
                again = asyncio.run(serve(data, clock, store, office, fault, port, args.modem))
    except AlreadyRunning as error:
        print(f"copperdesk: {error}", file=sys.stderr)
        return 1
    except FileFromTheFuture as error:
        print(f"copperdesk: a newer version has worked here, install that one again: {error}", file=sys.stderr)
        return 1
    except UnusableFirstOffice as error:
        print(error, file=sys.stderr)
        return 1
    print("Copperdesk has stopped. Goodbye.")
    return 0


def note_restored(data: DataFolder, clock: Clock) -> None:
    """Have the log of changes, which came out of the backup too, tell that a backup was put in place."""
    store = ChangeStore.open(data.changes)
    with closing(store), suppress(OSError):
        store.add(NotedChange(clock.now(), "", RESTORED), may_forget=False)


async def serve(
    data: DataFolder,
    clock: UnitClock,
    store: OfficeStore,
    office: Office | None,
    fault: str,
    web_port: int | None,
    modem: str,
) -> bool:
    """Serve until told to stop; whether to begin again at once, as a backup waits to be put in place, or times wait to
    be put right.

    web_port: where the local page listens, too; None: elsewhere, or not at all. modem: the model of one that is
    simulated; empty: none is.

    The unit is put together anew, in the same process, whenever an office with another country or other lines over
    SIP was loaded and no call is on any line.
    """
    stop, again = asyncio.Event(), asyncio.Event()

    def restart() -> None:
        again.set()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    prompts, voice_faults = await spoken_library(office)
    starts = FailedStarts(os.environ.get("RUNTIME_DIRECTORY", ""))
    failed = starts.fault()
    lasting_faults = [*voice_faults, *filter(None, [failed])]
    changes = await off_loop(ChangeStore.open, data.changes)
    control = RecordingServer(data.socket, changes, clock)
    accounts = await off_loop(AccountStore.open, data.accounts)
    versions = await off_loop(VersionStore.open, data.versions)
    outlasting = Outlasting(data, clock, prompts, control, store, accounts, versions, modem)
    running = await Assembly.put_together(office, fault, lasting_faults, outlasting)
    control.note_telephones(running.unit.services.changed_by_telephone)
    backups = Backups(data.path, restart, lambda now: running.unit.office.local(now))
    backups.offer(control)
    nightly = NightlyBackups(data.path, clock, lambda now: running.unit.office.local(now))
    nightly.offer(control)
    nightly.start()
    looks = DoctorLooks(data.path, clock, lambda now: running.unit.office.local(now))
    looks.offer(control)
    network = NetworkTrials(AtomicFile(data.network_trial))
    await network.start()
    offer_network(control, network)
    program = await off_loop(installed_program)
    known = await off_loop(noted_program, AtomicFile(data.program), changes, program.name, clock.now())
    leaving: list[asyncio.Task[None]] = []

    async def idle() -> None:
        unit = None
        while unit is not running.unit:  # Meanwhile another one may be in its place, with calls of its own.
            unit = running.unit
            await unit.until_idle()

    async def leave() -> None:
        await idle()
        stop.set()

    def leave_when_idle() -> None:
        leaving.append(asyncio.create_task(leave(), name="ends when no call goes on"))

    await offer_update(control, program, known, programs_folder(), lambda: running.unit, leave_when_idle)
    clock_watch = ClockWatch(clock, lambda: running.unit, idle, restart)
    clock_watch.start()
    offer_changes(control, changes, versions, lambda at: running.unit.office.local(at))
    if changes.fault:
        running.unit.trouble.report(changes.fault)
    await control.start()
    tell_systemd("READY=1")
    set_watchdog(watchdog_microseconds())
    if default_shipped() is not None:  # Elsewhere the cache is not the unit's alone.
        with suppress(OSError):
            await prompts.make_room()

    def runs_well() -> None:
        starts.over()
        if failed:
            lasting_faults.remove(failed)
            running.unit.trouble.withdraw(failed)

    well = asyncio.get_running_loop().call_later(WELL_AFTER_S, runs_well)
    page = asyncio.create_task(keep_page_running(data.path, web_port)) if web_port is not None else None
    label = ""
    with suppress(ControlError):  # A full disk: the unit tells that by itself, and the code is made another time.
        label = await label_code(accounts)
    if "NOTIFY_SOCKET" in os.environ:  # systemd's journal is kept, and no codes belong there.
        print("Copperdesk is ready.", flush=True)
    else:
        print(welcome(running.unit, data.path, web_port, label), flush=True)
    try:
        while not await until(stop, running.outdated):
            office = running.unit.office
            await running.close()
            running = await Assembly.put_together(office, "", lasting_faults, outlasting)
            control.note_telephones(running.unit.services.changed_by_telephone)
            control.publish("status", unit_status(running.unit))
            print(f"Copperdesk has been put together anew for {office.name}.", flush=True)
    finally:
        if again.is_set():
            set_watchdog(BEGINS_ANEW_S * 1_000_000)
        else:  # Who says so is killed some time later.
            tell_systemd("STOPPING=1")
        # The lines first: until they are closed, a call can begin on them, and would be cut. Whoever asks meanwhile is
        # told nothing, as what he was told would soon not be so.
        await control.close()
        await running.close()
        well.cancel()
        for waiting in leaving:
            waiting.cancel()
        if page is not None:
            page.cancel()
            with suppress(asyncio.CancelledError):
                await page
        await clock_watch.close()
        await backups.close()
        await nightly.close()
        await looks.close()
        await network.close()
        await prompts.close()
        await control.all_noted()
        accounts.close()
        versions.close()
        changes.close()
    starts.over()
    return again.is_set()


async def until(stop: asyncio.Event, outdated: asyncio.Event) -> bool:
    """Wait for the signal to stop (True), or until the unit is to be put together anew (False).

    Meanwhile feed systemd's watchdog, if there is one, twice in its time.
    """
    microseconds = watchdog_microseconds()
    waits = [asyncio.create_task(event.wait()) for event in (stop, outdated)]
    try:
        while not (stop.is_set() or outdated.is_set()):
            await asyncio.wait(waits, timeout=microseconds / 2_000_000 or None, return_when=asyncio.FIRST_COMPLETED)
            tell_systemd("WATCHDOG=1")
    finally:
        for wait in waits:
            wait.cancel()
    return stop.is_set()


async def spoken_library(office: Office | None) -> tuple[PromptLibrary, list[str]]:
    """The office's prompts, each language spoken by the best voice that works, and what is wrong with better ones.

    What is not spoken within `SPEAKING_S` is spoken in the background, while calls are taken already.
    """
    prompts, faults = PromptLibrary(default_cache(), shipped=default_shipped(), in_background=True), []
    words = first_words(office) if office else []
    languages = office_languages(office) if office else [language(DEFAULT_LANGUAGE)]
    now = asyncio.get_running_loop().time
    until = now() + SPEAKING_S
    for left, spoken in zip(range(len(languages), 0, -1), languages, strict=True):
        share = max(0.0, until - now()) / left
        try:
            await prompts.prepare_within(share, words, spoken, show_progress)
        except NoVoice as error:
            faults.append(told_by(error))
        except SynthesisFailed as error:
            log.error("the voice failed: %s", error)
            faults.append(
                said(
                    "the natural voice for %(language)s failed, so a plain one speaks: %(why)s",
                    language=LANGUAGES[spoken.code],
                    why=told_by(error),
                )
            )
            prompts.change_voice(spoken, espeak_voice(spoken))
            with suppress(SynthesisFailed):  # The unit tells what cannot be said.
                await prompts.prepare_within(share, words, spoken, show_progress)
    return prompts, faults


def show_progress(done: int, total: int, text: str) -> None:
    """Speaking a new office's prompts takes half a minute; show that it goes on."""
    if sys.stdout.isatty():
        print(f"\r  speaking prompts: {done} of {total}", end="\n" if done == total else "", flush=True)
    elif done == total:
        print(f"  spoke {total} prompts", flush=True)


def welcome(unit: Unit, data: Path, web_port: int | None, label: str) -> str:
    """What is printed when the unit is ready: what is wrong, its codes, and how to make a first call.

    label: the code of its label; empty where there is none yet.
    """
    office = unit.office
    lines = [f"Copperdesk is ready for {office.name or 'an office that is not set up yet'}."]
    lines += [f"  Attention: {fault}" for fault in unit.faults]
    if web_port is not None:
        lines.append(
            f"Set it up and watch it at http://localhost:{web_port} (from elsewhere: http://{socket.gethostname()}:{web_port})."
        )
    if (code := unit.spoken_codes.code(SETUP)) is not None:
        dialled = unit.office.codes.spoken_code
        lines.append(f"The code for setting it up is {in_two(code.digits)}. Telephones here say it: dial {dialled}.")
    if label:
        lines.append(f"The code of its label, for a forgotten password, is {label}.")
    lines.append("It is connected to the built-in telephone exchange. In a second terminal:")
    command = Path(sys.argv[0])
    phone = f"{command} phone" if command.name == "copperdesk" else "copperdesk phone"
    phone += "" if data == default_data_folder() else f" --data {data}"
    lines.append(f"  {phone}     then type: call {main_number(office)}")
    lines.append("Stop it with Ctrl-C.")
    return "\n".join(lines)


def in_two(digits: str) -> str:
    """A code as it is easier to read: 1234 5678."""
    return f"{digits[: len(digits) // 2]} {digits[len(digits) // 2 :]}"


def watchdog_microseconds() -> int:
    """After so long without a sign of life systemd starts the daemon anew; 0: it does not look."""
    return int(os.environ.get("WATCHDOG_USEC", 0))


def set_watchdog(microseconds: int) -> None:
    """Have systemd's watchdog, if there is one, wait so long from now on, and count from this moment."""
    if watchdog_microseconds():
        tell_systemd(f"WATCHDOG_USEC={microseconds}")


def tell_systemd(state: str) -> None:
    """Send a state to systemd, as sd_notify(3) does: a datagram to the socket that it names, if it names one."""
    address = os.environ.get("NOTIFY_SOCKET")
    if address:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.setblocking(False)
            notify.connect("\0" + address[1:] if address.startswith("@") else address)
            notify.send(state.encode())
