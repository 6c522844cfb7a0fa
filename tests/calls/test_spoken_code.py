"""Telephones of the office say the code that the local page asks for, and guessing it gets nobody far."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.calls.spokencodes import SETUP, SpokenCodes, WrongCode
from appliance.store.spokencodes import SpokenCodeStore
from tests.calls.world import World

PAGE, OTHER = "10.0.0.7", "10.0.0.8"


class Clocked:
    """Codes, and a clock that is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.at = datetime(2026, 3, 9, 12, tzinfo=UTC)
        self.store = SpokenCodeStore(folder / "spoken-codes.json")
        self.codes = SpokenCodes(self.store, self)

    def now(self) -> datetime:
        return self.at

    def later(self, **time: float) -> None:
        self.at += timedelta(**time)

    def wait_after(self, digits: str, source: str = PAGE) -> int:
        with pytest.raises(WrongCode) as wrong:
            self.codes.check(SETUP, digits, source)
        return wrong.value.wait_seconds


@pytest.fixture
def clocked(tmp_path: Path) -> Clocked:
    return Clocked(tmp_path)


@pytest.mark.parametrize("dialled", ["**0", "7700"])
async def test_a_telephone_says_the_code_digit_by_digit(here: World, dialled: str) -> None:
    await here.appliance.spoken_codes.begin(SETUP)
    maria = await here.phone("fxs-1").dials(dialled)
    await maria.hears("spoken-code", "spoken-code", "spoken-code", "goodbye")
    maria.hangs_up()
    await here.all_is_free()


async def test_where_no_code_is_needed_that_is_said(here: World) -> None:
    maria = await here.phone("fxs-1").dials("**0")
    await maria.hears("no-spoken-code", "goodbye")
    maria.hangs_up()
    await here.all_is_free()


async def test_without_an_office_the_telephones_say_it_too(bare: World) -> None:
    await bare.appliance.spoken_codes.begin(SETUP)
    phone = await bare.phone("fxs-1").dials("**0")
    await phone.hears("spoken-code")
    phone.hangs_up()
    await bare.all_is_free()


async def test_the_code_is_the_same_after_a_restart(clocked: Clocked) -> None:
    code = await clocked.codes.begin(SETUP)
    again = SpokenCodes(clocked.store, clocked)
    assert await again.open() == ""
    assert again.newest() == code
    assert again.admits(SETUP, again.check(SETUP, code.digits, PAGE))


async def test_the_newest_is_said_and_each_opens_its_own_alone(clocked: Clocked) -> None:
    first = await clocked.codes.begin(SETUP)
    second = await clocked.codes.begin("password", clocked.at + timedelta(minutes=10))
    assert clocked.codes.newest() == second
    assert not clocked.codes.admits("password", first.ticket)
    clocked.later(minutes=10)
    assert clocked.codes.newest() == first
    with pytest.raises(WrongCode):
        clocked.codes.check("password", second.digits, PAGE)


async def test_a_code_that_has_ended_opens_nothing(clocked: Clocked) -> None:
    code = await clocked.codes.begin(SETUP)
    await clocked.codes.end(SETUP)
    assert not clocked.codes.admits(SETUP, code.ticket)
    assert clocked.codes.newest() is None
    again = SpokenCodes(clocked.store, clocked)
    await again.open()
    assert again.newest() is None


async def test_the_tries_of_somebody_who_waited_an_hour_are_free_again(clocked: Clocked) -> None:
    await clocked.codes.begin(SETUP)
    assert [clocked.wait_after("1") for _ in range(5)] == [0, 0, 0, 0, 2]
    clocked.later(hours=1)
    assert clocked.wait_after("1") == 0


async def test_waits_grow_to_ten_minutes_and_the_right_code_has_to_wait_too(clocked: Clocked) -> None:
    code = await clocked.codes.begin(SETUP)
    assert [clocked.wait_after("1") for _ in range(4)] == [0, 0, 0, 0]
    waits = []
    while not waits or waits[-1] < 600:
        waits.append(clocked.wait_after("1"))
        assert clocked.wait_after(code.digits) == waits[-1]
        clocked.later(seconds=waits[-1])
    assert waits[:4] == [2, 3, 5, 9]
    assert clocked.codes.check(SETUP, code.digits, PAGE) == code.ticket


async def test_who_guesses_from_many_addresses_keeps_others_waiting_half_a_minute_at_most(clocked: Clocked) -> None:
    code = await clocked.codes.begin(SETUP)
    for number in range(40):
        clocked.later(seconds=31)
        clocked.wait_after("1", f"10.0.1.{number}")
    wait = clocked.wait_after(code.digits, OTHER)
    assert 0 < wait <= 31
    clocked.later(seconds=wait)
    assert clocked.codes.check(SETUP, code.digits, OTHER) == code.ticket
