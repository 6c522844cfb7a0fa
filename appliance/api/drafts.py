"""The one draft of the next office document, which administrators share: the methods `draft.…`.

It is changed piece by piece. Each piece comes with what it was when somebody began to change it, so that nothing is
overwritten that another has changed meanwhile.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypedDict

from appliance.api.office import OfficeMistake, mistake
from appliance.api.officechanging import Loaded, OfficeChanging, revision
from appliance.api.picture import Sheets
from appliance.api.versions import OfficeChange, change_facts
from appliance.calls.sounds import Sounds
from appliance.clock import Clock, off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.changewords import changes, sound_change, told
from appliance.office.differences import MISSING, Difference, Fields, Steps, merged
from appliance.office.problem import OfficeErrors, joined
from appliance.store.versions import KeptDraft, VersionStore
from appliance.wav.measuring import WavError, measure
from hw.said import said, told_by

Piece = tuple[list[str], Any, Any]
"""Where in the document, what it was, and what it becomes; None: nothing is there. Entries of lists go by their ids."""

MOST_PIECES = 20


TEXT, RECORDING = "text", "recording"


class DraftSound(TypedDict):
    """What callers are to hear at a place. in_use: `text` or `recording`. seconds: of that; null for the text."""

    place: str
    in_use: str
    seconds: float | None


class DraftState(TypedDict):
    """The draft, or where there is none the document in use."""

    document: Fields
    """As it is to become."""
    revision: str
    """Changes with the document."""
    by: str
    """Who changed it last; empty where there is no draft."""
    at: str | None
    """When, in ISO 8601, UTC; null where there is no draft."""
    changes: list[OfficeChange]
    """What is going to change with it."""
    conflicts: list[OfficeChange]
    """What is changed both in the draft (`before`) and meanwhile in the office in use (`after`)."""
    brought: list[OfficeChange]
    """What was changed meanwhile in the office in use, and has just been taken over into the draft."""
    sounds: list[DraftSound]
    """What was recorded for the draft, and goes live with it."""


class DraftEdited(TypedDict):
    """saved: false where there are mistakes or conflicts; then nothing is changed.

    conflicts: what somebody else has changed (`after`) and this would have overwritten (`before`). meanwhile: what
    somebody else has changed beside it.
    """

    saved: bool
    mistakes: list[OfficeMistake]
    conflicts: list[OfficeChange]
    meanwhile: list[OfficeChange]
    revision: str


def offer_drafts(
    control: Offers, changing: OfficeChanging, store: VersionStore, sheets: Sheets, clock: Clock, sounds: Sounds
) -> None:
    """Put the methods on the socket. sounds: have what was recorded for the draft."""
    drafts = _Drafts(changing, store, sheets, clock, sounds)

    async def get(_params: dict[str, Any]) -> DraftState:
        async with drafts.one_at_a_time:
            return await drafts.state()

    async def edit(params: dict[str, Any]) -> DraftEdited:
        async with drafts.one_at_a_time:
            return await drafts.edit(_pieces(params["pieces"]), params["by"])

    async def settle(params: dict[str, Any]) -> DraftState:
        async with drafts.one_at_a_time:
            return await drafts.settle(set(params["theirs"]), params["by"])

    async def live(params: dict[str, Any]) -> Loaded:
        async with drafts.one_at_a_time:
            return await drafts.live(params["revision"], params["by"])

    async def discard(params: dict[str, Any]) -> None:
        async with drafts.one_at_a_time:
            await drafts.expect(params["revision"])
            known = dict(sounds.drafted)
            await off_loop(store.drop_draft)
            await sounds.drop_draft(known)

    async def sound(params: dict[str, Any]) -> None:
        """At this place the text is spoken with the draft, or it is left as it is live."""
        async with drafts.one_at_a_time:
            await drafts.sound(params["place"], params["text"])

    async def carry(params: dict[str, Any]) -> None:
        """What is recorded below one place goes with it to another: it has got another name in the draft."""
        async with drafts.one_at_a_time:
            with _disk_told():
                await sounds.carry(params["from"], params["to"])

    who, which = {"by": Param(str)}, {"revision": Param(str)}
    control.method("draft.get", get)
    control.method("draft.edit", edit, who | {"pieces": Param(list)})
    control.method("draft.settle", settle, who | {"theirs": Param(list)})
    control.method("draft.live", live, who | which)
    control.method("draft.discard", discard, which)
    control.method("draft.sound", sound, {"place": Param(str), "text": Param(bool)})
    control.method("draft.carry", carry, {"from": Param(str), "to": Param(str)})


class _Drafts:
    def __init__(
        self, changing: OfficeChanging, store: VersionStore, sheets: Sheets, clock: Clock, sounds: Sounds
    ) -> None:
        self.one_at_a_time = asyncio.Lock()
        """For whoever asks: each looks at the draft and then changes it."""
        self._sounds = sounds
        """Have what was recorded for the draft."""
        self._changing = changing
        self._store = store
        self._sheets = sheets
        self._clock = clock

    async def state(self) -> DraftState:
        """Brings the draft along first, where the office in use has changed and nothing conflicts."""
        draft, live = await self._both()
        if draft is None and self._sounds.drafted:  # It was recorded while somebody else made the draft live.
            draft = KeptDraft(live, live, self._clock.now(), "")
            await self._put(draft)
        brought, state = await off_loop(_looked_at, draft, live)
        if brought is not None:
            await self._put(brought)
        state["sounds"] = await off_loop(_listed, self._sounds)
        state["changes"] += [change_facts(sound_change(*one)) for one in self._sounds.drafted.items()]
        state["revision"] = await self._revision(state["document"])
        return state

    async def sound(self, place: str, text: bool) -> None:
        """Speak the text at a place with the draft, or leave it as it is live."""
        if await off_loop(self._store.draft) is None:
            raise ControlError("no-draft", said("there is no draft: the office is as it is shown"))
        with _disk_told():
            await (self._sounds.draft_text if text else self._sounds.leave_as_live)(place)

    async def _revision(self, document: Fields) -> str:
        """Of the document and what was recorded for it."""
        drafted = dict(self._sounds.drafted)
        return await off_loop(revision, [document, drafted] if drafted else document)

    async def edit(self, pieces: list[Piece], by: str) -> DraftEdited:
        state = await self.state()
        document, edited = await off_loop(_pieced, state, pieces)
        if edited["conflicts"]:
            return edited
        try:
            await self._sheets.of(document)
        except OfficeErrors as errors:
            return edited | {"mistakes": [mistake(problem) for problem in errors.problems]}
        draft, live = await self._both()
        if document == live and not self._sounds.drafted:
            await off_loop(self._store.drop_draft)
        elif document != state["document"]:
            base = draft.base if draft is not None else live
            await self._put(KeptDraft(document, base, self._clock.now(), by))
        return edited | {"saved": True, "revision": await self._revision(document)}

    async def settle(self, theirs: set[str], by: str) -> DraftState:
        """Let the office in use count in these places, and the draft in all others that conflict."""
        draft, live = await self._both()
        if draft is not None:
            counts = partial(_is_one_of, theirs)
            found = await off_loop(merged, draft.base, draft.document, live, counts)
            await self._put(KeptDraft(found.document, live, self._clock.now(), by))
        return await self.state()

    async def live(self, shown: str, by: str) -> Loaded:
        state = await self.expect(shown)
        if state["conflicts"]:
            raise ControlError(
                "draft-conflicts", said("the draft and the office in use have changed the same: settle that")
            )
        draft, live = await self._both()
        if draft is None:
            raise ControlError("no-draft", said("there is no draft: the office is as it is shown"))
        sounds = dict(self._sounds.drafted)
        loaded = await self._changing.load(draft.document, expected=revision(live), by=by, sounds=sounds)
        await off_loop(self._store.drop_draft)
        await self._sounds.drop_draft(sounds)
        return loaded

    async def expect(self, shown: str) -> DraftState:
        """The state, if it is the one that somebody was shown."""
        state = await self.state()
        if state["revision"] != shown:
            raise ControlError("draft-changed", said("somebody else has changed the draft meanwhile: look at it again"))
        return state

    async def _both(self) -> tuple[KeptDraft | None, Fields]:
        live = await self._changing.document()
        if live is None:
            raise ControlError("no-office", said("there is no office yet"))
        return await off_loop(self._store.draft), live

    async def _put(self, draft: KeptDraft) -> None:
        await off_loop(self._store.put_draft, draft)


@contextmanager
def _disk_told() -> Iterator[None]:
    """ControlError `disk-full` where the disk is full or failing."""
    try:
        yield
    except OSError as error:
        raise ControlError("disk-full", told_by(error)) from error


def _looked_at(draft: KeptDraft | None, live: Fields) -> tuple[KeptDraft | None, DraftState]:
    """The draft as it was brought along, where it was; and the state. Off the loop, as a document may be large."""
    conflicts, brought, new = [], [], None
    if draft is not None and draft.base != live:
        found = merged(draft.base, draft.document, live)
        conflicts = _told(found.conflicts, live)
        if not conflicts:
            brought = _changes(draft.base, live)
            draft = new = KeptDraft(found.document, live, draft.at, draft.by)
    document = draft.document if draft is not None else live
    return new, DraftState(
        document=document,
        revision=revision(document),
        by=draft.by if draft is not None else "",
        at=draft.at.isoformat() if draft is not None else None,
        changes=_changes(live, document),
        conflicts=conflicts,
        brought=brought,
        sounds=[],
    )


def _listed(sounds: Sounds) -> list[DraftSound]:
    """What was recorded for the draft. Blocking."""
    found = []
    for place, name in sounds.drafted.items():
        seconds: float | None = None
        with suppress(OSError, WavError):
            path = sounds.draft_recording(place)
            seconds = round(measure(path).seconds, 1) if path is not None else None
        found.append(DraftSound(place=place, in_use=RECORDING if name else TEXT, seconds=seconds))
    return found


def _pieced(state: DraftState, pieces: list[Piece]) -> tuple[Fields, DraftEdited]:
    """The document with these pieces, and what is to be told of them. Off the loop, likewise."""
    was, ours = copy.deepcopy(state["document"]), copy.deepcopy(state["document"])
    for steps, before, after in pieces:
        _put(was, steps, before)
        _put(ours, steps, after)
    found = merged(was, ours, state["document"])
    return found.document, DraftEdited(
        saved=False,
        mistakes=[],
        conflicts=_told(found.conflicts, state["document"]),
        meanwhile=_changes(was, state["document"]),
        revision=state["revision"],
    )


def _is_one_of(places: set[str], steps: Steps) -> bool:
    return joined(steps) in places


def _changes(before: Fields, after: Fields) -> list[OfficeChange]:
    return [change_facts(one) for one in changes(before, after)]


def _told(conflicts: tuple[Difference, ...], document: Fields) -> list[OfficeChange]:
    return [change_facts(told(one, document, document)) for one in conflicts]


def _pieces(given: list[Any]) -> list[Piece]:
    """Raises ControlError for what are no pieces."""
    pieces = [_piece(one) for one in given[:MOST_PIECES]]
    if not pieces or len(given) > MOST_PIECES or None in pieces:
        raise ControlError(
            "not-understood",
            said("1 to %(most)s pieces, each [steps, was, becomes], with a step at least", most=MOST_PIECES),
        )
    return [piece for piece in pieces if piece is not None]


def _piece(given: Any) -> Piece | None:
    match given:
        case [[str(), *_] as steps, was, becomes] if all(isinstance(step, str) for step in steps):
            return steps, MISSING if was is None else was, MISSING if becomes is None else becomes
        case _:
            return None


def _put(document: Fields, steps: list[str], value: Any) -> None:
    """Put a value into its place, or take out what is there. Raises ControlError where nothing leads there."""
    here: Any = document
    for step in steps[:-1]:
        if value is MISSING and isinstance(here, dict) and step not in here:
            return
        here = here.setdefault(step, {}) if isinstance(here, dict) else _entry(here, step)
    last = steps[-1]
    if isinstance(here, dict):
        if value is MISSING:
            here.pop(last, None)
        else:
            here[last] = value
    elif isinstance(here, list):
        place = here.index(_entry(here, last))
        here[place : place + 1] = [] if value is MISSING else [value]
    else:
        raise ControlError("not-understood", said("nothing of the document is at %(steps)s", steps=".".join(steps)))


def _entry(listed: Any, id: str) -> Any:
    """The entry of a list with this id, port or name."""
    entries = listed if isinstance(listed, list) else []
    for by in ("id", "port", "name"):
        for entry in entries:
            if isinstance(entry, dict) and entry.get(by) == id:
                return entry
    raise ControlError("not-there", said("%(id)s is not there any more: somebody has taken it out", id=id))
