"""The office a unit begins with: the one in its data folder, or the first one, from a file."""

from __future__ import annotations

from pathlib import Path

from appliance.office.document import load_document
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.store.documentfile import document_text
from appliance.store.office import DamagedFile, OfficeStore
from hw.said import said, told_by


def stored_office(store: OfficeStore, first: Path | None) -> tuple[Office | None, str]:
    """The office in the data folder, or the one to begin with; and what is wrong. None if it cannot be used."""
    try:
        stored = store.load()
        document: object = stored.document
        if document is None and first is not None:
            return first_office(store, first)
        if first is not None:
            print(
                f"{first} is not used: this unit has an office already. To put {first} in its place: "
                f"copperdesk office load {first}",
                flush=True,
            )
        if document is None:
            return None, said("there is no office yet: load one with `copperdesk office load FILE`")
        return office_of(document), stored.fault
    except (OfficeErrors, DamagedFile) as error:
        return None, said(
            "the office document cannot be used, so the built-in attendant answers: %(why)s. "
            "Load a good one with `copperdesk office load FILE`.",
            why=told_by(error),
        )


class UnusableFirstOffice(Exception):
    """The office to begin with cannot be used; the message holds all its mistakes."""


def first_office(store: OfficeStore, file: Path) -> tuple[Office, str]:
    """Read the office to begin with, and store it. Returns it, and why it could not be stored (empty: it was).

    Raises UnusableFirstOffice if it has mistakes or cannot be read.
    """
    try:
        document = load_document(document_text(file))
        office = office_of(document)
    except OfficeErrors as errors:
        raise UnusableFirstOffice(
            f"{errors}\ncopperdesk: {file} has mistakes, so Copperdesk was not started with it"
        ) from errors
    except UnicodeDecodeError as error:
        raise UnusableFirstOffice(f"copperdesk: {file} is not a text file in UTF-8") from error
    except OSError as error:
        raise UnusableFirstOffice(f"copperdesk: {file} cannot be read: {error.strerror}") from error
    assert isinstance(document, dict)
    try:
        store.save(document)
    except OSError as error:
        return office, said("the office could not be saved: %(why)s", why=told_by(error))
    return office, ""
