"""One thing that the interface can do, as it is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from appliance.control.errors import ControlError
from web.api.field import Field

SCOPES: Mapping[str, str] = {
    "status": "Sees lines, telephones, calls in progress and what is wrong.",
    "log": "Reads the call log.",
    "people": "Sees how people are reached, and changes it.",
    "office": "Switches the night mode and the announcement.",
    "messages": "Lists, hears and deletes the messages of the token's person.",
    "contacts": "Reads and changes contacts.",
    "lost": "Sees callers who got nobody, and marks them as done.",
    "call": "Rings a telephone of the office and dials a number.",
    "webhooks": "Lists, adds and removes addresses that are told what happens.",
    "call-me-back": "Takes wishes to be called back from the office's own web site, and nothing else.",
}
"""What a token may be for. A token of a person has `person:<id>` besides, and sees and changes what is that person's.
One for a web site has `origin:<address>` for each address of the site."""


@dataclass(frozen=True, slots=True)
class ShownToken:
    """The token that was shown."""

    name: str
    scopes: frozenset[str]
    person: str
    """The id of the person whose it is; empty: it is the office's."""
    origins: frozenset[str]
    """The addresses of the web sites that may use it."""

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> ShownToken:
        """Of what the daemon tells."""
        words = found["scope"].split()
        person = next((word.removeprefix("person:") for word in words if word.startswith("person:")), "")
        origins = {word.removeprefix("origin:") for word in words if word.startswith("origin:")}
        return cls(found["name"], frozenset(words) & SCOPES.keys(), person, frozenset(origins))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is in order."""

    token: ShownToken
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    address: str
    """From which it came."""

    def whose(self) -> str:
        """The person whose token it is. ControlError for an office's: what is asked for is a person's alone."""
        if not self.token.person:
            raise ControlError("no-person", "this needs a token that is made for a person")
        return self.token.person

    def may_change(self, person: str) -> str:
        """This person, if the token may change how that person is reached. ControlError for somebody else's."""
        if self.token.person and self.token.person != person:
            raise ControlError("not-allowed", "this token is another person's")
        return person


@dataclass(frozen=True)
class Operation:
    """What is done at a path by a method of HTTP."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    """With its variables in braces."""
    scope: str
    """What a token must be for."""
    name: str
    """Its id in the document."""
    says: str
    """What it does, in a sentence."""
    serve: Callable[[Asked], Any]
    result: Field
    query: Mapping[str, Field] = field(default_factory=dict)
    body: Mapping[str, Field] | None = None
    """What is sent as a JSON object; None: nothing is."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """What the variables of the path are."""
    sound: bool = False
    """The answer is a WAV file."""
    from_web_sites: bool = False
    """Pages of the token's origins may use it."""
