"""The page of a unit elsewhere in the network, asked as a browser would. Blocking.

A password is sent to nobody but the unit that it belongs to. Its certificate is of an authority of its own, which
nobody knows beforehand. So the unit first proves by the code on its label, without saying it, that the authority is
its own (`appliance/store/labelcode.py`); then every connection must be of that authority.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import re
import secrets
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from appliance.provisioning.announcement import HTTPS_PORT
from appliance.provisioning.slowserver import TooSlow, given_up_after
from appliance.store.labelcode import proof, proof_key
from hw.said import told_by

ANSWER_SECONDS = 20.0
WHOLE_SECONDS = 60.0
"""For one answer, however slowly it comes."""

LARGEST_ANSWER = 4_000_000
"""Bytes."""

_TOKEN = re.compile(r'name="csrf-token" content="([^"]{1,500})"')


class NotAsked(Exception):
    """The unit was not reached, or did not answer what it was asked. The message says why, for people."""


class UnitPage:
    """A unit at an address. label: the code on its label. Nothing is asked before `enter`."""

    def __init__(self, address: str, port: int, label: str) -> None:
        self._address = address
        self._port = port
        self._label = label
        named = f"[{address}]" if ":" in address else address
        self._page = f"https://{named}/" if port == HTTPS_PORT else f"https://{named}:{port}/"
        """As a browser writes it, which leaves out the usual port."""
        self._cookies: dict[str, str] = {}
        self._context = _anybodys()
        """Takes any certificate, until the unit has proved which one is its own."""

    def enter(self, name: str, password: Callable[[], str], code: Callable[[], str]) -> None:
        """Sign in. password: asked for once the unit has proved to be the one with this label. code: likewise for the
        second factor, where the account has one. Raises NotAsked.
        """
        self._context = self._own_authority()
        form = {"name": name, "password": password(), "csrf_token": self._token("/sign-in")}
        status, place, _ = self._ask("POST", "/sign-in", form)
        if status == HTTPStatus.FOUND and "/sign-in/code" in place:
            form = {"code": code(), "csrf_token": self._token("/sign-in/code")}
            status, place, _ = self._ask("POST", "/sign-in/code", form)
            if status == HTTPStatus.UNAUTHORIZED:
                raise NotAsked("it does not take this code of the second factor")
        if status == HTTPStatus.UNAUTHORIZED:
            raise NotAsked(f"it does not take the password of {name}: it was changed, or the account has gone")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise NotAsked("too many wrong passwords were tried: wait ten minutes, and compare again")
        if status != HTTPStatus.FOUND:
            raise NotAsked(f"it does not let {name} sign in ({status})")

    def as_it_runs(self, office: dict[str, Any] | None) -> dict[str, Any]:
        """What `web/pages/asitruns.py` tells. Raises NotAsked."""
        status, _, body = self._ask("POST", "/as-it-runs", json.dumps({"office": office}), self._token("/trust"))
        match status:
            case HTTPStatus.OK:
                pass
            case HTTPStatus.NOT_FOUND:
                raise NotAsked("its version is too old to be compared: update it first")
            case HTTPStatus.FORBIDDEN:
                raise NotAsked("the account is no administrator's there")
            case _:
                raise NotAsked(f"it answers {status}")
        try:
            told = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise NotAsked("it answers something that is not understood") from error
        if not isinstance(told, dict):
            raise NotAsked("it answers something that is not understood")
        return told

    def leave(self) -> None:
        """Sign out. A session that is left behind where that fails ends by itself."""
        with suppress(NotAsked):
            self._ask("POST", "/sign-out", {"csrf_token": self._token("/trust")})

    def _own_authority(self) -> ssl.SSLContext:
        status, _, body = self._ask("GET", "/trust/copperdesk.crt")
        nonce = secrets.token_hex(16)
        try:
            authority = body.decode("ascii")
            fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority)).hexdigest()
            told = json.loads(self._ask("GET", f"/trust/proof?nonce={nonce}")[2])
            shown = str(told["proof"])
        except (ValueError, RecursionError, KeyError, TypeError) as error:
            raise NotAsked("it is no Copperdesk, or one whose version is too old to be compared") from error
        written = ":".join(fingerprint[at : at + 2] for at in range(0, len(fingerprint), 2)).upper()
        if status != HTTPStatus.OK or not hmac.compare_digest(
            shown.encode(), proof(proof_key(self._label), nonce, written).encode()
        ):
            raise NotAsked("it is another unit: it does not have the code of this label")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False  # The authority is of this unit alone, whatever it is called and wherever it is.
        try:
            context.load_verify_locations(cadata=authority)
        except ssl.SSLError as error:
            raise NotAsked("its certificate cannot be read") from error
        return context

    def _token(self, path: str) -> str:
        """What a form of ours must have with it."""
        found = _TOKEN.search(self._ask("GET", path)[2].decode("utf-8", "replace"))
        if found is None:
            raise NotAsked("it answers something that is not understood")
        return found[1]

    def _ask(
        self, method: str, path: str, sent: dict[str, str] | str | None = None, token: str = ""
    ) -> tuple[int, str, bytes]:
        """Status, where it leads to, and what comes."""
        headers = {"Accept": "*/*", "Connection": "close"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if token:
            headers |= {"X-CSRFToken": token, "Content-Type": "application/json"}
        elif sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["Referer"] = self._page  # Forms are only taken from pages of the unit's own address.
        body = urlencode(sent).encode() if isinstance(sent, dict) else sent.encode() if sent is not None else None
        connection = http.client.HTTPSConnection(self._address, self._port)
        try:
            plain = socket.create_connection((self._address, self._port), ANSWER_SECONDS)
            with given_up_after(WHOLE_SECONDS, connection, plain, self._context):
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                content = answer.read(LARGEST_ANSWER)
            self._keep_cookies(answer)
            return answer.status, answer.headers.get("Location", ""), content
        except TooSlow as error:
            raise NotAsked("it answers too slowly") from error
        except ssl.SSLCertVerificationError as error:
            why = f"another device answers, or the clock of one of both is wrong: {error.verify_message}"
            raise NotAsked(why) from error
        except ssl.SSLError as error:
            raise NotAsked("it does not answer by HTTPS at this port: a unit does at 443") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotAsked(f"it does not answer: {told_by(error)}") from error

    def _keep_cookies(self, answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, one in SimpleCookie(line).items():
                self._cookies[name] = one.value


def _anybodys() -> ssl.SSLContext:
    """Takes any certificate: for what is not secret."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
