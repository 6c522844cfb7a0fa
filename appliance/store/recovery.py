"""Repairs a message store after a power cut. Nothing is deleted: what cannot be used is moved to damaged/."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from appliance.store.boxes import Recovered, set_aside
from appliance.store.disk import Disk, StoreFull, room_for
from appliance.store.envelope import Envelope, from_bytes, to_bytes
from appliance.store.layout import AUDIO, DELETED, ENVELOPE, NEW, SAVED, TMP, OwnRecording
from appliance.store.message import named
from appliance.store.wav import repair
from appliance.wav.measuring import Wav, WavError, measure, speech_seconds
from hw.said import said, told_by

SHORTEST_SECONDS = 1.0
"""A recording with less speech than this is no message: the caller said nothing, or next to nothing."""

CUT_OFF = said("The recording was cut off by a power failure.")
"""The note in the envelope of a message that was not finished."""


def recover_mailbox(box: Path, disk: Disk) -> Iterator[Recovered]:
    """Repair one mailbox, all folders of which exist. Gives what was repaired or set aside."""
    for item in _inside(box / TMP):
        try:
            yield _deliver(item, *_recording(item), disk)
        except (OSError, ValueError) as error:
            yield set_aside(item, box, told_by(error), disk)
    for state in (NEW, SAVED, DELETED):
        for item in _inside(box / state):
            try:
                _check(item)
            except (OSError, ValueError) as error:
                yield set_aside(item, box, told_by(error), disk)
    for own in (box / what.value for what in OwnRecording):
        if own.exists():
            try:
                _whole(measure(own))
            except (OSError, ValueError) as error:
                yield set_aside(own, box, told_by(error), disk)


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def _recording(item: Path) -> tuple[Wav, Envelope]:
    """The sound and the draft envelope of something that was being recorded. Raises ValueError or OSError."""
    wav = _sound(item)
    spoken = speech_seconds(item / AUDIO, wav)
    if spoken < SHORTEST_SECONDS:
        raise ValueError(f"only {spoken:.1f} s of speech had been recorded")
    return wav, _envelope(item)


def _check(item: Path) -> None:
    """Raises ValueError or OSError where a delivered message is not whole."""
    _whole(_sound(item))
    _envelope(item)


def _sound(item: Path) -> Wav:
    if not item.is_dir():
        raise ValueError(said("this is not a message"))
    try:
        return measure(item / AUDIO)
    except FileNotFoundError:
        raise WavError(said("there is no sound")) from None


def _whole(wav: Wav) -> None:
    if wav.there == 0:
        raise WavError(said("there is no sound"))
    if wav.there < wav.promised:
        raise WavError(said("%(bytes)s bytes of the sound are missing", bytes=wav.promised - wav.there))


def _envelope(item: Path) -> Envelope:
    try:
        return from_bytes((item / ENVELOPE).read_bytes())
    except FileNotFoundError:
        raise ValueError(said("there is no envelope")) from None
    except ValueError:
        raise ValueError(said("the envelope cannot be read")) from None


def _deliver(item: Path, wav: Wav, envelope: Envelope, disk: Disk) -> Recovered:
    """Correct the header, then deliver the message as `commit` does."""
    repair(item / AUDIO, wav, disk)
    disk.sync(item / AUDIO)
    with suppress(StoreFull), room_for(said("a note")):
        disk.replace(item / ENVELOPE, to_bytes(replace(envelope, seconds=round(wav.seconds, 2), note=CUT_OFF)))
    target = item.parent.parent / NEW / named(item.name, envelope)
    disk.move(item, target)
    return Recovered(target.parent.parent.name, True, CUT_OFF, target)
