"""What faxes over many lines add up to, in the terms of the ITU-T's E.450 series.

E.451: calls cut off before all pages were through. E.452: speeds that had to be reduced, and how long it takes. E.453:
pages and lines with errors. E.458: the user's three questions: how fast, how clean, and whether all of it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.faxtrials.session import TrialResult

GOOD_LINES = ("good line, ECM", "good line, no ECM")
LEAST_ON_GOOD_LINES = 0.99
NOISY = "S/N 28 dB, ECM"
LEAST_ON_NOISY_LINES = 0.95


@dataclass(frozen=True, slots=True)
class Figures:
    """Of some sessions."""

    sessions: int
    failed: int
    pages: int
    """That were to be sent."""
    confirmed: int
    """Pages."""
    cut_off: int
    """Sessions that ended before all pages were confirmed (E.451)."""
    slowed: int
    """Sessions that ended slower than they were allowed to be (E.452)."""
    bit_rate: float
    """The median of those that came through, in bit/s."""
    clean: int
    """Confirmed pages without any error (E.453)."""
    bad_lines: int
    """Lines of confirmed pages (E.453)."""
    lines: int
    minutes: float
    """Of line time, of the sessions that came through."""
    whole_pages: int
    """Pages of those sessions."""

    @property
    def success(self) -> float:
        return 1 - self.failed / self.sessions

    @property
    def failed_per_1000_pages(self) -> float:
        return 1000 * self.failed / max(self.confirmed, 1)


def figures(results: Sequence[TrialResult]) -> Figures:
    through = [one for one in results if one.succeeded]
    return Figures(
        sessions=len(results),
        failed=len(results) - len(through),
        pages=sum(len(one.trial.pages) for one in results),
        confirmed=sum(one.confirmed for one in results),
        cut_off=sum(one.confirmed < len(one.trial.pages) for one in results),
        slowed=sum(one.bit_rate < one.trial.bit_rate for one in through),
        bit_rate=median(one.bit_rate for one in through) if through else 0.0,
        clean=sum(min(one.same, one.confirmed) for one in results),
        bad_lines=sum(one.bad_lines for one in results),
        lines=sum(one.lines for one in results),
        minutes=sum(one.seconds for one in through) / 60,
        whole_pages=sum(one.confirmed for one in through),
    )


HEAD = (
    f"{'line':30} {'calls':>5} {'success':>7} {'failed/':>8} {'cut':>4} {'slowed':>6} {'bit/s':>6} {'pages':>6} "
    f"{'error-free':>10} {'bad lines':>9} {'pages/':>6}\n"
    f"{'':30} {'':>5} {'':>7} {'1000 pp.':>8} {'off':>4} {'':>6} {'':>6} {'':>6} {'pages':>10} {'':>9} {'minute':>6}"
)


def row(name: str, of: Figures) -> str:
    clean = f"{of.clean / of.confirmed:.1%}" if of.confirmed else "-"
    speed = f"{of.whole_pages / of.minutes:.2f}" if of.minutes else "-"
    return (
        f"{name:30} {of.sessions:5} {of.success:7.1%} {of.failed_per_1000_pages:8.1f} {of.cut_off:4} {of.slowed:6} "
        f"{of.bit_rate:6.0f} {of.confirmed:6} {clean:>10} {of.bad_lines / max(of.lines, 1):9.3%} {speed:>6}"
    )


def table(results: Sequence[TrialResult]) -> Iterable[str]:
    """The lines of the report."""
    yield HEAD
    for name in dict.fromkeys(one.trial.impairment for one in results):
        yield row(name, figures([one for one in results if one.trial.impairment == name]))
    yield row("all", figures(results))
    for ecm in (True, False):
        if some := [one for one in results if one.trial.ecm is ecm]:
            yield row("all with ECM" if ecm else "all without ECM", figures(some))


def failures(results: Iterable[TrialResult]) -> Iterable[str]:
    """Each session that failed, with why."""
    for one in results:
        if not one.succeeded:
            trial = one.trial
            what = f"{len(trial.pages)} pages, {trial.y_dpi} lines/inch, {'ECM' if trial.ecm else 'no ECM'}"
            counts = f"{one.confirmed} confirmed, {one.on_disk} on disk, {one.same} the same, at {one.bit_rate} bit/s"
            causes = f"{one.cause.value} / {one.receiver_cause.value} ({one.detail})"
            yield f"{trial.impairment}: {what}: {causes}; {counts}; {trial.line}"


def broken_promises(results: Sequence[TrialResult]) -> list[str]:
    """What must not be: empty where all is well."""
    found = []
    if unkept := sum(one.unkept for one in results):
        found.append(f"{unkept} pages were confirmed before they were on the disk")
    if lost := sum(max(0, one.confirmed - one.on_disk) for one in results):
        found.append(f"{lost} pages were confirmed and are not in the file")
    if spoiled := sum(max(0, one.confirmed - one.same) for one in results if one.trial.ecm):
        found.append(f"{spoiled} pages were confirmed with error correction and are not as they were sent")
    for names, least in ((GOOD_LINES, LEAST_ON_GOOD_LINES), ((NOISY,), LEAST_ON_NOISY_LINES)):
        some = [one for one in results if one.trial.impairment in names]
        if some and figures(some).success < least:
            found.append(f"{figures(some).success:.1%} came through on {' and '.join(names)}; wanted are {least:.0%}")
    return found
