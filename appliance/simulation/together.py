"""What people of the office do with two telephones or more: park and take up, pick up, hold a conference."""

from __future__ import annotations

from random import Random

from appliance.simulation import words
from appliance.simulation.habit import Habit, asks
from appliance.simulation.hand import Hand
from appliance.simulation.talking import converse

PLACE_TOLD_S = (2.0, 10.0)
"""How long whoever parks somebody listens for the place."""
FOUND_S = (0.0, 90.0)
"""How long it takes to find the colleague who takes the call up: it may have come back before."""
COMES_S = (0.5, 12.0)


async def parks(hand: Hand, random: Random) -> None:
    """With somebody on hold: parks them, and a colleague takes them up elsewhere, or nobody does."""
    await hand.presses(hand.town.environment.office.codes.park)
    await hand.waits(random.uniform(*PLACE_TOLD_S))
    hand.hangs_up()
    if random.random() < 0.8:
        asks(hand, random, takes_up, "takes up a parked call")


async def takes_up(hand: Hand, random: Random) -> None:
    """A parked call: mostly by the right place."""
    await hand.waits(random.uniform(*FOUND_S))
    if hand.ringing:
        return
    place = random.choice("1111129")
    await hand.dials(hand.town.environment.office.codes.take_parked + place)
    await hand.until(lambda: hand.talks, 8.0)
    await converse(hand, random, words.ANSWERS)


async def picks_up(hand: Hand, random: Random) -> None:
    """Another telephone rings: answers it, by either code."""
    await hand.waits(random.uniform(*COMES_S))
    if hand.ringing:
        return
    office = hand.town.environment.office
    whose = random.choice(office.people).extension
    await hand.dials(random.choice([office.codes.pick_up, office.codes.pick_up_from + whose]))
    await hand.until(lambda: hand.talks, 5.0)
    await converse(hand, random, words.ANSWERS)


async def confers(hand: Hand, random: Random) -> None:
    """A conference, to which two others are asked."""
    code = hand.town.environment.office.codes.conference + random.choice("12")

    async def joins(joining: Hand, chance: Random) -> None:
        await joining.waits(chance.uniform(*COMES_S))
        if joining.ringing:
            return
        await joining.dials(code)
        await joining.waits(chance.uniform(1.0, 6.0))
        await converse(joining, chance, words.ASKS)

    for _ in range(2):
        asks(hand, random, joins, "joins a conference")
    await hand.dials(code)
    await hand.until(lambda: hand.talks, random.uniform(5.0, 20.0))
    await converse(hand, random, words.ANSWERS)
    hand.hangs_up()


HABITS = (Habit("confers", 0.7, confers),)
"""What several people do of their own accord."""
