"""What is tried again for whoever found it busy, until it is free: then the telephone here is rung, and connected."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from appliance.calls.byitself import KEPT_FREE, Begin, dialled_again
from appliance.calls.call import Call
from appliance.calls.linesout import lines_out
from appliance.calls.outcome import CallEnded, Cause, Outcome
from appliance.calls.party import Party
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine
from appliance.flows.redialling import again_inside, again_outside, hold_on, nobody_came
from appliance.office.destination import ToOutside, ToPerson
from appliance.office.languages import LanguageCode
from appliance.office.model import Office, Person
from appliance.office.numbering import station_destination
from appliance.office.phrase import Sayable
from appliance.office.redial import EVERY, HANGS_UP, MOST_TRIES, NOT_LIFTED, REDIALS, Redial, read_redial
from appliance.switchboard import Switchboard
from hw.audio import Samples
from hw.callerid.coding import CallerId
from hw.said import said, told_by

RING_SECONDS = 30.0
"""Less than a minute behind the last digit of a number outside, as nobody has lifted for it here (47 CFR 68.318)."""
NO_USE = (Cause.NOT_FOUND, Cause.FAX)
"""A number that gives this is not tried again."""


@dataclass(slots=True)
class Trying:
    """How far it has come with one of them. It is forgotten at a restart, and all begins anew."""

    asked: str
    """What its switch stands at: it is another one once it was asked for again."""
    earliest: datetime
    """When to try next (UTC)."""
    free_since: datetime | None = None
    """Since when all is free that it takes (UTC); None: something is not."""
    tries: int = 0
    """So often a number outside has been tried in vain."""
    going_on: bool = False
    """It is being tried now."""


class Redials:
    """All that is tried again for the telephones of a unit. What is wanted stands in switches."""

    def __init__(self, services: Services, switchboard: Switchboard) -> None:
        self._services = services
        self._switchboard = switchboard
        self._trying: dict[Redial, Trying] = {}

    def look(self, now: datetime, begin: Begin) -> datetime | None:
        """Begin what can be tried now, and say when to look again; None: only once something has changed."""
        wanted = {read_redial(switch): at for switch, at in self._services.switches.standing(REDIALS).items()}
        self._trying = {one: self._known(one, at) or Trying(at, now) for one, at in wanted.items()}
        moments = [moment for one in wanted if (moment := self._look_at(one, now, begin)) is not None]
        return min(moments, default=None)

    def _known(self, redial: Redial, asked: str) -> Trying | None:
        """How far it has come; None of one that is new, or that was asked for once more."""
        trying = self._trying.get(redial)
        return trying if trying is not None and (trying.asked == asked or trying.going_on) else None

    def _look_at(self, redial: Redial, now: datetime, begin: Begin) -> datetime | None:
        trying = self._trying[redial]
        if trying.going_on:
            return None
        station = self._services.lines.stations.get(redial.station)
        called = station_destination(self._office, redial.number)
        if station is None or not station.free or not self._can_be_tried(called):
            trying.free_since = None
            return None
        trying.free_since = trying.free_since or now
        due = max(trying.earliest, trying.free_since + HANGS_UP)
        if due > now:
            return due
        trying.going_on = True
        trying.earliest = now + EVERY
        if isinstance(called, ToOutside):
            begin(f"tries a number for {station.name}", self._try_outside(redial, trying, station, called.number))
        elif isinstance(called, ToPerson) and (person := self._office.person(called.person)) is not None:
            begin(f"calls back {station.name}", self._try_inside(redial, trying, station, person))
        return None

    @property
    def _office(self) -> Office:
        return self._switchboard.office

    def _can_be_tried(self, called: object) -> bool:
        """Whether a colleague is free; for a number outside, whether a line is, and another one stays so.

        One number outside is tried at a time.
        """
        match called:
            case ToPerson(id) if (person := self._office.person(id)) is not None:
                desk = self._services.lines.stations.get(person.station or "")
                return desk is not None and desk.free
            case ToOutside(emergency=False):
                outside = [one for one, trying in self._trying.items() if trying.going_on and self._is_outside(one)]
                return not outside and sum(trunk.free for trunk in self._trunks) > KEPT_FREE
        return False

    def _is_outside(self, redial: Redial) -> bool:
        return isinstance(station_destination(self._office, redial.number), ToOutside)

    @property
    def _trunks(self) -> list[TrunkLine]:
        return [trunk for trunk in self._services.lines.trunks if trunk.facts.outside]

    async def _try_inside(self, redial: Redial, trying: Trying, station: StationLine, person: Person) -> None:
        flow = partial(again_inside, person=person, reached=partial(self._give_up, redial))
        shown = CallerId(person.extension, person.name)
        why = "a colleague is free"
        try:
            lifted = await self._switchboard.call_up(station, flow, why, shown=shown, seconds=RING_SECONDS)
            trying.earliest = self._services.clock.now() + (timedelta() if lifted else NOT_LIFTED)
        finally:
            trying.going_on = False

    async def _try_outside(self, redial: Redial, trying: Trying, station: StationLine, number: str) -> None:
        try:
            ways = lines_out(self._office, self._services.lines.trunks, number)
            match await dialled_again(ways, self._trunks, self._services.faults):
                case TrunkLine() as trunk:
                    await self._free(redial, trying, station, number, trunk)
                case Cause() as why:
                    trying.tries += 1
                    if why in NO_USE or trying.tries >= MOST_TRIES:
                        await self._give_up(redial)
        finally:
            trying.going_on = False

    async def _free(self, redial: Redial, trying: Trying, station: StationLine, number: str, trunk: TrunkLine) -> None:
        """It rings there, or somebody has answered: ring the telephone here, while somebody there is asked to wait."""
        assert trunk.leg is not None
        callee = Party(trunk.leg, trunk, self._speak, self._office.language, progress=trunk.progress)
        holding = asyncio.create_task(self._hold(callee), name=f"{trunk.name} waits for {station.name}")
        lifted = False

        async def connected(call: Call) -> Outcome:
            nonlocal lifted
            lifted = True
            holding.cancel()
            await self._give_up(redial)
            return await again_outside(call, number, callee)

        shown = self._services.contacts.named(CallerId(number))
        over = callee.leg.gone
        try:
            if station.free and self._services.switches.at(redial.switch):
                trying.earliest = self._services.clock.now() + NOT_LIFTED
                await self._switchboard.call_up(
                    station, connected, "a number is free", shown=shown, seconds=RING_SECONDS, over=over
                )
            holding.cancel()
            if not lifted and callee.has_answered:
                await self._give_up(redial)
                await nobody_came(callee)
        finally:
            holding.cancel()
            callee.release()

    async def _hold(self, callee: Party) -> None:
        with suppress(CallEnded):
            await hold_on(callee)
            callee.leg.hear(self._services.music.loop())

    async def _speak(self, said: Sequence[Sayable], language: LanguageCode) -> list[Samples]:
        now = self._office.local(self._services.clock.now())
        return await self._services.announcer.clips(said, now, language)

    async def _give_up(self, redial: Redial) -> None:
        """It is not tried any more. Where the disk does not take that, it ends by itself within half an hour."""
        try:
            await self._services.switches.flip(redial.switch, "")
        except OSError as error:
            if (trying := self._trying.get(redial)) is not None:
                trying.earliest = datetime.max.replace(tzinfo=UTC)
            self._services.faults.report(
                said(
                    "what %(station)s waits for could not be put down: %(why)s",
                    station=redial.station,
                    why=told_by(error),
                )
            )
