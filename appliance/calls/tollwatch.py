"""The operator hears of what may be toll fraud: the first call abroad at night, and a limit that is reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from appliance.calls.byitself import lifted
from appliance.calls.guard import standing_now
from appliance.calls.letters import Letter, LetterKind
from appliance.calls.outcome import CallEnded
from appliance.calls.party import Party
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.tasks import Tasks
from appliance.office.languages import LanguageCode
from appliance.office.limits import Limit
from appliance.office.model import Office, Person
from appliance.office.phrase import Digits, Phrase, Sayable, phrase
from appliance.office.rights import DEAR
from appliance.office.standing import When
from appliance.store.calllog import OutsideCall
from hw.audio import Samples

RING_SECONDS = 30.0
ABROAD_TOLD = "abroad-told"
"""The switch that stands at the id of the first call abroad since the office has closed, until it opens."""
AT_MOST_A_NIGHT = timedelta(hours=24)
"""So long it stands so, at most: a call abroad in long holidays is told of every day."""
ONCE_IN = timedelta(days=1)
"""How often it is written of one person, or one telephone, that a limit is reached."""


def limit_switch(whose: str) -> str:
    """Stands at the limit of which the operator was written to last. whose: a person's id, or a telephone's name."""
    return f"limit-told/{whose}"


class TollWatch:
    """Told what is called outside, and what is refused. It neither delays a call nor ends one."""

    def __init__(self, services: Services, office: Callable[[], Office]) -> None:
        self._services = services
        self._office = office
        self._tasks = Tasks(services.faults)
        services.outside.begun.subscribe(self._begun)
        services.outside.refused.subscribe(self._refused)

    async def close(self) -> None:
        """Tell nothing more."""
        await self._tasks.close()

    def _begun(self, call: OutsideCall) -> None:
        office = self._office()
        dear = call.number_class in {one.value for one in DEAR}
        if not dear or not office.rights.abroad_told or self._services.switches.at(ABROAD_TOLD):
            return
        standing = standing_now(self._services, office)
        if standing.what not in (When.CLOSED, When.HOLIDAY):
            return
        tomorrow = self._services.clock.now() + AT_MOST_A_NIGHT
        until = min(standing.until or tomorrow, tomorrow)
        self._tasks.begin("first call abroad", self._tell_abroad(office, call, until))

    async def _tell_abroad(self, office: Office, call: OutsideCall, until: datetime) -> None:
        with suppress(OSError):  # Rather told twice than never.
            await self._services.switches.flip(ABROAD_TOLD, call.call, until)
        found = office.person(call.person)
        facts = {
            "number": call.number,
            "telephone": call.telephone,
            "who": found.name if found is not None else "",
            "when": call.began.isoformat(),
        }
        self._services.outbox.put(Letter(LetterKind.FIRST_ABROAD, office.operator, facts))
        operator = office.person(office.operator)
        station = self._services.lines.stations.get(operator.station or "") if operator is not None else None
        if operator is not None and station is not None and station.name != call.telephone:
            await self._ring(station, operator.language or office.language, abroad_said(office, call))

    async def _ring(self, station: StationLine, language: LanguageCode, said: Phrase) -> None:
        """Ring a telephone, and say this to whoever lifts it."""
        leg = await lifted(station, None, RING_SECONDS) if station.free else None
        if leg is None:
            return
        try:
            with suppress(CallEnded):
                await Party(leg, station, self._speak, language).play(said, phrase("goodbye"))
        finally:
            leg.release()

    def _refused(self, limit: Limit, person: str, telephone: str) -> None:
        whose = person or telephone
        if limit is not Limit.AT_ONCE and not self._services.switches.at(limit_switch(whose)):
            self._tasks.begin("limit reached", self._tell_limit(limit, person, telephone))

    async def _tell_limit(self, limit: Limit, person: str, telephone: str) -> None:
        office, now = self._office(), self._services.clock.now()
        with suppress(OSError):
            await self._services.switches.flip(limit_switch(person or telephone), limit.value, now + ONCE_IN)
        found = office.person(person)
        facts = {
            "limit": limit.value,
            "telephone": telephone,
            "who": found.name if found is not None else "",
            "when": now.isoformat(),
        }
        self._services.outbox.put(Letter(LetterKind.LIMIT_REACHED, office.operator, facts))

    async def _speak(self, said: Sequence[Sayable], language: LanguageCode) -> list[Samples]:
        now = self._office().local(self._services.clock.now())
        return await self._services.announcer.clips(said, now, language)


def abroad_said(office: Office, call: OutsideCall) -> Phrase:
    """What the operator hears of a call abroad."""
    number = Digits(call.number)
    caller: Person | None = office.at_station(call.telephone)
    if not call.telephone:
        return phrase("abroad-from-outside", number=number)
    if caller is None:
        return phrase("abroad-from-nobody", number=number)
    return phrase("abroad-from-extension", extension=Digits(caller.extension), number=number)
