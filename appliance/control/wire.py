"""The control socket's protocol: one JSON object a line, in UTF-8. Sans I/O.

A request is `{"id": 1, "method": "status", "params": {}}`; its answer is `{"id": 1, "result": …}` or
`{"id": 1, "error": {"code": "…", "message": "…"}}`, with the `wording` of a message that can be translated; a watched
topic tells `{"watch": 1, "event": …}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from appliance.control.errors import ControlError
from hw.said import Said, revived

LONGEST_REQUEST = 2 * 1024 * 1024
"""Bytes of a request line without its end. The largest office document, of 500 people, fits several times."""

LONGEST_REPLY = 1024 * 1024
"""Bytes of a reply line, and of all that may wait for a client which does not read."""

RequestId = int | str


@dataclass(frozen=True, slots=True)
class Request:
    id: RequestId
    method: str
    params: dict[str, Any]


class LineSplitter:
    """Cuts a stream of bytes into lines. ControlError `line-too-long` when a line passes the limit."""

    def __init__(self, longest: int = LONGEST_REQUEST) -> None:
        self._longest = longest
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The lines these bytes complete. Blank lines are left out."""
        searched = len(self._rest)
        self._rest += data
        while (end := self._rest.find(b"\n", searched)) >= 0:
            self._check(end)
            line = bytes(self._rest[:end])
            del self._rest[: end + 1]
            searched = 0
            if line.strip():
                yield line
        self._check(len(self._rest))

    def _check(self, length: int) -> None:
        if length > self._longest:
            raise ControlError("line-too-long", f"a line may hold {self._longest} bytes")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def decode(line: bytes) -> Any:
    """The JSON value of one line. ControlError `not-json` for anything that is not strict JSON in UTF-8."""
    try:
        value = json.loads(line.decode(), parse_constant=_no_constant)
        if b"\\u" in line:  # Half of a surrogate pair can be written with \\u. It would fail only when it is stored.
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise ControlError("not-json", "each line must be one JSON object in UTF-8") from None
    return value


def parse_request(value: Any) -> Request:
    """A request from a decoded line. ControlError `not-a-request` saying what is wrong with it."""
    if not isinstance(value, dict):
        raise ControlError("not-a-request", "a request is an object with id, method and params")
    if request_id(value) is None:
        raise ControlError("not-a-request", "id must be a whole number or a text")
    if not isinstance(value.get("method"), str):
        raise ControlError("not-a-request", "method must be a text")
    params = value.get("params", {})
    if not isinstance(params, dict):
        raise ControlError("not-a-request", "params must be an object")
    if unknown := sorted(value.keys() - {"id", "method", "params"}):
        raise ControlError("not-a-request", f"unknown member {unknown[0]!r}")
    return Request(value["id"], value["method"], params)


def request_id(value: Any) -> RequestId | None:
    """The id of a decoded line, None where it has none that is usable."""
    id = value.get("id") if isinstance(value, dict) else None
    return id if isinstance(id, int | str) and not isinstance(id, bool) else None


def encode(value: Any) -> bytes:
    """One line, with its end. TypeError or ValueError for what JSON can not hold."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def encode_result(id: RequestId, result: Any) -> bytes:
    """A reply; ControlError `reply-too-long` when it passes the limit."""
    line = encode({"id": id, "result": result})
    if len(line) > LONGEST_REPLY:
        raise ControlError(
            "reply-too-long", f"the reply has {len(line)} bytes, more than {LONGEST_REPLY}; ask for less"
        )
    return line


def encode_error(id: RequestId | None, error: ControlError) -> bytes:
    told: dict[str, Any] = {"code": error.code, "message": error.message}
    if isinstance(error.message, Said):
        told["wording"] = error.wording
    return encode({"id": id, "error": told})


def refusal(told: dict[str, Any]) -> ControlError:
    """The error of which a reply tells."""
    return ControlError(told["code"], revived(told["wording"]) if "wording" in told else told["message"])


def encode_event(watch: RequestId, event: Any) -> bytes:
    return encode({"watch": watch, "event": event})
