"""Contacts of an office in the United States, on a disk of their own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.contacts.book import Contacts
from appliance.contacts.importing import Import
from appliance.office.callernumber import CallerNumbers
from appliance.office.contact import Contact
from appliance.store.contacts import ContactStore
from hw.tones.toneplan import tone_plan


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "contacts.sqlite"


@pytest.fixture
def contacts(path: Path) -> Iterator[Contacts]:
    contacts = Contacts(ContactStore.open(path), tone_plan("us").number_forms)
    contacts.load()
    yield contacts
    contacts.store.close()


@pytest.fixture
def again(path: Path) -> Iterator[Callable[[], Contacts]]:
    """Another look at the same disk."""
    opened = []

    def again() -> Contacts:
        contacts = Contacts(ContactStore.open(path), tone_plan("us").number_forms)
        contacts.load()
        opened.append(contacts)
        return contacts

    yield again
    for contacts in opened:
        contacts.store.close()


@pytest.fixture
def imported() -> Callable[..., Import]:
    """What becomes of a file where no contact is known."""

    def imported(content: bytes | str, country: str = "us", known: dict[str, Contact] | None = None) -> Import:
        file = io.BytesIO(content.encode() if isinstance(content, str) else content)
        there = known or {}
        importing = Import(file, CallerNumbers(tone_plan(country).number_forms), there.get, len(there))
        while importing.piece():
            pass
        return importing

    return imported
