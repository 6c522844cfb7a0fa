"""Two terminals, wire to wire: speeds, codings, bad lines, and what T.30 has besides pages."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import numpy as np
import pytest

from appliance.fax.job import FaxCause, FaxResult, Receiving, Sending
from hw.audio import FRAME_SAMPLES, Frame, decibels, sine_peak
from tests.fax.machines import OURS, THEIRS, Both, receiving, sending
from tests.fax.papers import Page, dense, pages_of, same, saved, text, white
from tests.proofs import some

SENT_DBM0 = -14.0


class Line:
    """A line with loss, noise so far below the signal, an echo of what the listener says itself, and lost frames."""

    def __init__(
        self, loss_db: float = 0.0, noise_db: float | None = None, lost: frozenset[int] = frozenset(), seed: int = 0
    ) -> None:
        self._gain = decibels(-loss_db)
        self._noise = 0.0 if noise_db is None else sine_peak(SENT_DBM0 - loss_db - noise_db) / np.sqrt(2)
        self._lost = lost
        self._random = np.random.default_rng(seed)
        self._ticks = 0

    def __call__(self, frame: Frame) -> Frame:
        self._ticks += 1
        if self._ticks in self._lost:
            return np.zeros(FRAME_SAMPLES, dtype=np.int16)
        noise = self._random.normal(0, 1, FRAME_SAMPLES) * self._noise
        heard: Frame = np.clip(frame * self._gain + noise, -32768, 32767).astype(np.int16)
        return heard


def faxed(tmp_path: Path, pages: list[Page], there: Line, back: Line, **further: object) -> tuple[FaxResult, FaxResult]:
    both = Both(
        sending(saved(tmp_path / "out.tif", pages), **further), receiving(tmp_path / "in.tif"), there=there, back=back
    )
    return both.run(1500)


SPEEDS = [(14400, True), (14400, False), (9600, False), (9600, True)]
SPEEDS += [(4800, True), (4800, False), (2400, False), (2400, True)]
NOISES = [(0, 25, True), (0, 25, False), (20, 28, False), (20, 28, True), (28, 35, True), (28, 35, False)]
"""The suite tries every second one of both."""


@pytest.mark.parametrize(("bit_rate", "ecm"), some(SPEEDS, 2))
def test_a_page_comes_through_at_every_speed(tmp_path: Path, bit_rate: int, ecm: bool) -> None:
    pages = [text(50)]
    sent, received = faxed(tmp_path, pages, Line(), Line(), most_bit_rate=bit_rate, ecm=ecm)
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE)
    assert (received.bit_rate, received.ecm) == (bit_rate, ecm)
    assert same(tmp_path / "in.tif", pages)


@pytest.mark.parametrize(("loss_db", "noise_db", "ecm"), some(NOISES, 2))
def test_pages_come_through_with_noise_and_over_long_lines(
    tmp_path: Path, loss_db: float, noise_db: float, ecm: bool
) -> None:
    pages = [text(50), dense(20), white(30)]
    sent, received = faxed(tmp_path, pages, Line(loss_db, noise_db), Line(loss_db, noise_db, seed=1), ecm=ecm)
    assert (sent.cause, received.cause, received.pages) == (FaxCause.COMPLETE, FaxCause.COMPLETE, 3)
    assert same(tmp_path / "in.tif", pages) or not ecm


def test_where_the_noise_is_too_loud_for_the_highest_speed_a_lower_one_is_taken(tmp_path: Path) -> None:
    pages = [text(50)]
    sent, received = faxed(tmp_path, pages, Line(0, 19), Line(0, 19, seed=1))
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE)
    assert received.bit_rate < 14400
    assert same(tmp_path / "in.tif", pages)


def test_what_was_lost_in_the_middle_of_a_page_is_asked_for_again(tmp_path: Path) -> None:
    pages = [text(400)]
    lost = frozenset(range(700, 1600, 60))
    sent, received = faxed(tmp_path, pages, Line(lost=lost), Line())
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE)
    assert same(tmp_path / "in.tif", pages)


def test_without_error_correction_bad_lines_are_counted(tmp_path: Path) -> None:
    pages = [text(600)]
    _sent, received = faxed(tmp_path, pages, Line(lost=frozenset({800, 900})), Line(), ecm=False)
    assert received.cause is FaxCause.COMPLETE
    assert 0 < received.bad_rows < 60


@pytest.mark.parametrize("ecm", [True, False])
def test_a_page_whose_carrier_is_lost_in_the_middle_is_not_confirmed_as_it_is(tmp_path: Path, ecm: bool) -> None:
    pages = [text(500, seed=seed) for seed in range(2)]
    sent, received = faxed(tmp_path, pages, Line(lost=frozenset(range(800, 815))), Line(), ecm=ecm)
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE)
    assert same(tmp_path / "in.tif", pages)


def test_a_page_that_its_receiver_missed_is_sent_once_more(tmp_path: Path) -> None:
    """Its carrier is lost in noise. The library would confirm it as if it were asked about the page before again."""
    pages = [text(300, seed=seed) for seed in range(3)]
    random = np.random.default_rng(0)
    ticks: deque[int] = deque(range(1200, 1500))

    def there(frame: Frame) -> Frame:
        if both.received and both.received[-1].page == 1 and ticks and frame.any():
            ticks.popleft()
            noise: Frame = random.normal(0, 3000, FRAME_SAMPLES).astype(np.int16)
            return noise
        return frame

    both = Both(sending(saved(tmp_path / "out.tif", pages), ecm=False), receiving(tmp_path / "in.tif"), there=there)
    sent, received = both.run()
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE)
    assert same(tmp_path / "in.tif", pages)


@pytest.mark.parametrize("lines_per_inch", [98, 196, 391])
def test_every_resolution_comes_through(tmp_path: Path, lines_per_inch: int) -> None:
    pages = [text(50)]
    saved(tmp_path / "out.tif", pages, lines_per_inch)
    Both(sending(tmp_path / "out.tif"), receiving(tmp_path / "in.tif")).run()
    assert same(tmp_path / "in.tif", pages)


def test_subaddress_and_names_arrive(tmp_path: Path) -> None:
    saved(tmp_path / "out.tif", [white(20)])
    sent, received = Both(
        sending(tmp_path / "out.tif", subaddress="101", password="4711"), receiving(tmp_path / "in.tif")
    ).run()
    assert (received.subaddress, received.far_identity, sent.far_identity) == ("101", THEIRS, OURS)


def test_a_header_comes_above_each_page(tmp_path: Path) -> None:
    saved(tmp_path / "out.tif", [text(50), text(50)])
    Both(Sending(tmp_path / "out.tif", THEIRS, "Grüße GmbH"), receiving(tmp_path / "in.tif")).run()
    headed = pages_of(tmp_path / "in.tif")
    assert [len(page) > 50 for page in headed] == [True, True]
    assert not np.array_equal(headed[0][:16], headed[1][:16])


def test_what_is_offered_is_polled(tmp_path: Path) -> None:
    pages = [text(50)]
    saved(tmp_path / "out.tif", pages)
    both = Both(
        Receiving(tmp_path / "in.tif", THEIRS, polling=True),
        receiving(tmp_path / "unused.tif", offered=tmp_path / "out.tif"),
    )
    polled, offered = both.run()
    assert (polled.cause, polled.pages) == (FaxCause.COMPLETE, 1)
    assert (offered.cause, offered.pages) == (FaxCause.COMPLETE, 1)
    assert same(tmp_path / "in.tif", pages)


def test_where_nothing_is_offered_polling_says_so(tmp_path: Path) -> None:
    both = Both(Receiving(tmp_path / "in.tif", THEIRS, polling=True), receiving(tmp_path / "unused.tif"))
    polled, _asked = both.run()
    assert (polled.cause, polled.pages) == (FaxCause.INCOMPATIBLE, 0)


def test_what_is_no_page_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "out.tif").write_bytes(b"no pages")
    sent, _received = Both(sending(tmp_path / "out.tif"), receiving(tmp_path / "in.tif")).run()
    assert (sent.cause, sent.pages) == (FaxCause.BAD_PAGES, 0)


def test_a_line_that_is_cut_in_the_middle_of_a_page_keeps_the_pages_before(tmp_path: Path) -> None:
    pages = [text(50), text(3000)]
    both = Both(sending(saved(tmp_path / "out.tif", pages)), receiving(tmp_path / "in.tif"))
    while not both.received or both.received[-1].page == 0:
        both.tick()
    for _ in range(250):
        both.tick()
    for end in (both.sender, both.receiver):
        end.line_gone()
    assert both.receiver.result is not None
    assert both.sender.result is not None
    assert (both.receiver.result.cause, both.receiver.result.pages) == (FaxCause.LINE_CUT, 1)
    assert (both.sender.result.cause, both.sender.result.pages) == (FaxCause.LINE_CUT, 1)
    assert same(tmp_path / "in.tif", pages[:1])


def test_a_line_that_is_cut_behind_the_last_confirmation_is_complete_for_the_receiver_alone(tmp_path: Path) -> None:
    both = Both(sending(saved(tmp_path / "out.tif", [text(50)])), receiving(tmp_path / "in.tif"))
    while not both.sent or both.sent[-1].page == 0:
        both.tick()
    for end in (both.sender, both.receiver):
        end.line_gone()
    assert both.receiver.result is not None
    assert both.sender.result is not None
    assert (both.receiver.result.cause, both.receiver.result.pages) == (FaxCause.COMPLETE, 1)
    assert (both.sender.result.cause, both.sender.result.pages) == (FaxCause.LINE_CUT, 1)


def test_a_line_that_goes_dead_in_every_phase_frees_both_ends(tmp_path: Path) -> None:
    saved(tmp_path / "out.tif", [text(100), text(100)])
    for dead_at in range(2, 25, 3):
        ticks = [0]

        def wire(frame: Frame, ticks: list[int] = ticks, dead_at: int = dead_at) -> Frame:
            ticks[0] += 1
            return frame if ticks[0] < 2 * 50 * dead_at else np.zeros_like(frame)

        both = Both(sending(tmp_path / "out.tif"), receiving(tmp_path / "in.tif"), there=wire, back=wire)
        sent, received = both.run(dead_at + 95)
        assert sent.cause is not FaxCause.COMPLETE
        assert received.pages >= sent.pages


@pytest.mark.proof
@pytest.mark.parametrize("ecm", [True, False])
def test_a_page_of_two_metres_comes_through_dot_for_dot(tmp_path: Path, ecm: bool) -> None:
    pages = [text(15_400)]
    sent, received = faxed(tmp_path, pages, Line(), Line(), ecm=ecm)
    assert (sent.cause, received.cause) == (FaxCause.COMPLETE, FaxCause.COMPLETE)
    assert same(tmp_path / "in.tif", pages)
