"""A unit with lines over SIP, in real time, at loopback addresses of a test's own."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from appliance.calls.trunk import TrunkLine
from appliance.clock import LoopClock
from appliance.control.folder import DataFolder
from appliance.office.document import parse_office
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.simulated import simulated_exchange
from appliance.sip import sip_card
from appliance.store.calllog import CallRecord
from appliance.unit import Unit
from hw.audio import Samples
from hw.sim.exchange import Exchange
from hw.sim.led import SimLed
from hw.sim.telephone import Telephone
from hw.sip.card import SipCard
from hw.tones.toneplan import TonePlan, tone_plan
from tests.calls.world import MORNING, OFFICE

PATIENCE_S = 20.0
"""A loaded machine is late; what has not come by then does not come."""
_LOOK_S = 0.02
_hosts = itertools.count(1)


def own_address() -> str:
    """An address in 127.160.0.0/11 that no other test has: by the test process and a counter."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return f"127.{160 + worker % 32}.{os.getpid() % 256}.{next(_hosts) % 254 + 1}"


def free_port() -> int:
    """A port that nobody has at 127.0.0.1, for programs that cannot send from any other address of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket(socket.AF_INET) as tcp:
        udp.bind(("127.0.0.1", 0))
        port = int(udp.getsockname()[1])
        tcp.bind(("127.0.0.1", port))
        return port


async def until(there: Callable[[], Any], what: str, seconds: float = PATIENCE_S) -> Any:
    """Wait until this is true, and return it. AssertionError, which says what did not come."""
    loop = asyncio.get_running_loop()
    last = loop.time() + seconds
    while not (found := there()):
        assert loop.time() < last, f"no {what} within {seconds} s"
        await asyncio.sleep(_LOOK_S)
    return found


class RunningUnit:
    """The unit with all its lines. `exchange`: for those that are copper."""

    def __init__(
        self,
        appliance: Unit,
        sip: SipCard,
        exchange: Exchange,
        prompts: PromptLibrary,
        address: str,
        plan: TonePlan,
    ) -> None:
        self.appliance = appliance
        self.prompts = prompts
        self.sip = sip
        self.exchange = exchange
        self.address = address
        self.plan = plan

    @property
    def clips(self) -> Mapping[str, Samples]:
        """What it can say, by its text."""
        return self.prompts.texts(language("en"))

    def trunk(self, name: str) -> TrunkLine:
        return next(trunk for trunk in self.appliance.lines.trunks if trunk.name == name)

    def talks_to(self, caller: str) -> bool:
        """Whether a call of this caller is being attended to."""
        return any(one.caller == caller for one in self.appliance.switchboard.ongoing.values())

    def talking(self, trunk: str) -> bool:
        """Whether who is on this trunk is in a conversation."""
        leg = self.trunk(trunk).leg
        return leg is not None and leg.in_conversation

    def in_conversation(self, station: str) -> bool:
        """Whether who is on this telephone is in a conversation."""
        leg = self.appliance.lines.stations[station].leg
        return leg is not None and leg.in_conversation

    def at(self, port: str) -> str:
        """Where calls for this line are taken."""
        return f"{self.address}:{self.sip.endpoint.ports[port]}"

    def telephone(self, port: str) -> Rung:
        """The analog telephone on this port."""
        return Rung(self.exchange.telephones[port])

    def records(self, caller: str) -> list[CallRecord]:
        """The calls of this caller that are over, the oldest first."""
        found = reversed(self.appliance.calls.recent(1000))
        return [record for record in found if record.caller_number == caller and record.ended is not None]

    async def record(self, caller: str, count: int = 1) -> CallRecord:
        """The last record of this caller, once there are so many, and never more."""
        found = await until(lambda: len(self.records(caller)) >= count and self.records(caller), f"record of {caller}")
        assert len(found) == count, found
        last: CallRecord = found[-1]
        return last

    async def all_idle(self, seconds: float = PATIENCE_S) -> None:
        """Wait until no line is in use, nor any call in a worker."""
        all_lines = self.appliance.lines
        lines = [*all_lines.trunks, *all_lines.station_lines]

        def busy() -> list[str]:
            states = [f"{line.name} is {line.state.value}" for line in lines]
            calls = [f"{port.name} has a call" for port in (*self.sip.fxo, *self.sip.fxs) if port.call is not None]
            return [text for text in states if not text.endswith((" idle", " on-hook"))] + calls

        try:
            await until(lambda: not busy() and not self.appliance.switchboard.ongoing, "quiet", seconds)
        except AssertionError:
            raise AssertionError(f"not idle: {busy()}, calls {self.appliance.switchboard.ongoing}") from None


class Rung:
    """An analog telephone of the unit, with a count of its rings, from the first burst of each ringing."""

    def __init__(self, telephone: Telephone) -> None:
        self.telephone = telephone
        self.rings = 0
        telephone.observers.append(self._saw)

    def _saw(self, what: str) -> None:
        self.rings += what == "ringing"

    async def ringing(self) -> None:
        before = self.rings
        await until(lambda: self.rings > before, f"ring of {self.telephone.name}")


def document(sip: dict[str, Any], trunks: Mapping[str, dict[str, Any]], stations: Mapping[str, str]) -> dict[str, Any]:
    """The example office with this SIP section. trunks: by port, what is special of each, in place of the copper ones;
    stations: the ports of those that are no longer copper, by name."""
    office: dict[str, Any] = json.loads(OFFICE.read_text(encoding="utf-8"))
    own = [{"name": f"line {port}", "port": port, **special} for port, special in trunks.items()]
    office["trunks"] = own
    for station in office["stations"]:
        station["port"] = stations.get(station["name"], station["port"])
    return office | {"sip": sip}


@asynccontextmanager
async def unit(
    office_document: dict[str, Any], data: Path, digits: Mapping[str, Literal["info", "in-band"]] | None = None
) -> AsyncIterator[RunningUnit]:
    """The unit of this office, from `start` to `close`. digits: of ports whose device sends digits another way than
    its model does."""
    office = parse_office(office_document)
    clock = LoopClock(asyncio.get_running_loop(), MORNING)
    plan = tone_plan(office.country)
    exchange = simulated_exchange(office, plan, lambda: office.local(clock.now()))
    sip = sip_card(office, plan)
    assert sip is not None
    for port in (*sip.fxo, *sip.fxs):
        way = (digits or {}).get(port.name)
        if way is not None:
            own = replace(port.device.profile, digits_in=way, digits_out=way)
            port.device = replace(port.device, profile=own)
    prompts = PromptLibrary(default_cache())
    appliance = Unit(
        office=office,
        cards=[exchange.card, sip],
        led=SimLed(),
        data=DataFolder(data),
        prompts=prompts,
        clock=clock,
        plan=plan,
    )
    await exchange.start()
    try:
        await appliance.start()
        try:
            await until(lambda: all(worker.serving for worker in sip.endpoint.workers), "worker that serves")
            yield RunningUnit(appliance, sip, exchange, prompts, office.sip.address, plan)
        finally:
            await appliance.close()
    finally:
        await exchange.close()
