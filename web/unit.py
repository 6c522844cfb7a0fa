"""The unit, as pages ask it: one connection to the daemon's control socket for each request, made when first needed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g

from appliance.control.blocking import BlockingClient

SLOWEST_ANSWER_S = 10.0
"""A daemon that has not answered for so long is taken to be too busy: the page says so, and tries again."""

LONGEST_WORK_S = 120.0
"""The same for what the daemon does at length, such as speaking all texts of an office anew."""


def use_unit(app: Flask, socket: Path) -> None:
    """Have the pages of this application talk to the daemon at this socket."""
    app.config["UNIT"] = lambda seconds: BlockingClient(socket, seconds)
    app.teardown_appcontext(_leave)


def ask(method: str, /, **params: Any) -> Any:
    """What the daemon answers. ControlError as it refused, or `not-running`, `no-access`, `connection-lost`.

    A page need not catch the last three: whoever looks at it is told that the unit does not answer, and the page tries
    again. Others are mostly mistakes of whoever filled a form in, and belong beside it.
    """
    if "unit" not in g:
        g.unit = current_app.config["UNIT"](SLOWEST_ANSWER_S)
    return g.unit.call(method, **params)


def ask_patiently(method: str, /, **params: Any) -> Any:
    """What the daemon answers where it may take a minute or two."""
    with closing(current_app.config["UNIT"](LONGEST_WORK_S)) as unit:
        return unit.call(method, **params)


def _leave(_error: BaseException | None) -> None:
    client: BlockingClient | None = g.pop("unit", None)
    if client is not None:
        client.close()
