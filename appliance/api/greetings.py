"""The recordings that callers of a mailbox hear: the methods `greetings.…`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, TypedDict

from appliance.api.uploads import Uploads
from appliance.calls.greetingchoice import LONGEST_TEMPORARY_DAYS
from appliance.calls.ownrecordings import OwnClip, OwnKind, OwnRecordings
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office
from appliance.wav.clip import BrokenClip, clip_in
from appliance.wav.writer import HEADER_BYTES
from hw.audio import SAMPLE_RATE
from hw.nearest import nearest
from hw.said import said, told_by

SHORTEST_SECONDS = {kind: 0.2 if kind is OwnKind.NAME else 1.0 for kind in OwnKind}
"""As by telephone: in less, callers hear nothing."""
LONGEST_SECONDS = {kind: 5.0 if kind is OwnKind.NAME else 120.0 for kind in OwnKind}
LARGEST_BYTES = HEADER_BYTES + round(2 * SAMPLE_RATE * max(LONGEST_SECONDS.values()))


class GreetingFacts(TypedDict):
    """A recording that callers hear."""

    kind: str
    """A word of `OwnKind`."""
    seconds: float | None
    """Its length; null where it is broken, and the standard greeting is heard."""
    until: str | None
    """When a temporary greeting ends by itself, in ISO 8601 on the office's clock."""


class GreetingsOf(TypedDict):
    """person: the id of the person or department. name: as callers hear it. greetings: what is recorded there."""

    person: str
    name: str
    greetings: list[GreetingFacts]


class GreetingUploaded(TypedDict):
    """The name of a file that comes in pieces, for the next piece and for `greetings.set`."""

    upload: str


def offer_greetings(
    control: Offers, own: OwnRecordings, office: Callable[[], Office], now: Callable[[], datetime], data: Path
) -> None:
    """Put the methods on the socket. office: the one in use. now: in UTC. data: the folder for files that come in."""
    uploads = Uploads(data, LARGEST_BYTES)

    async def facts(owner: MailboxOwner) -> GreetingsOf:
        found = [_facts(clip, office()) for clip in await own.of(owner)]
        return GreetingsOf(person=owner.id, name=owner.name, greetings=found)

    async def listed(params: dict[str, Any]) -> list[GreetingsOf]:
        owners = [greeting_owner(office(), params["person"])] if params["person"] else office().mailboxes
        return [await facts(owner) for owner in owners]

    async def upload(params: dict[str, Any]) -> GreetingUploaded:
        with _told():
            return GreetingUploaded(upload=await uploads.piece(params["upload"], params["piece"]))

    async def put(params: dict[str, Any]) -> GreetingsOf:
        with _told(), uploads.used(params["upload"]) as file:
            owner = greeting_owner(office(), params["person"])
            kind = greeting_kind(params["kind"], owner)
            last_day = greeting_last_day(params["until"], kind, office().local(now()).date())
            await own.set(owner, kind, await off_loop(_checked, file, kind), office(), last_day)
        return await facts(owner)

    async def remove(params: dict[str, Any]) -> GreetingsOf:
        owner = greeting_owner(office(), params["person"])
        kind = greeting_kind(params["kind"], owner)
        if kind not in [clip.kind for clip in await own.of(owner)]:
            raise ControlError(
                "no-recording",
                said("%(owner)s has no recording of this kind: %(kind)s", owner=owner.name, kind=kind.value),
            )
        with _told():
            await own.remove(owner, kind)
        return await facts(owner)

    whose = {"person": Param(str), "kind": Param(str)}
    control.method("greetings.list", listed, {"person": Param(str, "")})
    control.method("greetings.upload", upload, {"upload": Param(str, ""), "piece": Param(str)})
    control.method("greetings.set", put, whose | {"upload": Param(str), "until": Param(str, "")})
    control.method("greetings.remove", remove, whose)


def _facts(clip: OwnClip, office: Office) -> GreetingFacts:
    until = office.local(clip.until).isoformat() if clip.until is not None else None
    return GreetingFacts(kind=clip.kind.value, seconds=clip.seconds, until=until)


def greeting_owner(office: Office, word: str) -> MailboxOwner:
    """The person or department with this id or extension."""
    found = next((owner for owner in office.mailboxes if word in (owner.id, owner.extension)), None)
    if found is None:
        near = nearest(word, [owner.id for owner in office.mailboxes])
        meant = f"; did you mean {near!r}?" if near else ""
        raise ControlError("no-such-person", f"nobody with a mailbox has the id or extension {word!r}{meant}")
    return found


def greeting_kind(word: str, owner: MailboxOwner) -> OwnKind:
    """The one that is meant, where this owner's callers can hear it."""
    kinds = [kind.value for kind in OwnKind if kind.concerns(owner)]
    if word not in kinds:
        raise ControlError("no-such-greeting", f"{owner.name} has no greeting {word!r}: it is {', '.join(kinds)}")
    return OwnKind(word)


def greeting_last_day(written: str, kind: OwnKind, today: date) -> date | None:
    """Of a temporary greeting, which needs one; no other has an end."""
    if kind is not OwnKind.TEMPORARY:
        if written:
            raise ControlError("not-understood", said("only a temporary greeting ends by itself: leave the date out"))
        return None
    try:
        last = date.fromisoformat(written)
    except ValueError:
        reason = "a temporary greeting needs its last day, such as 2026-12-24"
        raise ControlError("not-understood", reason) from None
    latest = today + timedelta(days=LONGEST_TEMPORARY_DAYS - 1)
    if not today <= last <= latest:
        raise ControlError(
            "not-understood",
            said(
                "the last day of a temporary greeting is from %(today)s to %(latest)s",
                today=str(today),
                latest=str(latest),
            ),
        )
    return last


@contextmanager
def _told() -> Iterator[None]:
    """What is refused within it is told to whoever asked."""
    try:
        yield
    except BrokenClip as error:
        raise ControlError(
            "not-a-clip", said("%(why)s; `copperdesk greeting set` makes such a file of any other", why=told_by(error))
        ) from error
    except OSError as error:
        raise ControlError("disk-failed", told_by(error)) from error


def _checked(file: BinaryIO, kind: OwnKind) -> bytes:
    """The content of a file that is a clip, and not too long. Raises BrokenClip."""
    file.seek(0)
    seconds = len(clip_in(file, "the greeting")) / SAMPLE_RATE
    if seconds < SHORTEST_SECONDS[kind]:
        raise ControlError(
            "too-short",
            said(
                "it has %(seconds)s s; it needs %(least)s s: record it again",
                seconds=f"{seconds:.1f}",
                least=f"{SHORTEST_SECONDS[kind]:g}",
            ),
        )
    if seconds > LONGEST_SECONDS[kind]:
        raise ControlError(
            "too-long",
            said(
                "it has %(seconds)s s; callers bear %(most)s s",
                seconds=f"{seconds:.0f}",
                most=f"{LONGEST_SECONDS[kind]:.0f}",
            ),
        )
    file.seek(0)
    return file.read()
