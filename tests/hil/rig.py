"""The instrument: it has the gateway place calls on the unit's lines, takes those that come back, and listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Protocol, cast
from urllib.parse import quote

import numpy as np
import pytest

from appliance.clock import off_loop
from appliance.control.client import ControlClient
from appliance.control.folder import DataFolder
from appliance.ear.clipbook import ClipBook
from appliance.ear.ear import DIAL_TONE_NAMES
from appliance.office.document import load_document, parse_office
from appliance.office.phrase import Words
from appliance.officewords import office_words
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache
from hw.audio import Samples
from hw.sip.call import SipCall
from hw.sip.endpoint import EndpointLine, Events, Place, SipEndpoint
from hw.sip.message import SipMessage
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES, tone_plan
from tests.hil.benchfile import Bench, Wire
from tests.hil.call import BenchCall, NotInTime
from tests.hil.ear import CallEar

MESSAGE = "Good morning, this is Jane. Please call me back about the order for Thursday."
JANE = ("4075550123", "Jane Roe")
BETWEEN_CALLS_S = 3.0
"""A unit does not use a line for 2 s after hanging up, so that the exchange notices (docs/lines.md)."""

READY_S = 15.0
FREE_S = 25.0
UNCLAIMED_S = 10.0
"""A call from the gateway that no case has taken by then is refused."""


class Inside(Protocol):
    """What can be asked of a unit itself, where it can be reached."""

    async def log(self, limit: int) -> list[dict[str, Any]]: ...

    async def status(self) -> dict[str, Any]: ...


class Running:
    """A unit that runs on a data folder of this machine."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    async def log(self, limit: int) -> list[dict[str, Any]]:
        return cast(list[dict[str, Any]], await self._ask("log", limit=limit))

    async def status(self) -> dict[str, Any]:
        return cast(dict[str, Any], await self._ask("status"))

    async def _ask(self, method: str, **params: Any) -> Any:
        async with ControlClient(self._folder.socket) as control:
            return await control.call(method, **params)


class Rig:
    """The instrument, on one bench."""

    def __init__(self, bench: Bench, *, short: bool) -> None:
        self.bench = bench
        """What is on the bench."""
        self.short = short
        """Only a selection is tried, as in a run of the continuous integration."""
        self.office = parse_office(load_document(bench.office.read_text("utf-8")), COUNTRIES, profiles())
        """The unit's office."""
        self.plan = tone_plan(self.office.country)
        """The tone plan of its country."""
        self.profile = bench.profile
        """The gateway's model."""
        self.prompts = PromptLibrary(default_cache())
        """Speaks what the unit says, for the recogniser, and what callers say."""
        self.language = language(self.office.language)
        """What the unit speaks."""
        self.book = ClipBook()
        """What the recogniser knows."""
        self.inside: Inside | None = None
        """Asks the unit itself; None where it cannot be reached."""
        self.hooks: dict[str, list[tuple[float, bool]]] = {}
        """When the loop of a station's wire was opened (False) and closed, by its user, where that can be seen."""
        self.trunks = list(bench.trunks[:2] if short else bench.trunks)
        """The wires to the unit's trunks."""
        self.stations = list(bench.stations[:2] if short else bench.stations)
        """The wires to its stations."""
        self.gateway_address = bench.gateway.address
        """The gateway's IPv4 address."""
        self.kit_address = bench.kit.address
        """This machine's IPv4 address."""
        self.message: Samples
        """Speech, as a caller leaves it."""
        self.recorded: list[BenchCall] = []
        """The calls of this case, for the report."""
        self.progress: Callable[[str], None] = lambda _text: None
        """Told how far a long case is."""
        self._incoming: dict[str, asyncio.Queue[BenchCall]] = {wire.user: asyncio.Queue() for wire in self.wires}
        self._open: list[BenchCall] = []
        self._ready = 0
        self._trouble = ""
        self._count = 0

    @staticmethod
    def now() -> float:
        return asyncio.get_running_loop().time()

    @property
    def wires(self) -> list[Wire]:
        return [*self.trunks, *self.stations]

    async def start(self) -> None:
        """Have all words spoken that may be heard, and open the SIP ports."""
        await self.prompts.prepare([*office_words(self.office), Words(MESSAGE)], [self.language])
        self.message = np.concatenate(self.prompts.clips([Words(MESSAGE)], datetime.now(UTC), self.language))
        await off_loop(self._learn)
        if self.bench.data is not None:
            self.inside = Running(DataFolder(self.bench.data))
        place = Place(self.kit_address, (self.gateway_address,), self.bench.kit.sip_port, codecs=self.profile.codecs)
        lines = {wire.user: EndpointLine(wire.user, users=(wire.user,)) for wire in self.wires}
        self.endpoint = SipEndpoint(place, lines, Events(self._rings, on_trouble=self._told))
        await self.endpoint.start()
        async with asyncio.timeout(READY_S):
            while self._ready < len(self.endpoint.workers):
                if self._trouble:
                    raise RuntimeError(f"the kit has no SIP on {self.kit_address}: {self._trouble}")
                await asyncio.sleep(0.05)

    async def close(self) -> None:
        await self.endpoint.close()

    def port_of(self, wire: Wire) -> int:
        """The kit's UDP port for this wire: where the gateway calls."""
        return self.endpoint.ports[wire.user]

    # Calls

    def call_in(self, trunk: Wire, number: str = JANE[0], name: str = JANE[1]) -> BenchCall:
        """The gateway rings the unit's trunk, with this caller ID."""
        return self._call(trunk, trunk.user, f'"{name}" <sip:{number}@{self.kit_address}>', "trunk", self.trunks)

    async def rings(self, trunk: Wire, number: str = JANE[0], name: str = JANE[1]) -> BenchCall:
        """The same, once the trunk is free; returns when it rings."""
        began = self.now()
        while True:
            call = self.call_in(trunk, number, name)
            await call.until(lambda call=call: call.rang_at or call.ended_at, 10, "answered by the gateway")
            if call.rang_at:
                return call
            self.recorded.remove(call)
            if self.now() - began > FREE_S:
                raise NotInTime(f"{trunk.port} is not free within {FREE_S:g} s: status {call.status}")
            await asyncio.sleep(0.5)

    def lift(self, station: Wire, number: str = "") -> BenchCall:
        """The gateway goes off hook at the unit's FXS port and dials the number, if one is given."""
        one_stage = bool(number) and self.profile.dialling == "one-stage"
        user = number if one_stage else station.user
        return self._call(station, user, f"<sip:{station.user}@{self.kit_address}>", "station", self.stations)

    async def dialled(self, station: Wire, number: str) -> BenchCall:
        """Go off hook at the unit's FXS port and dial the number, in the way of the gateway's model."""
        call = await self.lift(station, number).answered()
        if self.profile.dialling == "two-stage":
            await call.hears(*DIAL_TONE_NAMES, seconds=5)
            call.press(number)
        return call

    async def rung(self, wire: Wire, seconds: float = 15.0) -> BenchCall:
        """Wait for the next call of the gateway's from this wire. It is not answered yet."""
        try:
            return await asyncio.wait_for(self._incoming[wire.user].get(), seconds)
        except TimeoutError:
            raise NotInTime(f"the gateway did not call {wire.user} within {seconds:g} s") from None

    async def greeted(self, trunk: Wire) -> BenchCall:
        """Call in on this trunk, and wait until the greeting is heard."""
        call = await self.rings(trunk)
        await call.answered()
        await call.hears(self.bench.unit.greeting)
        return call

    async def talking(self, trunk: Wire, station: Wire) -> tuple[BenchCall, BenchCall]:
        """Connect a caller on the trunk with somebody at the station. Returns the call of each."""
        caller = await self.rings(trunk)
        await caller.answered()
        await caller.passes(0.5)
        caller.press(station.extension)
        callee = await self.rung(station)
        callee.accept()
        await callee.answered()
        await caller.passes(0.5)
        return caller, callee

    async def takes_calls(self, trunk: Wire, seconds: float) -> float:
        """How many seconds it is until the trunk is free. The gateway says busy while the unit has it off hook."""
        began = self.now()
        while self.now() - began < seconds:
            probe = self.call_in(trunk)
            self.recorded.remove(probe)
            await probe.until(lambda call=probe: call.rang_at or call.ended_at, 5, "answered by the gateway")
            probe.hang_up()
            await probe.until(lambda call=probe: call.ended_at, 5, "over")
            if probe.rang_at:
                return probe.rang_at - began
            await asyncio.sleep(0.2)
        raise NotInTime(f"{trunk.port} is still held after {seconds:g} s")

    async def settle(self) -> None:
        """End all calls, and let the lines rest until the unit takes the next ones. In a short run `rings` waits."""
        for call in self._open:
            call.hang_up()
        for call in self._open:
            with suppress(NotInTime):
                await call.ended(5)
        used = bool(self._open)
        self._open.clear()
        for queue in self._incoming.values():
            while not queue.empty():
                queue.get_nowait()
        if used and not self.short:
            await self._rest()

    def need(self, thing: object, what: str) -> None:
        """Skip the case where the bench lacks something, and say what."""
        if not thing:
            pytest.skip(f"the bench file names no {what}")

    async def _rest(self) -> None:
        """Wait until the unit says that all is idle or, where it cannot be asked, as long as that takes."""
        if self.inside is None:
            await asyncio.sleep(BETWEEN_CALLS_S)
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(4 * BETWEEN_CALLS_S):
                while not idle(await self.inside.status()):  # noqa: ASYNC110 - it can only be asked
                    await asyncio.sleep(0.1)

    def _call(self, wire: Wire, user: str, caller: str, kind: str, others: list[Wire]) -> BenchCall:
        profile = self.profile
        index = others.index(wire)
        port = wire.sip_port or profile.sip_port("fxs" if kind == "trunk" else "fxo", index)
        uri = f"sip:{quote(user, safe='*+')}@{self.gateway_address}:{port}"
        return self._kept(wire, f"{kind} {wire.port}", self.endpoint.call(wire.user, uri, caller))

    def _kept(self, wire: Wire, name: str, call: SipCall, message: SipMessage | None = None) -> BenchCall:
        self._count += 1
        kept = BenchCall(f"{self._count}: {name}", call, CallEar(self.book, self.plan), self.profile, message)
        self._open.append(kept)
        self.recorded.append(kept)
        return kept

    def _rings(self, call: SipCall, _source: str, message: SipMessage) -> None:
        """Take a call from the gateway. It belongs to the wire whose user is called, or whose user calls."""
        for user in (message.user, message.from_user):
            wire = next((wire for wire in self.wires if wire.user == user), None)
            if wire is not None:
                kept = self._kept(wire, f"from {wire.port}", call, message)
                call.alert()
                self._incoming[wire.user].put_nowait(kept)
                asyncio.get_running_loop().call_later(UNCLAIMED_S, self._refuse, wire, kept)
                return
        call.clear(404)

    def _refuse(self, wire: Wire, call: BenchCall) -> None:
        """Refuse a call that no case has taken, as busy, so that the line is free again."""
        queue = self._incoming[wire.user]
        waiting = [queue.get_nowait() for _ in range(queue.qsize())]
        for one in waiting:
            if one is call:
                call.hang_up()
            else:
                queue.put_nowait(one)

    def _told(self, trouble: str) -> None:
        self._ready += not trouble
        self._trouble = trouble or self._trouble
        if trouble:
            self.progress(f"SIP of the kit: {trouble}")

    def _learn(self) -> None:
        for text, samples in self.prompts.texts(self.language).items():
            self.book.add(text, samples)


def idle(status: dict[str, Any]) -> bool:
    """Whether the unit is done with all calls."""
    lines = [line["state"] for line in (*status["trunks"], *status["stations"])]
    return not status["calls"] and all(state in ("idle", "on-hook", "lost") for state in lines)
