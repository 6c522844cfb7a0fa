"""Decides whether what a scenario expects has come true."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from appliance.ear.heard import Kind
from appliance.office.faxbox import box_of
from appliance.scenario import actions as act
from appliance.scenario.environment import Environment
from appliance.scenario.panelactions import BuzzerTells, LampIs
from appliance.scenario.participant import Participant, described
from appliance.store.calllog import CallRecord
from appliance.store.faxes import ReceivedFax
from appliance.store.messages import Message
from hw.audio import FRAME_SECONDS
from hw.callerid.coding import Absence, CallerId
from hw.panel.buzzer import Beeps
from hw.sim.buzzer import SimBuzzer

LATELY_S = 15.0
"""A failure tells what was heard in the last so many seconds."""

_LOOK_S = 0.1
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


class Unmet(Exception):
    """What was expected did not happen. The message says what was there instead."""


async def judge(environment: Environment, expectation: act.Expectation) -> None:
    """Wait until what is expected is so. Raises `Unmet` when its time is over."""
    match expectation:
        case act.Hears(party, sound, within, whole):
            await _hears(environment.parties[party], sound, within, whole)
        case act.HearsNot(party, sound, seconds):
            await _hears_not(environment.parties[party], sound, seconds)
        case act.HearsSilence(party, seconds, within):
            listener = environment.parties[party]
            since = listener.now_s
            if not await listener.until(
                lambda: min(listener.silent_for(), listener.now_s - since + FRAME_SECONDS) >= seconds, seconds + within
            ):
                raise Unmet(_instead(listener))
        case act.IsNotLeftInSilence(party, longest, seconds):
            listener = environment.parties[party]
            if await listener.until(lambda: listener.left_in_silence_for() > longest, seconds):
                raise Unmet(f"{longest:g} s of silence; {_instead(listener)}")
        case act.Rings(name, within, showing):
            await _rings(environment.parties[name], within, showing)
        case act.RingsNot(name, seconds):
            telephone = environment.parties[name].telephone
            if await environment.parties[name].until(lambda: telephone.ringing, seconds):
                raise Unmet("it rang")
        case act.StopsRinging(name, within):
            telephone = environment.parties[name].telephone
            await _becomes(lambda: not telephone.ringing, within, lambda: "it goes on ringing")
        case act.SeesLoopBreak(name, within):
            await _becomes(
                lambda: environment.parties[name].saw("loop-break"), within, lambda: "battery never went away"
            )
        case act.FaultShown(text, within):
            faults = environment.appliance.faults
            await _becomes(
                lambda: any(text.lower() in fault.lower() for fault in faults), within, lambda: f"it reports {faults}"
            )
        case _:
            await _state(environment, expectation)


async def _state(environment: Environment, expectation: act.Expectation) -> None:
    match expectation:
        case act.TrunkIs(name, off_hook, within):
            told = "it is still on hook" if off_hook else "it is still off hook"
            await _becomes(lambda: _is_off_hook(environment, name) == off_hook, within, lambda: told)
        case act.LedIs(lit, within):
            await _becomes(
                lambda: environment.appliance.led_lit == lit, within, lambda: "it is dark" if lit else "it is lit"
            )
        case BuzzerTells(beeps, within):
            await _buzzer(environment.buzzer, beeps, within)
        case LampIs(name, lit, within):
            telephone = environment.parties[name].telephone
            await _becomes(lambda: telephone.lamp == lit, within, lambda: "it is dark" if lit else "it is lit")
        case act.MailboxHas(within=within):
            await _becomes(
                lambda: _mailbox_has(environment, expectation), within, lambda: _in_mailbox(environment, expectation)
            )
        case act.FaxBoxHas(within=within):
            await _becomes(
                lambda: _fax_box_has(environment, expectation), within, lambda: _in_fax_box(environment, expectation)
            )
        case act.LogShows(facts, within):
            await _becomes(
                lambda: any(_says(one, facts) for one in _log(environment)), within, lambda: _in_log(environment)
            )
        case act.LogCounts(calls, within):
            await _becomes(lambda: len(_log(environment)) == calls, within, lambda: _in_log(environment))
        case act.EverythingIdle(within):
            await _becomes(lambda: not _busy(environment), within, lambda: "; ".join(_busy(environment)))


async def _buzzer(buzzer: SimBuzzer, beeps: Beeps | None, within: float) -> None:
    """What it tells once is looked for from the button that was pressed last, or from what it told before."""
    if beeps is None or beeps.goes_on:
        await _becomes(lambda: buzzer.beeps is beeps, within, lambda: "it is silent" if beeps else "it rings")
        return
    await _becomes(lambda: beeps in buzzer.told, within, lambda: "it has not")
    buzzer.told.clear()


def _is_off_hook(environment: Environment, name: str) -> bool:
    """A card without power has no ports, and holds no line."""
    port = environment.trunk_port(name)
    return any(one.off_hook for one in environment.exchange.card.fxo if one.name == port)


async def _becomes(condition: Callable[[], bool], within: float, instead: Callable[[], str]) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while not condition():
        if loop.time() >= deadline - 1e-6:
            raise Unmet(instead())
        await asyncio.sleep(min(_LOOK_S, max(deadline - loop.time(), 0.0)))


async def _hears(party: Participant, sound: act.Audible, within: float, whole: bool) -> None:
    if not await party.until(lambda: party.finds(sound, whole=whole), within):
        raise Unmet(_instead(party, sound))


async def _hears_not(party: Participant, sound: act.Audible, seconds: float) -> None:
    since = party.now_s
    if await party.until(lambda: party.finds(sound, whole=False, since_s=since), seconds):
        raise Unmet(_instead(party, sound))


async def _rings(party: Participant, within: float, showing: act.CallerShown | None) -> None:
    telephone = party.telephone

    def rings() -> bool:
        if not telephone.ringing or showing is None:
            return telephone.ringing
        if showing.presented == "none":
            return telephone.ring_bursts >= 2 and telephone.caller_id is None
        return shows(telephone.caller_id, showing)

    if not await party.until(rings, within):
        told = f"it rang and showed {described(telephone.caller_id)}" if telephone.ringing else "it did not ring"
        raise Unmet(told)


def shows(caller_id: CallerId | None, showing: act.CallerShown) -> bool:
    """Whether a telephone that decoded this shows that."""
    if caller_id is None:
        return False
    match showing.presented:
        case "private":
            return not caller_id.number and caller_id.number_absence is Absence.PRIVATE
        case "unavailable":
            return not caller_id.number and caller_id.number_absence is Absence.UNAVAILABLE
        case _:
            number = not showing.number or caller_id.number == showing.number
            return number and (not showing.name or caller_id.name == showing.name)


def _instead(party: Participant, expected: act.Audible | None = None) -> str:
    """What the party heard lately, in the order in which it began; its own echo only if an echo was expected."""
    with_echo = expected == act.NamedTone("an echo")
    lately = sorted(party.lately(LATELY_S), key=lambda item: item.start_s)
    told = [f"{item} at {item.start_s:.1f} s" for item in lately if with_echo or item.kind is not Kind.ECHO]
    heard = ", ".join(told) or f"nothing in the last {LATELY_S:.0f} s"
    return f"{party.name} heard {heard}"


def _messages(environment: Environment, wanted: act.MailboxHas) -> list[Message]:
    return [one for one in environment.appliance.messages.list(wanted.person) if one.new == wanted.new]


def _mailbox_has(environment: Environment, wanted: act.MailboxHas) -> bool:
    messages = _messages(environment, wanted)
    if len(messages) != wanted.count:
        return False
    shortest, longest = wanted.length or (0.0, float("inf"))
    return all(
        shortest <= one.seconds <= longest and (wanted.caller is None or _caller_of(one) == wanted.caller)
        for one in messages
    )


def _caller_of(message: Message) -> str:
    """The number, or `private` or `unknown`."""
    if message.caller_number:
        return message.caller_number
    return "private" if "private" in message.caller_name.lower() else "unknown"


def _in_mailbox(environment: Environment, wanted: act.MailboxHas) -> str:
    messages = environment.appliance.messages.list(wanted.person)
    told = [f"{'new' if one.new else 'saved'}, {one.seconds:.1f} s, from {_caller_of(one)}" for one in messages]
    return f"it has {'; '.join(told)}" if told else "it is empty"


def _faxes(environment: Environment, wanted: act.FaxBoxHas) -> list[ReceivedFax]:
    """Those in the box, new ones first."""
    store = environment.appliance.fax_desk.store
    box = box_of(environment.appliance.office, wanted.owner)
    ids = store.ids(box)
    return [store.read(box, id) for id in (*ids.new, *ids.seen)]


def _fax_box_has(environment: Environment, wanted: act.FaxBoxHas) -> bool:
    faxes = [fax for fax in _faxes(environment, wanted) if fax.new == wanted.new]
    return len(faxes) == wanted.count and all(wanted.pages in (None, fax.sheet.pages) for fax in faxes)


def _in_fax_box(environment: Environment, wanted: act.FaxBoxHas) -> str:
    told = [f"{'new' if one.new else 'seen'}, {one.sheet.pages} pages" for one in _faxes(environment, wanted)]
    return f"it has {'; '.join(told)}" if told else "it is empty"


def _log(environment: Environment) -> list[CallRecord]:
    return [record for record in environment.appliance.calls.since(_EVER) if record.ended is not None]


def _says(record: CallRecord, facts: tuple[tuple[str, str], ...]) -> bool:
    return all(getattr(record, name) == value for name, value in facts)


def _in_log(environment: Environment) -> str:
    names = ("direction", "line", "caller_number", "caller_name", "called", "reached", "outcome", "cause", "fault")
    records = environment.appliance.calls.since(_EVER)
    told = [
        ", ".join(f"{name} {value}" for name in names if (value := getattr(record, name)))
        + ("" if record.ended else " (going on)")
        for record in records
    ]
    return f"it shows {' | '.join(told)}" if told else "it is empty"


def _busy(environment: Environment) -> list[str]:
    """What is not idle."""
    busy = [f"trunk on {port.name} is off hook" for port in environment.exchange.card.fxo if port.off_hook]
    busy += [f"{name} rings" for name, party in environment.parties.items() if party.telephone.ringing]
    busy += [f"a call on {call.line} goes on" for call in environment.appliance.switchboard.ongoing.values()]
    return busy
