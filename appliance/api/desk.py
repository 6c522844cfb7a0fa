"""The operator's desk: whoever is looked for, and whoever calls: `desk.find`, `desk.caller`, `desk.note`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypedDict

from appliance.calls.station import StationState
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.availability import Availability
from appliance.office.callernumber import NotANumber, bare
from appliance.office.departments import Department
from appliance.office.model import Person
from appliance.store.desk import CallerNote, DeskStore, ScriptAnswer
from appliance.unit import Unit
from hw.said import said, told_by

MOST_FOUND = 30
MOST_NOTES = 50
LONGEST_NOTE = 1000


class DeskFound(TypedDict):
    """Somebody who was looked for."""

    kind: str
    """`person`, `department` or `contact`."""
    id: str
    """Of a person or a department; of a contact the number."""
    name: str
    """The name, as callers hear it, or as the contact is written."""
    company: str
    """Of a contact."""
    number: str
    """What is dialled: the extension, or the contact's number as it is written."""
    state: str
    """How a call would find them: free, ringing, busy, do-not-disturb, away or no-telephone; empty: not asked for, as
    of a contact."""


class NoteFacts(TypedDict):
    """A note on a caller. at: when it was written, in ISO 8601 on the office's clock. author: by whom."""

    id: int
    at: str
    author: str
    text: str


class AnswerFacts(TypedDict):
    """What the caller has answered to a question of a script. at: when, in ISO 8601 on the office's clock."""

    at: str
    author: str
    script: str
    question: str
    answer: str


class CallerCard(TypedDict):
    """What is known of a caller before anybody lifts."""

    number: str
    """As the line gives it; empty: not known."""
    name: str
    """The contact's name; empty: no contact has this number."""
    company: str
    """The contact's."""
    vip: bool
    """The contact has a rank: such calls go before others."""
    calls: int
    """How often somebody with this number has called before."""
    last_call: str | None
    """When last, in ISO 8601 on the office's clock."""
    last_with: str
    """The name of the person with whom they have talked last; empty: with nobody."""
    notes: list[NoteFacts]
    """The newest first."""
    answers: list[AnswerFacts]
    """What they have answered to scripts, the newest script first."""


def offer_desk(control: Offers, unit: Unit, store: DeskStore) -> None:
    """Put the methods on the socket."""

    def on_clock(moment: datetime) -> str:
        return unit.office.local(moment).isoformat()

    async def find(params: dict[str, Any]) -> list[DeskFound]:
        words, limit = folded(params["text"]).split(), min(max(params["limit"], 1), MOST_FOUND)
        found = list(islice(_found(unit, words), limit)) if words else []
        if words and len(found) < limit:
            contacts = await unit.contacts.find(params["text"].strip(), 0, limit - len(found))
            found += [
                DeskFound(
                    kind="contact", id=one.number, name=one.name, company=one.company, number=one.number, state=""
                )
                for one in contacts.contacts
            ]
        return found

    async def reachable(_params: dict[str, Any]) -> list[DeskFound]:
        office = unit.switchboard.office
        everybody: Iterable[Person | Department] = (*office.people, *office.departments)
        return [_entry(one, "") for one in everybody]

    async def caller(params: dict[str, Any]) -> CallerCard:
        number, numbers = params["number"], unit.contacts.numbers
        known = any(char.isdecimal() for char in number)
        contact = unit.contacts.who(number) if known else None
        keys = tuple(numbers.keys(number)) if known else ()
        forms = numbers.written(number) if known else frozenset()
        ongoing = unit.switchboard.ongoing.get(params["call"])
        before = ongoing.call.record.known.started if ongoing is not None else unit.now()
        history = await off_loop(unit.calls.history, forms, before)
        talked = unit.office.person(await off_loop(unit.calls.person_before, forms))
        notes = await off_loop(store.notes, keys, MOST_NOTES)
        answers = await off_loop(store.answers, keys, params["call"], MOST_NOTES)
        return CallerCard(
            number=number if known else "",
            name=contact.name if contact is not None else "",
            company=contact.company if contact is not None else "",
            vip=contact is not None and contact.rank > 0,
            calls=history.calls,
            last_call=on_clock(history.last) if history.last is not None else None,
            last_with=talked.name if talked is not None else "",
            notes=[NoteFacts(id=one.id, at=on_clock(one.at), author=one.author, text=one.text) for one in notes],
            answers=[answer_facts(one, unit) for one in answers],
        )

    async def add_note(params: dict[str, Any]) -> NoteFacts:
        text = params["text"].strip()
        if not text or len(text) > LONGEST_NOTE:
            raise ControlError("note-refused", said("a note has 1 to %(most)s characters", most=LONGEST_NOTE))
        note = CallerNote(0, caller_key(unit, params["number"]), unit.now(), params["by"], text)
        try:
            id = await off_loop(store.add_note, note)
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error
        return NoteFacts(id=id, at=on_clock(note.at), author=note.author, text=note.text)

    async def remove_note(params: dict[str, Any]) -> None:
        try:
            if not await off_loop(store.remove_note, params["id"]):
                raise ControlError("no-such-note", "this note is gone already")
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error

    control.method("desk.find", find, {"text": Param(str), "limit": Param(int, 12)})
    control.method("desk.reachable", reachable)
    control.method("desk.caller", caller, {"number": Param(str), "call": Param(str, "")})
    control.method("desk.note", add_note, {"number": Param(str), "text": Param(str), "by": Param(str)})
    control.method("desk.remove-note", remove_note, {"id": Param(int)})


def answer_facts(one: ScriptAnswer, unit: Unit) -> AnswerFacts:
    at = unit.office.local(one.at).isoformat()
    return AnswerFacts(at=at, author=one.author, script=one.script, question=one.question, answer=one.answer)


def caller_key(unit: Unit, number: str) -> str:
    """Under which all forms of a caller's number are one. ControlError where it is none."""
    try:
        return unit.contacts.numbers.key(bare(number))
    except NotANumber as error:
        raise ControlError("not-a-number", told_by(error)) from error


def folded(text: str) -> str:
    """As people type it who leave out accents and capital letters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _found(unit: Unit, words: Sequence[str]) -> Iterator[DeskFound]:
    """The people and departments that all these words fit: as the beginning of a word of the name, or of the number."""
    office = unit.switchboard.office
    at = office.local(unit.now())
    now = Availability(office, at, unit.switches.at, unit.calendars.closures)
    everybody: Iterable[Person | Department] = (*office.people, *office.departments)
    yield from (_entry(one, _state_of(unit, now, one)) for one in everybody if _fits(one, words))


def _entry(one: Person | Department, state: str) -> DeskFound:
    kind = "person" if isinstance(one, Person) else "department"
    return DeskFound(kind=kind, id=one.id, name=one.name, company="", number=one.extension, state=state)


def _fits(one: Person | Department, words: Sequence[str]) -> bool:
    parts = [*folded(one.name).split(), one.extension]
    return all(any(part.startswith(word) for part in parts) for word in words)


def _state_of(unit: Unit, now: Availability, one: Person | Department) -> str:
    """A department is as free as whoever of it is."""
    if isinstance(one, Person):
        return _state(unit, now, one)
    office = unit.switchboard.office
    members = [office.person(member.person) for member in one.members if member.person is not None]
    states = {
        _state(unit, now, member) for member in members if member is not None and now.logged_in(one.id, member.id)
    }
    return next((state for state in _STATES if state in states), "no-telephone")


_STATES = ("free", "ringing", "busy", "do-not-disturb", "away", "no-telephone")


def _state(unit: Unit, now: Availability, person: Person) -> str:
    if now.not_disturbed(person):
        return "do-not-disturb"
    if not now.here(person):
        return "away"
    line = unit.lines.stations.get(person.station) if person.station is not None else None
    if line is None or not line.connected:
        return "no-telephone"
    return {StationState.ON_HOOK: "free", StationState.RINGING: "ringing"}.get(line.state, "busy")
