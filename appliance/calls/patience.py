"""Whoever is on hold or parked for long is asked, now and again, whether to wait on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from appliance.calls.party import Party
from appliance.calls.signal import settle
from appliance.calls.talk import Talk, Tired
from appliance.media.player import Player
from appliance.office.phrase import Sayable

ANSWER_SECONDS = 8.0
"""How long behind the question the key counts that answers it."""


@dataclass(frozen=True, slots=True)
class HoldQuestion:
    """What is asked, how often, and the key of those who are tired of waiting. Another key, or none, means to wait."""

    seconds: float
    said: Callable[[str], Sequence[Sayable]]
    """What is asked on behalf of the telephone with this name."""
    key: str


async def until_tired(party: Party, holder: str, question: HoldQuestion) -> None:
    """Ask a party who hears music, as often as the question is asked, and return when it is tired of waiting.

    holder: the name of the telephone that has put it on hold. The music goes on underneath.
    """
    while True:
        await asyncio.sleep(question.seconds)
        clips = await party.clips(*question.said(holder))
        party.leg.forget_digits()
        asked = Player(clips)
        party.leg.media.overlay(asked, alone=True)
        try:
            await asyncio.wait([asked.done, party.leg.digit_ready()], return_when=asyncio.FIRST_COMPLETED)
            if not party.leg.digits_waiting:
                await asyncio.wait([party.leg.digit_ready()], timeout=ANSWER_SECONDS)
        finally:
            asked.stop()
        if party.leg.digits_waiting.startswith(question.key):
            party.leg.forget_digits()
            return


async def ask_while_held(talk: Talk, party: Party, question: HoldQuestion) -> None:
    """Ask this party of a talk of two whenever the other one has held it for long. The talk ends when it is tired."""
    holder = talk.other(party)
    asking: asyncio.Task[None] | None = None
    changed = asyncio.get_running_loop().create_future()

    def held_changed(_held: bool) -> None:
        settle(changed)

    unsubscribe = holder.leg.held_changed.subscribe(held_changed)
    try:
        while True:
            if holder.leg.held:
                asking = asyncio.create_task(until_tired(party, holder.name, question), name=f"asking {party.name}")
            await asyncio.wait([changed, *([asking] if asking else [])], return_when=asyncio.FIRST_COMPLETED)
            if asking is not None and asking.done():
                asking.result()
                talk.end(Tired(party))
                return
            if asking is not None:
                asking.cancel()
                asking = None
            changed = asyncio.get_running_loop().create_future()
    finally:
        unsubscribe()
        if asking is not None:
            asking.cancel()
