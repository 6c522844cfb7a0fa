"""What people of the office do with their telephones: answer, transfer, call, change something."""

from __future__ import annotations

from random import Random

from appliance.simulation import words
from appliance.simulation.habit import Habit, asks
from appliance.simulation.hand import Hand
from appliance.simulation.mailing import listens
from appliance.simulation.talking import converse
from appliance.simulation.together import parks, picks_up

ANSWERS = 0.7
"""How many calls somebody answers at a desk."""
ANSWERS_S = (0.5, 15.0)
TRANSFERS = 0.25
"""In how many conversations somebody is put on hold."""
PARKS = 0.25
"""How many of those who are put on hold are parked."""
PICKED_UP = 0.3
"""How many calls that are not answered at a desk a colleague picks up."""
OUTSIDE_S = 20.0
"""For so long it may ring outside."""


async def answers(hand: Hand, random: Random) -> None:
    """It rings at a desk: somebody may answer after a while, talk, and put the caller on hold or through.

    Or a colleague picks it up, or nobody does.
    """
    if random.random() > ANSWERS:
        if random.random() < PICKED_UP:
            asks(hand, random, picks_up, "picks up")
        return
    await hand.waits(random.uniform(*ANSWERS_S))
    if not hand.ringing:
        return
    hand.lifts()
    await hand.waits(0.3)
    await hand.says(words.GOOD_DAY)
    if random.random() < TRANSFERS:
        await _holds(hand, random)
    calls_before = hand.sound.second_calls
    await converse(hand, random, words.ANSWERS)
    if hand.talks and hand.sound.second_calls > calls_before:
        await _second_call(hand, random)
    hand.hangs_up()


async def _second_call(hand: Hand, random: Random) -> None:
    """A second call is announced: takes it, and perhaps goes back to the first; or says goodbye to the first; or
    pays no heed to it."""
    match random.choice(["takes it", "takes it", "changes", "hangs up", "nothing"]):
        case "takes it":
            hand.flashes()
            await hand.waits(1.0)
            await converse(hand, random, words.ANSWERS)
        case "changes":
            for _ in range(random.randint(2, 4)):
                hand.flashes()
                await hand.waits(random.uniform(0.8, 3.0))
            await converse(hand, random, words.ANSWERS)
        case "nothing":
            await converse(hand, random, words.ANSWERS)


async def _holds(hand: Hand, random: Random) -> None:
    """Puts the caller on hold, calls a colleague or nobody, and comes back, joins them, or hangs up."""
    hand.flashes()
    await hand.waits(random.uniform(0.8, 2.0))
    if random.random() < PARKS:
        await parks(hand, random)
        return
    if random.random() < 0.8:
        colleague = random.choice(hand.town.environment.office.people)
        await hand.presses(colleague.extension)
        await hand.waits(random.uniform(0.5, 15.0))
    match random.choice(["back", "back", "joins", "hangs up", "hangs up"]):
        case "back":
            hand.flashes()
            await hand.waits(1.0)
        case "joins":
            hand.flashes()
            await hand.waits(2.0)
            hand.flashes()
            await hand.waits(0.5)
        case _:
            hand.hangs_up()
            await hand.waits(0.1)


async def calls_a_colleague(hand: Hand, random: Random) -> None:
    office = hand.town.environment.office
    await hand.dials(random.choice(office.people).extension)
    await hand.until(lambda: hand.talks or hand.sound.behind_beep, random.uniform(5.0, 60.0))
    if hand.talks or hand.sound.behind_beep:
        await converse(hand, random, words.ASKS)
    hand.hangs_up()


async def calls_outside(hand: Hand, random: Random) -> None:
    """Somebody who calls the office now and again, and is rung now."""
    office = hand.town.environment.office
    callee = hand.town.hands[random.choice(hand.town.cast.callers)]
    await hand.dials(f"{office.outside_prefix}{callee.telephone.name}")
    await hand.until(lambda: hand.talks, random.uniform(5.0, OUTSIDE_S))
    await converse(hand, random, words.ANSWERS)
    hand.hangs_up()


async def calls_for_help(hand: Hand, random: Random) -> None:
    """An emergency. Whoever makes it stays on the line until somebody answers."""
    office = hand.town.environment.office
    help_number = hand.town.help_number
    await hand.dials(random.choice(["", office.outside_prefix]) + help_number)
    await hand.until(lambda: hand.talks, 60.0)
    await converse(hand, random, words.ASKS)
    hand.hangs_up()


async def changes_something(hand: Hand, random: Random) -> None:
    """By a code: do not disturb, night mode, forwarding, presence, departments."""
    codes = hand.town.environment.office.codes
    of_presence = [codes.do_not_disturb, codes.disturb, codes.disturb, codes.come, codes.leave, codes.departments]
    of_calls = [codes.night_mode, codes.forward, codes.forward_no_more, codes.forward_no_more]
    code = random.choice(of_presence + of_calls)
    await hand.dials(code)
    for _ in range(random.randint(0, 4)):
        await listens(hand, random)
        if hand.gone or not hand.off_hook:
            break
        await hand.presses(random.choice(["1", "2", "3", "102", "*", "#"]))
    await hand.waits(random.uniform(0.2, 4.0))
    hand.hangs_up()


async def dials_anything(hand: Hand, random: Random) -> None:
    await hand.dials("".join(random.choices("12345678*#", k=random.randint(0, 5))))
    await hand.waits(random.uniform(0.5, 25.0))
    hand.hangs_up()


HABITS = (
    Habit("calls a colleague", 2, calls_a_colleague),
    Habit("calls outside", 2, calls_outside),
    Habit("changes something", 2, changes_something),
    Habit("dials anything", 1, dials_anything),
)
"""What people of the office do with their telephones of their own accord."""
