"""The card of one's own making in real time: its threads, the ALSA library, and the process that guards the ringing."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hw.audio import Frame, level_dbm0
from hw.gpiocard.card import GUARD_DIED
from hw.gpiocard.guard import Guard
from hw.gpiocard.pace import ThreadPace
from hw.gpiocard.pinmap import SlicPins
from hw.linecard import OffHook
from tests.calls.hearing import until
from tests.hw.gpioworld import CODEC, FXO, FXS, gpio_world
from tests.hw.linecard_bench import TONE, Listener

SLIC = SlicPins()
FAKE_LIBRARY = """
import os
BCM, OUT = 11, 0
def setmode(mode): ...
def setup(pin, direction, initial):
    with open(os.environ["PIN_LOG"], "a") as log:
        log.write(f"{pin}={int(initial)}\\n")
"""
"""RPi.GPIO, for a process of its own: it notes what each pin is driven to."""


@pytest.mark.real_time(within=20)
async def test_its_threads_ring_and_carry_sound_both_ways() -> None:
    async with gpio_world(pace=lambda board: ThreadPace) as world:
        assert world.card.status()["faults"] == {FXO: "it has not heard itself yet"}
        port, line = world.card.fxs[0], world.board.slics[FXS].line
        world.board.slics[FXS].bell = False  # On a busy machine the simulated pulses would be late, and too long.
        told = Listener(port)
        heard: list[Frame] = []
        world.telephone.listeners.append(heard.append)
        port.ring((2.0, 4.0))
        await until(lambda: world.telephone.ringing)
        world.telephone.lift()
        await until(lambda: told.events)
        assert (line.ringing, told.events) == (False, [OffHook()])
        await world.telephone.send(TONE[:4000])
        await until(lambda: told.frames and -25 < max(map(level_dbm0, told.frames)) < -10)
        for frame in TONE.reshape(-1, 160)[:20]:
            port.write(frame)
            await asyncio.sleep(0.02)
        await until(lambda: heard and -25 < max(map(level_dbm0, heard)) < -10)
        world.board.codec(CODEC, "gone")
        await until(lambda: any(CODEC in fault for fault in world.faults))
        assert world.board.slics[FXS].misuse == []


@pytest.mark.real_time(within=10)
async def test_a_thread_keeps_its_steps_in_time_and_ends_when_a_step_fails() -> None:
    loop = asyncio.get_running_loop()
    times: list[float] = []
    ended = asyncio.Event()

    def step() -> float | None:
        times.append(loop.time())
        if len(times) == 40:
            loop.call_soon_threadsafe(ended.set)
            raise RuntimeError("as a driver's fault would")
        return 0.005

    pace = ThreadPace("steps", step, loop.time)
    await ended.wait()
    await asyncio.sleep(0.05)
    assert not pace.alive
    assert 0.19 < times[-1] - times[0] < 0.6


def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the guard's process notes what it does to the pins."""
    package = tmp_path / "RPi"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "GPIO.py").write_text(FAKE_LIBRARY)
    log = tmp_path / "log"
    log.touch()
    monkeypatch.setenv("PIN_LOG", str(log))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    return log


def test_a_guard_ends_the_ringing_of_a_unit_that_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = guarded(tmp_path, monkeypatch)
    dies = (
        "import os; from hw.gpiocard.guard import Guard; from hw.gpiocard.pinmap import SlicPins; "
        "guard = Guard([SlicPins()]); os.kill(os.getpid(), 9)"
    )
    # The guard has its end of this pipe, too: reading ends when both processes have.
    subprocess.run([sys.executable, "-c", dies], stdout=subprocess.PIPE, timeout=20, check=False)
    assert log.read_text().split() == [f"{SLIC.ring_mode}=0", f"{SLIC.forward}=1"]


def test_a_guard_leaves_the_pins_of_a_unit_alone_that_has_given_them_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = guarded(tmp_path, monkeypatch)
    guard = Guard([SlicPins()])
    guard.close()
    assert log.read_text() == ""


def guards() -> list[int]:
    """The processes that guard the ringing of this one."""
    children = [
        int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()
    ]
    return [pid for pid in children if b"hw.gpiocard.guard" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.real_time(within=20)
async def test_a_guard_that_dies_is_told_and_followed_by_another() -> None:
    async with gpio_world(pace=lambda board: ThreadPace, guarded=True) as world:
        told: list[tuple[str, bool]] = []
        world.card.on_fault = lambda fault, there: told.append((fault, there))
        (first,) = guards()
        os.kill(first, signal.SIGKILL)
        await until(lambda: len(told) == 2)
        assert told == [(GUARD_DIED, True), (GUARD_DIED, False)]
        (second,) = guards()
        assert second != first
    assert guards() == []
