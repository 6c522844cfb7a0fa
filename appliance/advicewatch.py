"""Looks now and again what somebody should see to: dead lines, greetings, unheard messages, full boxes, disk, mail."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from appliance.advice import Advised
from appliance.backup.making import last_made
from appliance.backup.nightlysetting import missed_since, moment, read_setting, read_state
from appliance.calls.mail import OwnRecording
from appliance.calls.trunk_protocol import State
from appliance.clock import off_loop
from appliance.faultlog import kind_and_place
from appliance.fax.sending.queued import FaxState
from appliance.office.faxbox import NEARLY_FULL, box_name, boxes
from appliance.office.model import Office
from appliance.store.disk import is_nearly_full
from appliance.store.messages import MessageGone, MessageStore
from appliance.unit import Unit
from hw.said import revived

log = logging.getLogger(__name__)

EVERY_S = 600.0
UNHEARD_FOR = timedelta(days=3)
LOOKED_AT = 20
"""Of a mailbox with more new messages, only so many are looked at: the oldest are among them."""
BACKUP_GOOD_FOR = timedelta(days=30)
GIVEN_UP_FOR = timedelta(days=3)
"""For so long a fax that was given up is told."""


class AdviceWatch:
    """Of one unit; data: its folder. `look` is called as often as it likes; `run` calls it every ten minutes."""

    def __init__(self, unit: Unit, data: Path) -> None:
        self._unit = unit
        self._data = data
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run(), name="looks what is to be seen to")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Look once."""
        unit, office = self._unit, self._unit.office
        found = [
            Advised("line-dead", (line.name, line.dead_because), line.name)
            for line in unit.lines.trunks
            if line.state is State.LOST
        ]
        if unit.telling.post_office.troubles:
            found.append(Advised("mail-failing"))
        found += [*_fax_boxes(unit), *_faxes_given_up(unit)]
        found += await off_loop(_on_disk, office, unit.messages, self._data, unit.now())
        if not unit.switchboard.builtin:  # A unit that is not set up has nothing to lose yet.
            found += await off_loop(_backup, self._data, unit.now())
            found += await off_loop(lambda: list(_nightly(self._data, unit.now())))
        await unit.advice.found("unit", found)

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:  # It is tried again; no call depends on it.
                log.error("what is to be seen to is not known: %s", kind_and_place(error))
            await asyncio.sleep(EVERY_S)


def _faxes_given_up(unit: Unit) -> Iterator[Advised]:
    """Those of the last days that did not arrive, or perhaps not: whoever sent one may have no mail."""
    for fax in unit.faxes_out.queue.faxes:
        lost = fax.state in (FaxState.FAILED, FaxState.UNSURE)
        if lost and fax.over is not None and unit.now() - fax.over < GIVEN_UP_FOR:
            yield Advised("fax-not-sent", (fax.number, fax.title), fax.id, fax.over)


def _on_disk(office: Office, store: MessageStore, data: Path, now: datetime) -> list[Advised]:
    return [*_greetings(office, store), *_unheard(office, store, now), *_disk(data)]


def _greetings(office: Office, store: MessageStore) -> Iterator[Advised]:
    """People who take messages and have not recorded a greeting: one finding for all."""
    takes = [one for one in office.people if one.voicemail.takes_messages and one.station]
    missing = [one.id for one in takes if store.own(one.id, OwnRecording.GREETING) is None]
    if missing:
        yield Advised("greeting-missing", tuple(missing))


def _unheard(office: Office, store: MessageStore, now: datetime) -> Iterator[Advised]:
    for owner in office.mailboxes:
        times = []
        for id in store.ids(owner.id).new[:LOOKED_AT]:
            try:
                times.append(store.read(owner.id, id).received)
            except MessageGone:
                continue
        if times and now - min(times) >= UNHEARD_FOR:
            yield Advised("message-unheard", (owner.id,), owner.id, min(times))


def _fax_boxes(unit: Unit) -> Iterator[Advised]:
    """Fax boxes that will be full soon: whose, and how many faxes there is room for."""
    most = unit.office.fax.faxes_per_box
    for box in boxes(unit.office):
        counts = unit.fax_desk.room.counts(box)
        there = counts.new + counts.seen
        if there >= NEARLY_FULL * most:
            yield Advised("fax-box-nearly-full", (box_name(unit.office, box), str(max(most - there, 0))), box)


def _backup(data: Path, now: datetime) -> list[Advised]:
    """No backup was ever made, or none for long: then for how many days."""
    try:
        made = datetime.fromisoformat(last_made(data))
        if now - made < BACKUP_GOOD_FOR:
            return []
    except (ValueError, TypeError):  # Never made; or nobody can tell when.
        return [Advised("no-backup")]
    return [Advised("no-backup", (str((now - made).days),), since=made)]


def _nightly(data: Path, now: datetime) -> Iterator[Advised]:
    """No backup has reached its place for days, and why; or the one that is there cannot be restored, and why."""
    state = read_state(data)
    try:
        missed = missed_since(read_setting(data), state, now)
    except (OSError, ValueError, TypeError):  # Damaged: the page shows that none is set.
        return
    if missed is not None:
        yield Advised("backup-missed", (revived(state.failed) if state.failed else "",), since=missed)
    if state.unrestorable is not None:
        yield Advised("backup-unrestorable", (revived(state.unrestorable),), since=moment(state.rehearsed))


def _disk(data: Path) -> Iterator[Advised]:
    usage = shutil.disk_usage(data)
    if is_nearly_full(usage.free, usage.total):
        yield Advised("disk-nearly-full", (str(usage.free // (1024 * 1024)),))
