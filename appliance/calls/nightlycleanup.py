"""Deletes what was heard or seen long ago, in the night, as far as the office or the owner of a box wants that."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo

from appliance.calls.faxroom import FaxGone, FaxRoom
from appliance.calls.mail import MailRoom, MessageGone
from appliance.clock import Clock
from appliance.faultlog import kind_and_place
from appliance.office.faxbox import boxes, kept_days, may_be_deleted
from appliance.office.mailboxlimits import deleted_at, heard_messages_days
from appliance.office.model import Office
from appliance.office.walltime import day_at, moment_of

log = logging.getLogger(__name__)

AT_MINUTES = 3 * 60
"""Of the day on the office's clock: at three in the morning nobody hears messages."""
LOOKED_AGAIN_SECONDS = 3600.0
"""A unit without a clock of its own learns the time some while after its start: the wait is reckoned anew."""


def next_clean_up(now: datetime, zone: tzinfo) -> datetime:
    """The moment, in UTC, of the first clean-up behind this one."""
    today = day_at(now, zone)
    at = moment_of(today, AT_MINUTES, zone)
    return at if at > now else moment_of(today + timedelta(days=1), AT_MINUTES, zone)


class NightlyCleanUp:
    """The clean-up of the mailboxes and fax boxes of one office. It sets a timer only where one of them has a limit."""

    def __init__(self, mail: MailRoom, faxes: FaxRoom, clock: Clock) -> None:
        self._mail = mail
        self._faxes = faxes
        self._clock = clock
        self._waiting: asyncio.Task[None] | None = None

    async def use(self, office: Office) -> None:
        """Go by this office from now on."""
        await self.close()
        limits = [heard_messages_days(office, owner) for owner in office.mailboxes]
        limits += [kept_days(office, box) for box in boxes(office)]
        if any(limits):
            self._waiting = asyncio.create_task(self._every_night(office), name="deletes old messages at night")

    async def close(self) -> None:
        """Delete nothing any more."""
        if self._waiting is not None:
            self._waiting.cancel()
            await asyncio.gather(self._waiting, return_exceptions=True)
            self._waiting = None

    async def clean(self, office: Office) -> int:
        """Delete what may be deleted by now; how many messages and faxes that were. For a day they can be brought back.

        Nothing is deleted while the clock is not set, or may be wrong.

        A message of which nobody knows when it was heard counts as heard when it was received.
        """
        now, deleted = self._clock.now(), 0
        if not self._clock.may_delete:
            return 0
        for owner in office.mailboxes:
            if heard_messages_days(office, owner) is None:
                continue
            for id in (await self._mail.ids(owner.id)).saved:
                with suppress(MessageGone):
                    message = await self._mail.message(owner.id, id)
                    until = deleted_at(office, owner, message.heard_at or message.received)
                    if until is not None and until <= now:
                        await self._mail.delete(message)
                        deleted += 1
        return deleted + await self._clean_faxes(office, now)

    async def _clean_faxes(self, office: Office, now: datetime) -> int:
        deleted = 0
        for box in boxes(office):
            if kept_days(office, box) is None:
                continue
            for id in (await self._faxes.ids(box)).seen:
                with suppress(FaxGone):
                    fax = await self._faxes.fax(box, id)
                    if may_be_deleted(office, box, fax.sheet.seen_at or fax.sheet.received, now):
                        await self._faxes.delete(fax)
                        deleted += 1
        return deleted

    async def _every_night(self, office: Office) -> None:
        while True:
            at = next_clean_up(self._clock.now(), office.time_zone)
            left = (at - self._clock.now()).total_seconds()
            while left > 0:
                await asyncio.sleep(min(left, LOOKED_AGAIN_SECONDS))
                left = (at - self._clock.now()).total_seconds()
            try:
                await self.clean(office)
            except OSError as error:  # The disk is failing, which others tell; tomorrow is another night.
                log.error("old messages and faxes were not deleted: %s", kind_and_place(error))
