"""A telephone of the console as a fax machine: it sends a file, or answers and hands over what has come."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.fax.job import FaxCause, FaxResult, Receiving, Sending
from appliance.scenario.faxmachine import be_a_fax_machine
from appliance.testphone.telephone import ConsoleTelephone

MOST_BYTES = 700_000
"""Of a fax that is handed over: a reply on the control socket has a megabyte at most, and base64 makes four bytes of
three. A page of writing has some 40,000."""


async def send_file(phone: ConsoleTelephone, pages: Path) -> None:
    """Send this TIFF file on the call that the telephone has, and hang up. ControlError `cannot-do`."""
    _confirmed(await _over(phone, Sending(pages, phone.telephone.name, "")))


async def received_file(phone: ConsoleTelephone) -> bytes:
    """Answer as a fax machine on the call that the telephone has, and hang up: the TIFF file that came.

    ControlError `cannot-do`, also where the fax is too long to be handed over.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "come.tif"
        _confirmed(await _over(phone, Receiving(file, phone.telephone.name)))
        content = await off_loop(file.read_bytes)
    if len(content) > MOST_BYTES:
        raise ControlError("cannot-do", f"the fax has {len(content)} bytes; a console takes {MOST_BYTES} at most")
    return content


async def _over(phone: ConsoleTelephone, job: Sending | Receiving) -> FaxResult | None:
    if not phone.telephone.off_hook:
        raise ControlError("cannot-do", "the telephone is on hook: call, or lift, first")
    if phone.machine is not None:
        raise ControlError("cannot-do", "it sends or receives a fax already")
    machine = asyncio.ensure_future(be_a_fax_machine(phone.telephone, job))
    phone.machine = machine
    try:
        await asyncio.wait((machine,))
        return None if machine.cancelled() else machine.result()
    except OSError as error:
        file = job.pages if isinstance(job, Sending) else job.into
        raise ControlError("cannot-do", f"{file}: {error.strerror}") from error
    finally:
        machine.cancel()
        phone.machine = None


def _confirmed(result: FaxResult | None) -> None:
    if result is None or result.cause is not FaxCause.COMPLETE:
        why = "there was no call" if result is None else f"{result.cause.value}: {result.detail}"
        raise ControlError("cannot-do", f"the fax did not go through ({why})")
