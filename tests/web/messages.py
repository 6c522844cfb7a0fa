"""Messages in mailboxes, for the tests of pages."""

from __future__ import annotations

import time
from collections.abc import Callable

from appliance.wav.clip import read_clip
from hw.audio import Samples
from tests.web.site import Site


def written_to(site: Site, mailbox: str, words: str, **more: object) -> str:
    """A message that somebody at the desk has written. Its id."""
    before = _ids(site, mailbox)
    site.ask("messages.write", **{"to": [mailbox], "words": words, "name": "Jane Roe", "number": "4075550123", **more})
    (new,) = _ids(site, mailbox) - before
    return new


def _ids(site: Site, mailbox: str) -> set[str]:
    return {one["id"] for one in site.ask("messages.list", person=mailbox)["messages"]}


def stored_sound(site: Site, mailbox: str, id: str) -> Samples:
    """The samples of a message as they are on the disk."""
    (path,) = (site.data / "messages" / mailbox).glob(f"*/{id}/audio.wav")
    return read_clip(path)


def a_sheet(site: Site) -> None:
    """A question and a script for the desk, unless they are there."""
    stored = site.ask("desk.sheet")
    if stored["sheet"]["scripts"]:
        return
    nothing = {"to": "", "text": ""}
    steps = [
        {
            "ask": "Are you a patient already?",
            "choices": [{"answer": "Yes", "next": 3}, {"answer": "No", "next": 0}],
            "next": 0,
            "mail": nothing,
        },
        {
            "ask": "What is your name and your date of birth?",
            "choices": [],
            "next": -1,
            "mail": {"to": "tom", "text": "New patient: {2}"},
        },
        {"ask": "Which day suits you?", "choices": [], "next": 0, "mail": nothing},
    ]
    sheet = {
        "questions": [{"question": "Where can I park?", "answer": "Behind the house.\nFrom Mill Street."}],
        "scripts": [{"name": "Appointment", "steps": steps}],
    }
    assert site.ask("desk.change-sheet", sheet=sheet, revision=stored["revision"])["mistakes"] == []


def wait_for(there: Callable[[], object], seconds: float = 15.0) -> None:
    """Wait until this is so."""
    for _ in range(int(seconds * 10)):
        if there():
            return
        time.sleep(0.1)
    raise AssertionError(f"it did not happen within {seconds:.0f} s")
