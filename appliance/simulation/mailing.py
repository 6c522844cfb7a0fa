"""What owners do in their mailboxes: hear, delete and bring back, forward, send, and record greetings."""

from __future__ import annotations

from random import Random

from appliance.simulation import words
from appliance.simulation.habit import Habit
from appliance.simulation.hand import Hand
from appliance.simulation.talking import QUIET_S

KEYS_IN_A_MAILBOX = "1112223334567890**##"
LISTENS_S = 12.0


async def listens(hand: Hand, random: Random) -> None:
    """Until nothing is said for a moment."""
    await hand.waits(random.uniform(0.2, 1.5))
    await hand.until(lambda: hand.sound.quiet_s >= QUIET_S, LISTENS_S)


async def presses_keys(hand: Hand, random: Random, keys: str) -> None:
    """Some of these, each once something was said."""
    for _ in range(random.randint(1, 8)):
        await listens(hand, random)
        if hand.gone or not hand.off_hook:
            return
        await hand.presses(random.choice(keys))


async def _opens(hand: Hand, random: Random) -> None:
    """The mailbox of whoever has the telephone, or of anybody, with a PIN that may be wrong."""
    office = hand.town.environment.office
    people = [one for one in office.people if one.pin]
    if not people:
        return
    person = random.choice(people)
    await hand.dials(office.mailbox_access)
    await listens(hand, random)
    if office.at_station(hand.name) is not person:
        await hand.presses("*")
        await listens(hand, random)
        await hand.presses(f"{person.extension}#")
        await listens(hand, random)
    await hand.presses(f"{person.pin if random.random() < 0.85 else '0000'}#")


async def _one_after_the_other(hand: Hand, random: Random, *done: str) -> None:
    """Presses keys, or says something, each once all has been said that was to be said."""
    for one in done:
        await listens(hand, random)
        if one in words.SAYINGS:
            await hand.says(one)
        else:
            await hand.presses(one)


async def hears_messages(hand: Hand, random: Random) -> None:
    await _opens(hand, random)
    await presses_keys(hand, random, KEYS_IN_A_MAILBOX)
    hand.hangs_up()


async def deletes_and_brings_back(hand: Hand, random: Random) -> None:
    await _opens(hand, random)
    await _one_after_the_other(
        hand, random, *random.choice([("3", "1", "3"), ("3", "*", "#", "2"), ("2", "3", "*", "#")])
    )
    await presses_keys(hand, random, KEYS_IN_A_MAILBOX)
    hand.hangs_up()


async def forwards_a_message(hand: Hand, random: Random) -> None:
    """With an introduction or without one, to one or two."""
    people = [one.extension for one in hand.town.environment.office.people]
    await _opens(hand, random)
    await _one_after_the_other(hand, random, "0", "2")
    await listens(hand, random)
    if random.random() < 0.5:
        await hand.says(words.MOMENT)
    await hand.presses("#")
    await _one_after_the_other(hand, random, *random.sample(people, min(random.randint(1, 2), len(people))), "#", "#")
    await listens(hand, random)
    hand.hangs_up()


async def sends_a_message(hand: Hand, random: Random) -> None:
    await _opens(hand, random)
    to = random.choice([one.extension for one in hand.town.environment.office.people])
    await _one_after_the_other(hand, random, "*", "8", words.MESSAGE, "#", "1", to, "#")
    await listens(hand, random)
    hand.hangs_up()


async def records_a_greeting(hand: Hand, random: Random) -> None:
    """Of any kind, and keeps it or not; or hears or removes it."""
    await _opens(hand, random)
    await _one_after_the_other(hand, random, "*", "3", random.choice("123456"))
    match random.choice(["records", "records", "hears", "removes"]):
        case "records":
            await _one_after_the_other(hand, random, "2", words.GREETING, "#", random.choice("11123"), "1")
        case "hears":
            await _one_after_the_other(hand, random, "1")
        case _:
            await _one_after_the_other(hand, random, "3")
    await listens(hand, random)
    hand.hangs_up()


HABITS = (
    Habit("hears messages", 4, hears_messages),
    Habit("deletes and brings back", 1, deletes_and_brings_back),
    Habit("forwards a message", 1, forwards_a_message),
    Habit("sends a message", 0.5, sends_a_message),
    Habit("records a greeting", 0.7, records_a_greeting),
)
"""What owners do in their mailboxes."""
