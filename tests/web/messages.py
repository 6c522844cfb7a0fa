"""Messages in mailboxes, for the tests of pages."""

from __future__ import annotations

from appliance.wav.clip import read_clip
from hw.audio import Samples
from tests.web.site import Site


def written_to(site: Site, mailbox: str, words: str, **more: object) -> str:
    """A message that somebody at the desk has written. Its id."""
    before = _ids(site, mailbox)
    site.ask("messages.write", to=[mailbox], words=words, name="Jane Roe", number="4075550123", **more)
    (new,) = _ids(site, mailbox) - before
    return new


def _ids(site: Site, mailbox: str) -> set[str]:
    return {one["id"] for one in site.ask("messages.list", person=mailbox)["messages"]}


def stored_sound(site: Site, mailbox: str, id: str) -> Samples:
    """The samples of a message as they are on the disk."""
    (path,) = (site.data / "messages" / mailbox).glob(f"*/{id}/audio.wav")
    return read_clip(path)
