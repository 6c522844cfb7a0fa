"""Texts that callers hear, tried and recorded from the page: the methods `prompts.…`."""

from __future__ import annotations

import base64
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypedDict

from appliance.api.uploads import Uploads
from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.tasks import Tasks
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.flows.promptrecording import record_one
from appliance.office.languages import LANGUAGES
from appliance.office.writtenplaces import is_place
from appliance.prompts.synthesis import SynthesisFailed
from appliance.prompts.trying import Trial
from appliance.shortprocess import ProcessFailed, in_a_process
from appliance.store.versions import VersionStore
from appliance.unit import Unit
from appliance.wav.clip import BrokenClip, read_clip, written_clip
from appliance.wav.loading import AudioFileError
from hw.audio import SAMPLE_RATE
from hw.callerid.coding import CallerId
from hw.said import Wording, said, told_by, wording

LONGEST_TEXT = 1000
"""Characters, as many as a text of the office may have."""
LARGEST_BYTES = 64 * 1024 * 1024
"""Of a sound file: five minutes in stereo at 48,000 samples a second."""
PIECE_BYTES = 180_000
"""Of a recording, in one answer."""
RING_SECONDS = 40.0

NOT_RUNG, RINGING, SAVED, NOT_SAVED, NOT_LIFTED = "not-rung", "ringing", "saved", "not-saved", "not-lifted"


class SpokenText(TypedDict):
    """wav: the sound file in base64; empty where there is nothing to be said."""

    wav: str


class PromptUploaded(TypedDict):
    """The name of a file that comes in pieces, for the next piece and for `prompts.record`."""

    upload: str


class PromptRecorded(TypedDict):
    """A recording that is kept."""

    seconds: float
    """How long it is."""
    draft: bool
    """It goes live with the draft of the office; otherwise callers hear it from now on."""
    warnings: list[str]
    """What is wrong with its sound, for people."""
    warning_wordings: list[Wording]
    """The same for whoever says it in another language."""


class PromptPiece(TypedDict):
    """wav: bytes of a sound file in base64. after: for the next piece; null: that was all."""

    wav: str
    after: int | None


class PromptRung(TypedDict):
    """state: `not-rung`, `ringing` (or being recorded), `saved`, `not-saved`, `not-lifted`: of the last call for it."""

    state: str


def offer_prompts(control: Offers, unit: Unit, trial: Trial, data: Path, versions: VersionStore) -> Tasks:
    """Put the methods on the socket. data: the folder for files that come in. Returns the calls, to be closed.

    versions: have the draft of the office. While there is one, what is recorded belongs to it.
    """
    uploads = Uploads(data, LARGEST_BYTES)
    rung: dict[str, str] = {}
    tasks = Tasks(unit.trouble, lambda: None)

    async def speak(params: dict[str, Any]) -> SpokenText:
        if len(params["text"]) > LONGEST_TEXT:
            raise ControlError("text-too-long", said("a text may have %(most)s characters", most=LONGEST_TEXT))
        if params["language"] and params["language"] not in LANGUAGES:
            raise ControlError("no-such-language", f"{params['language']} is no language of the unit")
        try:
            wav = await trial.wav(params["text"], params["language"] or unit.office.language)
        except SynthesisFailed as error:
            raise ControlError("voice-failed", told_by(error)) from error
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error
        return SpokenText(wav=base64.b64encode(wav).decode("ascii"))

    async def upload(params: dict[str, Any]) -> PromptUploaded:
        return PromptUploaded(upload=await uploads.piece(params["upload"], params["piece"]))

    async def record(params: dict[str, Any]) -> PromptRecorded:
        place, draft = await there(params)
        sounds = unit.sounds
        try:
            with uploads.used(params["upload"]) as file:
                content, warnings = await off_loop(_converted, file, data)
            await (sounds.draft_added if draft else sounds.add)(place, content)
            recording = sounds.draft_recording(place) if draft else sounds.recording(place)
            kept = await off_loop(recording.read_bytes) if recording is not None else b""
            if kept != content or recording is None:
                raise ControlError("not-saved", said("what was read back from the disk is not what was written to it"))
            seconds = len(await off_loop(read_clip, recording)) / SAMPLE_RATE
            return PromptRecorded(
                seconds=seconds, draft=draft, warnings=warnings, warning_wordings=[wording(one) for one in warnings]
            )
        except (AudioFileError, BrokenClip) as error:
            raise ControlError("no-sound", told_by(error)) from error
        except ProcessFailed as error:
            raise ControlError("no-sound", said("The file could not be read: it may be too large.")) from error
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error

    async def listen(params: dict[str, Any]) -> PromptPiece:
        place, _draft = await there(params)
        recording = unit.sounds.draft_recording(place) if params["draft"] else unit.sounds.recording(place)
        if recording is None:
            raise ControlError("no-recording", said("it has no recording: its text is spoken"))
        try:
            content = await off_loop(recording.read_bytes)
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error
        begin = max(params["after"], 0)
        end = begin + PIECE_BYTES
        piece = base64.b64encode(content[begin:end]).decode("ascii")
        return PromptPiece(wav=piece, after=end if end < len(content) else None)

    async def ring(params: dict[str, Any]) -> PromptRung:
        (place, draft), name = await there(params), params["station"]
        line = unit.lines.stations.get(name)
        if line is None:
            raise ControlError("no-such-station", f"there is no telephone {name}")
        if not line.free:
            raise ControlError("station-busy", said("the telephone %(name)s is in use", name=name))
        rung[place] = RINGING
        tasks.begin(f"records {place}", _rings(unit, line, place, partial(rung.__setitem__, place), draft))
        return PromptRung(state=RINGING)

    async def rung_now(params: dict[str, Any]) -> PromptRung:
        return PromptRung(state=rung.get(params["place"], NOT_RUNG))

    async def there(params: dict[str, Any]) -> tuple[str, bool]:
        """The place, and whether what is recorded for it belongs to the draft of the office."""
        place: str = params["place"]
        draft = await off_loop(versions.draft)
        if unit.sounds.at(place) is None and (draft is None or not is_place(place, draft.document)):
            raise ControlError("no-such-place", "callers hear nothing there")
        return place, draft is not None

    named = {"place": Param(str)}
    control.method("prompts.speak", speak, {"text": Param(str), "language": Param(str, "")})
    control.method("prompts.upload", upload, {"upload": Param(str, ""), "piece": Param(str)})
    control.method("prompts.record", record, named | {"upload": Param(str)})
    control.method("prompts.listen", listen, named | {"after": Param(int, 0), "draft": Param(bool, False)})
    control.method("prompts.ring", ring, named | {"station": Param(str)})
    control.method("prompts.rung", rung_now, named)
    return tasks


async def _rings(unit: Unit, line: Any, place: str, tell: Callable[[str], None], draft: bool) -> None:
    """Ring a telephone, and let whoever lifts it record. tell: what became of it. draft: it belongs to the draft."""
    became = NOT_SAVED

    async def recorded(call: Call) -> Outcome:
        nonlocal became
        outcome = await record_one(call, place, with_draft=draft)
        became = SAVED if outcome is Outcome.CHANGED else NOT_SAVED
        return outcome

    shown = CallerId(name="Record a text")
    lifted = await unit.switchboard.call_up(
        line, recorded, f"rung to record {place}", shown=shown, seconds=RING_SECONDS
    )
    tell(became if lifted else NOT_LIFTED)


def _converted(file: BinaryIO, folder: Path) -> tuple[bytes, list[str]]:
    """The clip of a sound file, and what is wrong with it. Raises AudioFileError and ProcessFailed. Blocking."""
    with tempfile.TemporaryDirectory(dir=folder) as there:
        named = Path(there) / "sound"
        with named.open("wb") as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
        return in_a_process(_clip_of, named)


def _clip_of(path: Path) -> tuple[bytes, list[str]]:
    """In a process of its own: five minutes of sound take 200 MB."""
    from appliance.prompts.converting import converted

    sound = converted(path, said("The file"))
    return written_clip(sound.samples), list(sound.warnings)
