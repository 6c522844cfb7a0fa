"""What callers hear, and the recordings of it: the methods `sounds.…`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypedDict

from appliance.api.uploads import Uploads
from appliance.calls.sounds import Sounds
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.phrase import Words
from appliance.prompts.levelling import LONGEST_SECONDS
from appliance.wav.clip import BrokenClip, clip_in
from appliance.wav.measuring import WavError, measure
from appliance.wav.writer import HEADER_BYTES
from hw.audio import SAMPLE_RATE
from hw.nearest import nearest
from hw.said import said, told_by

MOST_AT_ONCE = 50
LARGEST_BYTES = HEADER_BYTES + round(2 * SAMPLE_RATE * LONGEST_SECONDS)

TEXT, RECORDING = "text", "recording"


class SoundFacts(TypedDict):
    """A place."""

    number: int
    """By which it is known on a telephone."""
    place: str
    """Where its text stands in the office document."""
    text: str | None
    """What the office document says there; null where it has no such place, but recordings are left."""
    in_use: str
    """`text` or `recording`."""
    before: str | None
    """What was in use before; null where nothing was."""
    seconds: float | None
    """Of the recording in use; null without one, or where it is broken."""


class SoundList(TypedDict):
    """total: how many places there are of which these are some."""

    sounds: list[SoundFacts]
    total: int


class SoundUploaded(TypedDict):
    """The name of a file that comes in pieces, for the next piece and for `sounds.add`."""

    upload: str


def offer_sounds(control: Offers, sounds: Sounds, office: Callable[[], Mapping[str, Words]], data: Path) -> None:
    """Put the methods on the socket. office: its places. data: the folder for files that come in."""
    uploads = Uploads(data, LARGEST_BYTES)

    async def facts(place: str) -> SoundFacts:
        found, words = sounds.at(place), office().get(place)
        assert found is not None
        path = sounds.recording(place)
        return SoundFacts(
            number=found.number,
            place=place,
            text=words.text if words is not None else None,
            in_use=RECORDING if found.use else TEXT,
            before=None if found.before is None else RECORDING if found.before else TEXT,
            seconds=await off_loop(_seconds, path) if path is not None else None,
        )

    def place_of(params: dict[str, Any]) -> str:
        given: str = params["place"]
        place = given if sounds.at(given) is not None else sounds.numbered(given)
        if not place:
            near = nearest(given, sounds.places)
            meant = f"did you mean {near}?" if near else "`copperdesk sound list` shows all"
            raise ControlError("no-such-place", f"there is no place {given!r} where callers hear something; {meant}")
        return place

    async def listed(params: dict[str, Any]) -> SoundList:
        after = max(params["after"], 0)
        known = sounds.places
        if params["places"]:
            places = [place for place in params["places"] if isinstance(place, str) and place in known]
        else:
            places = sorted(known, key=lambda place: known[place].number)
        some = [await facts(place) for place in places[after : after + MOST_AT_ONCE]]
        return SoundList(sounds=some, total=len(places))

    async def upload(params: dict[str, Any]) -> SoundUploaded:
        with _told():
            return SoundUploaded(upload=await uploads.piece(params["upload"], params["piece"]))

    async def add(params: dict[str, Any]) -> SoundFacts:
        with _told(), uploads.used(params["upload"]) as file:
            place = place_of(params)
            await sounds.add(place, await off_loop(_checked, file))
        return await facts(place)

    async def remove(params: dict[str, Any]) -> SoundFacts:
        place = place_of(params)
        if sounds.recording(place) is None:
            raise ControlError(
                "no-recording", said("%(place)s has no recording in use: its text is spoken", place=place)
            )
        with _told():
            await sounds.speak_text(place)
        return await facts(place)

    async def back(params: dict[str, Any]) -> SoundFacts:
        place = place_of(params)
        with _told():
            if not await sounds.back(place):
                raise ControlError(
                    "nothing-before", said("there is no version of %(place)s before this one", place=place)
                )
        return await facts(place)

    named = {"place": Param(str)}
    control.method("sounds.list", listed, {"after": Param(int, 0), "places": Param(list, [])})
    control.method("sounds.upload", upload, {"upload": Param(str, ""), "piece": Param(str)})
    control.method("sounds.add", add, named | {"upload": Param(str)})
    control.method("sounds.remove", remove, named)
    control.method("sounds.back", back, named)


@contextmanager
def _told() -> Iterator[None]:
    """What is refused within it is told to whoever asked."""
    try:
        yield
    except BrokenClip as error:
        raise ControlError(
            "not-a-clip", said("%(why)s; `copperdesk sound add` makes such a file of any other", why=told_by(error))
        ) from error
    except OSError as error:
        raise ControlError("disk-failed", told_by(error)) from error


def _checked(file: Any) -> bytes:
    """The content of a file that is a clip. Raises BrokenClip."""
    file.seek(0)
    clip_in(file, "the sound")
    file.seek(0)
    content: bytes = file.read()
    return content


def _seconds(path: Path) -> float | None:
    try:
        return round(measure(path).seconds, 1)
    except (OSError, WavError):
        return None
