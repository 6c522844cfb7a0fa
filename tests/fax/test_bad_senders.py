"""Far ends that stop in the middle, or go on for ever: the line is free in time, and nothing is confirmed that has not
come."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from appliance.fax import limits
from appliance.fax.job import FaxCause
from appliance.fax.limits import AFTER_PAGES_S, CHECK_S
from appliance.fax.terminal import FaxTerminal
from hw.dsp.faxmodems import FaxSignal
from hw.dsp.t30guard import FrameKind, kind_of
from tests.fax.machines import Both, receiving, sending
from tests.fax.papers import pages_of, same, saved, text
from tests.fax.scripted import ScriptedEnd, Steps, frame, identity, played

TSI = frame(FrameKind.TSI, identity("+1 407 5550188"), last=False)
V29_9600 = frame(FrameKind.DCS, bytes((0x00, 0x06, 0x78)))
"""DCS: to be received, V.29 at 9600 bit/s, 3.85 lines/mm, MH, without error correction."""
RATE = 9600
CHECK = [0] * round(1.5 * RATE)

EOL = "000000000001"
WHITE_1728 = "010011011" + "00110101"
"""1728 white dots: their make-up code, and the terminating code of 0 (ITU-T T.4)."""


def bits(text: str) -> list[int]:
    return [int(bit) for bit in text]


def page(rows: int) -> list[int]:
    return bits((EOL + WHITE_1728) * rows + EOL * 6)


def begins(end: ScriptedEnd, dcs: bytes = V29_9600) -> Steps:
    yield from end.hears(FrameKind.DIS)
    yield from end.says(TSI, dcs)
    yield from end.sends(FaxSignal.V29, RATE, CHECK)
    yield from end.hears(FrameKind.CFR)


def sends_a_page(end: ScriptedEnd, question: FrameKind, rows: int = 100) -> Steps:
    yield from end.sends(FaxSignal.V29, RATE, page(rows))
    yield from end.says(frame(question))
    yield from end.hears(FrameKind.MCF)


def says_nothing(end: ScriptedEnd) -> Steps:
    yield from end.waits(0.1)


def stops_after_telling_who_it_is(end: ScriptedEnd) -> Steps:
    yield from end.hears(FrameKind.DIS)
    yield from end.says(TSI, V29_9600)


def stops_before_the_page(end: ScriptedEnd) -> Steps:
    yield from begins(end)


def stops_in_the_page(end: ScriptedEnd) -> Steps:
    yield from begins(end)
    yield from end.sends(FaxSignal.V29, RATE, page(100)[:1500])


def stops_between_pages(end: ScriptedEnd) -> Steps:
    yield from begins(end)
    yield from sends_a_page(end, FrameKind.MPS)


def stops_after_the_last_page(end: ScriptedEnd) -> Steps:
    yield from begins(end)
    yield from sends_a_page(end, FrameKind.EOP)


def disconnects_before_the_page(end: ScriptedEnd) -> Steps:
    yield from begins(end)
    yield from end.says(frame(FrameKind.DCN))


def disconnects_at_once(end: ScriptedEnd) -> Steps:
    yield from end.hears(FrameKind.DIS)
    yield from end.says(frame(FrameKind.DCN))


@pytest.mark.parametrize(
    ("script", "cause", "pages", "within"),
    [
        (says_nothing, FaxCause.NOT_A_FAX, 0, 60),
        (stops_after_telling_who_it_is, FaxCause.SILENT, 0, 60),
        (stops_before_the_page, FaxCause.SILENT, 0, 60),
        (stops_in_the_page, FaxCause.SILENT, 0, 60),
        (stops_between_pages, FaxCause.SILENT, 1, 60),
        (stops_after_the_last_page, FaxCause.COMPLETE, 1, AFTER_PAGES_S),
        (disconnects_before_the_page, FaxCause.FAR_END, 0, 5),
        (disconnects_at_once, FaxCause.FAR_END, 0, 5),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_sender_that_stops_ends_the_fax(tmp_path: Path, script, cause, pages, within) -> None:  # type: ignore[no-untyped-def]
    terminal = FaxTerminal(receiving(tmp_path / "in.tif"), lambda _progress: None)
    result, seconds = played(terminal, ScriptedEnd(script))
    assert (result.cause, result.pages) == (cause, pages), result
    assert seconds <= within
    if pages:
        assert len(pages_of(tmp_path / "in.tif")) == pages


def asks_for_ever(end: ScriptedEnd) -> Steps:
    yield from begins(end)
    yield from end.sends(FaxSignal.V29, RATE, page(100))
    while True:
        yield from end.says(frame(FrameKind.EOP))
        yield from end.waits(2)


def test_a_sender_that_asks_about_the_last_page_for_ever_is_left(tmp_path: Path) -> None:
    terminal = FaxTerminal(receiving(tmp_path / "in.tif"), lambda _progress: None)
    end = ScriptedEnd(asks_for_ever)
    result, _seconds = played(terminal, end)
    assert (result.cause, result.pages) == (FaxCause.COMPLETE, 1)
    # 26 s of identification, training and the page come before; it is asked what it takes to say DCN besides.
    assert result.seconds < 26 + AFTER_PAGES_S + 2


def checks_for_ever(end: ScriptedEnd) -> Steps:
    yield from end.hears(FrameKind.DIS)
    yield from end.says(TSI, V29_9600)
    yield from end.sends(FaxSignal.V29, RATE, itertools.repeat(0))


def test_a_training_check_without_end_is_left(tmp_path: Path) -> None:
    terminal = FaxTerminal(receiving(tmp_path / "in.tif"), lambda _progress: None)
    result, _seconds = played(terminal, ScriptedEnd(checks_for_ever))
    assert (result.cause, result.detail) == (FaxCause.FAR_END, "a training check had no end")
    assert result.seconds < 10 + CHECK_S


def trains_for_ever(end: ScriptedEnd) -> Steps:
    yield from end.hears(FrameKind.DIS)
    while True:
        yield from end.says(TSI, V29_9600)
        yield from end.sends(FaxSignal.V29, RATE, [0, 1] * 7200)
        yield from end.hears(FrameKind.FTT)


def test_a_sender_whose_training_fails_for_ever_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TRAINING_S", 40.0)
    terminal = FaxTerminal(receiving(tmp_path / "in.tif"), lambda _progress: None)
    result, _seconds = played(terminal, ScriptedEnd(trains_for_ever))
    assert (result.cause, result.detail) == (FaxCause.FAR_END, "no page was begun in time")
    assert result.seconds < 50


def trains_at_the_third_time(end: ScriptedEnd) -> Steps:
    yield from end.hears(FrameKind.DIS)
    for _ in range(2):
        yield from end.says(TSI, V29_9600)
        yield from end.sends(FaxSignal.V29, RATE, [0, 1] * 7200)
        yield from end.hears(FrameKind.FTT)
    yield from end.says(TSI, V29_9600)
    yield from end.sends(FaxSignal.V29, RATE, CHECK)
    yield from end.hears(FrameKind.CFR)
    yield from sends_a_page(end, FrameKind.EOP)
    yield from end.says(frame(FrameKind.DCN))


def announces_a_check_that_does_not_come(end: ScriptedEnd) -> Steps:
    yield from end.hears(FrameKind.DIS)
    yield from end.says(TSI, V29_9600)
    yield from end.hears(FrameKind.FTT)
    yield from end.says(TSI, V29_9600)
    yield from end.sends(FaxSignal.V29, RATE, CHECK)
    yield from end.hears(FrameKind.CFR)
    yield from sends_a_page(end, FrameKind.EOP)
    yield from end.says(frame(FrameKind.DCN))


@pytest.mark.parametrize("script", [trains_at_the_third_time, announces_a_check_that_does_not_come])
def test_a_training_that_fails_is_tried_again(tmp_path: Path, script) -> None:  # type: ignore[no-untyped-def]
    terminal = FaxTerminal(receiving(tmp_path / "in.tif"), lambda _progress: None)
    result, _seconds = played(terminal, ScriptedEnd(script))
    assert (result.cause, result.pages) == (FaxCause.COMPLETE, 1), result


def sends_a_page_without_end(end: ScriptedEnd) -> Steps:
    yield from begins(end)
    yield from end.sends(FaxSignal.V29, RATE, itertools.cycle(bits(EOL + WHITE_1728)))


def test_a_page_without_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 3000)
    terminal = FaxTerminal(receiving(tmp_path / "in.tif"), lambda _progress: None)
    result, _seconds = played(terminal, ScriptedEnd(sends_a_page_without_end))
    assert (result.cause, result.detail, result.pages) == (FaxCause.FAR_END, "a page had too many lines", 0)


def asks_about_a_page_that_it_has_not_sent(end: ScriptedEnd) -> Steps:
    yield from begins(end)
    yield from sends_a_page(end, FrameKind.MPS)
    yield from end.says(frame(FrameKind.EOP))
    yield from end.waits(5)
    yield from end.says(frame(FrameKind.DCN))


def test_a_page_that_has_not_come_is_not_confirmed(tmp_path: Path) -> None:
    terminal = FaxTerminal(receiving(tmp_path / "in.tif"), lambda _progress: None)
    end = ScriptedEnd(asks_about_a_page_that_it_has_not_sent)
    result, _seconds = played(terminal, end)
    heard = [kind_of(said) for said in end.heard]
    assert heard.count(FrameKind.MCF) == 1
    assert result.pages == 1
    assert result.cause is not FaxCause.COMPLETE


def asks_again_about_a_page(end: ScriptedEnd) -> Steps:
    yield from begins(end)
    yield from sends_a_page(end, FrameKind.MPS)
    yield from end.waits(1)
    yield from end.says(frame(FrameKind.MPS))
    yield from end.hears(FrameKind.MCF)
    yield from sends_a_page(end, FrameKind.EOP)
    yield from end.says(frame(FrameKind.DCN))


def test_a_sender_that_has_not_heard_the_confirmation_is_told_once_more(tmp_path: Path) -> None:
    terminal = FaxTerminal(receiving(tmp_path / "in.tif"), lambda _progress: None)
    result, _seconds = played(terminal, ScriptedEnd(asks_again_about_a_page))
    assert (result.cause, result.pages) == (FaxCause.COMPLETE, 2)


def sends_a_thousand_pages(end: ScriptedEnd) -> Steps:
    yield from begins(end)
    while True:
        yield from sends_a_page(end, FrameKind.MPS, rows=20)


def test_a_fax_of_too_many_pages_is_ended_behind_the_last_that_is_wanted(tmp_path: Path) -> None:
    terminal = FaxTerminal(receiving(tmp_path / "in.tif", most_pages=3), lambda _progress: None)
    end = ScriptedEnd(sends_a_thousand_pages)
    result, _seconds = played(terminal, end)
    assert [kind_of(said) for said in end.heard].count(FrameKind.MCF) == 3
    assert (result.cause, result.pages) == (FaxCause.CANCELLED, 3)
    assert len(pages_of(tmp_path / "in.tif")) == 3


@pytest.mark.parametrize("length", [0, 1])
def test_a_frame_of_a_page_without_a_page_in_it_is_asked_for_again(tmp_path: Path, length: int) -> None:
    """The library itself would copy -1 bytes, and the process be gone."""
    pages = [text(200)]
    both = Both(sending(saved(tmp_path / "out.tif", pages)), receiving(tmp_path / "in.tif"))
    frames = itertools.count()
    as_it_is = both.sender.machine.frame_to_send

    def shortened(kind: FrameKind, said: bytes) -> bytes:
        said = as_it_is(kind, said)
        return said[: 3 + length] if kind is FrameKind.FCD and next(frames) == 1 else said

    both.sender.machine.frame_to_send = shortened
    sent, received = both.run()
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE)
    assert same(tmp_path / "in.tif", pages)
