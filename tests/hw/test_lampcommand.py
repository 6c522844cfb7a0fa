"""A lamp that a program switches: started without a shell, never twice at once, and never for ever."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from hw.panel.command import LampCommand
from hw.panel.led import LedPattern

pytestmark = pytest.mark.real_time


def program(folder: Path, script: str) -> Path:
    path = folder / "lamp"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


async def settled(command: LampCommand) -> None:
    """Until the program that runs has ended, and those that were to follow it."""
    while tasks := [task for task in asyncio.all_tasks() if task.get_name() == "lamp command"]:
        await asyncio.gather(*tasks)


async def test_changes_that_come_while_it_runs_are_made_one_by_one_and_the_last_one_always(tmp_path: Path) -> None:
    out, lock = tmp_path / "out", tmp_path / "running"
    command = LampCommand(program(tmp_path, f"mkdir {lock} || echo twice >>{out}; echo $1 >>{out}; rmdir {lock}"))
    for pattern in (LedPattern.SLOW, LedPattern.FAST, LedPattern.DOUBLE):
        command.show(pattern)
        await asyncio.sleep(0)
    await settled(command)
    assert out.read_text().split() == ["slow", "double"]
    command.show(LedPattern.DOUBLE)
    await settled(command)
    assert out.read_text().split() == ["slow", "double"]


async def test_one_that_does_not_end_is_killed_with_all_that_it_has_started_and_told(tmp_path: Path) -> None:
    pid, faults = tmp_path / "pid", list[tuple[str, bool]]()
    command = LampCommand(program(tmp_path, f"sleep 60 & echo $! >{pid}; wait"), longest_s=0.3)
    command.on_fault = lambda fault, there: faults.append((fault, there))
    command.show(LedPattern.SLOW)
    await settled(command)
    assert faults == [("the program lamp for the lamp has not ended in time", True)]
    assert not alive_for_long(int(pid.read_text()))


async def test_one_that_is_not_there_or_fails_is_told_until_it_goes_well(tmp_path: Path) -> None:
    faults = list[tuple[str, bool]]()
    command = LampCommand(tmp_path / "lamp")
    command.on_fault = lambda fault, there: faults.append((fault, there))
    command.show(LedPattern.SLOW)
    await settled(command)
    program(tmp_path, "exit 3")
    command.show(LedPattern.FAST)
    await settled(command)
    program(tmp_path, "exit 0")
    command.show(LedPattern.OFF)
    await settled(command)
    missing = "the program lamp for the lamp cannot be started: No such file or directory"
    failing = "the program lamp for the lamp has failed with 3"
    assert faults == [(missing, True), (missing, False), (failing, True), (failing, False)]


def alive_for_long(pid: int) -> bool:
    """Whether it goes on for 5 s: the kernel ends a process a moment after it was told to."""
    until = time.monotonic() + 5
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return alive(pid)


def alive(pid: int) -> bool:
    """Whether this process does anything still; one that waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
