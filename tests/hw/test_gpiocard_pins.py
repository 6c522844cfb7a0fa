"""A board is tried pin by pin, and what there is of it on this machine is listed."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from hw.gpio import library_error
from hw.gpiocard.looking import found
from hw.gpiocard.pinmap import BoardLine, DaaPins, SlicPins
from hw.gpiocard.pintest import PinResult, try_board
from hw.sim.exchange import Exchange
from hw.sim.gpioboard import SimBoard
from hw.sim.pins import SimPins
from hw.tones.toneplan import tone_plan
from tests.hw.gpioworld import FXO, FXS, LINES, TRUNK
from tests.hw.simworld import NINE_THIRTY


async def tried(board_lines: tuple[BoardLine, ...], told_lines: tuple[BoardLine, ...]) -> list[PinResult]:
    """The results of a board that is wired like `board_lines` and tried as `told_lines`, by a person who does all that
    is asked for."""
    exchange = Exchange(tone_plan("us"), lambda: NINE_THIRTY)

    async def person(asked: str) -> None:
        if "Lift" in asked:
            exchange.telephones[FXS].lift()
        elif "Hang up the telephone" in asked:
            exchange.telephones[FXS].hang_up()
        elif "Call the line" in asked:
            exchange.lines[TRUNK].script.run(exchange.lines[TRUNK].ring(None))
        await asyncio.sleep(0.1)

    with tempfile.TemporaryDirectory() as folder, SimBoard(exchange, board_lines, Path(folder), {FXO: TRUNK}) as board:
        await exchange.start()
        board.start()
        results = [result async for result in try_board(told_lines, person)]
        assert board.gpio.in_use == set()
        assert board.slics[FXS].misuse == []
        exchange.lines[TRUNK].stop()
        board.stop()
        await exchange.close()
    return results


async def test_every_pin_of_a_board_that_is_wired_right_works() -> None:
    results = await tried(LINES, LINES)
    assert [result.told for result in results if not result.works] == []
    assert {result.pin for result in results} == {
        *("SHK", "PD", "F/R", "RM", "LV+", "LVH", "LC", "LSC", "RS"),
    }
    assert results[0].told == "SHK (GPIO 13, pin 33 of the header): low while the telephone is on its hook"


@pytest.mark.parametrize(
    ("pins", "named"),
    [
        (SlicPins(hook=12), {"SHK"}),
        (SlicPins(power_down=12), {"PD"}),
        (SlicPins(ring_mode=12), {"F/R", "RM"}),
        (DaaPins(loop=12), {"LSC", "LC"}),
        (DaaPins(ring=12), {"RS"}),
        (DaaPins(current_low=True), {"LC", "LSC"}),
        (DaaPins(idle=12), {"LVH"}),
    ],
)
async def test_a_pin_that_is_wired_wrong_is_named(pins: SlicPins | DaaPins, named: set[str]) -> None:
    wired = tuple(replace(line, pins=pins) if type(line.pins) is type(pins) else line for line in LINES)
    bad = {result.pin for result in await tried(wired, LINES) if not result.works}
    assert named <= bad
    assert bad <= named | {"F/R", "RM", "LSC", "LC", "PD"}


async def test_a_pin_that_could_not_be_tried_is_not_called_well() -> None:
    """Without SHK nobody knows what PD did."""
    results = await tried((replace(LINES[0], pins=SlicPins(hook=12)), LINES[1]), LINES)
    assert [result.pin for result in results if result.port == FXS] == ["SHK", "SHK", "F/R", "RM"]


async def test_a_pin_that_is_taken_is_told_and_the_other_chip_is_tried() -> None:
    results = await tried(LINES, (replace(LINES[0], pins=SlicPins(hook=99)), LINES[1]))
    assert [result.told for result in results if not result.pin] == [
        "GPIO 99 cannot be used: The channel sent is invalid on a Raspberry Pi"
    ]
    assert [result.port for result in results if not result.works] == [FXS]


def states(faults: dict[str, str] | None = None) -> list[tuple[str, str]]:
    return [(one.name, one.state) for one in found(LINES, faults)]


def test_what_the_running_unit_knows_of_its_lines_is_listed() -> None:
    assert states({FXO: "codec hw:0 gives no sound any more"}) == [(FXS, "healthy"), (FXO, "faulty")]
    assert found((), {}) == []


def test_what_can_be_seen_without_the_unit_is_listed_and_no_pin_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "RPi", None)
    assert states() == [("GPIO", "no-pins")]
    monkeypatch.undo()
    pins = SimPins()
    with pins.installed():
        assert states() == [(FXS, "not-tried"), (FXO, "not-tried")]
        (told,) = found((replace(LINES[0], codec="plughw:CARD=wm8731"),), None)
        assert (told.state, "no sound card" in told.told) == ("no-codec", True)
    assert pins.in_use == set()


def test_the_wrong_library_on_a_raspberry_pi_5_is_told_with_what_helps(tmp_path: Path) -> None:
    model = tmp_path / "model"
    with SimPins().installed():
        for name, wrong in (("Raspberry Pi 5 Model B Rev 1.0\0", True), ("Raspberry Pi 4 Model B Rev 1.4\0", False)):
            model.write_text(name)
            error = library_error(model)
            assert (error is not None) == wrong
            assert error is None or "rpi-lgpio" in error.mend
        with mock.patch.dict("sys.modules", {"lgpio": mock.sentinel.lgpio}):
            model.write_text("Raspberry Pi 5 Model B Rev 1.0\0")
            assert library_error(model) is None
