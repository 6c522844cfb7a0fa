"""The process of its own in which a fax runs in real time."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from pathlib import Path

import pytest

from appliance.fax.arrivingpages import ArrivingPages
from appliance.fax.job import FaxCause, FaxProgress, Receiving
from appliance.fax.terminal import FaxTerminal
from appliance.fax.worker import FaxEngine, InlineFax, ProcessFax, fax_engine
from appliance.fax.workerwords import (
    job_read,
    job_written,
    progress_read,
    progress_written,
    result_read,
    result_written,
)
from hw.audio import SILENCE
from tests.fax.machines import receiving, sending
from tests.fax.papers import same, saved, white


async def fed(engine: FaxEngine, far: FaxTerminal, pause: float = 0.0) -> float:
    """Carry frames between the two until there is a result; how many seconds of a line that took. A process is given
    the next frame once it has answered the one before, so that it runs as fast as it can."""
    said, ticks = SILENCE, 0
    while not engine.result.done():
        said = engine.exchange(far.feed(said))
        ticks += 1
        await asyncio.sleep(pause)
    return ticks * 0.02


@pytest.mark.real_time(within=60)
async def test_a_fax_comes_in_in_a_process_of_its_own(tmp_path: Path) -> None:
    pages = [white(40)]
    told: list[FaxProgress] = []
    engine = await fax_engine(receiving(tmp_path / "in.tif"), told.append)
    assert isinstance(engine, ProcessFax)
    far = FaxTerminal(sending(saved(tmp_path / "out.tif", pages)), lambda _progress: None)
    await fed(engine, far, 0.002)
    result = await engine.result
    await engine.close()
    assert (result.cause, result.pages) == (FaxCause.COMPLETE, 1), result
    assert told[-1].page == 1
    assert same(tmp_path / "in.tif", pages)


@pytest.mark.real_time(within=30)
async def test_a_process_that_dies_ends_its_fax_and_nothing_else(tmp_path: Path) -> None:
    engine = await fax_engine(receiving(tmp_path / "one.tif"), lambda _progress: None)
    other = await fax_engine(receiving(tmp_path / "two.tif"), lambda _progress: None)
    assert isinstance(engine, ProcessFax)
    os.kill(engine.pid, signal.SIGSEGV)
    result = await engine.result
    assert (result.cause, result.pages) == (FaxCause.ENGINE, 0)
    assert not engine.exchange(SILENCE).any()
    await engine.close()
    other.line_gone()
    assert (await other.result).cause is FaxCause.LINE_CUT
    await other.close()


@pytest.mark.real_time(within=30)
@pytest.mark.parametrize("said", ["P{", "E[]", "E" + "x" * 70_000])
async def test_a_process_that_says_what_nobody_understands_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' '{said}'\nexec sleep 60\n")
    program.chmod(0o700)
    monkeypatch.setattr("appliance.fax.worker.sys.executable", str(program))
    engine = await fax_engine(receiving(tmp_path / "in.tif"), lambda _progress: None)
    assert (await engine.result).cause is FaxCause.ENGINE
    await engine.close()


@pytest.mark.real_time(within=30)
async def test_a_file_that_cannot_be_made_is_told_by_the_process(tmp_path: Path) -> None:
    engine = await fax_engine(receiving(tmp_path / "nowhere" / "in.tif"), lambda _progress: None)
    assert (await engine.result).cause is FaxCause.STORAGE
    await engine.close()


async def test_in_virtual_time_it_runs_inline(tmp_path: Path) -> None:
    engine = await fax_engine(receiving(tmp_path / "in.tif"), lambda _progress: None)
    assert isinstance(engine, InlineFax)
    for _ in range(20):
        engine.exchange(SILENCE)
    engine.cancel()
    while not engine.result.done():
        engine.exchange(SILENCE)
    assert engine.result.result().cause is FaxCause.CANCELLED
    missing = await fax_engine(receiving(tmp_path / "nowhere" / "in.tif"), lambda _progress: None)
    assert missing.result.result().cause is FaxCause.STORAGE
    await missing.close()


def test_what_is_said_between_unit_and_process_comes_back_as_it_was(tmp_path: Path) -> None:
    progress = FaxProgress(3, "+1 407", 9600, True)
    assert progress_read(json.loads(progress_written(progress)[1:])) == progress
    terminal = FaxTerminal(receiving(tmp_path / "in.tif"), lambda _progress: None)
    terminal.line_gone()
    assert terminal.result is not None
    assert result_read(json.loads(result_written(terminal.result)[1:])) == terminal.result
    for job in (
        sending(tmp_path / "out.tif", subaddress="101"),
        receiving(tmp_path / "in.tif"),
        Receiving(tmp_path / "in.tif", "1", offered=tmp_path / "offered.tif"),
    ):
        written = job_written(job)
        assert job_read(written[:1], json.loads(written[1:])) == job


async def test_what_fails_within_a_fax_ends_it_and_is_no_fault_of_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_pages: object, **_named: object) -> None:
        raise ZeroDivisionError

    def fails(_progress: FaxProgress) -> None:
        raise LookupError

    monkeypatch.setattr(ArrivingPages, "keep", broken)
    engine = await fax_engine(receiving(tmp_path / "in.tif"), fails)
    far = FaxTerminal(sending(saved(tmp_path / "out.tif", [white(20)])), lambda _progress: None)
    await fed(engine, far)
    result = await engine.result
    assert (result.cause, result.pages) == (FaxCause.ENGINE, 0)
    assert "ZeroDivisionError" in result.detail
    await engine.close()
