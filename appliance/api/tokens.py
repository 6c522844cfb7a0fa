"""Tokens, which programs show in place of a password: the methods `tokens.…`. Whose secret is lost gets another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypedDict

from appliance.clock import Clock, off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.store.accounts import AccountStore
from appliance.store.disk import StoreFull
from appliance.store.tokens import ApiToken
from hw.said import said, told_by

LONGEST_NAME = 100


class TokenShown(TypedDict):
    """A token without its secret. Times are in ISO 8601, on the office's clock."""

    id: str
    """With which it is removed."""
    name: str
    """What it is for, in its owner's words."""
    scope: str
    """What it may do, in words of the interface for programs."""
    made: str
    """When."""
    until: str | None
    """When it ends; None: when it is removed."""
    used: str | None
    """Its last use, within five minutes; None: it was never used."""


def offer_tokens(control: Offers, store: AccountStore, clock: Clock, local: Callable[[datetime], datetime]) -> None:
    """Put the methods on the socket. local: a moment on the office's clock."""

    async def add(params: dict[str, Any]) -> dict[str, Any]:
        name, until = params["name"].strip(), _end(params["until"], clock.now())
        if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
            raise ControlError("not-understood", said("a token has a name of 1 to %(most)s letters", most=LONGEST_NAME))
        try:
            token, secret = await off_loop(store.tokens.add, name, params["scope"], until, clock.now())
        except StoreFull as error:
            raise ControlError("disk-full", told_by(error)) from error
        return {**shown(token, local), "secret": secret}

    async def find(params: dict[str, Any]) -> TokenShown | None:
        token = await off_loop(store.tokens.find, params["secret"], clock.now())
        return shown(token, local) if token is not None else None

    async def listed(_params: dict[str, Any]) -> list[TokenShown]:
        return [shown(token, local) for token in await off_loop(store.tokens.all)]

    async def remove(params: dict[str, Any]) -> None:
        if not await off_loop(store.tokens.remove, params["id"]):
            raise ControlError("no-such-token", "there is no such token")

    text = Param(str)
    control.method("tokens.add", add, {"name": text, "scope": text, "until": Param(str, "")})
    control.method("tokens.find", find, {"secret": text})
    control.method("tokens.list", listed)
    control.method("tokens.remove", remove, {"id": text})


def shown(token: ApiToken, local: Callable[[datetime], datetime]) -> TokenShown:
    """For whoever asks by the socket."""
    return TokenShown(
        id=token.id,
        name=token.name,
        scope=token.scope,
        made=local(token.made).isoformat(),
        until=local(token.until).isoformat() if token.until else None,
        used=local(token.used).isoformat() if token.used else None,
    )


def _end(written: str, now: datetime) -> datetime | None:
    """A moment in ISO 8601, without a time zone in UTC; empty: never. ControlError for all else, and for the past."""
    if not written:
        return None
    try:
        at = datetime.fromisoformat(written)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ControlError(
            "not-understood", said("'%(written)s' is no date such as 2027-12-31", written=written)
        ) from None
    if at <= now:
        raise ControlError("not-understood", said("%(written)s is over already", written=written))
    return at
