"""What the last run has left behind, put right at the start: messages that were cut off, callers who were."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from appliance.calls.faults import Faults
from appliance.calls.lostcallers import LOOKED_BACK, LostCallers
from appliance.clock import off_loop
from appliance.office.model import Office
from appliance.store.calllog import CallLog
from appliance.store.messages import MessageStore


async def recover_messages(messages: MessageStore, calls: CallLog, faults: Faults) -> None:
    """Repair the message store, and tell what was not in order after the last run."""
    for fault in calls.faults:
        faults.report(fault)
    try:
        recovered = await off_loop(messages.recover)
    except OSError as error:
        faults.report(f"the messages cannot be looked through: {error.strerror}")
        return
    for found in recovered:
        what = "a message was recovered" if found.delivered else f"a message was set aside as {found.path.name}"
        faults.report(f"mailbox {found.mailbox}: {what}. {found.reason}")


async def recover_lost_callers(lost: LostCallers, calls: CallLog, now: datetime, office: Office) -> None:
    """Whoever was on a line when the power went got nobody either."""
    with suppress(OSError):  # That the log cannot be read was told already.
        await lost.recover(await off_loop(calls.since, now - LOOKED_BACK), office)
