"""The parties of a call: who they are, and how they talk to each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from appliance.calls.leg import Leg
from appliance.calls.lines import Line
from appliance.calls.outcome import Cause
from appliance.calls.party import BRIDGE_SILENCE_SECONDS, Party, told_by_silence
from appliance.calls.patience import HoldQuestion, ask_while_held
from appliance.calls.record import Record
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.talk import Drop, FaxComes, Taken, Talk, Tired, Turn
from appliance.calls.transfer import Join, LeftHolding, LetFax, Park, Transfer, WaitsNoMore
from appliance.calls.trunk import TrunkLine
from appliance.calls.whocalls import WhoCalls
from appliance.office.model import Office, Person
from appliance.office.phrase import Sayable
from appliance.office.routes import dearest_class_of
from appliance.store.calllog import OutsideCall
from hw.callerid.coding import CallerId


class Parties:
    """Whom a call is between. The caller is whoever the flow serves; who that is may change, by a transfer."""

    def __init__(self, services: Services, office: Office, record: Record, caller: Party, who: WhoCalls) -> None:
        self.services = services
        """What every call of the unit has at its disposal."""
        self.office = office
        """The office as it was when the call began."""
        self.record = record
        """Its entry in the call log."""
        self.caller = caller
        """Whom the flow serves."""
        self.who = who
        """What is known of the caller."""
        self.account = ""
        """The code of the account that its calls outside are for; empty: none."""
        self.led_by: Party | None = None
        """Who has transferred the caller last."""
        self.cause: Cause | None = None
        """How a talk ended."""
        self.on_change: Callable[[], None] = lambda: None
        """Called when somebody has been reached, or no longer takes part."""
        self.on_talk: Callable[[Sequence[Party]], None] = lambda _parties: None
        """Called with all who take part, when a talk begins."""
        self.stations = services.lines.stations
        """The telephones by the names that they had when the call began."""
        self._parties: list[Party] = []
        self._elsewhere = False

    @property
    def caller_id(self) -> CallerId | None:
        """Who calls, as the line or the caller told."""
        return self.who.caller_id

    @property
    def owner(self) -> Person | None:
        """Whose telephone the caller's is, where it is one of ours."""
        line = self.caller.line
        return self.office.at_station(line.name) if isinstance(line, StationLine) else None

    @property
    def consults(self) -> bool:
        """The caller's telephone has a call on hold, and makes this one besides."""
        line = self.caller.line
        return isinstance(line, StationLine) and any(leg is not self.caller.leg for leg in line.held)

    @property
    def from_outside(self) -> bool:
        """It came in from the public network, not from another of our offices or from a telephone of ours."""
        return is_outside(self.caller)

    @property
    def called(self) -> str:
        """What was dialled."""
        return self.record.known.called

    @property
    def legs(self) -> list[Leg]:
        """Those of all who take part, or did."""
        own = [] if self._elsewhere else [self.caller.leg]
        return [*own, *(party.leg for party in self._parties)]

    async def bridge(
        self, other: Party, question: HoldQuestion | None = None
    ) -> Transfer | LeftHolding | WaitsNoMore | FaxComes | None:
        """Let the caller and another party talk until one of them leaves; then both are done with each other.

        Or until one of them wants the other transferred, or one to join: then how. Both are still there, and whoever
        asked waits to be told by `remains`, `take`, `join` or the transfer's `refuse`. Or until one of them is a
        telephone that was hung up and held the other, or holds the other who is tired of waiting, or the caller turns
        out to be a fax machine: then that it is so.

        question: what somebody from outside is asked who is on hold for long.
        """
        match await self._talk(self.caller, other, question=question):
            case (Transfer() | FaxComes()) as asked:
                return asked
            case Taken(party):
                self._parties.remove(party)
                self.cause = Cause.TRANSFERRED
            case Party(leg, StationLine() as station) as first if leg.gone.result() is Cause.LEFT_HOLDING:
                self._goes_on_without(first, other if first is self.caller else self.caller)
                return LeftHolding(station)
            case Tired(party):
                holder = other if party is self.caller else self.caller
                assert isinstance(holder.line, StationLine), "only a telephone holds"
                self.record.step("waits no longer")
                self._goes_on_without(holder, party)
                return WaitsNoMore(holder.line)
            case Party() as first:
                self.cause = first.leg.gone.result()
                other.release()
            case Drop():
                raise AssertionError("of two, nobody can be dropped")
        return None

    async def confer(self, other: Party, joined: Party, joiner: Party) -> Party:
        """Let three talk until one of them leaves, or until the joiner has whoever joined dropped by a hook flash.

        Returns whom the caller, who may be another one then, talks on with. A call for help is not dropped.
        """
        three = [self.caller, other, joined]
        while True:
            match await self._talk(*three):
                case Party() as gone:
                    break
                case Drop(by) if by is joiner:
                    gone = joined
                    break
        first, second = (party for party in three if party is not gone)
        self.record.step(f"without {gone.name}")
        self._goes_on_without(gone, first)
        return second

    def counts(self, number: str, whose: Person | None, telephone: str) -> Callable[[], None]:
        """Count a call to a number outside; what is returned is to be called when it is over.

        whose: who calls it, or whose calls go there; None: nobody in particular. telephone: on which; or empty.
        """
        found = dearest_class_of(self.office, number)
        person = whose.id if whose is not None else ""
        began = self.services.clock.now()
        return self.services.outside.begin(
            OutsideCall(self.record.id, began, number, found.value, person, telephone, self.account)
        )

    def remains(self, transfer: Transfer) -> None:
        """Make a transfer: who asked for it is done with this call, and who remains is its caller from now on."""
        self.record.step("transferred")
        self.led_by = transfer.initiator
        transfer.accept()
        self._goes_on_without(transfer.initiator, transfer.transferred)

    def take(self, transfer: Transfer) -> Party | None:
        """Make an attended transfer: take over whom the initiator talks to in its other call.

        None where that cannot be: there is no such call, or it is one that has to take over this one's party; then who
        asked is told, or will be, and both parties go on as before.
        """
        party = self._take_called(transfer.to)
        if party is not None:
            self.remains(transfer)
            return party
        talk = self.services.talks.get(transfer.to)
        there = talk.at(transfer.to) if talk is not None else None
        if talk is None or there is None or there is talk.parties[0] or self.caller is not transfer.initiator:
            transfer.refuse()
        else:
            talk.transfer(transfer.handed_to(there, talk.other(there), self.caller.leg.name))
        return None

    def join(self, join: Join) -> Party | None:
        """Take over whom the initiator talks to in its other call, for a talk of three. None where that cannot be."""
        party = self._take_called(join.to)
        if party is None:
            join.refuse()
            return None
        self.record.step("joined")
        join.accept()
        return party

    @property
    def can_park(self) -> bool:
        """The caller's telephone holds somebody who can be parked."""
        return self._held_talk() is not None

    def park_held(self) -> int | None:
        """Have whoever the caller's telephone holds parked, and return in which place; None where all are taken.

        Only where it `can_park`.
        """
        talk, line = self._held_talk(), self.caller.line
        assert talk is not None
        assert isinstance(line, StationLine)
        parking = self.services.parking
        place = parking.occupy(self.office.telephones.parking_places, line, self.services.clock.now())
        if place is None:
            return None

        def told(done: bool) -> None:
            if not done:
                parking.vacate(place)

        holder = next(party for party in talk.parties if party.line is line)
        talk.transfer(Park(holder, talk.other(holder), place, told))
        return place.number

    def let_held_fax(self) -> bool:
        """Have the fax received of whoever the caller's telephone holds. False where it holds nobody who could."""
        talk, line = self._held_talk(), self.caller.line
        if talk is None:
            return False
        holder = next(party for party in talk.parties if party.line is line)
        talk.transfer(LetFax(holder, talk.other(holder), lambda _done: None))
        return True

    def _held_talk(self) -> Talk | None:
        """The talk of two that the caller's telephone has put on hold last; none with somebody called for help."""
        line = self.caller.line
        held = [leg for leg in line.held if leg is not self.caller.leg] if isinstance(line, StationLine) else []
        talk = self.services.talks.get(held[-1].name) if held else None
        if talk is None or len(talk.parties) > 2 or any(party.leg.emergency for party in talk.parties):
            return None
        return talk

    @property
    def is_elsewhere(self) -> bool:
        """The caller's telephone takes part in another call."""
        return self._elsewhere

    def leave_alone(self) -> None:
        """Be done with everybody but the caller, who hears nothing then, and of whom no key is waiting."""
        for party in self._parties:
            party.release()
        self._parties.clear()
        leg = self.caller.leg
        leg.hear(None)
        leg.forget_digits()
        leg.ignore_fax()
        leg.calling = ""
        self.on_change()

    async def take_part_elsewhere(self) -> None:
        """Let the caller's telephone take part in another call, until that is done with it or it was hung up."""
        leg = self.caller.leg
        leg.swaps = self.consults
        self._elsewhere = True
        self.on_change()
        ends: list[asyncio.Future[Any]] = [leg.gone, leg.released]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)

    def _take_called(self, leg: str) -> Party | None:
        party = self.services.talks.take_called(leg)
        if party is not None:
            self._parties.append(party)
            self.on_change()
        return party

    def _goes_on_without(self, gone: Party, first: Party) -> None:
        """Be done with this party. If it was the caller, the first of the others is that from now on."""
        if gone is self.caller:
            self._parties.remove(first)
            self.caller = first
            self.who.caller_id = self._known_at(first.line)
        else:
            self._parties.remove(gone)
        gone.release()
        self.on_change()

    async def _talk(self, *parties: Party, question: HoldQuestion | None = None) -> Turn:
        self.record.answered()
        self.on_talk(parties)
        silence = BRIDGE_SILENCE_SECONDS if told_by_silence(parties) else None
        talk = Talk(parties, self.services.tones, self.services.music, silence)
        if len(parties) == 2 and self._may_fax(self.caller):
            heard = self.caller.leg.watch_for_fax(certain=True)
            heard.add_done_callback(partial(self._fax_heard, talk))
        unsubscribe = [party.leg.held_changed.subscribe(partial(self._held, party)) for party in parties]
        asking = [
            asyncio.create_task(ask_while_held(talk, party, question), name=f"asking {party.name} on hold")
            for party in parties
            if question is not None and asked_on_hold(party)
        ]
        try:
            return await self.services.talks.run(talk)
        finally:
            for end in unsubscribe:
                end()
            for task in asking:
                task.cancel()
            self.record.talked |= all(map(_is_there, parties))
            self.caller.leg.ignore_fax()
            for party in parties:
                self._talked(party)

    def lets_go(self, party: Party, *said: Sayable) -> None:
        """Be done with somebody who took part, who hears this first; the call goes on meanwhile."""
        if party in self._parties:
            self._parties.remove(party)
        self.services.farewells.say(party, *said)
        self.on_change()

    def _may_fax(self, party: Party) -> bool:
        """Whether a party may be a fax machine that sends: who has called us on a line to the exchange."""
        return isinstance(party.line, TrunkLine) and self.record.known.direction in ("in", "test")

    def _fax_heard(self, talk: Talk, heard: asyncio.Future[None]) -> None:
        if not heard.cancelled():
            talk.end(FaxComes(self.caller))

    def _talked(self, party: Party) -> None:
        """Remember when whoever has this telephone, or was called outside, has talked last."""
        owner = self.office.at_station(party.line.name) if isinstance(party.line, StationLine) else None
        if person := party.person or (owner.id if owner is not None else ""):
            self.services.turns.talked(person, self.services.clock.now())

    def _held(self, by: Party, held: bool) -> None:
        self.record.step(f"held by {by.name}" if held else f"no longer held by {by.name}")

    def _known_at(self, line: Line) -> CallerId | None:
        """Whom a telephone shows that is rung for the party on this line, which did not call itself."""
        if isinstance(line, TrunkLine):
            return line.caller_id or CallerId(self.called)
        owner = self.office.at_station(line.name)
        return CallerId(owner.extension, owner.name) if owner else None


def asked_on_hold(party: Party) -> bool:
    """Whether this party is asked who is on hold for long: somebody from outside, whom nobody has called for help."""
    return isinstance(party.line, TrunkLine) and party.line.facts.outside and not party.line.emergency


def is_outside(party: Party) -> bool:
    """Whether somebody is in the public network, and not in one of our offices."""
    return isinstance(party.line, TrunkLine) and party.line.facts.outside


def _is_there(party: Party) -> bool:
    """Whether somebody, or a machine, is known to be at this party's end of the line."""
    progress = party.line.progress if isinstance(party.line, TrunkLine) else None
    return progress is None or progress.answered.done()
