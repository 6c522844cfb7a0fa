"""What people of the office do with their telephones: answer, transfer, call, hear their messages, change something."""

from __future__ import annotations

from random import Random

from appliance.office.model import Person
from appliance.simulation import words
from appliance.simulation.habit import Habit
from appliance.simulation.hand import Hand
from appliance.simulation.talking import QUIET_S, converse

ANSWERS = 0.7
"""How many calls somebody answers at a desk."""
ANSWERS_S = (0.5, 15.0)
TRANSFERS = 0.25
"""In how many conversations somebody is put on hold."""
MAILBOX_KEYS = "1122333*#"
OUTSIDE_S = 20.0
"""For so long it may ring outside."""


async def answers(hand: Hand, random: Random) -> None:
    """It rings at a desk: somebody may answer after a while, talk, and put the caller on hold or through."""
    if random.random() > ANSWERS:
        return
    await hand.waits(random.uniform(*ANSWERS_S))
    if not hand.ringing:
        return
    hand.lifts()
    await hand.waits(0.3)
    await hand.says(words.GOOD_DAY)
    if random.random() < TRANSFERS:
        await _holds(hand, random)
    await converse(hand, random, words.ANSWERS)
    hand.hangs_up()


async def _holds(hand: Hand, random: Random) -> None:
    """Puts the caller on hold, calls a colleague or nobody, and comes back, joins them, or hangs up."""
    hand.flashes()
    await hand.waits(random.uniform(0.8, 2.0))
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


async def hears_messages(hand: Hand, random: Random) -> None:
    """The owner of the telephone, or anybody, dials the mailbox, gives the PIN right or wrong, and presses keys."""
    office = hand.town.environment.office
    people = [person for person in office.people if person.pin]
    person: Person = random.choice(people)
    await hand.dials(office.mailbox_access)
    await _listens(hand, random)
    if office.at_station(hand.name) is not person:
        await hand.presses("*")
        await _listens(hand, random)
        await hand.presses(f"{person.extension}#")
        await _listens(hand, random)
    pin = person.pin if random.random() < 0.85 else "0000"
    await hand.presses(f"{pin}#")
    for _ in range(random.randint(1, 10)):
        await _listens(hand, random)
        if hand.gone or not hand.off_hook:
            break
        await hand.presses(random.choice(MAILBOX_KEYS))
    hand.hangs_up()


async def _listens(hand: Hand, random: Random) -> None:
    await hand.waits(random.uniform(0.2, 1.5))
    await hand.until(lambda: hand.sound.quiet_s >= QUIET_S, 12.0)


async def changes_something(hand: Hand, random: Random) -> None:
    """By a code: do not disturb, night mode, forwarding, presence, departments."""
    codes = hand.town.environment.office.codes
    of_presence = [codes.do_not_disturb, codes.disturb, codes.disturb, codes.come, codes.leave, codes.departments]
    of_calls = [codes.night_mode, codes.forward, codes.forward_no_more, codes.forward_no_more]
    code = random.choice(of_presence + of_calls)
    await hand.dials(code)
    for _ in range(random.randint(0, 4)):
        await _listens(hand, random)
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
    Habit("hears messages", 4, hears_messages),
    Habit("changes something", 2, changes_something),
    Habit("dials anything", 1, dials_anything),
)
"""What people of the office do with their telephones of their own accord."""
