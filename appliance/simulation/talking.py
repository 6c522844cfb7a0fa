"""How people talk to each other and to machines."""

from __future__ import annotations

from random import Random

from appliance.simulation import words
from appliance.simulation.hand import Hand

TURNS = (1, 6)
"""How often somebody says something in a conversation, at least and at most."""
PAUSE_S = (0.2, 1.5)
"""How long before they go on."""
QUIET_S = 0.8
"""Behind so much quiet it seems that all has been said."""
LISTENS_S = 15.0
"""For so long people listen to what is said, at the most."""


async def converse(hand: Hand, random: Random, text: str) -> None:
    """Says something a few times, as long as somebody is there."""
    for _ in range(random.randint(*TURNS)):
        if hand.gone or not hand.off_hook:
            return
        await hand.says(text)
        await hand.waits(random.uniform(*PAUSE_S))
    await hand.until(lambda: not hand.talks, random.uniform(*PAUSE_S))


async def hears_out(hand: Hand) -> None:
    """Waits until nothing is said for a moment."""
    await hand.until(lambda: hand.sound.quiet_s >= QUIET_S, LISTENS_S)


async def leave_a_message(hand: Hand, random: Random) -> None:
    """Says it behind the beep, or says nothing; then hangs up, or ends it by a key and decides what becomes of it."""
    await hand.waits(random.uniform(0.5, 1.2))
    for text in (words.MESSAGE, words.ADDS)[: random.choice([0, 1, 1, 1, 2])]:
        await hand.says(text)
    if random.random() < 0.6:
        return
    await hand.waits(random.uniform(0.1, 1.0))
    await hand.presses("#")
    for _ in range(random.randint(1, 3)):
        await hand.waits(random.uniform(0.2, 4.0))
        key = random.choice("1234456#*")
        beeps = hand.sound.beeps
        await hand.presses(key)
        if key in "34" and await _beeps_again(hand, beeps):
            await hand.waits(0.5)
            await hand.says(words.ADDS)
            await hand.presses("#")
    await hand.waits(random.uniform(0.2, 6.0))


async def _beeps_again(hand: Hand, before: int) -> bool:
    """Whether a beep is heard within six seconds. before: how many were heard until now."""
    return await hand.until(lambda: hand.sound.beeps > before, 6.0)
