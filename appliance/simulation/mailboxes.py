"""Promises about messages: none is lost, each is there once, and lamps are as the store says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from appliance.calls.outcome import Outcome
from appliance.lamps import TELL_OF_MESSAGES
from appliance.office.logins import logins_at, with_logins
from appliance.office.model import Office, Person
from appliance.scenario import actions as act
from appliance.simulation.hand import Hand
from appliance.simulation.promises import Suspicion
from appliance.simulation.town import Town
from appliance.store.messages import Message

PIN = re.compile("[0-9]{4,}#")
SPOKEN_S = 1.5
"""Whoever has spoken for so long behind the beep has left a message; the unit counts a second of speech."""


class NoMessageIsLost:
    """Callers who spoke behind the beep and hung up have left a message; each message is there exactly once, until
    somebody deletes it."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._before = dict(self._messages())
        self._rested = self._now
        self._desks = {station.name for station in town.environment.office.stations}
        self._began: dict[str, float] = {}
        self._left: list[str] = []
        self._inside: set[str] = set()
        """Callers who have given a PIN in this call, right or wrong."""
        self._deletes = 0
        self._cut = False

    def acted(self, action: act.Act) -> None:
        town = self._town
        match action:
            case act.Says(party) if party in town.cast.callers and self._is_recorded(town.hands[party]):
                self._began.setdefault(party, town.now_s)
            case act.Presses(party, digits):
                self._began.pop(party, None)
                if PIN.fullmatch(digits):
                    self._inside.add(party)
                self._deletes += digits.count("3") if party in self._desks | self._inside else 0
            case act.Lifts(party):
                self._inside.discard(party)
            case act.HangsUp(party) if party in self._began:
                hand = town.hands[party]
                if town.now_s - self._began.pop(party) >= SPOKEN_S and hand.sound.behind_beep and not hand.gone:
                    self._left.append(party)
            case act.PowerFails():
                self._cut = True
                self._began.clear()
            case act.Fault():
                self._began.clear()

    def look(self) -> Iterable[Suspicion]:
        return ()

    def at_rest(self) -> Iterable[Suspicion]:
        there = dict(self._messages())
        come = [one for key, one in there.items() if key not in self._before]
        gone = [one for key, one in self._before.items() if key not in there]
        left = [
            record
            for record in self._town.environment.appliance.calls.since(self._rested)
            if record.outcome == Outcome.MESSAGE_LEFT.value
        ]
        if len(gone) > self._deletes:
            yield _lost(f"{len(gone)} are gone, and {self._deletes} were deleted", gone[0].mailbox, self._kept(gone[0]))
        if len({(one.mailbox, one.caller_number, one.received) for one in come}) < len(come):
            yield _lost(f"one of {len(come)} came twice", come[0].mailbox, self._kept(come[0]))
        if not self._cut and len(come) + self._deletes < len(left):
            record = left[0]
            what = f"{len(left)} were left, and {len(come)} came"
            yield _lost(what, record.reached, f"mailbox {record.reached} has {len(left)} new messages")
        if len(self._left) > len(come) + self._deletes:
            what = f"{', '.join(self._left)} spoke behind the beep and hung up, and {len(come)} messages came"
            mailbox = self._town.environment.office.general_mailbox
            yield _lost(what, mailbox, f"log shows: outcome {Outcome.MESSAGE_LEFT.value}")
        self._before, self._rested = there, self._now
        self._began.clear()
        self._left.clear()
        self._deletes, self._cut = 0, False

    def _is_recorded(self, hand: Hand) -> bool:
        """A beep has asked this caller for a message; the first one may have asked for a name."""
        number, sound = hand.telephone.name, hand.sound
        asks_names = any(person.cell and person.ask_name for person in self._town.environment.office.people)
        by_unit = self._town.trunk_answered(number) and not self._town.talks(number)
        return bool(by_unit) and sound.behind_beep and sound.beeps > asks_names

    @property
    def _now(self) -> datetime:
        return self._town.environment.clock.now()

    def _messages(self) -> Iterable[tuple[tuple[str, str], Message]]:
        environment = self._town.environment
        for owner in environment.office.mailboxes:
            for message in environment.appliance.messages.list(owner.id):
                yield (owner.id, message.id), message

    def _kept(self, message: Message) -> str:
        kind = "new" if message.new else "saved"
        same = [one for key, one in self._before.items() if key[0] == message.mailbox and one.new == message.new]
        return f"mailbox {message.mailbox} has {len(same)} {kind} messages"


def _lost(what: str, mailbox: str, proof: str) -> Suspicion:
    return Suspicion("a message is lost or there twice", mailbox, what, 0.0, proof)


class LampsAreRight:
    """The unit's LED and the lamp of each telephone are lit where there are new messages, and nowhere else. A telephone
    tells whoever has logged in there."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._stations = [station.name for station in town.environment.office.stations]

    def acted(self, action: act.Act) -> None:
        """It does not matter who does what."""

    def look(self) -> Iterable[Suspicion]:
        return ()

    def at_rest(self) -> Iterable[Suspicion]:
        environment = self._town.environment
        logins = logins_at(environment.office, self._stations, environment.appliance.switches.at)
        office, store = with_logins(environment.office, logins), environment.appliance.messages
        new = {owner.id: any(one.new for one in store.list(owner.id)) for owner in office.mailboxes}
        if (environment.led.pattern in TELL_OF_MESSAGES) != any(new.values()):
            state = "lit" if any(new.values()) else "dark"
            yield Suspicion("a lamp is wrong", "led", "the LED", 0.0, f"led is {state} within 2s")
        for station in office.stations:
            people = [person for person in office.people if person.station == station.name]
            lit = any(new.get(mailbox) for person in people for mailbox in _told_of(person, office))
            if self._town.hands[station.name].telephone.lamp != lit:
                state = "lit" if lit else "dark"
                yield Suspicion(
                    "a lamp is wrong", station.name, station.name, 0.0, f"lamp of {station.name} is {state} within 2s"
                )


def _told_of(person: Person, office: Office) -> set[str]:
    """The mailboxes that the lamp of a person tells of."""
    told = {person.id} | {one.id for one in office.departments if one.has(person.id)}
    return told | {one.general_mailbox for one in office.everybody_called if one.operator == person.id}
