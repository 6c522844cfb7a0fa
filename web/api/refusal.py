"""What programs are told when something is not done: a status, a code that never changes, a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import Response, jsonify

from appliance.control.errors import ControlError
from web.api.field import Mistake
from web.troubles import NOT_THERE, TRY_AGAIN_S

_STATUS: Mapping[str, int] = {
    "not-found": 404,
    "no-person": 403,
    "not-allowed": 403,
    "not-my-number": 403,
    "too-many": 429,
    "office-changed": 409,
    "telephone-in-use": 409,
    "internal-error": 500,
    "disk-full": 507,
    "disk-failed": 507,
}
"""By the daemon's codes; others are the mistake of whoever asked."""


def refusal(status: int, code: str, message: str, mistakes: Sequence[Mistake] = ()) -> Response:
    """The answer. mistakes: all of them, where something was sent wrong."""
    error: dict[str, Any] = {"code": code, "message": message}
    if mistakes:
        error["mistakes"] = [asdict(one) for one in mistakes]
    answer = jsonify(error=error)
    answer.status_code = status
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        answer.headers["Retry-After"] = str(TRY_AGAIN_S)
    return answer


def refused_by_unit(error: ControlError) -> Response:
    """What the daemon has refused."""
    if error.code in NOT_THERE:
        return refusal(503, "not-running", "The telephone system does not answer at this moment.")
    if error.code.startswith("no-such-"):
        return refusal(404, error.code, error.message)
    if error.code.endswith("-exists"):
        return refusal(409, error.code, error.message)
    return refusal(_STATUS.get(error.code, 400), error.code, error.message)
