"""Screening: whoever is called outside hears who calls, and is connected by a key, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from appliance.calls.asking import Verdict
from appliance.calls.call import Call
from appliance.calls.party import Party
from appliance.calls.waiting import TellCaller
from appliance.office.languages import LanguageCode
from appliance.office.phrase import Digits, Recorded, Sayable, phrase
from appliance.office.search import Number

DECIDING = "14"
"""A voicemail's greeting, in which a voice resembles one of these, must neither connect anybody nor block a caller."""
TRIES = 3
"""How often all is said to somebody who has answered and presses nothing."""
BETWEEN_SECONDS = 3.0
"""How long a key is waited for before all is said again."""
COMING_SECONDS = 20.0
"""The same for somebody who has asked for a moment; three times."""


async def ask(
    call: Call,
    announced: Callable[[LanguageCode], Sequence[Sayable]],
    callee: Party,
    number: Number,
    tell_caller: TellCaller,
) -> Verdict:
    """Say who calls until somebody presses a key, or three times in vain behind the answer.

    Most lines do not tell when somebody has answered. So it is said again and again while it rings there, and from the
    beginning as soon as somebody is known to be there.
    """
    callee.leg.certain_keys = DECIDING
    try:
        return await _until_decided(call, announced, callee, number, tell_caller)
    finally:
        callee.leg.certain_keys = ""


async def _until_decided(
    call: Call,
    announced: Callable[[LanguageCode], Sequence[Sayable]],
    callee: Party,
    number: Number,
    tell_caller: TellCaller,
) -> Verdict:
    while not callee.has_answered and not callee.leg.digits_waiting:
        await callee.play_until_answered(*announced(callee.language), phrase("screening-accept"))
    said: list[Sayable] = [*announced(callee.language), phrase("screening-menu")]
    pause, left = BETWEEN_SECONDS, TRIES
    while left:
        match await callee.read_key(*said, first=pause):
            case "1":
                return Verdict.ACCEPTED
            case "2":
                return Verdict.TO_VOICEMAIL
            case "4":
                await _block(call)
                return Verdict.DECLINED
            case "3":
                left += 1
            case "5" if pause == BETWEEN_SECONDS:
                if number.person in call.office.known_to(call.company.id):
                    tell_caller(phrase("is-coming", name=number.person.name))
                said, pause, left = [phrase("caller-waits")], COMING_SECONDS, TRIES + 1
        left -= 1
    return Verdict.NO_KEY


async def _block(call: Call) -> None:
    if call.who.number and call.from_outside:
        await call.who.block(call.who.number)


def last_words(verdict: Verdict | None, caller_left: bool) -> Sequence[Sayable]:
    """What somebody hears who is not connected. None: the call was taken elsewhere, or its caller has left."""
    match verdict:
        case None:
            return [phrase("caller-has-left" if caller_left else "call-taken")]
        case Verdict.TO_VOICEMAIL:
            return [phrase("sent-to-voicemail")]
        case Verdict.DECLINED:
            return [phrase("caller-turned-away")]
        case _:
            return [phrase("goodbye")]


def announcement(call: Call, whom: str, spoken: Recorded | None, language: LanguageCode) -> Sequence[Sayable]:
    """Who calls, and whom: a name that the caller has spoken, or is known by, or else the number.

    language: of whoever is told.
    """
    if spoken is not None:
        return [phrase("call-for-from-before", company=whom), spoken]
    if (name := call.known_name) and call.services.announcer.can_say(name, language):
        return [phrase("call-for-from", company=whom, name=name)]
    if call.who.number:
        return [phrase("call-for-from-number", company=whom, number=Digits(call.who.number))]
    return [phrase("call-for", company=whom)]
