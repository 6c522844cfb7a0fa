"""What a cell phone does that the office calls for somebody: its owner answers, or its voicemail, or nobody."""

from __future__ import annotations

from random import Random

from appliance.simulation import words
from appliance.simulation.habit import Habit
from appliance.simulation.hand import Hand
from appliance.simulation.talking import converse

RINGS_S = (1.0, 12.0)
DECIDES_S = (0.3, 9.0)
"""How long its owner listens before pressing a key."""
VOICEMAIL_S = 12.0


async def _lifted(hand: Hand, random: Random) -> bool:
    await hand.waits(random.uniform(*RINGS_S))
    if not hand.ringing:
        return False
    hand.lifts()
    await hand.waits(random.uniform(0.3, 1.0))
    await hand.says(words.HELLO)
    return True


async def accepts(hand: Hand, random: Random) -> None:
    if await _lifted(hand, random):
        await hand.waits(random.uniform(*DECIDES_S))
        await hand.presses("1")
        await hand.until(lambda: hand.talks, 5.0)
        await converse(hand, random, words.ANSWERS)
    hand.hangs_up()


async def declines(hand: Hand, random: Random) -> None:
    if await _lifted(hand, random):
        await hand.waits(random.uniform(*DECIDES_S))
        await hand.presses(random.choice("234567890*#"))
        await hand.waits(random.uniform(1.0, 10.0))
    hand.hangs_up()


async def presses_nothing(hand: Hand, random: Random) -> None:
    if await _lifted(hand, random):
        for _ in range(random.randint(1, 6)):
            await hand.says(random.choice([words.HELLO, words.MOMENT, words.ASKS]))
            await hand.waits(random.uniform(0.5, 3.0))
    hand.hangs_up()


async def has_voicemail(hand: Hand, random: Random) -> None:
    """The machine answers, greets and records for a while."""
    await hand.waits(random.uniform(4.0, VOICEMAIL_S))
    if hand.ringing:
        hand.lifts()
        await hand.waits(0.5)
        await hand.says(words.GREETING)
        await hand.until(lambda: False, 20.0)
    hand.hangs_up()


async def does_not_answer(hand: Hand, random: Random) -> None:
    """It rings until the office gives up."""


HABITS = (
    Habit("accepts", 4, accepts),
    Habit("declines", 1, declines),
    Habit("presses nothing", 2, presses_nothing),
    Habit("has voicemail", 2, has_voicemail),
    Habit("does not answer", 1, does_not_answer),
)
"""What is done with a cell phone that rings."""
