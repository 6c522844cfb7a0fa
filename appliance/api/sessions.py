"""The sessions of those who are signed in at the local page: the methods `sessions.…`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict

from appliance.clock import Clock, off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.store.accounts import AccountStore
from appliance.store.disk import StoreFull
from hw.said import told_by


class SessionShown(TypedDict):
    """A session without its secret. Times are in ISO 8601, on the office's clock."""

    id: str
    """With which it is ended."""
    began: str
    """When its owner signed in."""
    seen: str
    """Its last use, within five minutes."""
    address: str
    """Where it was begun from."""
    browser: str
    """What the browser called itself then."""
    here: bool
    """Whether it is the one whose secret was given."""


def offer_sessions(control: Offers, store: AccountStore, clock: Clock, local: Callable[[datetime], datetime]) -> None:
    """Put the methods on the socket. local: a moment on the office's clock."""

    async def begin(params: dict[str, Any]) -> dict[str, str]:
        account = await off_loop(store.find, params["account"])
        if account is None:
            raise ControlError("no-such-account", "there is no account of this name")
        begun = (account.name, params["address"], params["browser"], clock.now())
        try:
            return {"token": await off_loop(store.sessions.begin, *begun)}
        except StoreFull as error:
            raise ControlError("disk-full", told_by(error)) from error

    async def find(params: dict[str, Any]) -> dict[str, Any] | None:
        session = await off_loop(store.sessions.find, params["token"], clock.now())
        account = await off_loop(store.find, session.account) if session is not None else None
        if account is None:
            return None
        return {"name": account.name, "role": account.role, "person": account.person, "language": account.language}

    async def listed(params: dict[str, Any]) -> list[SessionShown]:
        here = await off_loop(store.sessions.find, params["token"], clock.now())
        return [
            SessionShown(
                id=one.id,
                began=local(one.began).isoformat(),
                seen=local(one.seen).isoformat(),
                address=one.address,
                browser=one.browser,
                here=here is not None and one.id == here.id,
            )
            for one in await off_loop(store.sessions.of, params["account"], clock.now())
        ]

    async def end(params: dict[str, Any]) -> None:
        await off_loop(store.sessions.end, params["token"])

    async def end_of(params: dict[str, Any]) -> None:
        await off_loop(store.sessions.end_of, params["account"], params["id"], params["but"])

    text, optional = Param(str), Param(str, "")
    control.method("sessions.begin", begin, {"account": text, "address": optional, "browser": optional})
    control.method("sessions.find", find, {"token": text})
    control.method("sessions.list", listed, {"account": text, "token": optional})
    control.method("sessions.end", end, {"token": text})
    control.method("sessions.end-of", end_of, {"account": text, "id": optional, "but": optional})
