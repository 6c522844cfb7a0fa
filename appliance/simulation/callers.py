"""What people outside do who call the office, and who are called by it."""

from __future__ import annotations

from random import Random

from appliance.simulation import words
from appliance.simulation.habit import Habit
from appliance.simulation.hand import Hand
from appliance.simulation.talking import converse, hears_out, leave_a_message

RINGS_S = 40.0
"""For so long a caller lets it ring."""
PATIENCE_S = (5.0, 90.0)
"""How long callers wait for somebody, at least and at most."""
PACES = ((50.0, 50.0), (100.0, 100.0), (100.0, 100.0), (300.0, 600.0))
"""How people press keys, in ms."""
LEAVES = 0.3
"""How many callers hang up at some moment, whatever goes on."""
LEAVES_AFTER_S = 25.0
"""When they do, on the average."""
REDIALS = 0.15
"""How many callers call once more at once."""


async def call(hand: Hand, random: Random, keys: str) -> None:
    """Calls the office, presses these keys, and waits for whatever comes. Hangs up in the end."""
    trunk = random.choice([trunk.number for trunk in hand.town.environment.office.trunks if trunk.number])
    await hand.dials(trunk)
    try:
        if not await hand.until(lambda: bool(hand.town.trunk_answered(hand.telephone.name)), RINGS_S):
            return
        await hand.waits(random.uniform(0.5, 6.0))
        if random.random() < 0.3:
            await hears_out(hand)
        if keys:
            await hand.presses(keys, *random.choice(PACES))
        await whatever_comes(hand, random)
    finally:
        hand.hangs_up()


async def whatever_comes(hand: Hand, random: Random) -> None:
    """Somebody talks to the caller, or a beep asks for a message, or nothing comes and patience ends."""
    patience_s = random.uniform(*PATIENCE_S)
    await hand.until(lambda: hand.talks or hand.sound.behind_beep, patience_s)
    if hand.talks:
        await converse(hand, random, words.ASKS)
    elif hand.sound.behind_beep:
        await leave_a_message(hand, random)


async def knows_the_extension(hand: Hand, random: Random) -> None:
    office = hand.town.environment.office
    extensions = [person.extension for person in office.people] + [one.extension for one in office.departments]
    await call(hand, random, random.choice(extensions))


async def knows_the_menu(hand: Hand, random: Random) -> None:
    await call(hand, random, random.choice([*hand.town.environment.office.menu.keys, "0"]))


async def knows_nothing(hand: Hand, random: Random) -> None:
    await call(hand, random, "")


async def presses_anything(hand: Hand, random: Random) -> None:
    await call(hand, random, "".join(random.choices("0123456789*#", k=random.randint(1, 6))))


async def presses_on_and_on(hand: Hand, random: Random) -> None:
    """A key now and again, as children do."""
    await hand.dials(hand.town.environment.office.trunks[0].number)
    for _ in range(random.randint(3, 12)):
        await hand.waits(random.uniform(0.2, 6.0))
        await hand.presses(random.choice("0123456789*#"), *random.choice(PACES))
    hand.hangs_up()


async def gives_up_ringing(hand: Hand, random: Random) -> None:
    await hand.dials(hand.town.environment.office.trunks[0].number)
    await hand.waits(random.uniform(0.0, 8.0))
    hand.hangs_up()


async def is_a_fax_machine(hand: Hand, random: Random) -> None:
    await hand.dials(hand.town.environment.office.trunks[0].number)
    await hand.until(lambda: bool(hand.town.trunk_answered(hand.telephone.name)), RINGS_S)
    await hand.sends_fax_tone(float(random.randint(5, 30)))
    hand.hangs_up()


async def is_called(hand: Hand, random: Random) -> None:
    """Somebody of the office calls: mostly they answer."""
    if random.random() < 0.25:
        return
    await hand.waits(random.uniform(1.0, 12.0))
    if not hand.ringing:
        return
    hand.lifts()
    await hand.waits(0.5)
    await hand.says(words.HELLO)
    await converse(hand, random, words.ASKS)
    hand.hangs_up()


HABITS = (
    Habit("knows the extension", 4, knows_the_extension),
    Habit("knows the menu", 3, knows_the_menu),
    Habit("knows nothing", 2, knows_nothing),
    Habit("presses anything", 1, presses_anything),
    Habit("presses on and on", 0.5, presses_on_and_on),
    Habit("gives up ringing", 1, gives_up_ringing),
    Habit("is a fax machine", 0.5, is_a_fax_machine),
)
"""What callers do."""
