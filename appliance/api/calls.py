"""Past calls: the method `log`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from appliance.clock import off_loop
from appliance.contacts.book import Contacts
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.store.calllog import CallLog, CallRecord, History

LONGEST_LOG = 1000
AT_ONCE = 50
"""Records whose callers are looked up in one go, in some milliseconds."""


def offer_calls(control: Offers, calls: CallLog, contacts: Contacts, local: Callable[[datetime], datetime]) -> None:
    """Put the method on the socket. local: the office's own clock."""

    def histories(records: Sequence[CallRecord]) -> list[History | None]:
        return [history_of(record, calls, contacts) for record in records]

    async def recent(params: dict[str, Any]) -> list[dict[str, Any]]:
        limit = min(max(params["limit"], 1), LONGEST_LOG)
        records = await off_loop(calls.recent, limit)
        told = []
        for first in range(0, len(records), AT_ONCE):
            some = records[first : first + AT_ONCE]
            for record, history in zip(some, await off_loop(histories, some), strict=True):
                told.append(as_json(record, history, contacts, local))
        return told

    control.method("log", recent, {"limit": Param(int, 20)})


def as_json(
    record: CallRecord, history: History | None, contacts: Contacts, local: Callable[[datetime], datetime]
) -> dict[str, Any]:
    """A call record with its times in ISO 8601, on the office's clock, and what is known of the caller.

    contact: the name of the contact who called; null for none. calls_before, last_call: that came in from the same
    number before; null where no call can have.
    """
    contact = contacts.who(record.caller_number) if _from_somebody(record) else None
    told = asdict(record) | {
        "contact": contact.name if contact is not None else None,
        "calls_before": history.calls if history is not None else None,
        "last_call": history.last if history is not None else None,
    }
    return {name: local(value).isoformat() if isinstance(value, datetime) else value for name, value in told.items()}


def history_of(record: CallRecord, calls: CallLog, contacts: Contacts) -> History | None:
    """How often its caller had called before; None where nobody can be known by the number."""
    if not _from_somebody(record):
        return None
    return calls.history(contacts.numbers.written(record.caller_number), record.started)


def _from_somebody(record: CallRecord) -> bool:
    """Whether it came in from somebody whose number is known."""
    return record.direction == "in" and any(char.isdecimal() for char in record.caller_number)
