"""Longer proofs of faxes through modems, half a minute each: every speed, our own terminal at the other end, and all
that goes wrong. `make proofs` runs them."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path

import numpy as np
import pytest

from appliance.fax.efaxpages import HEADER_ON_FINE
from appliance.fax.job import FaxCause, FaxResult, Receiving, Sending
from appliance.fax.pagefile import CodedPage, PageFile
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS
from hw.dsp.dtmf import dtmf_samples
from hw.sim.loop import LineQuality
from tests.calls.hearing import until
from tests.fax import papers
from tests.fax.machines import FaxOnTelephone
from tests.fax.modemlines import OURS, TELEPHONE, THEIRS, ModemLines, modem_lines

pytestmark = [pytest.mark.real_time, pytest.mark.proof]

HEADER_LINES = 20 + HEADER_ON_FINE
"""Above each page of 7.7 lines a mm."""
SPEEDS = [2400, 4800, 7200, 9600, 12000, 14400]


def saved(folder: Path, pages: list[papers.Page]) -> Path:
    return papers.saved(folder / "out.tif", pages)


def receiving(folder: Path, **further: object) -> Receiving:
    return Receiving(folder / "in.tif", "+1 407 5550199", **further)  # type: ignore[arg-type]


def arrived(folder: Path, pages: list[papers.Page]) -> bool:
    """Whether these pages, and no others, have come below efax's header, dot for dot, and nothing but white below."""
    found = papers.pages_of(folder / "in.tif")
    return len(found) == len(pages) and all(
        np.array_equal(one[HEADER_LINES : HEADER_LINES + len(page)], page) and not one[HEADER_LINES + len(page) :].any()
        for one, page in zip(found, pages, strict=True)
    )


async def both(lines: ModemLines, sending: Sending, job: Receiving) -> tuple[FaxResult, FaxResult]:
    return await asyncio.gather(lines.ours.sends(THEIRS, sending), lines.theirs.answers(job))


@pytest.mark.parametrize("speed", SPEEDS)
async def test_two_pages_go_from_modem_to_modem_at_every_speed(speed: int, tmp_path: Path) -> None:
    pages = [papers.text(60), papers.dense(8)]
    job = Sending(saved(tmp_path, pages), "+1 407 5550100", "", most_bit_rate=speed)
    async with modem_lines(tmp_path) as lines:
        ours, theirs = await both(lines, job, receiving(tmp_path))
    assert (ours.cause, ours.pages, ours.bit_rate) == (FaxCause.COMPLETE, 2, speed)
    assert (theirs.cause, theirs.pages, theirs.bit_rate) == (FaxCause.COMPLETE, 2, speed)
    assert arrived(tmp_path, pages)


@pytest.mark.parametrize("speed", SPEEDS)
async def test_the_modem_sends_to_our_own_terminal(speed: int, tmp_path: Path) -> None:
    page = papers.text(60)
    job = Sending(saved(tmp_path, [page]), "+1 407 5550100", "", most_bit_rate=speed)
    async with modem_lines(tmp_path) as lines:
        far = FaxOnTelephone(lines.telephone)

        def answer(what: str) -> None:
            if what == "ringing":
                lines.telephone.lift()
                far.start(receiving(tmp_path, ecm=False))

        lines.telephone.observers.append(answer)
        ours = await lines.ours.sends(TELEPHONE, job)
        await asyncio.sleep(1)
        assert (ours.cause, ours.pages, ours.bit_rate) == (FaxCause.COMPLETE, 1, speed)
        assert far.result is not None
        assert (far.result.cause, far.result.pages, far.result.ecm) == (FaxCause.COMPLETE, 1, False)
    assert arrived(tmp_path, [page])


@pytest.mark.parametrize("speed", SPEEDS)
async def test_our_own_terminal_sends_to_the_modem(speed: int, tmp_path: Path) -> None:
    page = papers.text(60)
    job = Sending(saved(tmp_path, [page]), "+1 407 5550100", "", ecm=False, most_bit_rate=speed)
    async with modem_lines(tmp_path) as lines:
        far = FaxOnTelephone(lines.telephone)

        async def call() -> None:
            lines.telephone.lift()
            await asyncio.sleep(1)
            await lines.telephone.press(OURS)
            far.start(job)

        _, result = await asyncio.gather(call(), lines.ours.answers(receiving(tmp_path)))
        await asyncio.sleep(1)
        assert (result.cause, result.pages, result.bad_rows) == (FaxCause.COMPLETE, 1, 0)
        assert far.result is not None
        assert (far.result.cause, far.result.pages) == (FaxCause.COMPLETE, 1)
    (got,) = papers.pages_of(tmp_path / "in.tif")
    assert np.array_equal(got[: len(page)], page)


@pytest.mark.parametrize("kept", [False, True])
async def test_the_modem_takes_over_a_call_that_the_card_beside_it_has_made(*, kept: bool, tmp_path: Path) -> None:
    """kept: the card keeps the line, too, and says nothing."""
    page = papers.text(60)
    job = Sending(saved(tmp_path, [page]), "+1 407 5550100", "")
    async with modem_lines(tmp_path) as lines:
        exchange = lines.exchange
        exchange.add_trunk("fxo-1", "40")
        beside = lines.beside(tmp_path, "40")
        port = exchange.card.fxo[-1]
        far = FaxOnTelephone(lines.telephone)
        port.seize()
        await asyncio.sleep(1.5)
        for frame in dtmf_samples(TELEPHONE)[: 2 * 1600].reshape(-1, FRAME_SAMPLES):
            port.write(frame)
            await asyncio.sleep(FRAME_SECONDS)
        await until(lambda: lines.telephone.ringing, 10)
        lines.telephone.lift()
        far.start(receiving(tmp_path, ecm=False))
        fax = asyncio.ensure_future(beside.sends("", job))
        await until(lambda: beside.modem.off_hook, 10)
        if not kept:
            port.release()
        ours = await fax
        assert (ours.cause, ours.pages) == (FaxCause.COMPLETE, 1)
        beside.modem.unplug()
    assert arrived(tmp_path, [page])


async def test_a_page_comes_over_a_noisy_line_in_three_calls_and_one_that_did_not_come_is_not_confirmed(
    tmp_path: Path,
) -> None:
    """28 dB between the signal and the noise of both lines: now and then a modem does not find the page's carrier."""
    pages = [papers.text(200)]
    for _ in range(3):
        async with modem_lines(tmp_path, LineQuality(noise_dbm0=-48.0)) as lines:
            ours, theirs = await both(lines, Sending(saved(tmp_path, pages), "1", ""), receiving(tmp_path))
        assert (ours.cause is FaxCause.COMPLETE) == (theirs.cause is FaxCause.COMPLETE)
        assert ours.pages == theirs.pages
        if ours.cause is FaxCause.COMPLETE:
            break
    assert ours.cause is FaxCause.COMPLETE


async def test_a_page_that_came_badly_is_sent_again_and_kept_once(tmp_path: Path) -> None:
    pages = [papers.dense(60)]
    async with modem_lines(tmp_path) as lines:

        def bursts() -> None:
            for at in range(6):
                lines.later(at * 0.4, lambda: lines.exchange.lines[THEIRS].loop.disturb(0.05, 300.0))

        watch_page(lines, bursts)
        ours, theirs = await both(lines, Sending(saved(tmp_path, pages), "1", ""), receiving(tmp_path))
    assert (ours.cause, ours.pages) == (FaxCause.COMPLETE, 1)
    assert (theirs.cause, theirs.pages) == (FaxCause.COMPLETE, 1)
    assert len(papers.pages_of(tmp_path / "in.tif")) == 1


def watch_page(lines: ModemLines, then: object, *, page: int = 1) -> None:
    """Do this two seconds into this page, as the modem begins to send its carrier."""
    modem, carried, seen = lines.ours.modem, lines.ours.modem.carry, 0

    def carry(command: str) -> None:
        nonlocal seen
        carried(command)
        if command.startswith("+FTM"):
            seen += 1
            if seen == page + 1:  # The first is the training.
                lines.later(2.0, then)  # type: ignore[arg-type]

    modem.carry = carry  # type: ignore[method-assign]


async def test_the_line_is_cut_in_the_middle_of_a_page_and_the_whole_pages_are_kept(tmp_path: Path) -> None:
    pages = [papers.text(60), papers.dense(300)]
    async with modem_lines(tmp_path) as lines:
        watch_page(lines, lambda: lines.exchange.fault(f"modem {OURS}", "cut"), page=2)
        ours, theirs = await both(lines, Sending(saved(tmp_path, pages), "1", ""), receiving(tmp_path))
    assert (ours.cause, ours.pages) == (FaxCause.LINE_CUT, 1)
    assert theirs.cause in (FaxCause.LINE_CUT, FaxCause.SILENT)
    assert theirs.pages == 1
    assert arrived(tmp_path, pages[:1])


@pytest.mark.parametrize("which", ["ours", "theirs"])
async def test_a_modem_is_unplugged_in_the_middle_of_a_page(which: str, tmp_path: Path) -> None:
    async with modem_lines(tmp_path) as lines:
        modem = getattr(lines, which).modem
        watch_page(lines, modem.unplug)
        ours, theirs = await both(lines, Sending(saved(tmp_path, [papers.dense(300)]), "1", ""), receiving(tmp_path))
        assert not any(lines.exchange.lines[number].loop.held for number in (OURS, THEIRS))
    assert {"ours": ours, "theirs": theirs}[which].cause is FaxCause.ENGINE
    assert (ours.pages, theirs.pages) == (0, 0)


@pytest.mark.parametrize(
    ("number", "cause"), [("busy", FaxCause.BUSY), ("dead", FaxCause.NO_LINE), ("mute", FaxCause.ENGINE)]
)
async def test_what_does_not_even_begin(number: str, cause: FaxCause, tmp_path: Path) -> None:
    async with modem_lines(tmp_path) as lines:
        match number:
            case "busy":
                lines.telephone.lift()
            case "dead":
                lines.exchange.fault(f"modem {OURS}", "cut")
            case "mute":
                lines.ours.modem.faults.mute = True
        ours = await lines.ours.sends(TELEPHONE, Sending(saved(tmp_path, [papers.text()]), "1", ""))
        assert (ours.cause, ours.pages) == (cause, 0)
        assert not lines.ours.modem.off_hook


async def test_a_fax_that_is_cancelled_frees_the_line_in_three_seconds(tmp_path: Path) -> None:
    async with modem_lines(tmp_path) as lines:
        job = Sending(saved(tmp_path, [papers.dense(300)]), "1", "")
        cancelled = asyncio.Event()
        watch_page(lines, cancelled.set)
        other = asyncio.ensure_future(lines.theirs.answers(receiving(tmp_path)))
        fax = asyncio.ensure_future(lines.ours.sends(THEIRS, job))
        await cancelled.wait()
        begun = asyncio.get_running_loop().time()
        fax.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fax
        await asyncio.sleep(0.2)
        assert not lines.ours.modem.off_hook
        assert asyncio.get_running_loop().time() - begun < 4
        theirs = await other
        assert theirs.cause in (FaxCause.SILENT, FaxCause.LINE_CUT)


async def test_no_page_is_confirmed_that_the_disk_does_not_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: PageFile, _page: CodedPage) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async with modem_lines(tmp_path) as lines:
        monkeypatch.setattr(PageFile, "add", full)  # Pages to be sent are written in a process of its own.
        ours, theirs = await both(lines, Sending(saved(tmp_path, [papers.text(60)]), "1", ""), receiving(tmp_path))
    assert theirs.cause is FaxCause.STORAGE
    assert (ours.pages, theirs.pages) == (0, 0)
    assert ours.cause is not FaxCause.COMPLETE


async def test_a_page_is_on_the_disk_a_second_before_its_confirmation_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[tuple[str, float]] = []
    add = PageFile.add

    def timed(file: PageFile, page: CodedPage) -> None:
        add(file, page)
        times.append(("on the disk", loop.time()))

    async with modem_lines(tmp_path) as lines:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(PageFile, "add", timed)
        carry = lines.theirs.modem.carry

        def watched(command: str) -> None:
            times.append((command, loop.time()))
            carry(command)

        lines.theirs.modem.carry = watched  # type: ignore[method-assign]
        pages = [papers.text(60), papers.text(60, 1), papers.text(60, 2)]
        ours, _ = await both(lines, Sending(saved(tmp_path, pages), "1", ""), receiving(tmp_path))
    assert ours.pages == 3
    for at, (what, when) in enumerate(times):
        if what != "on the disk":
            continue
        begins = next(time for command, time in times[at - 1 :] if command == "+FTH=3" and time > when - 0.5)
        print(f"on the disk {1000 * (begins - when):.0f} ms before the confirmation begins")
        assert when < begins + 0.5, "of 1.07 s that it takes"
