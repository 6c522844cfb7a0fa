"""Guarding mailboxes against guesses of their PINs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.calls.pins import Guesser, PinGuard
from appliance.store.wrongpins import WrongPins, WrongPinStore

CELL = Guesser("4075550123", "main")
DESK = Guesser("front desk", "front desk", own=True)
HOUR = 3600
GUESSED = "there were too many wrong PINs {}: somebody may be guessing"


class Days:
    """A guard, its date, and what it has told."""

    def __init__(self, folder: Path) -> None:
        self.at = datetime(2026, 3, 9, 12, tzinfo=UTC)
        self.told: list[str] = []
        self.store = WrongPinStore(folder / "wrong-pins.json")
        self.guard = self.again()

    def again(self) -> PinGuard:
        """A guard as after a restart."""
        return PinGuard(self.store, self, self.told.append)

    def now(self) -> datetime:
        return self.at

    def later(self, **time: float) -> None:
        self.at += timedelta(**time)

    async def guesses(self, count: int, mailbox: str = "ann", guessers: Iterable[Guesser] = (CELL,)) -> None:
        """So many wrong PINs, a minute apart, from each of these."""
        for _ in range(count):
            for guesser in guessers:
                assert not await self.guard.right(mailbox, "7391", "0000", guesser)
            self.later(minutes=1)

    async def opens(self, guesser: Guesser = CELL, mailbox: str = "ann") -> bool:
        return await self.guard.right(mailbox, "7391", "7391", guesser)

    def hours(self, guesser: Guesser = CELL, mailbox: str = "ann") -> float:
        return round(self.guard.wait_seconds(mailbox, guesser) / HOUR, 1)


@pytest.fixture
def days(tmp_path: Path) -> Days:
    return Days(tmp_path)


async def test_the_right_pin_opens_and_a_wrong_one_does_not(days: Days) -> None:
    assert await days.opens()
    assert not await days.guard.right("ann", "7391", "7392", CELL)
    assert not await days.guard.right("ann", "7391", "", CELL)
    assert not await days.guard.right("ann", "", "", CELL)


async def test_after_ten_wrong_pins_in_an_hour_no_pin_is_looked_at_for_an_hour(days: Days) -> None:
    await days.guesses(10)
    days.later(minutes=-1)
    assert (days.hours(), await days.opens()) == (1.0, False)
    assert days.told == [GUESSED.format(where) for where in ("on main", "for the mailbox of ann")]
    days.later(hours=1, seconds=1)
    assert (days.hours(), await days.opens()) == (0.0, True)


async def test_the_wait_grows_from_an_hour_to_a_day_and_is_short_again_after_a_week(days: Days) -> None:
    waits = []
    for _ in range(7):
        await days.guesses(10)
        waits.append(days.hours())
        days.later(hours=waits[-1] + 24)
    assert [round(wait) for wait in waits] == [1, 2, 4, 8, 16, 24, 24]
    days.later(days=7)
    await days.guesses(10)
    assert round(days.hours()) == 1


async def test_whoever_stays_below_ten_an_hour_gets_thirty_a_day(days: Days) -> None:
    for _ in range(3):
        await days.guesses(9)
        days.later(hours=2)
    assert days.hours() == 0
    await days.guesses(3)
    assert days.hours() > 0


async def test_guesses_from_many_numbers_count_for_the_mailbox(days: Days) -> None:
    await days.guesses(1, guessers=[Guesser(str(number), "main") for number in range(10)])
    assert days.hours(Guesser("4085550199", "main")) > 0
    assert await days.opens(Guesser("4085550199", "main"), "bob")


async def test_guesses_at_many_mailboxes_count_for_the_number_they_come_from(days: Days) -> None:
    for mailbox in ("ann", "bob", "", "eve", "kim"):
        await days.guesses(2, mailbox)
    assert days.hours(mailbox="joe") > 0
    assert await days.opens(Guesser("4085550199", "main"), "joe")
    assert days.told == [GUESSED.format("on main")]


async def test_the_owners_own_telephone_never_waits_and_its_wrong_pins_lock_nobody_out(days: Days) -> None:
    await days.guesses(12)
    assert await days.opens(DESK)
    days.later(days=7)
    await days.guesses(12, guessers=[DESK])
    assert await days.opens(DESK)
    assert (await days.opens(), days.guard.tries_per_call(CELL)) == (True, 3)
    assert days.guard.tries_per_call(DESK) == 1
    assert days.told[-1] == GUESSED.format("on front desk")


async def test_a_restart_forgets_no_guess(days: Days) -> None:
    await days.guesses(9)
    days.guard = days.again()
    assert await days.guard.open() == ""
    await days.guesses(1)
    days.guard = days.again()
    await days.guard.open()
    assert (days.hours(), await days.opens()) == (1.0, False)


async def test_a_date_that_was_set_back_keeps_nobody_out_for_longer_than_a_day(days: Days) -> None:
    await days.guesses(10)
    days.later(days=-400)
    assert days.hours() == 24


async def test_a_damaged_file_of_wrong_pins_is_told_and_begun_anew(days: Days, tmp_path: Path) -> None:
    await days.guesses(3)
    for path in tmp_path.iterdir():
        path.write_bytes(b"\0")
    days.guard = days.again()
    assert "are counted from nothing" in await days.guard.open()
    await days.guesses(1)
    assert days.store.load() == {
        "from 4075550123": WrongPins((days.at - timedelta(minutes=1),)),
        "for ann": WrongPins((days.at - timedelta(minutes=1),)),
    }
