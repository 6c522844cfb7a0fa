"""The clock of a unit, which may not know the time when it starts: a Raspberry Pi has no clock that runs without power.

Until the machine's clock is set, the unit's goes on from the last moment that it knows of, as fast as time does. So
moments of such a stretch of time are later than all that was written down before, and earlier than all that comes: they
tell by themselves that they are uncertain. Once the machine's clock is set, it is known how far they are off, and they
are put right on the disk (`appliance.store.momentsinfiles`).

A stretch that ends with a power cut is never put right: nobody knows how long the power was away.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from appliance.clock import Clock, RealClock, UnsetSpan, seconds_since_boot
from appliance.faultlog import kind_and_place
from appliance.machine.clocktrust import NOT_BEFORE, boot_id, clock_is_set
from appliance.store.atomic import AtomicFile
from appliance.store.clockjournal import (
    ClockHistory,
    ClockJournal,
    Correction,
    UnsetStretch,
    full_second,
    shortened,
)
from appliance.store.momentsinfiles import JOURNAL, anything_in, files_with_moments, newest_change, put_right

log = logging.getLogger(__name__)

SET_BY_HAND = timedelta(seconds=2)
"""A clock that has jumped by more than this was set. A time server that is near the time already turns it slowly."""
A_SECOND = timedelta(seconds=1)
NOT_WORTH_IT = A_SECOND
"""Moments that are off by less are not put right."""
JUMP = timedelta(days=1)
"""If the clock goes forward by more than this, somebody may have set it wrong:"""
HELD_UP = timedelta(hours=24)
"""then nothing is deleted for its age for so long, so that somebody can see it."""


class MachineTime(Protocol):
    """What a machine knows of the time."""

    boot: str
    """The id of its start."""

    def wall(self) -> datetime:
        """What its clock shows (UTC)."""

    def running(self) -> float:
        """How long it has been running (seconds)."""

    def is_set(self) -> bool:
        """Whether its clock was set since it was started. Blocking."""


class RealMachineTime:
    """Of this machine."""

    def __init__(self) -> None:
        self.boot = boot_id()
        self._clock = RealClock()

    def wall(self) -> datetime:
        return self._clock.now()

    def running(self) -> float:
        return seconds_since_boot()

    def is_set(self) -> bool:
        return clock_is_set(self.wall())


class UnitClock(Clock):
    """The clock over the data folder `data`. Nothing is told before `begin`. Only one may be at work on a folder."""

    def __init__(self, data: Path, machine: MachineTime) -> None:
        self._data = data
        self._machine = machine
        self._journal = ClockJournal(AtomicFile(data / JOURNAL))
        self._stretch: UnsetStretch | None = None
        """The one that goes on."""
        self._seen = (machine.wall(), machine.running())
        """When it was last looked whether the clock has jumped."""
        self._noted = True
        """Whether the disk has what is remembered."""

    def begin(self) -> None:
        """For a start, before anything in the folder is open: put right what can be, and see whether the clock is set.

        Blocking. Where the disk fails, times stay as they are, and what is uncertain is told as that.
        """
        facts = self._journal.read()
        try:
            facts = self._corrected(facts)
        except OSError as error:
            log.error("times cannot be put right: %s", kind_and_place(error))
        try:
            self._go_on(facts)
        except OSError as error:
            log.error("that the clock is not set cannot be noted: %s", kind_and_place(error))

    def now(self) -> datetime:
        stretch = self._stretch
        if stretch is None:
            return self._machine.wall()
        return stretch.begin + timedelta(seconds=self._machine.running() - stretch.running)

    @property
    def unsure(self) -> Sequence[UnsetSpan]:
        facts = self._journal.facts
        correction = (facts.correction.stretch,) if facts.correction is not None else ()
        return [stretch.span for stretch in (*facts.stretches, *correction)]

    @property
    def going_unset(self) -> bool:
        """The machine's clock was not set yet, as far as was looked."""
        return self._stretch is not None

    @property
    def may_delete(self) -> bool:
        held, now = self._journal.facts.deletes_from, self.now()
        # More than that ahead: the clock was set back since, and was wrong before.
        return self._stretch is None and not (held is not None and now < held <= now + HELD_UP)

    def look(self) -> bool:
        """Look whether the machine's clock is set by now, and was not when the unit started: True, until `go_right`.

        Blocking.
        """
        wall, running = self._machine.wall(), self._machine.running()
        jump = wall - self._seen[0] - timedelta(seconds=running - self._seen[1])
        self._seen = wall, running
        if self._stretch is None:
            if jump > JUMP:
                self._note(replace(self._journal.facts, deletes_from=wall + HELD_UP))
            elif not self._noted:
                self._note(self._journal.facts)
            return False
        by_hand = abs(self._off(self._stretch, wall, running)) > SET_BY_HAND and wall >= NOT_BEFORE
        return by_hand or self._machine.is_set()

    @property
    def anything_to_correct(self) -> bool:
        """Whether anything on the disk has a moment of this stretch, and is off by enough to be worth it. Blocking."""
        if self._stretch is None or abs(self._machine.wall() - self.now()) < NOT_WORTH_IT:
            return False
        return anything_in(self._data, self._ended(self._stretch))

    def go_right(self) -> timedelta:
        """Go by the machine's clock from now on, which is set; by how much it is ahead of what was told.

        For when there is nothing to correct. Where the disk fails, too: a card that can only be read must not leave the
        office with wrong hours. That it is set is then noted later. Blocking.
        """
        stretch = self._stretch
        if stretch is None:
            return timedelta()
        by = self._machine.wall() - self.now()
        rest = self._without_last(self._journal.facts, by)
        self._stretch = None
        self._note(rest)
        return by

    def _off(self, stretch: UnsetStretch, wall: datetime, running: float) -> timedelta:
        """By how much the machine's clock was set since the stretch began."""
        ahead = timedelta(seconds=stretch.ahead)
        return wall - (stretch.begin - ahead) - timedelta(seconds=running - stretch.running)

    def _ended(self, stretch: UnsetStretch) -> UnsetStretch:
        """As if it were over with this moment."""
        return replace(stretch, end=full_second(self.now()) + A_SECOND)

    def _note(self, facts: ClockHistory) -> None:
        """Where the disk fails it holds all the same until the daemon ends, and is tried again with each look."""
        try:
            self._journal.write(facts)
            self._noted = True
        except OSError as error:
            log.error("what is known of the clock cannot be noted: %s", kind_and_place(error))
            self._noted = False

    # At a start

    def _go_on(self, facts: ClockHistory) -> None:
        last = facts.stretches[-1] if facts.stretches else None
        if last is not None and last.end is None and self._is_of_this_start(last):
            self._stretch = last
            if self.look():
                self._set_meanwhile(facts, last)
            return
        is_set = self._machine.is_set() or (facts.set_in == self._machine.boot != "")
        newest = newest_change(self._data) if not is_set or (last is not None and last.end is None) else None
        if last is not None and last.end is None:
            facts = self._cut_off(facts, last, newest, is_set=is_set)
        if not is_set:
            facts = self._begun(facts, newest)
        if facts != self._journal.facts:
            self._journal.write(facts)

    def _set_meanwhile(self, facts: ClockHistory, last: UnsetStretch) -> None:
        """The clock was set in the same start of the machine: what is off by how much is known."""
        ended, by = self._ended(last), self._machine.wall() - self.now()
        rest = self._without_last(facts, by)
        if abs(by) >= NOT_WORTH_IT:
            files = files_with_moments(self._data, ended)
            rest = replace(rest, correction=Correction(ended, by.total_seconds(), files))
        self._stretch = None
        self._note(rest)
        if self._noted:  # Else the plan is not on the disk, and nothing may be changed yet.
            self._corrected(rest)

    def _without_last(self, facts: ClockHistory, by: timedelta) -> ClockHistory:
        """The last stretch is over: the clock was set, and has gone forward by this."""
        held = self._machine.wall() + HELD_UP if by > JUMP else facts.deletes_from
        return replace(facts, stretches=facts.stretches[:-1], set_in=self._machine.boot, deletes_from=held)

    def _is_of_this_start(self, stretch: UnsetStretch) -> bool:
        return stretch.boot == self._machine.boot != "" and stretch.running <= self._machine.running()

    def _corrected(self, facts: ClockHistory) -> ClockHistory:
        """What is left of a correction is done."""
        if facts.correction is None:
            return facts
        put_right(self._data, facts.correction)
        facts = replace(facts, correction=None)
        self._journal.write(facts)
        return facts

    def _cut_off(
        self, facts: ClockHistory, last: UnsetStretch, newest: datetime | None, *, is_set: bool
    ) -> ClockHistory:
        """The power went, or the machine was started again, before the clock was set: what is off stays so."""
        written = (newest or last.begin) + A_SECOND + timedelta(seconds=last.ahead)
        end = min(written, self._machine.wall()) if is_set else written
        ended = replace(last, end=full_second(max(end, last.begin + A_SECOND)))
        return replace(facts, stretches=(*facts.stretches[:-1], ended))

    def _begun(self, facts: ClockHistory, newest: datetime | None) -> ClockHistory:
        """The clock is not set: it goes on from the last moment that is known."""
        wall = self._machine.wall()
        known = [wall, *(stretch.end for stretch in facts.stretches if stretch.end is not None)]
        begin = full_second(max([*known, newest + A_SECOND] if newest is not None else known))
        ahead = (begin - wall).total_seconds()
        self._stretch = UnsetStretch(begin, None, self._machine.boot, self._machine.running(), ahead)
        return replace(facts, stretches=shortened((*facts.stretches, self._stretch)))
