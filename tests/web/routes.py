"""Every page there is, as a test that tries all of them finds it: whoever adds a page need not add it here."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from web.app import make_app
from web.roles import Role

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

API = "/api/"
"""What begins so is for programs, which show a token and have no session."""


OPEN = re.compile(r"<(?:([^<>:]+):)?\w+>")
"""What is left open in the address of a page: a name, and before it what it may be."""


@dataclass(frozen=True)
class Route:
    """One page, in one way to ask for it."""

    method: str
    endpoint: str
    rule: Any
    roles: frozenset[Role] | None
    """None: it is public."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule.rule}"

    @property
    def is_api(self) -> bool:
        return str(self.rule.rule).startswith(API)

    def path(self, value: str = "maria") -> str:
        """Its address, with this in place of what is left open in it."""

        def filled(found: re.Match[str]) -> str:
            number = (found[1] or "").startswith(("int", "float"))
            return "1" if number and not value.isdigit() else quote(value, safe="")

        return OPEN.sub(filled, str(self.rule.rule))

    @property
    def is_open(self) -> bool:
        """Whether something is left open in its address."""
        return bool(self.rule.arguments)


def routes() -> list[Route]:
    """All of them, but the files of style and script."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder) / "control.sock", Path(folder))
    return [
        Route(method, rule.endpoint, rule, app.view_functions[rule.endpoint].roles)  # type: ignore[attr-defined]
        for rule in app.url_map.iter_rules()
        for method in METHODS
        if method in rule.methods and rule.endpoint != "static"
    ]
