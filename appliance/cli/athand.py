"""Asking the daemon, or where none runs the data folder itself, by the same methods."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from appliance.control.blocking import BlockingClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.control.local import LocalControl
from appliance.control.lock import DataFolderLock

Ask = Callable[..., Any]
"""`call(method, **params)`: the result of a method. ControlError where it is refused."""

InFolder = Callable[[DataFolder], AbstractContextManager[Ask]]

DEFAULT_COUNTRY = "us"

PIECE_BYTES = 180_000
"""Of a file, in one request: 240,000 characters of base64."""


def sent(call: Ask, method: str, file: BinaryIO) -> str:
    """Send a file in pieces by this method; its name there."""
    upload = ""
    while (piece := file.read(PIECE_BYTES)) or not upload:
        upload = call(method, upload=upload, piece=base64.b64encode(piece).decode("ascii"))["upload"]
    return upload


@contextmanager
def at_hand(data: Path, in_folder: InFolder | None = None) -> Iterator[Ask]:
    """The daemon's methods. AlreadyRunning where one is just starting or stopping.

    in_folder: offers the methods where none runs; without it, `log` and `contacts.…` are.
    """
    with ExitStack() as held:
        try:
            daemon = held.enter_context(BlockingClient(DataFolder(data).socket))
        except ControlError as error:
            if error.code != "not-running":
                raise
            held.enter_context(DataFolderLock(data))
            yield held.enter_context((in_folder or _calls_and_contacts)(DataFolder(data)))
        else:
            yield daemon.call


@contextmanager
def _calls_and_contacts(data: DataFolder) -> Iterator[Ask]:
    from appliance.api.calls import offer_calls
    from appliance.api.contacts import offer_contacts
    from appliance.clock import RealClock
    from appliance.contacts.book import Contacts
    from appliance.store.calllog import CallLog
    from appliance.store.contacts import ContactStore
    from hw.tones.toneplan import tone_plan

    contacts = Contacts(ContactStore.open(data.contacts), tone_plan(_country(data)).number_forms)
    calls = CallLog.open(data.calls)  # That closes unfinished calls, which must not be a living daemon's.
    try:
        contacts.load()
        with LocalControl() as control:
            offer_calls(control, calls, contacts, lambda time: time)
            offer_contacts(control, contacts, calls, RealClock(), lambda time: time, data.path)
            yield control.call
    finally:
        calls.close()
        contacts.store.close()


def _country(data: DataFolder) -> str:
    """Where the office is, as far as its document can be read: what its numbers mean hangs on that alone."""
    from appliance.store.office import DamagedFile, OfficeStore
    from hw.tones.toneplan import COUNTRIES

    try:
        document = OfficeStore(data.office).load().document or {}
    except DamagedFile:
        return DEFAULT_COUNTRY
    country = document.get("country")
    return country if country in COUNTRIES else DEFAULT_COUNTRY
