"""The stores of a unit as they are opened at its start: where one cannot be used, a stand-in, and why."""

from __future__ import annotations

import logging
from pathlib import Path

from appliance.contacts.book import Contacts
from appliance.faultlog import kind_and_place
from appliance.media.music import HoldMusic, hold_music
from appliance.store.calllog import CallLog
from appliance.store.contacts import ContactStore
from appliance.store.database import FileFromTheFuture
from appliance.store.holdmusic import MusicStore
from hw.said import said, told_by
from hw.tones.toneplan import TonePlan

log = logging.getLogger(__name__)


def open_call_log(path: Path) -> tuple[CallLog, str]:
    """The call log on disk. If that cannot be used, one in memory, so that the lines are answered, and why."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return CallLog.open(path), ""
    except (OSError, FileFromTheFuture) as error:
        return CallLog.in_memory(), said(
            "the call log cannot be used, calls are only kept until the next start: %(why)s", why=told_by(error)
        )


def open_contacts(path: Path, plan: TonePlan) -> tuple[Contacts, str]:
    """The contacts on disk, and what was found damaged; where they cannot be used none, and why."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        contacts = Contacts(ContactStore.open(path), plan.number_forms)
        contacts.load()
        return contacts, contacts.store.fault
    except (OSError, FileFromTheFuture) as error:
        fault = said(
            "the contacts cannot be used, nobody is known by name or blocked until the next start: %(why)s",
            why=told_by(error),
        )
        return Contacts(ContactStore.in_memory(), plan.number_forms), fault


def open_music(folder: Path) -> HoldMusic:
    """The office's own music on hold; where it has none, or none that can be played, the built-in music."""
    music = HoldMusic(hold_music())
    try:
        own = MusicStore(folder).samples()
    except (OSError, ValueError) as error:
        log.error("the office's own music on hold cannot be played: %s", kind_and_place(error))
        return music
    if len(own):
        music.use(own)
    return music
