"""Far ends that a fax is sent to, and that answer late, never, or against the rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.fax.job import FaxCause
from appliance.fax.terminal import FaxTerminal
from hw.dsp.t30guard import FrameKind
from tests.fax.machines import sending
from tests.fax.papers import saved, text
from tests.fax.scripted import ScriptedEnd, Steps, frame, identity, played

CSI = frame(FrameKind.CSI, identity("+49 89 5550100"), last=False)
DIS = frame(FrameKind.DIS, bytes((0x00, 0xEE, 0xF8, 0x80, 0x80, 0x91, 0x83, 0x80, 0x80, 0x18)))
"""All speeds, 7.7 lines/mm, MR; no error correction."""
DIS_ECM = frame(FrameKind.DIS, bytes((0x00, 0xEE, 0xF8, 0xC4, 0x80, 0x91, 0x83, 0x80, 0x80, 0x18)))
CHECK_S = 3.3
"""The training check with the training before it."""


def trains(end: ScriptedEnd, capabilities: bytes = DIS) -> Steps:
    """Answer up to the page, which is not looked at: the sender's question behind it is waited for."""
    yield from end.waits(3)
    yield from end.says(CSI, capabilities)
    yield from end.hears(FrameKind.DCS)
    yield from end.waits(CHECK_S)
    yield from end.says(frame(FrameKind.CFR))


def is_not_ready_for_a_while(end: ScriptedEnd) -> Steps:
    yield from trains(end, DIS_ECM)
    yield from end.hears(FrameKind.PPS)
    for _ in range(6):
        yield from end.says(frame(FrameKind.RNR))
        yield from end.hears(FrameKind.RR)
    yield from end.says(frame(FrameKind.MCF))
    yield from end.hears(FrameKind.DCN)


def is_never_ready(end: ScriptedEnd) -> Steps:
    yield from trains(end, DIS_ECM)
    yield from end.hears(FrameKind.PPS)
    while True:
        yield from end.says(frame(FrameKind.RNR))
        yield from end.hears(FrameKind.RR)


def refuses_the_page_for_ever(end: ScriptedEnd) -> Steps:
    yield from trains(end)
    while True:
        yield from end.hears(FrameKind.EOP)
        yield from end.says(frame(FrameKind.RTN))
        yield from end.hears(FrameKind.DCS)
        yield from end.waits(CHECK_S)
        yield from end.says(frame(FrameKind.CFR))


def wants_all_of_it_for_ever(end: ScriptedEnd) -> Steps:
    yield from trains(end, DIS_ECM)
    for _ in range(4):
        yield from end.hears(FrameKind.PPS)
        yield from end.says(frame(FrameKind.PPR, b"\xff" * 32))
    yield from end.hears(FrameKind.EOR)
    yield from end.says(frame(FrameKind.ERR))


def confirms_and_wants_the_operator(end: ScriptedEnd) -> Steps:
    yield from trains(end)
    yield from end.hears(FrameKind.EOP)
    yield from end.says(frame(FrameKind.PIP))
    yield from end.waits(20)


def refuses_and_wants_the_operator(end: ScriptedEnd) -> Steps:
    yield from trains(end)
    yield from end.hears(FrameKind.EOP)
    yield from end.says(frame(FrameKind.PIN))
    yield from end.waits(20)


def says_nothing_to_the_training(end: ScriptedEnd) -> Steps:
    yield from end.waits(3)
    yield from end.says(CSI, DIS)
    yield from end.hears(FrameKind.DCS)


def understands_no_speed(end: ScriptedEnd) -> Steps:
    yield from end.waits(3)
    yield from end.says(CSI, DIS)
    while True:
        yield from end.hears(FrameKind.DCS)
        yield from end.waits(CHECK_S)
        yield from end.says(frame(FrameKind.FTT))


def disconnects_behind_the_training(end: ScriptedEnd) -> Steps:
    yield from trains(end)
    yield from end.hears(FrameKind.EOP)
    yield from end.says(frame(FrameKind.DCN))


def says_nothing(end: ScriptedEnd) -> Steps:
    yield from end.waits(0.1)


def confirms_and_is_gone(end: ScriptedEnd) -> Steps:
    yield from trains(end)
    yield from end.hears(FrameKind.EOP)
    yield from end.says(frame(FrameKind.MCF))


@pytest.mark.parametrize(
    ("script", "cause", "pages", "longest_seconds"),
    [
        (is_not_ready_for_a_while, FaxCause.COMPLETE, 1, 80),
        (is_never_ready, FaxCause.SILENT, 0, 100),
        (wants_all_of_it_for_ever, FaxCause.PAGE_REFUSED, 0, 300),
        (refuses_the_page_for_ever, FaxCause.PAGE_REFUSED, 0, 300),
        (confirms_and_wants_the_operator, FaxCause.COMPLETE, 1, 60),
        (refuses_and_wants_the_operator, FaxCause.PAGE_REFUSED, 0, 60),
        (says_nothing_to_the_training, FaxCause.TRAINING, 0, 60),
        (understands_no_speed, FaxCause.TRAINING, 0, 200),
        (disconnects_behind_the_training, FaxCause.FAR_END, 0, 60),
        (says_nothing, FaxCause.NOT_A_FAX, 0, 65),
        (confirms_and_is_gone, FaxCause.COMPLETE, 1, 60),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_receiver_that_breaks_the_rules_ends_the_fax(
    tmp_path: Path,
    script: Callable[[ScriptedEnd], Steps],
    cause: FaxCause,
    pages: int,
    longest_seconds: float,
) -> None:
    terminal = FaxTerminal(sending(saved(tmp_path / "out.tif", [text(60)])), lambda _progress: None)
    try:
        result, _seconds = played(terminal, ScriptedEnd(script))
    except AssertionError:
        # The script has waited in vain for what the sender, which has ended the fax, says no more.
        assert terminal.result is not None
        result = terminal.result
    assert result.cause is cause, result
    assert result.pages == pages
    assert result.seconds <= longest_seconds, result


def asks_about_the_page_in_vain(end: ScriptedEnd) -> Steps:
    yield from trains(end)
    yield from end.hears(FrameKind.EOP)


def test_a_receiver_that_is_silent_after_the_last_page_is_left_in_time(tmp_path: Path) -> None:
    terminal = FaxTerminal(sending(saved(tmp_path / "out.tif", [text(60)])), lambda _progress: None)
    result, seconds = played(terminal, ScriptedEnd(asks_about_the_page_in_vain))
    assert result.cause is FaxCause.SILENT
    assert seconds <= 10 + 1.5  # With DCN, which is said to whoever may still listen.


def calls_itself_with_accents(end: ScriptedEnd) -> Steps:
    yield from end.waits(3)
    yield from end.says(frame(FrameKind.CSI, "Köhler"[::-1].ljust(20).encode("latin-1"), last=False), DIS)
    yield from end.hears(FrameKind.DCS)
    yield from end.says(frame(FrameKind.DCN))


def test_accents_in_the_name_of_a_far_end_are_understood(tmp_path: Path) -> None:
    terminal = FaxTerminal(sending(saved(tmp_path / "out.tif", [text(60)])), lambda _progress: None)
    result, _seconds = played(terminal, ScriptedEnd(calls_itself_with_accents))
    assert result.far_identity == "Köhler"
