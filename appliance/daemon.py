"""The daemon: reads its settings, builds every object by hand, and runs until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.clock import RealClock, off_loop
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder, default_data_folder
from appliance.control.lock import AlreadyRunning, DataFolderLock
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.faultlog import kind_and_place
from appliance.office.document import load_document, parse_office
from appliance.office.model import Led, Office
from appliance.office.problem import OfficeErrors
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.prompts.voice import ESPEAK, NoVoice, best_voice
from appliance.scenario.booth import PhoneBooth
from appliance.simulated import FIRST_NUMBER, simulated_exchange
from appliance.sip import sip_card
from appliance.store.calllog import CallRecord
from appliance.store.documentfile import document_text
from appliance.store.office import DamagedFile, OfficeStore, StoreFull
from appliance.unit import Appliance, office_words
from hw.led import GpioLed, LedError
from hw.rack import Rack
from hw.sim.led import SimLed
from hw.sip.card import SipCard
from hw.sip.profile import profiles
from hw.toneplan import COUNTRIES, TonePlan, tone_plan

log = logging.getLogger(__name__)

DEFAULT_COUNTRY = "us"
LONGEST_LOG = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--office", type=Path, metavar="FILE", help="office document to begin with, where the data folder has none yet"
    )


def run(args: argparse.Namespace) -> int:
    """Run the daemon until SIGTERM or SIGINT. Exit status 1, with a reason on stderr, when it cannot start."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        with DataFolderLock(args.data):
            asyncio.run(serve(DataFolder(args.data), args.office))
    except AlreadyRunning as error:
        print(f"copperdesk: {error}", file=sys.stderr)
        return 1
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    print("Copperdesk has stopped. Goodbye.")
    return 0


async def serve(data: DataFolder, first_office: Path | None) -> None:
    """Build the unit against the built-in exchange and serve until told to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    store = OfficeStore(data.office)
    office, fault = await off_loop(stored_office, store, first_office)
    clock = RealClock()
    plan = tone_plan(office.country if office else DEFAULT_COUNTRY)

    def wall() -> datetime:
        return office.local(clock.now()) if office else clock.now()

    exchange = simulated_exchange(office, plan, wall)
    sip, sip_fault = sip_lines(office, plan)
    prompts, voice_fault = await spoken_library(office)
    led = message_led(office)
    appliance = Appliance(
        office=office,
        card=Rack([exchange.card, sip]) if sip else exchange.card,
        sip=sip,
        led=led,
        data=data,
        prompts=prompts,
        clock=clock,
        plan=plan,
        fault=fault,
    )
    control = ControlServer(data.socket)
    offer(control, appliance, store)
    booth = PhoneBooth(
        exchange,
        prompts,
        plan,
        main_number(appliance.office),
        lambda: {station.name: station.port for station in appliance.office.stations},
    )
    booth.offer(control)
    await exchange.start()
    await appliance.start()
    for found in (voice_fault, sip_fault):
        if found:
            appliance.house.report(found)
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: unexpected(appliance, context))
    await control.start()
    appliance.on_change = lambda: control.publish("status", appliance.status())
    tell_systemd("READY=1")
    print(welcome(appliance, data.path), flush=True)
    try:
        await until(stop)
    finally:
        tell_systemd("STOPPING=1")
        await control.close()
        await booth.close()
        await appliance.close()
        await exchange.close()
        if isinstance(led, GpioLed):
            led.close()


async def until(stop: asyncio.Event) -> None:
    """Wait for the signal to stop. Meanwhile feed systemd's watchdog, if there is one, twice in its time."""
    microseconds = int(os.environ.get("WATCHDOG_USEC", 0))
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), microseconds / 2_000_000 or None)
        tell_systemd("WATCHDOG=1")


def sip_lines(office: Office | None, plan: TonePlan) -> tuple[SipCard | None, str]:
    """The office's SIP card, and why there is none although the office has such lines: the others are answered."""
    try:
        return (sip_card(office, plan) if office else None), ""
    except Exception as error:
        log.error("lines over SIP: %s", kind_and_place(error))
        return None, f"lines over SIP cannot be used: {type(error).__name__}"


async def spoken_library(office: Office | None) -> tuple[PromptLibrary, str]:
    """The office's prompts, spoken by the best voice that works; and what is wrong where that is not the best one."""
    words = office_words(office) if office else []
    try:
        prompts = PromptLibrary(default_cache(), best_voice())
    except NoVoice as error:
        return PromptLibrary(default_cache(), ESPEAK), str(error)
    try:
        await prompts.prepare(words, show_progress)
    except SynthesisFailed as error:
        log.error("the voice failed: %s", error)
        plain = PromptLibrary(default_cache(), ESPEAK)
        with suppress(SynthesisFailed):  # The unit tells what cannot be said.
            await plain.prepare(words, show_progress)
        return plain, f"the natural voice failed, so a plain one speaks: {error}"
    return prompts, ""


def message_led(office: Office | None) -> GpioLed | SimLed:
    """The LED on the office's GPIO line; where there is no GPIO, one that only `status` shows."""
    try:
        return GpioLed((office.led if office else Led()).gpio)
    except LedError as error:
        log.info("the message LED is simulated: %s", error)
        return SimLed()


def stored_office(store: OfficeStore, first: Path | None) -> tuple[Office | None, str]:
    """The office in the data folder, or the one to begin with, and what is wrong with it (then there is none)."""
    try:
        stored = store.load()
        document: object = stored.document
        if document is None and first is not None:
            return first_office(store, first)
        if first is not None:
            print(
                f"{first} is not used: this unit has an office already. To put {first} in its place: "
                f"copperdesk office load {first}",
                flush=True,
            )
        if document is None:
            return None, "there is no office yet: load one with `copperdesk office load FILE`"
        return parse_office(document, COUNTRIES, profiles()), stored.fault
    except (OfficeErrors, DamagedFile) as error:
        return None, (
            f"the office document cannot be used, so the built-in attendant answers: {error}. "
            "Load a good one with `copperdesk office load FILE`."
        )


class Refused(Exception):
    """The office to begin with cannot be used; the message holds all its mistakes."""


def first_office(store: OfficeStore, file: Path) -> tuple[Office, str]:
    """The office to begin with, stored; and why it could not be. Refused where it has mistakes or cannot be read."""
    try:
        document = load_document(document_text(file))
        office = parse_office(document, COUNTRIES, profiles())
    except OfficeErrors as errors:
        raise Refused(f"{errors}\ncopperdesk: {file} has mistakes, so Copperdesk was not started with it") from errors
    except UnicodeDecodeError as error:
        raise Refused(f"copperdesk: {file} is not a text file in UTF-8") from error
    except OSError as error:
        raise Refused(f"copperdesk: {file} cannot be read: {error.strerror}") from error
    assert isinstance(document, dict)
    try:
        store.save(document)
    except OSError as error:
        return office, f"the office could not be saved: {error}"
    return office, ""


def offer(control: ControlServer, appliance: Appliance, store: OfficeStore) -> None:
    """What the command line, and later the pages, can ask of the unit."""

    loading = asyncio.Lock()

    async def status(_params: dict[str, Any]) -> Any:
        return appliance.status()

    async def recent(params: dict[str, Any]) -> Any:
        limit = min(max(params["limit"], 1), LONGEST_LOG)
        return [as_json(record, appliance.office) for record in await off_loop(appliance.calls.recent, limit)]

    async def load(params: dict[str, Any]) -> Any:
        document = params["document"]
        try:
            office = parse_office(document, COUNTRIES, profiles())
        except OfficeErrors as errors:
            raise ControlError("office-refused", str(errors)) from errors
        async with loading:  # What is stored last is what is used.
            try:
                await appliance.prepare(office)
                await off_loop(store.save, document)
            except SynthesisFailed as error:
                raise ControlError("voice-failed", str(error)) from error
            except StoreFull as error:
                raise ControlError("disk-full", str(error)) from error
            before, warnings = appliance.office, appliance.left_out(office)
            if (office.country, office.led, office.sip) != (before.country, before.led, before.sip):
                return {"restart": True, "warnings": warnings}
            await appliance.use(office)
            return {"restart": False, "warnings": warnings}

    control.method("status", status)
    control.method("log", recent, {"limit": Param(int, 20)})
    control.method("office.load", load, {"document": Param(dict)})
    control.topic("status", appliance.status)


def as_json(record: CallRecord, office: Office) -> dict[str, Any]:
    """A call record with its times in ISO 8601, on the office's clock."""
    return {
        name: office.local(value).isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(record).items()
    }


def unexpected(appliance: Appliance, context: dict[str, Any]) -> None:
    """Something failed outside any call. The lines go on; people are told."""
    error = context.get("exception")
    log.error("%s: %s", context.get("message"), kind_and_place(error) if error else "")
    appliance.house.report(f"an inner fault: {type(error).__name__ if error else context.get('message')}")


def show_progress(done: int, total: int, text: str) -> None:
    """Speaking a new office's prompts takes half a minute; show that it goes on."""
    if sys.stdout.isatty():
        print(f"\r  speaking prompts: {done} of {total}", end="\n" if done == total else "", flush=True)
    elif done == total:
        print(f"  spoke {total} prompts", flush=True)


def welcome(appliance: Appliance, data: Path) -> str:
    """What a newcomer needs to know now."""
    office = appliance.office
    lines = [f"Copperdesk is ready for {office.name or 'an office that is not set up yet'}."]
    lines += [f"  Attention: {fault}" for fault in appliance.faults]
    lines.append("It is connected to the built-in telephone exchange. In a second terminal:")
    command = Path(sys.argv[0])
    phone = f"{command} phone" if command.name == "copperdesk" else "copperdesk phone"
    phone += "" if data == default_data_folder() else f" --data {data}"
    lines.append(f"  {phone}     then type: call {main_number(office)}")
    lines.append("Stop it with Ctrl-C.")
    return "\n".join(lines)


def main_number(office: Office) -> str:
    """What the public dials for the office."""
    return next((trunk.number for trunk in office.trunks if trunk.number), str(FIRST_NUMBER))


def tell_systemd(state: str) -> None:
    """The sd_notify protocol: one datagram to the socket systemd names; nothing where there is none."""
    address = os.environ.get("NOTIFY_SOCKET")
    if address:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.setblocking(False)
            notify.connect("\0" + address[1:] if address.startswith("@") else address)
            notify.send(state.encode())
