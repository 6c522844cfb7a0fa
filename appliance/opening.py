"""The stores of a unit as they are opened at its start: where one cannot be used, a stand-in, and why."""

from __future__ import annotations

from pathlib import Path

from appliance.contacts.book import Contacts
from appliance.store.calllog import CallLog
from appliance.store.contacts import ContactStore
from appliance.store.database import FileFromTheFuture
from hw.tones.toneplan import TonePlan


def open_call_log(path: Path) -> tuple[CallLog, str]:
    """The call log on disk. If that cannot be used, one in memory, so that the lines are answered, and why."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return CallLog.open(path), ""
    except (OSError, FileFromTheFuture) as error:
        return CallLog.in_memory(), f"the call log cannot be used, calls are only kept until the next start: {error}"


def open_contacts(path: Path, plan: TonePlan) -> tuple[Contacts, str]:
    """The contacts on disk, and what was found damaged; where they cannot be used none, and why."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        contacts = Contacts(ContactStore.open(path), plan.number_forms)
        contacts.load()
        return contacts, contacts.store.fault
    except (OSError, FileFromTheFuture) as error:
        fault = f"the contacts cannot be used, nobody is known by name or blocked until the next start: {error}"
        return Contacts(ContactStore.in_memory(), plan.number_forms), fault
