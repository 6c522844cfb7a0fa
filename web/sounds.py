"""Sound of the unit as browsers play it, WAV files by HTTP Range (RFC 9110, 14), and faxes: from the daemon in pieces.

A piece is asked for when the one before has gone out, so that a long message loads neither this process nor the daemon.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import IO, Any

from flask import Response, request, stream_with_context

from web.unit import ask

PIECE_BYTES = 64 * 1024
"""Of what is sent to the daemon."""


def sound_answer(method: str, *, file_name: str = "", **which: Any) -> Response:
    """The sound that this method gives in pieces, or the part of it that the browser asks for.

    file_name: under which it is saved; empty: it is played.
    """
    ranges = request.range.ranges if request.range is not None and request.range.units == "bytes" else []
    begin = max(ranges[0][0] or 0, 0) if len(ranges) == 1 else 0
    first = ask(method, at=begin, **which)
    size = int(first["size"])
    headers = {"Accept-Ranges": "bytes"} | _headers("audio/wav", file_name)
    if len(ranges) != 1:
        return _answer(200, headers, method, which, 0, size, first)
    within = request.range.range_for_length(size) if request.range is not None else None
    if within is None:
        return Response(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    start, stop = within
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return _answer(206, headers, method, which, start, stop, first if start == begin else None)


def whole_answer(method: str, media_type: str, *, file_name: str = "", **which: Any) -> Response:
    """The same of any file that a method gives in pieces; always from its beginning, as who opens a fax is noted then:
    nobody reads one from its second byte on, unnoticed."""
    first = ask(method, at=0, **which)
    return _answer(200, _headers(media_type, file_name), method, which, 0, int(first["size"]), first)


def _headers(media_type: str, file_name: str) -> dict[str, str]:
    saved = {"Content-Disposition": f'attachment; filename="{file_name}"'} if file_name else {}
    return {"Content-Type": media_type} | saved


def _answer(
    status: int, headers: dict[str, str], method: str, which: dict[str, Any], start: int, stop: int, first: Any
) -> Response:
    def pieces() -> Iterator[bytes]:
        at, told = start, first
        while at < stop:
            told = told or ask(method, at=at, **which)
            piece = base64.b64decode(told["piece"])[: stop - at]
            if not piece:
                return  # The file has become shorter: somebody has put another one in its place.
            yield piece
            at, told = at + len(piece), None

    headers["Content-Length"] = str(stop - start)
    return Response(stream_with_context(pieces()), status, headers)


def send_file(method: str, file: IO[bytes]) -> str:
    """Give a file to the daemon in pieces. Its name there, for the method that uses it."""
    upload = ""
    while (piece := file.read(PIECE_BYTES)) or not upload:
        written = base64.b64encode(piece).decode("ascii")
        upload = str(ask(method, upload=upload, piece=written)["upload"])
    return upload


def send_from_start(method: str, file: IO[bytes], **which: Any) -> int:
    """Give a file to the daemon in pieces, each with its place; the first one begins anew. How many bytes it has.

    which: what else the method wants. An empty file is one empty piece.
    """
    at = 0
    while (piece := file.read(PIECE_BYTES)) or not at:
        at = int(ask(method, at=at, piece=base64.b64encode(piece).decode("ascii"), **which)["there"])
        if not piece:
            break
    return at
