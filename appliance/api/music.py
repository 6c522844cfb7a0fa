"""Music on hold, heard and changed from the page: the methods `music.…`."""

from __future__ import annotations

import asyncio
import base64
import shutil
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, TypedDict

import numpy as np

from appliance.api.uploads import Uploads
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.media.music import LEVEL_DBM0, HoldMusic, hold_music
from appliance.shortprocess import ProcessFailed, in_a_process
from appliance.store.disk import StoreFull
from appliance.store.holdmusic import MusicStore, TooMuchMusic
from appliance.wav.clip import BrokenClip, written_clip
from appliance.wav.loading import AudioFileError
from hw.audio import SAMPLE_RATE, decibels, level_dbm0
from hw.said import said, told_by

LARGEST_BYTES = 64 * 1024 * 1024
"""Of a sound file: five minutes in stereo at 48,000 samples a second."""
PIECE_BYTES = 64 * 1024
"""Of a sound, in one answer."""
LOUDEST = 32767.0


class MusicShown(TypedDict):
    """A piece of the office's own."""

    id: str
    title: str
    seconds: float


class MusicList(TypedDict):
    """pieces: in the order in which they are played; none: the built-in music is heard."""

    pieces: list[MusicShown]


class MusicUploaded(TypedDict):
    """The name of a file that comes in pieces, for the next one and for `music.add`."""

    upload: str


class MusicSound(TypedDict):
    """size: bytes of the whole sound file. piece: some of it, in base64."""

    size: int
    piece: str


def offer_music(control: Offers, music: HoldMusic, folder: Path, data: Path) -> None:
    """Put the methods on the socket. folder: of the office's own music. data: the folder for files that come in."""
    store, uploads, changing = MusicStore(folder), Uploads(data, LARGEST_BYTES), asyncio.Lock()

    async def listed(_params: dict[str, Any]) -> MusicList:
        pieces = await off_loop(store.pieces)
        return MusicList(pieces=[MusicShown(id=one.id, title=one.title, seconds=one.seconds) for one in pieces])

    async def upload(params: dict[str, Any]) -> MusicUploaded:
        return MusicUploaded(upload=await uploads.piece(params["upload"], params["piece"]))

    async def add(params: dict[str, Any]) -> MusicShown:
        title = " ".join(params["title"].split())
        try:
            with uploads.used(params["upload"]) as file:
                content, seconds = await off_loop(_converted, file, data)
            async with changing:
                piece = await off_loop(store.add, title, content, seconds)
                await in_use()
        except (AudioFileError, BrokenClip) as error:
            raise ControlError("no-sound", told_by(error)) from error
        except ProcessFailed as error:
            raise ControlError("no-sound", said("The file could not be read: it may be too large.")) from error
        except TooMuchMusic as error:
            raise ControlError("too-much-music", told_by(error)) from error
        except StoreFull as error:
            raise ControlError("disk-full", told_by(error)) from error
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error
        return MusicShown(id=piece.id, title=piece.title, seconds=piece.seconds)

    async def remove(params: dict[str, Any]) -> None:
        try:
            async with changing:
                there = await off_loop(store.remove, params["id"])
                await in_use()
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error
        if not there and params["id"]:
            raise ControlError("no-such-music", "this piece is not there any more")

    async def in_use() -> None:
        try:
            own = await off_loop(store.samples)
        except BrokenClip:  # Of a piece that was there before: it can be taken away.
            own = hold_music()
        music.use(own if len(own) else hold_music())

    async def listen(params: dict[str, Any]) -> MusicSound:
        content = await off_loop(_sound, store, params["id"])
        at = max(params["at"], 0)
        piece = base64.b64encode(content[at : at + PIECE_BYTES]).decode("ascii")
        return MusicSound(size=len(content), piece=piece)

    which = {"id": Param(str, "")}
    control.method("music.list", listed)
    control.method("music.upload", upload, {"upload": Param(str, ""), "piece": Param(str)})
    control.method("music.add", add, {"upload": Param(str), "title": Param(str)})
    control.method("music.remove", remove, which)
    control.method("music.listen", listen, which | {"at": Param(int, 0)})


def _sound(store: MusicStore, id: str) -> bytes:
    """The sound file of a piece; of none: of the built-in music. Blocking."""
    if not id:
        return written_clip(hold_music())
    path = store.path(id)
    try:
        if path is not None:
            return path.read_bytes()
    except OSError as error:
        raise ControlError("disk-failed", told_by(error)) from error
    raise ControlError("no-such-music", "this piece is not there any more")


def _converted(file: BinaryIO, folder: Path) -> tuple[bytes, float]:
    """A sound file as a clip, and its seconds. Raises AudioFileError and ProcessFailed. Blocking."""
    with tempfile.TemporaryDirectory(dir=folder) as there:
        named = Path(there) / "sound"
        with named.open("wb") as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
        return in_a_process(_clip_of, named)


def _clip_of(path: Path) -> tuple[bytes, float]:
    """In a process of its own, as it takes much memory: as loud as the built-in music."""
    from appliance.prompts.converting import converted

    samples = converted(path, said("The file")).samples
    gain = decibels(LEVEL_DBM0 - level_dbm0(samples))
    softer = np.clip(np.rint(samples * gain), -LOUDEST, LOUDEST).astype(np.int16)
    return written_clip(softer), len(softer) / SAMPLE_RATE
