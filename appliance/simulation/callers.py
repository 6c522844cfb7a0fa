"""What people outside do who call the office, and who are called by it."""

from __future__ import annotations

from random import Random

from appliance.simulation import words
from appliance.simulation.habit import Does, Habit, meanwhile
from appliance.simulation.hand import Hand
from appliance.simulation.mailing import listens, presses_keys
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
KEYS_FROM_OUTSIDE = "12223456789*#0"
REDIALS = 0.15
"""How many callers call once more at once."""


async def call(hand: Hand, random: Random, keys: str, then: Does | None = None) -> None:
    """Calls the office, presses these keys, and waits for whatever comes, or does what is to be done then. Hangs up in
    the end."""
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
        await (then or whatever_comes)(hand, random)
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
    await call(hand, random, _extension(hand, random))


async def calls_when_another_does(hand: Hand, random: Random) -> None:
    """Two want the same person at the same time."""
    extension = _extension(hand, random)

    async def calls_too(other: Hand, chance: Random) -> None:
        await other.waits(chance.uniform(5.0, 25.0))
        await call(other, chance, extension)

    other = hand.town.hands[random.choice([name for name in hand.town.cast.callers if name != hand.name])]
    hand.town.begins(meanwhile(other, Random(random.getrandbits(32)), calls_too), f"{other.name} calls too")
    await call(hand, random, extension)


async def presses_in_the_greeting(hand: Hand, random: Random) -> None:
    """Waits for a mailbox, and presses what may be pressed there: 0, 9, another extension, or the star of an owner."""

    async def in_the_greeting(hand: Hand, random: Random) -> None:
        rang = False

        def spoken_to() -> bool:
            nonlocal rang
            rang = rang or hand.sound.behind_ringback
            return hand.talks or (rang and not hand.sound.behind_ringback)

        await hand.until(spoken_to, PATIENCE_S[1])
        if not hand.talks:
            await hand.waits(random.uniform(0.0, 1.5))
            await hand.presses(random.choice(["0", "9", "9", "*", _extension(hand, random)]))
        await whatever_comes(hand, random)

    await call(hand, random, _extension(hand, random), in_the_greeting)


async def hears_messages_from_outside(hand: Hand, random: Random) -> None:
    """Somebody of the office opens the office's mailbox, or the own one, by the star in its greeting."""
    office = hand.town.environment.office
    people = [one for one in office.people if one.pin and one.voicemail.log_in]
    if not people:
        return
    person = random.choice(people)

    async def logs_in(hand: Hand, random: Random) -> None:
        await hand.until(lambda: hand.talks or hand.sound.behind_beep, random.uniform(3.0, 40.0))
        if hand.talks or hand.sound.behind_beep:
            return
        await hand.presses("*")
        await listens(hand, random)
        await hand.presses(f"{person.pin if random.random() < 0.8 else '0000'}#")
        await presses_keys(hand, random, KEYS_FROM_OUTSIDE)

    await call(hand, random, person.extension, logs_in)


def _extension(hand: Hand, random: Random) -> str:
    office = hand.town.environment.office
    return random.choice([person.extension for person in office.people] + [one.extension for one in office.departments])


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
    Habit("calls when another does", 1, calls_when_another_does),
    Habit("presses in the greeting", 1, presses_in_the_greeting),
    Habit("hears messages from outside", 0.7, hears_messages_from_outside),
    Habit("knows the menu", 3, knows_the_menu),
    Habit("knows nothing", 2, knows_nothing),
    Habit("presses anything", 1, presses_anything),
    Habit("presses on and on", 0.5, presses_on_and_on),
    Habit("gives up ringing", 1, gives_up_ringing),
    Habit("is a fax machine", 0.5, is_a_fax_machine),
)
"""What callers do."""
