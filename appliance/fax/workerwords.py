"""What a unit and its fax process say to each other over pipes: a byte that says what it is, then a frame of sound, or
a line of JSON, or nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appliance.fax.job import FaxCause, FaxProgress, FaxResult, Receiving, Sending
from hw.audio import FRAME_SAMPLES

FRAME_BYTES = 2 * FRAME_SAMPLES


class Word:
    """The first byte of what is said."""

    FRAME = b"F"
    """Sound: a frame each way, in turn."""
    SENDING = b"S"
    """To the process, first: what is to be sent."""
    RECEIVING = b"R"
    """To the process, first: what is to be received."""
    GONE = b"G"
    """To the process: the call has ended."""
    CANCEL = b"C"
    """To the process: the fax is to be ended."""
    PROGRESS = b"P"
    """From the process: how far it is."""
    RESULT = b"E"
    """From the process, last: how the fax ended."""


def job_written(job: Sending | Receiving) -> bytes:
    return (Word.SENDING if isinstance(job, Sending) else Word.RECEIVING) + _line(asdict(job))


def job_read(word: bytes, fields: dict[str, Any]) -> Sending | Receiving:
    if word == Word.SENDING:
        return Sending(**fields | {"pages": Path(fields["pages"])})
    offered = None if fields["offered"] is None else Path(fields["offered"])
    return Receiving(**fields | {"into": Path(fields["into"]), "offered": offered})


def progress_written(progress: FaxProgress) -> bytes:
    return Word.PROGRESS + _line(asdict(progress))


def progress_read(fields: dict[str, Any]) -> FaxProgress:
    return FaxProgress(**fields)


def result_written(result: FaxResult) -> bytes:
    return Word.RESULT + _line(asdict(result) | {"cause": result.cause.value})


def result_read(fields: dict[str, Any]) -> FaxResult:
    return FaxResult(**fields | {"cause": FaxCause(fields["cause"])})


def _line(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, default=str).encode() + b"\n"
