"""The door to the pins, with a stand-in for RPi.GPIO that remembers what its pins are."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from unittest import mock

import pytest

from hw.gpio import GpioError, InputPin, OpenDrainPin, Pull


class WatchedPins(SimpleNamespace):
    """RPi.GPIO. modes: what each pin was last set up as. levels: what the world puts on it."""

    BCM, OUT, IN, BOTH, LOW = "BCM", "out", "in", "both", 0
    PUD_OFF, PUD_UP, PUD_DOWN = "off", "up", "down"

    def __init__(self) -> None:
        super().__init__(modes={}, levels={}, callbacks={}, broken="")

    def setmode(self, _numbering: str) -> None: ...

    def setup(self, pin: int, direction: str, **options: object) -> None:
        if self.broken:
            raise RuntimeError(self.broken)
        self.modes[pin] = (direction, *options.values())

    def input(self, pin: int) -> int:
        return self.levels[pin]

    def add_event_detect(self, pin: int, _edge: str, callback: Callable[[int], None]) -> None:
        if self.broken:
            raise RuntimeError(self.broken)
        self.callbacks[pin] = callback

    def remove_event_detect(self, pin: int) -> None:
        del self.callbacks[pin]

    def cleanup(self, pin: int) -> None:
        del self.modes[pin]


@pytest.fixture
def pins() -> Iterator[WatchedPins]:
    there = WatchedPins()
    with mock.patch.dict(sys.modules, {"RPi": SimpleNamespace(GPIO=there), "RPi.GPIO": there}):
        yield there


def test_an_input_is_read_and_its_edges_are_told_until_it_is_given_back(pins):
    pin, told = InputPin(4, Pull.UP), []
    assert pins.modes == {4: ("in", "up")}
    pin.watch(lambda: told.append(pin.high))
    for level in (1, 0):
        pins.levels[4] = level
        pins.callbacks[4](4)
    assert told == [True, False]
    pin.close()
    assert (pins.callbacks, pins.modes) == ({}, {})


def test_an_open_drain_pulls_low_or_lets_go_and_never_drives_high(pins):
    pin = OpenDrainPin(5)
    modes = [pins.modes[5]]
    for act in (pin.pull_low, pin.let_go):
        act()
        modes.append(pins.modes[5])
    assert modes == [("in", "off"), ("out", 0), ("in", "off")]


@pytest.mark.parametrize(
    ("broken", "mend"),
    [
        ("Cannot determine SOC peripheral base address", "install rpi-lgpio in its place"),
        ("'GPIO busy'", "another program"),
        ("no such thing", ""),
    ],
)
def test_what_is_wrong_is_told_with_what_helps(pins, broken, mend):
    pins.broken = broken
    with pytest.raises(GpioError, match=f"GPIO 4 cannot be used: {broken}") as told:
        InputPin(4)
    assert mend in told.value.mend
    assert bool(mend) == bool(told.value.mend)


def test_an_edge_that_the_kernel_no_longer_tells_is_told_with_what_helps(pins):
    pin = InputPin(4)
    pins.broken = "Failed to add edge detection"
    with pytest.raises(GpioError) as told:
        pin.watch(lambda: None)
    assert "rpi-lgpio" in told.value.mend


def test_the_library_gets_a_folder_for_its_pipe(pins, monkeypatch, tmp_path):
    monkeypatch.delenv("LG_WD", raising=False)
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    InputPin(4)
    assert os.environ["LG_WD"] == str(tmp_path)
