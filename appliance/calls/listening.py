"""Hearing a talk that goes on, unheard, after those who talk were told."""

from __future__ import annotations

from appliance.calls.leg import Leg
from appliance.calls.talk import Talk
from appliance.media.overhearing import Overhearing
from appliance.media.player import Player
from appliance.office.phrase import Sayable


async def tell_who_talk(listener: Leg, talk: Talk, *said: Sayable) -> None:
    """Say something to all who talk, each in its own language, over what they hear, and wait for its end.

    CallEnded when the listener leaves. It is over at once where the talk is.
    """
    players = []
    for party in talk.parties:
        player = Player(await party.clips(*said))
        talk.whisper(party, player)
        players.append(player)
    for player in players:
        await listener.until(player.done, talk.turn, *(party.leg.gone for party in talk.parties))


async def overhear_talk(listener: Leg, talk: Talk) -> None:
    """Let this leg hear a talk until that is over. CallEnded when the listener leaves."""
    legs = [party.leg for party in talk.parties]
    sound = Overhearing(lambda: [leg.media for leg in legs])
    listener.hear(sound)
    try:
        await listener.until(talk.turn, *(leg.gone for leg in legs))
    finally:
        listener.stop(sound)
