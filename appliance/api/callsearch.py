"""The call log as it is looked through: the methods `log.find`, `log.count`, `log.call` and `log.choices`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypedDict

from appliance.api.calls import as_json, history_of
from appliance.api.desk import AnswerFacts, answer_facts
from appliance.calls.outcome import Outcome
from appliance.clock import off_loop
from appliance.contacts.book import Contacts
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.callernumber import NotANumber, bare
from appliance.office.model import Office
from appliance.store.calllog import CallRecord, OutsideCall
from appliance.store.callsearch import (
    COUNTED,
    CallFilter,
    LogPlace,
    OwnCalls,
    calls_with,
    count_calls,
    find_calls,
    one_call,
)
from appliance.store.desk import DeskStore
from appliance.unit import Unit
from hw.said import said

MOST_AT_ONCE = 100
TOLD_IN_ONE_GO = 25
"""Records are made ready to be told in pieces of a millisecond or two, between which telephones have their turn."""
MOST_CONTACTS = 20
"""A name that more contacts have is looked for in what the lines gave alone."""
BEFORE = 10
"""So many other calls with the same caller are told with one call."""
LONGEST_WORD = 100


class CallPage(TypedDict):
    """A page of the log, the newest call first. Times are ISO 8601 on the office's clock."""

    calls: list[dict[str, Any]]
    """As `log` tells them."""
    names: dict[str, str]
    """What the ids of people, departments and menus stand for."""
    answers: dict[str, list[AnswerFacts]]
    """What callers have answered to scripts of the desk, by the ids of the calls."""
    next: str | None
    """With this the next page is asked for; null: there is none."""
    looked_until: str | None
    """The page could not be filled by looking at so many calls as it may: only those since then are looked through.
    `next` goes on from there."""


class CallCount(TypedDict):
    """How many calls there are."""

    number: int | None
    """null: it is not known without a longer look."""
    more: bool
    """There may be more."""


class CallShown(TypedDict):
    """One call with all that is known of it."""

    call: dict[str, Any]
    names: dict[str, str]
    outside: list[dict[str, Any]]
    """The numbers outside that were called in it."""
    others: list[dict[str, Any]]
    """The latest other calls with the same number."""
    answers: list[AnswerFacts]
    """What the caller has answered to scripts of the desk in it."""


class LogChoices(TypedDict):
    """What the log can be asked for."""

    lines: list[str]
    stations: list[str]
    people: list[dict[str, str]]
    outcomes: list[str]
    accounts: list[dict[str, str]]


FILTER = {
    "since": Param(str, ""),
    "until": Param(str, ""),
    "direction": Param(str, ""),
    "line": Param(str, ""),
    "text": Param(str, ""),
    "person": Param(str, ""),
    "outcome": Param(str, ""),
    "answered": Param(str, ""),
    "lasted_least": Param(float, 0.0),
    "lasted_most": Param(float, 0.0),
    "waited_least": Param(float, 0.0),
    "waited_most": Param(float, 0.0),
    "step": Param(str, ""),
    "account": Param(str, ""),
}
"""since, until: days of the office's clock, both included. person: the id of somebody whose calls alone are wanted.
answered: `yes` or `no`. Seconds of 0 do not matter."""

_FOREVER = 1e9


def offer_call_search(control: Offers, unit: Unit, desk: DeskStore) -> None:
    """Put the methods on the socket. desk: what is answered to scripts."""
    calls, contacts = unit.calls, unit.contacts

    async def told(records: Sequence[CallRecord]) -> list[dict[str, Any]]:
        ready = []
        for first in range(0, len(records), TOLD_IN_ONE_GO):
            some = records[first : first + TOLD_IN_ONE_GO]
            ready += [as_json(record, None, contacts, unit.office.local) for record in some]
            await asyncio.sleep(0)
        return ready

    async def answers_in(records: Sequence[CallRecord]) -> dict[str, list[AnswerFacts]]:
        found = await _read(desk.answers_in, [record.id for record in records])
        return {call: [answer_facts(one, unit) for one in answers] for call, answers in found.items()}

    async def find(params: dict[str, Any]) -> CallPage:
        behind, limit = _place(params.pop("after")), min(max(params.pop("limit"), 1), MOST_AT_ONCE)
        wanted = await _filter(params, unit.office, contacts)
        found = await _read(find_calls, calls, wanted, behind, limit)
        return CallPage(
            calls=await told(found.records),
            names=names_in(found.records, unit.office),
            answers=await answers_in(found.records),
            next=f"{found.next.started.isoformat()} {found.next.row}" if found.next is not None else None,
            looked_until=unit.office.local(found.looked_until).isoformat() if found.looked_until is not None else None,
        )

    async def count(params: dict[str, Any]) -> CallCount:
        number = await _read(count_calls, calls, await _filter(params, unit.office, contacts))
        return CallCount(number=number, more=number is None or number >= COUNTED)

    async def one(params: dict[str, Any]) -> CallShown:
        found = await _read(one_call, calls, params["id"])
        own = _own(params["person"], unit.office) if params["person"] else None
        if found is None or (own is not None and not _belongs(found[0], own)):
            raise ControlError("no-such-call", "there is no such call in the log")
        record, outside = found
        others: list[CallRecord] = []
        number = record.caller_number if record.direction in ("in", "test") else record.called
        if own is None and record.direction != "inside" and any(char.isdecimal() for char in number):
            forms = contacts.numbers.written(number)
            others = [one for one in await _read(calls_with, calls, forms, BEFORE + 1) if one.id != record.id]
        history = await _read(history_of, record, calls, contacts)
        return CallShown(
            call=as_json(record, history, contacts, unit.office.local),
            names=names_in([record, *others], unit.office),
            outside=[_outside(one, unit.office) for one in outside],
            others=await told(others[:BEFORE]),
            answers=(await answers_in([record])).get(record.id, []),
        )

    async def choices(_params: dict[str, Any]) -> LogChoices:
        office = unit.office
        return LogChoices(
            lines=[trunk.name for trunk in office.trunks],
            stations=[station.name for station in office.stations],
            people=[{"id": one.id, "name": one.name} for one in office.people],
            outcomes=[outcome.value for outcome in Outcome],
            accounts=[{"code": one.code, "name": one.name} for one in office.rights.accounts],
        )

    control.method("log.find", find, FILTER | {"after": Param(str, ""), "limit": Param(int, 50)})
    control.method("log.count", count, FILTER)
    control.method("log.call", one, {"id": Param(str), "person": Param(str, "")})
    control.method("log.choices", choices)


def names_in(records: Sequence[CallRecord], office: Office) -> dict[str, str]:
    """What the ids in these records stand for."""
    return names_of((text for one in records for text in (one.reached, *(step.what for step in one.steps))), office)


def names_of(texts: Iterable[str], office: Office) -> dict[str, str]:
    """What the ids of people and departments in these texts stand for."""
    known = {one.id: one.name for one in office.departments} | {one.id: one.name for one in office.people}
    words = {word for text in texts for word in text.split()}
    return {id: known[id] for id in words if id in known}


async def _read(work: Any, *args: Any) -> Any:
    """Look into the log, off the loop."""
    try:
        return await off_loop(work, *args)
    except OSError as error:
        raise ControlError("disk-failed", said("the call log cannot be read")) from error


async def _filter(params: dict[str, Any], office: Office, contacts: Contacts) -> CallFilter:
    """What is asked for. ControlError `wrong-filter` for what cannot be."""
    if params["direction"] not in ("", "in", "out", "inside", "test"):
        raise ControlError("wrong-filter", said("a call comes in, goes out or is inside: in, out, inside"))
    if params["answered"] not in ("", "yes", "no"):
        raise ControlError("wrong-filter", said("answered is yes or no"))
    if any(len(params[name]) > LONGEST_WORD for name in ("text", "step")):
        raise ControlError(
            "wrong-filter",
            said("a word that is looked for has at most %(most)s characters", most=LONGEST_WORD),
        )
    since, until = day_of(params["since"]), day_of(params["until"])
    text = params["text"].strip()
    numbers: list[str] = []
    if text:
        with suppress(NotANumber):
            text = bare(text)
        found = await contacts.find(text, 0, MOST_CONTACTS)
        if found.total <= MOST_CONTACTS:
            numbers = [form for one in found.contacts for form in contacts.numbers.written(one.number)]
    return CallFilter(
        since=midnight(since, office) if since is not None else None,
        until=midnight(until + timedelta(days=1), office) if until is not None else None,
        direction=params["direction"] or None,
        line=params["line"],
        text=text,
        numbers=tuple(numbers),
        own=_own(params["person"], office) if params["person"] else None,
        outcome=params["outcome"],
        answered={"yes": True, "no": False}.get(params["answered"]),
        lasted=_range(params["lasted_least"], params["lasted_most"]),
        waited=_range(params["waited_least"], params["waited_most"]),
        step=params["step"].strip(),
        account=params["account"],
    )


def _range(least: float, most: float) -> tuple[float, float] | None:
    return (least, most or _FOREVER) if least > 0 or most > 0 else None


def day_of(text: str) -> date | None:
    """A day, such as 2026-03-09; None for an empty text. ControlError `wrong-filter` for all else."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1970 <= day.year <= 9000:
        raise ControlError("wrong-filter", said("'%(text)s' is no day such as 2026-03-09", text=text[:40]))
    return day


def midnight(day: date, office: Office) -> datetime:
    """When a day begins on the office's clock, in UTC."""
    return datetime.combine(day, time(), office.time_zone).astimezone(UTC)


def _own(id: str, office: Office) -> OwnCalls:
    person = next((one for one in office.people if one.id == id), None)
    if person is None:
        return OwnCalls(id, "", ())
    return OwnCalls(id, person.extension, (person.station,) if person.station else ())


def _belongs(record: CallRecord, own: OwnCalls) -> bool:
    mine = record.reached == own.person or (bool(own.extension) and record.called == own.extension)
    return mine or (record.direction != "in" and record.line in own.stations)


def _place(text: str) -> LogPlace | None:
    if not text:
        return None
    started, _, row = text.partition(" ")
    try:
        place = LogPlace(datetime.fromisoformat(started), int(row))
        place.started.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ControlError("wrong-filter", said("after is what another page has told as next")) from None
    if place.started.tzinfo is None or abs(place.row) >= 2**63:
        raise ControlError("wrong-filter", said("after is what another page has told as next"))
    return place


def _outside(call: OutsideCall, office: Office) -> dict[str, Any]:
    values = asdict(call)
    return {name: office.local(v).isoformat() if isinstance(v, datetime) else v for name, v in values.items()}
