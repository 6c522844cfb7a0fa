"""One fax over one line, and what became of it."""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from appliance.fax.job import FaxCause, FaxProgress, FaxResult, Receiving, Sending
from appliance.fax.pages.tifffile import NoPages, read_directories
from appliance.fax.terminal import FaxTerminal
from hw.audio import FRAME_SECONDS
from tests.fax.papers import Page, pages_of, saved
from tests.faxtrials.line import Line, LineModel

GOING_ON_SECONDS = 30.0
"""Behind the sender's end the receiver has so long to end by itself; then the call is over."""
LONGEST_SECONDS = 7200.0
_MOST_MOVED = 100
"""Lines by which a page's lines may be moved by those that are missing."""
_MOVING = 3.0
"""It takes more bad lines than this to say that a line is missing, or has come twice."""


@dataclass(frozen=True, slots=True)
class FaxTrial:
    """A fax to be tried."""

    impairment: str
    """What it is counted under."""
    line: LineModel
    pages: tuple[str, ...]
    """Kinds of pages (`tests.fax.testpages.CHARTS`)."""
    y_dpi: int
    ecm: bool
    bit_rate: int
    """The most that the sender tries, in bit/s."""
    seed: int


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What became of it."""

    trial: FaxTrial
    cause: FaxCause
    """As the sender tells it."""
    receiver_cause: FaxCause
    """As the receiver does."""
    detail: str
    """As the engine tells it, of both ends."""
    confirmed: int
    """Pages, to the sender."""
    on_disk: int
    """Pages, in the receiver's file."""
    unkept: int
    """Pages that were confirmed before they were on the disk."""
    same: int
    """Pages that came bit for bit."""
    bad_lines: int
    """Lines of the confirmed pages that are not as they were sent, or are missing."""
    lines: int
    """Of the pages that were to be sent."""
    bit_rate: int
    """bit/s, at the end."""
    seconds: float
    """Of the call, from the first sound to the sender's last."""
    cpu_seconds: float
    """That it took to work out, line and all."""

    @property
    def succeeded(self) -> bool:
        """The sender knows that every page has come, the receiver knows it, too, and so it is."""
        wanted = len(self.trial.pages)
        whole = self.confirmed == self.on_disk == wanted and (self.same == wanted or not self.trial.ecm)
        return self.cause is self.receiver_cause is FaxCause.COMPLETE and whole and not self.unkept


class KeptWatch:
    """Watches that pages are on the disk when they are confirmed. unkept: how many were not."""

    def __init__(self, into: Path) -> None:
        self.unkept = 0
        self._into = into

    def told(self, progress: FaxProgress) -> None:
        """What either end is told: so many pages are confirmed."""
        self.unkept = max(self.unkept, progress.page - pages_on_disk(self._into))


def try_fax(trial: FaxTrial, charts: Sequence[Page], folder: Path) -> TrialResult:
    """Send these pages, which the trial names, over its line. What is written is written into this folder."""
    began = time.process_time()
    sending, receiving = jobs(trial, charts, folder)
    watch = KeptWatch(receiving.into)
    sender, receiver = FaxTerminal(sending, watch.told), FaxTerminal(receiving, lambda _progress: None)
    line = Line(trial.line, trial.seed)
    seconds = behind = 0.0
    while (sender.result is None or receiver.result is None) and behind < GOING_ON_SECONDS:
        if line.a_is_next:
            line.a.say(sender.feed(line.a.hear()))
            if sender.result is None:
                seconds += FRAME_SECONDS
            else:
                behind += FRAME_SECONDS
        else:
            line.b.say(receiver.feed(line.b.hear()))
        line.took_frame()
        if seconds > LONGEST_SECONDS:
            sender.line_gone()
    sender.line_gone()
    receiver.line_gone()
    assert sender.result is not None
    assert receiver.result is not None
    results = (sender.result, receiver.result)
    return judged(trial, charts, receiving.into, results, watch.unkept, seconds, time.process_time() - began)


def jobs(trial: FaxTrial, charts: Sequence[Page], folder: Path) -> tuple[Sending, Receiving]:
    """What both ends are told, with the file of pages that is sent."""
    sent = saved(folder / "sent.tif", charts, trial.y_dpi)
    return (
        Sending(sent, "+1 407 5550188", "", ecm=trial.ecm, most_bit_rate=trial.bit_rate),
        Receiving(folder / "received.tif", "+1 407 5550100", ecm=trial.ecm),
    )


def judged(
    trial: FaxTrial,
    charts: Sequence[Page],
    into: Path,
    results: tuple[FaxResult, FaxResult],
    unkept: int,
    seconds: float,
    cpu_seconds: float,
) -> TrialResult:
    """Compare what came with what was sent. results: of the sender and of the receiver."""
    sender, receiver = results
    came = pages_of(into) if pages_on_disk(into) else []
    bad = [bad_lines(page, other) for page, other in zip(charts, came, strict=False)]
    return TrialResult(
        trial=trial,
        cause=sender.cause,
        receiver_cause=receiver.cause,
        detail=f"{sender.detail} / {receiver.detail}",
        confirmed=sender.pages,
        on_disk=len(came),
        unkept=unkept,
        same=bad.count(0),
        bad_lines=sum(bad[: sender.pages]),
        lines=sum(map(len, charts)),
        bit_rate=sender.bit_rate,
        seconds=seconds,
        cpu_seconds=cpu_seconds,
    )


def pages_on_disk(path: Path) -> int:
    """How many whole pages a file has, that may not be there yet."""
    try:
        with path.open("rb") as file:
            return sum(not page.cut for page in read_directories(file).pages)
    except (NoPages, FileNotFoundError):
        return 0


def bad_lines(page: Page, other: Page) -> int:
    """How many lines of a page are not in the other one, where the lines around them are.

    A line that is missing there counts as one: those behind it are moved up by it, and are no worse.
    """
    if page.shape == other.shape and (page == other).all():
        return 0
    ours, theirs = _line_sums(page), _line_sums(other)
    moves = np.arange(-_MOST_MOVED, _MOST_MOVED + 1)
    cost, bad = np.where(moves == 0, 0.0, _MOVING), np.zeros(len(moves))
    for number, line in enumerate(ours):
        places = number + moves
        wrong = np.append(theirs, -1)[np.clip(places, -1, len(theirs))] != line
        best = int(cost.argmin())
        stays = cost <= cost[best] + _MOVING
        cost = np.where(stays, cost, cost[best] + _MOVING) + wrong
        bad = np.where(stays, bad, bad[best]) + wrong
    return int(max(bad[cost.argmin()], abs(len(ours) - len(theirs))))


def _line_sums(page: Page) -> npt.NDArray[np.int64]:
    """A number for each line; lines that are alike have the same."""
    return np.array([zlib.crc32(line) for line in np.packbits(page, axis=1)], dtype=np.int64)
