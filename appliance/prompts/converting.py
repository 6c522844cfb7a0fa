"""Sound files of people into clips: WAV of any rate, width and channels, and FLAC.

It needs much memory for a long file, so commands convert in their own process, and the daemon never imports this.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import soundfile

from appliance.prompts.levelling import LONGEST_SECONDS
from appliance.prompts.sound import SPEECH_DBM0, active_level_dbm0, recorded_clip
from appliance.wav.loading import AudioFileError, kind_of
from appliance.wav.measuring import WavError, measure
from hw.audio import SAMPLE_RATE, Samples
from hw.dsp.resample import resample
from hw.said import Said, said

FORMATS: Final = ("WAV", "WAVEX", "RF64", "W64", "FLAC")

_FULL: Final = 0.999
_RUN: Final = 3
"""So many samples in a row at full scale were clipped when the file was made: sound alone gets there for one or two."""
_HEAVY_SHARE: Final = 0.001
"""Of all samples: a tenth of a percent is heard as a rattle."""

_QUIETEST: Final = 0.003
"""A peak of -50 dB of full scale: what stays below it all along is the noise of a microphone."""
_QUIETER_DB: Final = 6.0

_LOUDEST: Final = 16.0
"""Of full scale: files of floating point may go above it."""

_RATES: Final = (4000, 384_000)
_MOST_CHANNELS: Final = 8

_BLOCK_SECONDS: Final = 5
_OVERLAP_SECONDS: Final = 1
"""A file is read twice, in blocks: five minutes of eight channels at 192,000 samples a second have 1.8 GB.

Blocks overlap, and of each overlap the half next to the other block is left out, for the filter has no past there. Both
are whole seconds, so that the samples of any two blocks are in step at any rate."""

WideSamples = npt.NDArray[np.float32]

_HEADROOM: Final = 0.5
"""So that resampling cannot push a peak over full scale."""

_UNKNOWN_LENGTH: Final = 0x7FFFFF00
"""Programs that wrote a WAV file without going back to its header leave such a length in it."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A clip of 8 kHz, trimmed and at the level of all prompts; and what is wrong with it, for people."""

    samples: Samples
    warnings: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


def converted(path: Path, name: str = "") -> Converted:
    """The clip of a sound file. name: what people call it; empty: by its own.

    Raises AudioFileError, which says what is wrong and what to do. Blocking.
    """
    name = name or path.name
    try:
        return _converted(path, name)
    except AudioFileError as error:
        raise AudioFileError(said("%(file)s %(wrong)s", file=name, wrong=error.args[0])) from error


def _converted(path: Path, name: str) -> Converted:
    _check_file(path)
    try:
        with soundfile.SoundFile(path) as file:
            if file.format not in FORMATS:
                kind = _format(file.format)
                raise AudioFileError(
                    said("is not a WAV or FLAC file but %(kind)s: export it as WAV or FLAC", kind=kind)
                )
            _check_form(file)
            found = _look(file)
            if found.samples < file.frames:
                raise AudioFileError(_cut_short())
            if found.loudest < _QUIETEST:
                raise AudioFileError(_silent())
            clip = recorded_clip(_narrowed(file, _HEADROOM * 32767 / found.loudest))
    except soundfile.LibsndfileError as error:
        raise AudioFileError(said("cannot be read as sound: export it as WAV or FLAC")) from error
    if not len(clip):
        raise AudioFileError(_silent())
    return Converted(clip, tuple(_warnings(name, clip, found.clipped / found.samples)))


def _check_file(path: Path) -> None:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "a device, which may have no end"
            raise AudioFileError(f"is {what}: name a WAV or FLAC file")
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise AudioFileError(f"cannot be read ({error.strerror}): check that it exists") from error
    if not found.st_size:
        raise AudioFileError(said("is empty (0 bytes): copy it again"))
    kind = kind_of(head)
    if kind not in ("WAV", "FLAC", "RF64", ""):
        raise AudioFileError(
            said("is not a WAV or FLAC file but %(kind)s, whatever its name says: export it as WAV or FLAC", kind=kind)
        )
    try:
        wav = measure(path)
    except WavError:
        return  # FLAC, or sound that is no plain samples: the library knows.
    if wav.there < wav.promised < _UNKNOWN_LENGTH:
        raise AudioFileError(_cut_short())


def _check_form(file: soundfile.SoundFile) -> None:
    rate, frames, channels = file.samplerate, file.frames, file.channels
    low, high = _RATES
    if not low <= rate <= high:
        raise AudioFileError(
            said(
                "has %(rate)s samples a second: export it as WAV or FLAC with 8000 to 192000 samples a second",
                rate=rate,
            )
        )
    if channels > _MOST_CHANNELS:
        raise AudioFileError(
            said("has %(channels)s channels: export it as WAV or FLAC with one or two", channels=channels)
        )
    if frames > LONGEST_SECONDS * rate:
        most = f"{LONGEST_SECONDS / 60:.0f}"
        reason = said(
            "lasts %(length)s: shorten it to %(most)s minutes or less", length=_length(frames / rate), most=most
        )
        raise AudioFileError(reason)


def _cut_short() -> Said:
    return said("ends before its sound does: copy it again, or export it as WAV or FLAC")


def _silent() -> Said:
    return said("contains no sound: record it again, or export it as WAV or FLAC")


@dataclass(slots=True)
class _Looked:
    """What was seen of a file: its samples, their highest peak as one channel, and how many of them are clipped."""

    samples: int = 0
    loudest: float = 0.0
    clipped: int = 0


def _look(file: soundfile.SoundFile) -> _Looked:
    found = _Looked()
    for block in _blocks(file, overlap_seconds=0):
        found.samples += len(block)
        found.loudest = max(found.loudest, float(np.abs(_mixed(block)).max(initial=0.0)))
        found.clipped += _clipped(block)
    return found


def _narrowed(file: soundfile.SoundFile, scale: float) -> Samples:
    """The file as one channel of 8 kHz."""
    rate, half = file.samplerate, _OVERLAP_SECONDS * SAMPLE_RATE // 2
    clips: list[Samples] = []
    read = 0
    for block in _blocks(file, overlap_seconds=_OVERLAP_SECONDS):
        read += len(block) - (_OVERLAP_SECONDS * rate if clips else 0)
        clip = resample(np.rint(_mixed(block) * scale).astype(np.int16), rate, SAMPLE_RATE)
        clips.append(clip[half if clips else 0 : len(clip) - half if read < file.frames else None])
    return np.concatenate(clips)


def _blocks(file: soundfile.SoundFile, *, overlap_seconds: int) -> Iterator[WideSamples]:
    """The file from its beginning; what is no number in it is silence, and what no sound can be is cut off."""
    rate = file.samplerate
    file.seek(0)
    size, overlap = (_BLOCK_SECONDS + overlap_seconds) * rate, overlap_seconds * rate
    for block in file.blocks(size, overlap=overlap, dtype="float32", always_2d=True):
        yield np.clip(np.nan_to_num(block, posinf=1.0, neginf=-1.0), -_LOUDEST, _LOUDEST)


def _mixed(block: WideSamples) -> WideSamples:
    """All channels as one."""
    mono: WideSamples = block.mean(axis=1)
    return mono


def _clipped(block: WideSamples) -> int:
    """How many samples stand at full scale in a row, in the worst channel."""
    full = np.abs(block) >= _FULL
    run = full[_RUN - 1 :].copy()
    for place in range(_RUN - 1):
        run &= full[place : len(full) - _RUN + 1 + place]
    return int(run.sum(axis=0).max(initial=0))


def _warnings(name: str, clip: Samples, clipped: float) -> Iterator[str]:
    if clipped >= _HEAVY_SHARE:
        yield said(
            "%(name)s is clipped in %(share)s of its samples and rattles: record it again, less loud",
            name=name,
            share=f"{clipped:.1%}",
        )
    quieter = SPEECH_DBM0 - active_level_dbm0(clip)
    if quieter >= _QUIETER_DB:
        yield said(
            "%(name)s stays %(decibels)s dB quieter than other prompts, for it has very loud moments: cut them out",
            name=name,
            decibels=f"{quieter:.0f}",
        )


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{seconds / 3600:.1f} h" if seconds >= 3600 else f"{minutes} min {rest} s"


def _format(name: str) -> str:
    return {"MPEG": "MP3", "OGG": "Ogg"}.get(name, name)
