"""A forgotten password of the local page: the methods `recovery.…`.

Two things together prove that somebody may set a new one. A telephone of the office says a code: so they are in the
office. And they have the unit itself in their hands: they read the code on its label, or hold its button. Everybody is
told, and the unit shows it until an administrator confirms that it was meant.
"""

from __future__ import annotations

import hmac
import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypedDict

from appliance.api.accounts import kept
from appliance.calls.letters import Letter, LetterKind
from appliance.calls.spokencodes import WrongCode
from appliance.clock import Clock, off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.store.accounts import AccountStore
from appliance.store.labelcode import LABEL, new_label_code, proof, proof_key
from appliance.unit import Unit
from hw.said import said

PASSWORD = "password"
"""The purpose of the code that telephones say."""

CODE_LASTS = timedelta(minutes=15)
BUTTON_LASTS = timedelta(minutes=10)

RESETS = "resets"
"""Where the store keeps what nobody has confirmed yet."""

MOST_RESETS = 20


class Reset(TypedDict):
    """A password that was reset. when: in ISO 8601, on the office's clock."""

    account: str
    when: str


class Recovery:
    """What the methods do. `start` tells again what nobody has confirmed."""

    def __init__(self, unit: Unit, accounts: AccountStore, clock: Clock) -> None:
        self._unit = unit
        self._accounts = accounts
        self._clock = clock
        self._button_until: datetime | None = None
        self._proving = ("", b"")
        """The label's code, and the key that is made of it."""

    def offer(self, control: ControlServer) -> None:
        """Put the methods on the socket."""
        text = Param(str)
        control.method("recovery.begin", self._begin)
        control.method("recovery.enter", self._enter, {"code": text, "label": Param(str, ""), "source": text})
        control.method("recovery.set-password", self._set_password, {"ticket": text, "account": text, "hash": text})
        control.method("recovery.button", self._button)
        control.method("recovery.label", self._label_shown)
        control.method("recovery.proof", self._proof, {"nonce": text, "fingerprint": text})
        control.method("recovery.unconfirmed", self._unconfirmed)
        control.method("recovery.confirm", self._confirm)

    async def start(self) -> None:
        for reset in await self._resets():
            self._unit.trouble.report(_fault(reset))

    async def _begin(self, _params: dict[str, Any]) -> None:
        """Have the telephones say a code. One that is good already stays, for whoever is just listening to it."""
        if self._unit.spoken_codes.code(PASSWORD) is None:
            with suppress(OSError):  # It is good until the next start, which is long enough.
                await self._unit.spoken_codes.begin(PASSWORD, self._clock.now() + CODE_LASTS)

    async def _enter(self, params: dict[str, Any]) -> dict[str, str]:
        """The ticket for whoever has both. Which of them was wrong is not told."""
        digits = "".join(char for char in params["code"] if char.isdigit())
        wait = await kept(self._accounts.tries.begin, "\nlabel", params["source"], self._clock.now())
        if wait:
            raise ControlError("wait", str(int(wait.total_seconds()) + 1))
        try:
            ticket = self._unit.spoken_codes.check(PASSWORD, digits, params["source"])
        except WrongCode as wrong:
            if wrong.wait_seconds:
                raise ControlError("wait", str(wrong.wait_seconds)) from wrong
            raise _wrong_codes() from wrong
        if not (self._button_is_held() or _same(params["label"], await label_code(self._accounts))):
            raise _wrong_codes()
        await kept(self._accounts.tries.right, "\nlabel", params["source"])
        return {"ticket": ticket}

    async def _set_password(self, params: dict[str, Any]) -> None:
        if not self._unit.spoken_codes.admits(PASSWORD, params["ticket"]):
            raise _wrong_codes()
        account = await off_loop(self._accounts.find, params["account"])
        if account is None:
            raise ControlError("no-such-account", "there is no account of this name")
        await kept(self._accounts.put, replace(account, hash=params["hash"]))
        await kept(self._accounts.sessions.end_of, account.name)
        await kept(self._accounts.tries.lift)
        self._button_until = None
        with suppress(OSError):  # It is void all the same, and after a restart it ends by itself.
            await self._unit.spoken_codes.end(PASSWORD)
        await self._tell(account.name)

    async def _tell(self, name: str) -> None:
        """Tell everybody, by mail and as a fault that stands until it is confirmed."""
        now = self._clock.now()
        reset = Reset(account=name, when=self._unit.office.local(now).isoformat(timespec="seconds"))
        await kept(self._accounts.set_setting, RESETS, json.dumps([*await self._resets(), reset][-MOST_RESETS:]))
        self._unit.trouble.report(_fault(reset))
        for person in self._unit.office.people:
            facts = {"account": name, "when": now.isoformat()}
            self._unit.telling.post_office.put(Letter(LetterKind.PASSWORD_RESET, person.id, facts))

    async def button_held(self) -> None:
        """The unit's button was held: for some minutes nobody needs the label, and nobody has to wait."""
        await kept(self._accounts.tries.lift)
        self._button_until = self._clock.now() + BUTTON_LASTS

    async def _button(self, _params: dict[str, Any]) -> None:
        await self.button_held()

    async def _label_shown(self, _params: dict[str, Any]) -> dict[str, str]:
        return {"code": await label_code(self._accounts)}

    async def _proof(self, params: dict[str, Any]) -> dict[str, str]:
        """Proves to whoever knows the label's code that a certificate is this unit's, without saying the code."""
        label = await label_code(self._accounts)
        if self._proving[0] != label:
            self._proving = (label, await off_loop(proof_key, label))
        return {"proof": proof(self._proving[1], params["nonce"], params["fingerprint"])}

    async def _unconfirmed(self, _params: dict[str, Any]) -> list[Reset]:
        return await self._resets()

    async def _confirm(self, _params: dict[str, Any]) -> None:
        for reset in await self._resets():
            self._unit.trouble.withdraw(_fault(reset))
        await kept(self._accounts.set_setting, RESETS, "")

    async def _resets(self) -> list[Reset]:
        found: list[Reset] = json.loads(await off_loop(self._accounts.setting, RESETS) or "[]")
        return found

    def _button_is_held(self) -> bool:
        now = self._clock.now()
        return self._button_until is not None and now < self._button_until <= now + BUTTON_LASTS


async def label_code(accounts: AccountStore) -> str:
    """The code of the unit's label, which is made when it is first asked for. ControlError where it cannot be kept."""
    known = await off_loop(accounts.setting, LABEL)
    if not known:
        known = new_label_code()
        await kept(accounts.set_setting, LABEL, known)
    return known


def _same(given: str, label: str) -> bool:
    plain = ["".join(letter for letter in text.casefold() if letter.isalnum()) for text in (given, label)]
    return hmac.compare_digest(plain[0].encode(), plain[1].encode())


def _fault(reset: Reset) -> str:
    day, time = reset["when"][:16].split("T")
    return said(
        "a password of the local page was reset by telephone on %(day)s at %(time)s; an administrator confirms it on"
        " the page",
        day=day,
        time=time,
    )


def _wrong_codes() -> ControlError:
    return ControlError("wrong-code", said("these are not the codes of the telephone and of the label"))
