"""What people of the office do by codes for themselves: dial once more, lock, log in at another telephone."""

from __future__ import annotations

from random import Random

from appliance.office.model import Person
from appliance.simulation import words
from appliance.simulation.habit import Habit
from appliance.simulation.hand import Hand
from appliance.simulation.talking import converse, hears_out

OUTSIDE_S = 20.0
"""For so long it may ring at whoever is called."""
FORGETS = 0.15
"""How many lock a telephone or log in, and leave it so."""


async def _talks_to_whoever_answers(hand: Hand, random: Random) -> None:
    await hand.until(lambda: hand.talks or hand.sound.behind_beep, random.uniform(3.0, OUTSIDE_S))
    if hand.talks:
        await converse(hand, random, words.ANSWERS)
    hand.hangs_up()


async def dials_the_last_number(hand: Hand, random: Random) -> None:
    await hand.dials(hand.town.environment.office.codes.last_number)
    await _talks_to_whoever_answers(hand, random)


async def calls_back(hand: Hand, random: Random) -> None:
    """Whoever called last, or one of those who got nobody."""
    codes = hand.town.environment.office.codes
    await hand.dials(random.choice([codes.call_return, codes.call_return, codes.lost_callers]))
    await hears_out(hand)
    await hand.presses(random.choice("1112#"))
    await _talks_to_whoever_answers(hand, random)


async def uses_a_speed_number(hand: Hand, random: Random) -> None:
    """Stores one of a caller, and dials it, or one that is not there."""
    office, digit = hand.town.environment.office, random.choice("12")
    if random.random() < 0.5:
        caller = hand.town.hands[random.choice(hand.town.cast.callers)]
        await hand.dials(office.codes.set_speed + digit)
        await hears_out(hand)
        await hand.presses(f"{office.outside_prefix}{caller.telephone.name}#")
        await hears_out(hand)
        hand.hangs_up()
        await hand.waits(random.uniform(1.0, 4.0))
    await hand.dials(office.codes.speed + digit)
    await _talks_to_whoever_answers(hand, random)


async def locks(hand: Hand, random: Random) -> None:
    """Locks the telephone, tries to call with it, and unlocks it by a PIN that may be wrong."""
    office = hand.town.environment.office
    await hand.dials(office.codes.lock)
    await hears_out(hand)
    hand.hangs_up()
    await hand.waits(random.uniform(1.0, 30.0))
    if hand.ringing or random.random() < FORGETS:
        return
    if random.random() < 0.3:
        caller = hand.town.hands[random.choice(hand.town.cast.callers)]
        await hand.dials(f"{office.outside_prefix}{caller.telephone.name}")
        await _talks_to_whoever_answers(hand, random)
        await hand.waits(1.0)
    await hand.dials(office.codes.unlock)
    owner = office.at_station(hand.name)
    await _gives_pin(hand, random, owner or random.choice(office.people), extension_first=owner is None)


async def logs_in_elsewhere(hand: Hand, random: Random) -> None:
    """Makes this telephone somebody's, calls with it, and mostly gives it back."""
    office = hand.town.environment.office
    people = [one for one in office.people if one.pin]
    if not people:
        return
    await hand.dials(office.codes.log_in)
    await _gives_pin(hand, random, random.choice(people), extension_first=True)
    await hand.waits(random.uniform(1.0, 60.0))
    if hand.ringing or random.random() < FORGETS:
        return
    if random.random() < 0.5:
        await hand.dials(random.choice(office.people).extension)
        await _talks_to_whoever_answers(hand, random)
        await hand.waits(1.0)
    await hand.dials(office.codes.log_out)
    await hears_out(hand)
    hand.hangs_up()


async def asks_the_unit(hand: Hand, random: Random) -> None:
    """Codes that tell something, or do something at once."""
    codes = hand.town.environment.office.codes
    told = [codes.who_called, codes.redial, codes.redial_no_more, codes.emergency_test, codes.page, codes.listen_in]
    await hand.dials(random.choice(told))
    await hears_out(hand)
    await hand.waits(random.uniform(0.2, 6.0))
    hand.hangs_up()


async def _gives_pin(hand: Hand, random: Random, person: Person, *, extension_first: bool) -> None:
    await hears_out(hand)
    if extension_first:
        await hand.presses(f"{person.extension}#")
        await hears_out(hand)
    await hand.presses(f"{person.pin if random.random() < 0.85 else '0000'}#")
    await hears_out(hand)
    hand.hangs_up()


HABITS = (
    Habit("dials the last number", 0.6, dials_the_last_number),
    Habit("calls back", 1, calls_back),
    Habit("uses a speed number", 0.7, uses_a_speed_number),
    Habit("locks", 0.6, locks),
    Habit("logs in elsewhere", 0.8, logs_in_elsewhere),
    Habit("asks the unit", 0.8, asks_the_unit),
)
"""What people do by codes for themselves."""
