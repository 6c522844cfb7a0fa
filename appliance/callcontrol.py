"""Calls that go on, as whoever answers for the office handles them from the page: led, parked, ended, taken up, heard.

What is done at a telephone rings that telephone first; the rest happens as soon as it is lifted. Nobody who is called
for help is cut off, led elsewhere or taken away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from appliance.calls.call import Call
from appliance.calls.guard import class_of, forbidden_to
from appliance.calls.outcome import Cause, Outcome
from appliance.calls.parties import is_outside
from appliance.calls.party import Party
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.talk import Talk
from appliance.calls.tasks import Tasks
from appliance.calls.transfer import Park, Transfer
from appliance.calls.trunk import TrunkLine
from appliance.flows.fromdesk import call_lost_caller, led, led_outside, listen_to, take_up
from appliance.office.callback import dialled_back
from appliance.office.destination import ToDepartment, ToElsewhere, ToOutside, ToPerson
from appliance.office.model import Office, Person
from appliance.office.numbering import station_destination
from appliance.switchboard import Switchboard
from hw.callerid.coding import CallerId

RING_SECONDS = 30.0
"""How long the telephone rings at which something is to be done."""


class CannotBeDone(Exception):
    """code: one of those below, for programs; the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def gone() -> CannotBeDone:
    return CannotBeDone("no-such-call", "this call is over")


class CallControl:
    """Of one unit. `close` before the switchboard's services are."""

    def __init__(self, services: Services, switchboard: Switchboard) -> None:
        self._services = services
        self._switchboard = switchboard
        self._tasks = Tasks(services.faults)

    async def close(self) -> None:
        """Stop what has not become a call yet."""
        await self._tasks.close()

    # With the call itself

    async def transfer(self, id: str, to: str) -> None:
        """Lead a call to a person or department. Of two who talk, it is the one from outside who is transferred."""
        call = self._call(id)
        wanted = call.office.person(to) or call.office.department(to)
        if wanted is None:
            raise CannotBeDone("not-found", f"there is neither a person nor a department with the id {to!r}")
        talk = self.talk_of(call)
        if talk is not None:
            initiator, transferred = _sides(talk)
            done = asyncio.get_running_loop().create_future()
            talk.transfer(Transfer(initiator, transferred, wanted.extension, "", _answer_to(done)))
        else:
            self._check_led(call)
            is_person = call.office.person(to) is not None
            destination = ToPerson(to) if is_person else ToDepartment(to)
            done = call.redirecting.redirect(partial(led, call, destination))
        if not await done:
            raise CannotBeDone("not-possible", f"the call cannot be transferred to {wanted.name} at this moment")

    async def transfer_outside(self, id: str, number: str, by: str) -> None:
        """Lead a call to a number outside, which is written in any form. by: the id of the person who wants that;
        empty: nobody of the office.

        It has to be allowed to that person, to whoever of the office talks to the caller, and for somebody outside.
        """
        call = self._call(id)
        destination = self._outside(call.office, number)
        talk = self.talk_of(call)
        sides = _sides(talk) if talk is not None else None
        person = call.office.person(by)
        if isinstance(destination, ToOutside):
            self._check_allowed(call, destination.number, person, sides or (call.caller,))
        if talk is not None and sides is not None:
            initiator, transferred = sides
            done = asyncio.get_running_loop().create_future()
            dialled = dialled_back(call.office, number, inside=False)
            talk.transfer(Transfer(initiator, transferred, dialled, "", _answer_to(done)))
        else:
            self._check_led(call)
            done = call.redirecting.redirect(partial(led_outside, call, destination, person))
        if not await done:
            raise CannotBeDone("not-possible", "the call cannot be transferred at this moment")

    async def park(self, id: str) -> int:
        """Park whoever a telephone of ours talks to; where."""
        call = self._call(id)
        talk = self.talk_of(call)
        if talk is None:
            raise CannotBeDone("nobody-talks", "nobody of the office talks to this caller, so there is nothing to park")
        initiator, parked = _sides(talk)
        if not isinstance(initiator.line, StationLine):
            raise CannotBeDone("nobody-talks", "the call is not on a telephone of the office")
        places, now = call.office.telephones.parking_places, self._services.clock.now()
        parking = self._services.parking
        place = parking.occupy(places, initiator.line, now)
        if place is None:
            raise CannotBeDone("no-place-free", "all parking places are taken")
        done = asyncio.get_running_loop().create_future()
        talk.transfer(Park(initiator, parked, place, _answer_to(done)))
        if not await done:
            parking.vacate(place)
            raise CannotBeDone("not-possible", "the call cannot be parked at this moment")
        return place.number

    def hang_up(self, id: str) -> None:
        """End a call, as if its caller had hung up."""
        call = self._call(id)
        if isinstance(call.caller.line, TrunkLine) and call.record.known.answered is None:
            raise CannotBeDone("not-answered", "this call is not answered yet, so it cannot be hung up")
        call.record.step("ended from the page")
        call.caller.leg.left(Cause.RELEASED)

    # At a telephone

    def pick_up(self, id: str, telephone: str) -> None:
        """Ring this telephone; whoever lifts it talks to the caller, who is in a menu, waits, or is parked."""
        call, line = self._call(id), self._telephone(telephone)
        if self.talk_of(call) is not None:
            raise CannotBeDone("they-talk", "somebody talks to this caller already: have the call transferred instead")
        self._check_led(call)
        shown = self._services.contacts.named(call.caller_id)
        self._ring(line, lambda own: take_up(own, call), "takes a call up from the page", shown, call)

    def listen(self, id: str, telephone: str) -> None:
        """Ring this telephone; whoever lifts it hears what is talked in the call."""
        call, line = self._call(id, helped=True), self._telephone(telephone)
        talk = self.talk_of(call)
        if talk is None:
            raise CannotBeDone("nobody-talks", "nobody talks in this call, so there is nothing to listen to")
        if any(party.line is line for party in talk.parties):
            raise CannotBeDone("telephone-in-use", f"{line.name} is in this call itself")
        announced = self._switchboard.office.telephones.listening_announced
        flow = partial(listen_to, listened=call, going_on=talk, announced=announced)
        self._ring(line, flow, "listens from the page", None, call)

    def call_back(self, number: str, telephone: str) -> None:
        """Ring this telephone, and then call whoever has this number, as a line gave it. Whether that may be called is
        asked once it is lifted."""
        self._outside(self._switchboard.office, number)
        line = self._telephone(telephone)
        shown = self._services.contacts.named(CallerId(number))
        self._ring(line, partial(call_lost_caller, number=number), "calls back from the page", shown, None)

    # What there is

    def talk_of(self, call: Call) -> Talk | None:
        """The talk that the caller takes part in now, if any."""
        talk = self._services.talks.get(call.caller.leg.name)
        return talk if talk is not None and any(party.leg is call.caller.leg for party in talk.parties) else None

    def helps(self, call: Call) -> bool:
        """Whether somebody calls for help, or tries what would happen."""
        lines = [call.caller.line, *(party.line for talk in [self.talk_of(call)] if talk for party in talk.parties)]
        return (
            any(leg.emergency for leg in call.legs)
            or any(isinstance(line, TrunkLine) and line.emergency for line in lines)
            or any(call.caller.leg in one.legs() for one in self._services.emergencies.going_on)
        )

    def may(self, call: Call) -> list[str]:
        """What can be done with a call now: the names of the methods above. Some may be refused all the same."""
        talk = self.talk_of(call)
        if self.helps(call):
            return ["listen"] if talk is not None else []
        if talk is not None:
            own = any(isinstance(party.line, StationLine) for party in talk.parties)
            two = ["transfer", *(["park"] if own else [])] if len(talk.parties) == 2 else []
            return [*two, "listen", "hang_up"]
        led = call.from_outside and call.record.known.direction == "in" and not call.redirecting.bound
        answered = not isinstance(call.caller.line, TrunkLine) or call.record.known.answered is not None
        return [*(["transfer", "pick_up"] if led else []), *(["hang_up"] if answered else [])]

    def _call(self, id: str, *, helped: bool = False) -> Call:
        """A call that goes on. helped: it may be one for help."""
        ongoing = self._switchboard.ongoing.get(id)
        if ongoing is None or ongoing.call.is_elsewhere or ongoing.call.caller.leg.gone.done():
            raise gone()
        if not helped and self.helps(ongoing.call):
            raise CannotBeDone("emergency-call", "this is an emergency call: it can be ended and moved by nobody else")
        return ongoing.call

    def _outside(self, office: Office, number: str) -> ToOutside | ToElsewhere:
        """Where a telephone calls that dials this number."""
        found = station_destination(office, dialled_back(office, number, inside=False))
        if not isinstance(found, ToOutside | ToElsewhere):
            raise CannotBeDone("no-number", "this is no number outside that can be called")
        return found

    def _check_allowed(self, call: Call, number: str, person: Person | None, parties: Sequence[Party]) -> None:
        services, office = self._services, call.office
        own = services.lines.stations.get(person.station or "") if person is not None else None
        wanted = [(person, own, False)]
        for party in parties:
            line = party.line if isinstance(party.line, StationLine) else None
            wanted.append((office.at_station(line.name) if line is not None else None, line, is_outside(party)))
        for whose, telephone, outside in wanted:
            if refused := forbidden_to(services, office, number, whose, telephone, from_outside=outside):
                raise CannotBeDone("not-allowed", f"calls there are not allowed: {refused}")
            if not outside and class_of(services, office, whose, telephone, from_outside=False).account:
                raise CannotBeDone("account-needed", "an account has to be dialled for this call: use the telephone")

    def _check_led(self, call: Call) -> None:
        """Only callers from outside are led: whoever is on a telephone of ours does something with it."""
        if not call.from_outside or call.record.known.direction != "in":
            raise CannotBeDone("not-a-caller", "only a caller from outside can be taken up or led elsewhere")
        if call.redirecting.bound:
            raise CannotBeDone("leaves-a-message", "this caller is leaving a message at this moment")

    def _telephone(self, name: str) -> StationLine:
        line = self._services.lines.stations.get(name)
        if line is None:
            text = f"there is no telephone {name!r}" if name else "choose a telephone first"
            raise CannotBeDone("no-such-telephone", text)
        if not line.free:
            raise CannotBeDone("telephone-in-use", f"{name} is in use: hang it up first")
        if not line.connected:
            raise CannotBeDone("telephone-in-use", f"{name} cannot be reached at this moment")
        return line

    def _ring(
        self,
        line: StationLine,
        flow: Callable[[Call], Awaitable[Outcome]],
        why: str,
        shown: CallerId | None,
        about: Call | None,
    ) -> None:
        """Ring a telephone, and run the flow once it is lifted. about: with this call over, it rings no more."""
        over = about.caller.leg.released if about is not None else None

        async def rung() -> None:
            await self._switchboard.call_up(line, flow, why, shown=shown, seconds=RING_SECONDS, over=over)

        self._tasks.begin(f"rings {line.name} from the page", rung())


def _sides(talk: Talk) -> tuple[Party, Party]:
    """Who leads the other one on, and who is led: the one from outside, or else the caller. Not among three."""
    if len(talk.parties) > 2:
        raise CannotBeDone("three-talk", "three people talk in this call")
    first, second = talk.parties
    outside = isinstance(second.line, TrunkLine) and not isinstance(first.line, TrunkLine)
    return (first, second) if outside else (second, first)


def _answer_to(done: asyncio.Future[bool]) -> Callable[[bool], None]:
    """Tells whoever waits for it what became of a transfer, who may have gone meanwhile."""

    def answer(accepted: bool) -> None:
        if not done.done():
            done.set_result(accepted)

    return answer
