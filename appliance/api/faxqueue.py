"""Faxes that are to be sent, and those that were: the methods `fax.…`."""

from __future__ import annotations

import base64
import shutil
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from appliance.api.uploads import Uploads
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.fax.making.orders import FileToSend
from appliance.fax.making.refusal import CannotBeFaxed
from appliance.fax.sending.causes import CAUSES, standing
from appliance.fax.sending.handing import LARGEST_FILE, FaxWish, NotTaken
from appliance.fax.sending.proving import prove
from appliance.fax.sending.queued import FaxTry, HandedInBy, QueuedFax
from appliance.store.disk import StoreFull
from appliance.unit import Unit
from hw.said import Wording, said, told_by, wording

MOST_FILES = 20
"""Of one fax."""
MOST_LISTED = 200


class ShownTry(TypedDict):
    """A call for a fax."""

    began: str
    """When it was begun."""
    ended: str
    """When it was over; empty: it goes on."""
    why: Wording | None
    """How it ended; None: it goes on."""
    pages: int
    """Confirmed in it."""
    far_identity: str
    """What the other machine calls itself."""
    bit_rate: int
    """bit/s; 0 where it did not come so far."""
    ecm: bool
    """Errors were corrected."""
    call: str
    """The id of its record in the call log; empty where no line was dialled on."""


class ShownFax(TypedDict):
    """A fax. Its moments are in ISO 8601, on the office's clock, or empty."""

    id: str
    """Its name in the queue."""
    number: str
    """As it is dialled on a line."""
    to: str
    """Whom it is for, as the cover has it."""
    fax_list: str
    """The list to which it goes; empty: to this number alone."""
    person: str
    """The id of whoever sends it; empty: the office."""
    title: str
    """The names of what was sent."""
    way: str
    """How it came: a word of `HandedInBy`."""
    pages: int
    """How many it has."""
    confirmed: int
    """How many of them have arrived."""
    state: str
    """A word of `FaxState`."""
    standing: Wording
    """The same for people."""
    queued: str
    """When it was handed in."""
    next_try: str
    """Not tried before this; empty: it is tried no more, or just now."""
    over: str
    """When it was delivered or given up."""
    tries: NotRequired[list[ShownTry]]
    """Its calls, the oldest first; with `fax.show` alone."""


class UploadedFax(TypedDict):
    """The name of a file that comes in pieces, for the next one and for `fax.send`."""

    upload: str


class FaxProof(TypedDict):
    """pdf: in base64."""

    pdf: str


def offer_fax_queue(control: Offers, unit: Unit, data: Path) -> None:
    """Put the methods on the socket. data: the folder for files that come in."""
    intake, queue, uploads = unit.faxes_out.intake, unit.faxes_out.queue, Uploads(data, LARGEST_FILE)

    async def upload(params: dict[str, Any]) -> UploadedFax:
        return UploadedFax(upload=await uploads.piece(params["upload"], params["piece"]))

    async def send(params: dict[str, Any]) -> list[ShownFax]:
        files = _named(params["files"])
        with tempfile.TemporaryDirectory(dir=data) as folder, ExitStack() as opened:
            there = []
            for place, (upload, name) in enumerate(files):
                path = Path(folder) / str(place)
                file = opened.enter_context(uploads.used(upload))
                await off_loop(_copied, file, path)
                there.append(FileToSend(path, name))
            wish = FaxWish(
                to=params["to"],
                files=there,
                person=params["person"],
                name=" ".join(params["name"].split())[:60],
                note=params["note"][:2000],
                cover={"yes": True, "no": False}.get(params["cover"]),
                coarse=params["coarse"],
                at=_moment(params["at"]),
                way=HandedInBy.PAGE if params["by"] == "page" else HandedInBy.COMMAND,
            )
            try:
                faxes = await intake.take(wish)
            except NotTaken as refused:
                raise ControlError(refused.code, refused.why) from refused
            except StoreFull as error:
                raise ControlError("disk-full", told_by(error)) from error
            except OSError as error:
                raise ControlError("disk-failed", told_by(error)) from error
        return [shown(fax) for fax in faxes]

    async def listed(params: dict[str, Any]) -> list[ShownFax]:
        whose = params["person"]
        faxes = [fax for fax in queue.faxes if not whose or fax.person == whose]
        if params["waiting"]:
            faxes = [fax for fax in faxes if not fax.state.over]
        return [shown(fax) for fax in faxes[-MOST_LISTED:]]

    async def show(params: dict[str, Any]) -> ShownFax:
        fax = found(params)
        told = shown(fax)
        told["tries"] = [shown_try(one) for one in fax.tries]
        return told

    async def cancel(params: dict[str, Any]) -> None:
        fax = found(params)
        if not await queue.cancel(fax.id):
            raise ControlError("over", said("This fax is over already: %(standing)s.", standing=standing(fax)))

    async def proof(params: dict[str, Any]) -> FaxProof:
        fax = found(params)
        if not fax.state.over:
            raise ControlError("not-over", said("This fax is not over yet: %(standing)s.", standing=standing(fax)))
        with tempfile.TemporaryDirectory(dir=data) as folder:
            into = Path(folder) / "proof.pdf"
            try:
                await off_loop(prove, queue.store, fax, into, intake.office)
                content = await off_loop(into.read_bytes)
            except CannotBeFaxed as refused:
                raise ControlError("no-proof", refused.why) from refused
            except OSError as error:
                raise ControlError("disk-failed", told_by(error)) from error
        return FaxProof(pdf=base64.b64encode(content).decode("ascii"))

    def found(params: dict[str, Any]) -> QueuedFax:
        fax = queue.fax(params["id"])
        if fax is None or (params["person"] and fax.person != params["person"]):
            raise ControlError("no-such-fax", said("There is no fax %(id)s.", id=params["id"]))
        return fax

    def on_clock(moment: datetime | None) -> str:
        return intake.office.local(moment).isoformat() if moment is not None else ""

    def shown_try(one: FaxTry) -> ShownTry:
        return ShownTry(
            began=on_clock(one.began),
            ended=on_clock(one.ended),
            why=wording(CAUSES[one.cause]) if one.cause is not None else None,
            pages=one.pages,
            far_identity=one.far_identity,
            bit_rate=one.bit_rate,
            ecm=one.ecm,
            call=one.call,
        )

    def shown(fax: QueuedFax) -> ShownFax:
        due = queue.next_try(fax)
        return ShownFax(
            id=fax.id,
            number=fax.number,
            to=fax.to,
            fax_list=fax.fax_list,
            person=fax.person,
            title=fax.title,
            way=fax.way.value,
            pages=fax.pages,
            confirmed=fax.confirmed,
            state=fax.state.value,
            standing=wording(standing(fax, no_machine_today=queue.no_machine_today(fax.number))),
            queued=on_clock(fax.queued),
            next_try=on_clock(due),
            over=on_clock(fax.over),
        )

    text, whose = Param(str, ""), {"person": Param(str, "")}
    which = {"id": Param(str)} | whose
    control.method("fax.upload", upload, {"upload": text, "piece": Param(str)})
    words = {"to": Param(str), "files": Param(list), "name": text, "note": text, "cover": text, "at": text, "by": text}
    control.method("fax.send", send, words | whose | {"coarse": Param(bool, False)})
    control.method("fax.queue", listed, whose | {"waiting": Param(bool, False)})
    control.method("fax.show", show, which)
    control.method("fax.cancel", cancel, which)
    control.method("fax.proof", proof, which)


def _named(files: list[Any]) -> list[tuple[str, str]]:
    """The uploads, and what their owner calls them. ControlError where they are none."""
    named = [
        (one["upload"], one["name"])
        for one in files
        if isinstance(one, dict) and isinstance(one.get("upload"), str) and isinstance(one.get("name"), str)
    ]
    if len(named) != len(files) or len(files) > MOST_FILES:
        raise ControlError(
            "wrong-parameters", f"files are a list of up to {MOST_FILES} objects with `upload` and `name`"
        )
    return [(upload, " ".join(name.split())[:100] or "?") for upload, name in named]


def _copied(file: Any, path: Path) -> None:
    file.seek(0)
    with path.open("wb") as copy:
        shutil.copyfileobj(file, copy)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ControlError("wrong-time", said("%(time)s is no moment with a time zone.", time=text))
    return moment
