"""The unit, as pages ask it: one connection to the daemon's control socket for each request, made when first needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, current_app, g

from appliance.control.blocking import BlockingClient

SLOWEST_ANSWER_S = 10.0
"""A daemon that has not answered for so long is taken to be too busy: the page says so, and tries again."""

SLOWEST_WORK_S = 180.0
"""The same for work that people wait for."""


def use_unit(app: Flask, socket: Path) -> None:
    """Have the pages of this application talk to the daemon at this socket."""
    app.config["UNIT_SOCKET"] = socket
    app.teardown_appcontext(_leave)


def ask(method: str, /, **params: Any) -> Any:
    """What the daemon answers. ControlError as it refused, or `not-running`, `no-access`, `connection-lost`.

    A page need not catch the last three: whoever looks at it is told that the unit does not answer, and the page tries
    again. Others are mostly mistakes of whoever filled a form in, and belong beside it.
    """
    if "unit" not in g:
        g.unit = BlockingClient(current_app.config["UNIT_SOCKET"], SLOWEST_ANSWER_S)
    return g.unit.call(method, **params)


def ask_patiently(method: str, /, **params: Any) -> Any:
    """The same for what may take long, such as speaking new texts on a small machine."""
    with BlockingClient(current_app.config["UNIT_SOCKET"], SLOWEST_WORK_S) as client:
        return client.call(method, **params)


def _leave(_error: BaseException | None) -> None:
    client: BlockingClient | None = g.pop("unit", None)
    if client is not None:
        client.close()
