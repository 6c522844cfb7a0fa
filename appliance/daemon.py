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
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.api.calls import offer_calls
from appliance.api.office import offer_office
from appliance.api.status import offer_status
from appliance.cards import office_cards
from appliance.clock import RealClock, off_loop
from appliance.control.folder import DataFolder, default_data_folder
from appliance.control.lock import AlreadyRunning, DataFolderLock
from appliance.control.server import ControlServer
from appliance.faultlog import kind_and_place
from appliance.office.model import MessageLamp, Office
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.prompts.voice import ESPEAK, NoVoice, best_voice
from appliance.simulated import FIRST_NUMBER, simulated_exchange
from appliance.store.office import OfficeStore
from appliance.storedoffice import UnusableFirstOffice, stored_office
from appliance.testphone.service import TestPhones
from appliance.unit import Unit, office_words
from hw.led import GpioLed, LedError
from hw.sim.led import SimLed
from hw.tones.toneplan import tone_plan

log = logging.getLogger(__name__)

DEFAULT_COUNTRY = "us"


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
    except UnusableFirstOffice as error:
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
    made = office_cards(office, plan, exchange)
    prompts, voice_fault = await spoken_library(office)
    led = message_led(office)
    unit = Unit(
        office=office,
        cards=made.cards,
        led=led,
        data=data,
        prompts=prompts,
        clock=clock,
        plan=plan,
        fault=fault,
    )
    control = ControlServer(data.socket)
    phones = TestPhones(
        exchange,
        prompts,
        plan,
        main_number(unit.office),
        lambda: {station.name: station.port for station in unit.office.stations},
    )
    phones.offer(control)
    await exchange.start()
    await unit.start()
    offer_status(control, unit)
    offer_calls(control, unit)
    offer_office(control, unit, store)
    for found in (voice_fault, *made.faults):
        if found:
            unit.trouble.report(found)
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: unexpected(unit, context))
    await control.start()
    tell_systemd("READY=1")
    print(welcome(unit, data.path), flush=True)
    try:
        await until(stop)
    finally:
        tell_systemd("STOPPING=1")
        await control.close()
        await phones.close()
        await unit.close()
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
        return GpioLed((office.led if office else MessageLamp()).gpio)
    except LedError as error:
        log.info("the message LED is simulated: %s", error)
        return SimLed()


def unexpected(unit: Unit, context: dict[str, Any]) -> None:
    """Something failed outside any call. The lines go on; people are told."""
    error = context.get("exception")
    log.error("%s: %s", context.get("message"), kind_and_place(error) if error else "")
    unit.trouble.report(f"an inner fault: {type(error).__name__ if error else context.get('message')}")


def show_progress(done: int, total: int, text: str) -> None:
    """Speaking a new office's prompts takes half a minute; show that it goes on."""
    if sys.stdout.isatty():
        print(f"\r  speaking prompts: {done} of {total}", end="\n" if done == total else "", flush=True)
    elif done == total:
        print(f"  spoke {total} prompts", flush=True)


def welcome(unit: Unit, data: Path) -> str:
    """What is printed when the unit is ready: what is wrong, and how to make a first call."""
    office = unit.office
    lines = [f"Copperdesk is ready for {office.name or 'an office that is not set up yet'}."]
    lines += [f"  Attention: {fault}" for fault in unit.faults]
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
    """Send a state to systemd, as sd_notify(3) does: a datagram to the socket that it names, if it names one."""
    address = os.environ.get("NOTIFY_SOCKET")
    if address:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.setblocking(False)
            notify.connect("\0" + address[1:] if address.startswith("@") else address)
            notify.send(state.encode())
