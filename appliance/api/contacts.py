"""Callers known and unwanted: the methods `contacts.…`, for contacts, their files, and the block list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict, cast

from appliance.api.uploads import Uploads
from appliance.clock import Clock, off_loop
from appliance.contacts.book import AlreadyTaken, Contacts, NotThere
from appliance.contacts.csvfile import written_csv
from appliance.contacts.decoding import LARGEST_FILE
from appliance.contacts.vcard import written_vcards
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.callernumber import NotANumber, bare
from appliance.office.contact import Blocked, Contact, Gets, unwanted
from appliance.office.entry import EntryErrors, read_entry, written_entry
from appliance.store.calllog import CallLog
from hw.callerid.coding import CallerId
from hw.callerid.text import plain
from hw.said import Wording, said, told_by, wording

ANY_NUMBER = "100"
"""Stands for one that is no number while the other fields of a contact are checked."""

MOST_AT_ONCE = 100
"""Contacts, entries or lines in an answer: it fits, whatever they are."""


class ContactFields(TypedDict):
    """A contact, as `appliance.office.contact` declares it."""

    number: str
    """The telephone number, or how several begin."""
    name: str
    """What telephones and the log show."""
    company: str
    """Whom the contact belongs to."""
    notes: str
    """What whoever takes a call should know."""
    language: str
    """What the contact is spoken to in; empty: the office's language."""
    rank: int
    """From 0, as all others, to 9."""


class ContactMistake(TypedDict):
    """A field of a contact that cannot be so, and why."""

    field: str
    reason: str
    reason_wording: Wording


class ContactList(TypedDict):
    """total: how many there are of which these are some."""

    contacts: list[ContactFields]
    total: int


class BlockedEntry(TypedDict):
    """An entry of the block list. times, last: how often a call was blocked by it, and when last."""

    caller: str
    gets: str
    notes: str
    times: int
    last: str | None


class BlockList(TypedDict):
    blocked: list[BlockedEntry]
    total: int


class CallerFacts(TypedDict):
    """What is known of a number. calls, last_call: that came in from it. blocked: what blocks it."""

    number: str
    contact: ContactFields | None
    calls: int
    last_call: str | None
    blocked: BlockedEntry | None


class Uploaded(TypedDict):
    """The name of a file that comes in pieces, for the next piece and for `contacts.import`."""

    upload: str


class ImportResult(TypedDict):
    """How many numbers a file added and changed, of how many it said nothing new, and how many lines were refused."""

    added: int
    changed: int
    unchanged: int
    refused: int


class RefusedLine(TypedDict):
    """line: from 1; 0 for the whole file."""

    line: int
    reason: str
    reason_wording: Wording


class RefusedLines(TypedDict):
    refused: list[RefusedLine]
    total: int


class Exported(TypedDict):
    """A part of a file. after: what gives the next part; null: that was all."""

    text: str
    after: int | None


def offer_contacts(
    control: Offers, contacts: Contacts, calls: CallLog, clock: Clock, local: Callable[[datetime], datetime], data: Path
) -> None:
    """Put the methods on the socket. local: the office's own clock. data: the folder for files that come in."""
    uploads = Uploads(data, LARGEST_FILE)

    def entry(blocked: Blocked) -> BlockedEntry:
        last = local(blocked.last).isoformat() if blocked.last is not None else None
        return cast(BlockedEntry, written_entry(blocked) | {"times": blocked.times, "last": last})

    async def find(params: dict[str, Any]) -> ContactList:
        text, after, limit = params["find"].strip(), max(params["after"], 0), params["limit"]
        with suppress(NotANumber):  # Then it is a name.
            text = bare(text)
        with _told():
            found = await contacts.find(text, after, min(max(limit, 1), MOST_AT_ONCE))
        return ContactList(contacts=[_fields(contact) for contact in found.contacts], total=found.total)

    async def caller(params: dict[str, Any]) -> CallerFacts:
        with _told():
            number = bare(params["number"])
            history = await off_loop(calls.history, contacts.numbers.written(number), clock.now())
        contact = contacts.known(number) or contacts.who(number)
        blocked = contacts.blocked(CallerId(number))
        return CallerFacts(
            number=number,
            contact=_fields(contact) if contact is not None else None,
            calls=history.calls,
            last_call=local(history.last).isoformat() if history.last is not None else None,
            blocked=entry(blocked) if blocked is not None else None,
        )

    async def check(params: dict[str, Any]) -> list[ContactMistake]:
        """All that is wrong with a contact, each with its field; nothing is stored."""
        try:
            read_entry(Contact, _with_bare(params["contact"]))
        except NotANumber as error:
            others = check_others(params["contact"])
            return [_mistake("number", told_by(error)), *others]
        except EntryErrors as errors:
            return [_mistake(one.path, one.reason) for one in errors.problems]
        return []

    def check_others(contact: dict[str, Any]) -> list[ContactMistake]:
        try:
            read_entry(Contact, _with_bare(contact | {"number": ANY_NUMBER}))
        except EntryErrors as errors:
            return [_mistake(one.path, one.reason) for one in errors.problems]
        return []

    async def add(params: dict[str, Any]) -> ContactFields:
        with _told():
            contact = read_entry(Contact, _with_bare(params["contact"]))
            await contacts.add(contact)
        return _fields(contact)

    async def change(params: dict[str, Any]) -> ContactFields:
        with _told():
            old = contacts.at(bare(params["number"]))
            new = read_entry(Contact, written_entry(old) | _with_bare(params["fields"]))
            await contacts.change(old, new)
        return _fields(new)

    async def remove(params: dict[str, Any]) -> ContactFields:
        with _told():
            return _fields(await contacts.remove(bare(params["number"])))

    async def upload(params: dict[str, Any]) -> Uploaded:
        with _told():
            return Uploaded(upload=await uploads.piece(params["upload"], params["piece"]))

    async def take(params: dict[str, Any]) -> ImportResult:
        there = uploads.named(params["upload"])
        with _told(), uploads.used(params["upload"]) as file:
            there.result = done = await contacts.take(file)
        return ImportResult(added=done.added, changed=done.changed, unchanged=done.unchanged, refused=len(done.refused))

    async def refused(params: dict[str, Any]) -> RefusedLines:
        done = uploads.named(params["upload"]).result
        lines = done.refused if done is not None else []
        after = max(params["after"], 0)
        some = [
            RefusedLine(line=line, reason=reason, reason_wording=wording(reason))
            for line, reason in lines[after : after + MOST_AT_ONCE]
        ]
        return RefusedLines(refused=some, total=len(lines))

    async def export(params: dict[str, Any]) -> Exported:
        form, after = params["form"], max(params["after"], 0)
        if form not in ("csv", "vcard"):
            raise ControlError("no-such-form", f"contacts are exported as csv or vcard, not as {form!r}")
        with _told():
            found = await contacts.find("", after, MOST_AT_ONCE)
        text = written_csv(found.contacts, head=not after) if form == "csv" else written_vcards(found.contacts)
        then = after + len(found.contacts)
        return Exported(text=text, after=then if then < found.total else None)

    async def block(params: dict[str, Any]) -> BlockedEntry:
        with _told():
            return entry(await contacts.block(read_entry(Blocked, _with_unwanted(params["blocked"]))))

    async def block_last(params: dict[str, Any]) -> BlockedEntry:
        with _told():
            last = await off_loop(calls.last_caller, params["person"])
            if last is None:
                raise ControlError("no-last-caller", said("nobody has called yet whose number is known"))
            wanted = {"caller": last.caller_number, "gets": params["gets"], "notes": params["notes"]}
            return entry(await contacts.block(read_entry(Blocked, _with_unwanted(wanted))))

    async def unblock(params: dict[str, Any]) -> BlockedEntry:
        with _told():
            return entry(await contacts.unblock(unwanted(params["caller"])))

    async def blocked(params: dict[str, Any]) -> BlockList:
        entries, after = contacts.block_list(), max(params["after"], 0)
        return BlockList(blocked=[entry(one) for one in entries[after : after + MOST_AT_ONCE]], total=len(entries))

    after, upload_name = Param(int, 0), Param(str)
    control.method("contacts.list", find, {"find": Param(str, ""), "after": after, "limit": Param(int, 100)})
    control.method("contacts.caller", caller, {"number": Param(str)})
    control.method("contacts.check", check, {"contact": Param(dict)})
    control.method("contacts.add", add, {"contact": Param(dict)})
    control.method("contacts.change", change, {"number": Param(str), "fields": Param(dict)})
    control.method("contacts.remove", remove, {"number": Param(str)})
    control.method("contacts.upload", upload, {"upload": Param(str, ""), "piece": Param(str)})
    control.method("contacts.import", take, {"upload": upload_name})
    control.method("contacts.refused", refused, {"upload": upload_name, "after": after})
    control.method("contacts.export", export, {"form": Param(str, "csv"), "after": after})
    control.method("contacts.block", block, {"blocked": Param(dict)})
    gets = Param(str, Gets.REFUSAL.value)
    control.method("contacts.block-last", block_last, {"person": Param(str, ""), "gets": gets, "notes": Param(str, "")})
    control.method("contacts.unblock", unblock, {"caller": Param(str)})
    control.method("contacts.blocked", blocked, {"after": after})


@contextmanager
def _told() -> Iterator[None]:
    """What is refused within it is told to whoever asked."""
    try:
        yield
    except (NotANumber, EntryErrors) as error:
        raise ControlError("contact-refused", told_by(error)) from error
    except NotThere as error:
        raise ControlError("no-such-contact", told_by(error)) from error
    except AlreadyTaken as error:
        raise ControlError("contact-exists", told_by(error)) from error
    except OSError as error:
        raise ControlError("disk-failed", told_by(error)) from error


def _fields(contact: Contact) -> ContactFields:
    return cast(ContactFields, written_entry(contact))


def _with_bare(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a contact with a bare number and texts on one line. What is no text is for the check to judge."""
    texts = {name: plain(text) for name in _TEXTS if isinstance(text := fields.get(name), str)}
    number = fields.get("number")
    return fields | texts | ({"number": bare(number)} if isinstance(number, str) else {})


def _with_unwanted(fields: dict[str, Any]) -> dict[str, Any]:
    """The same for an entry of the block list."""
    texts = {name: plain(text) for name in _TEXTS if isinstance(text := fields.get(name), str)}
    caller = fields.get("caller")
    return fields | texts | ({"caller": unwanted(caller)} if isinstance(caller, str) else {})


_TEXTS = ("name", "company", "notes")


def _mistake(field: str, reason: str) -> ContactMistake:
    return ContactMistake(field=field, reason=reason, reason_wording=wording(reason))
