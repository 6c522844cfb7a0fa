"""A unit that has an office document and accounts, and no telephone: for the many cases of forms, without processes.

It checks documents by the real rules, and refuses as the daemon does. That the daemon answers the same is tried by
those tests that have a real one.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from appliance.api.office import mistake, revision
from appliance.control.errors import ControlError
from appliance.office.document import parse_office
from appliance.office.problem import OfficeErrors
from appliance.office.schema import office_schema
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES
from web.accounts import TOKEN
from web.app import make_app


class PaperUnit:
    """Answers what pages of the settings ask."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.accounts: list[dict[str, str]] = []
        self.messages: dict[str, int] = {}
        """How many messages a mailbox has, by its owner's id."""
        self.checks = 0

    def call(self, method: str, /, **params: Any) -> Any:
        match method:
            case "sessions.find":
                return {"name": "ada", "role": "administrator", "person": "", "language": ""}
            case "accounts.access":
                return {"names": [], "anywhere": False}
            case "office.get":
                return {"document": copy.deepcopy(self.document), "revision": revision(self.document)}
            case "office.schema":
                models = [
                    {"model": one.model, "title": one.title, "kind": one.kind, "sheet": one.sheet}
                    for one in profiles().values()
                ]
                return {"schema": office_schema(), "countries": list(COUNTRIES), "models": models}
            case "office.check":
                self.checks += 1
                return [mistake(problem) for problem in problems(params["document"])]
            case "office.load":
                return self._load(params["document"], params["revision"])
            case "status":
                boxes = [{"person": id, "new": 0, "saved": count} for id, count in self.messages.items()]
                return {"trunks": [], "stations": [], "cards": [], "mailboxes": boxes}
            case "accounts.list":
                return self.accounts
            case "accounts.add":
                if any(one["name"] == params["name"] for one in self.accounts):
                    raise ControlError("account-exists", "there is one already")
                self.accounts.append(params)
                return params
            case "accounts.remove":
                self.accounts = [one for one in self.accounts if one["name"] != params["name"]]
                return None
        raise AssertionError(f"the settings ask for {method}")

    def close(self) -> None:
        """Nothing is open."""

    def _load(self, document: dict[str, Any], expected: str) -> dict[str, Any]:
        if expected != revision(self.document):
            raise ControlError("office-changed", "somebody else has changed the office meanwhile")
        if wrong := problems(document):
            raise ControlError("office-refused", "\n".join(map(str, wrong)))
        self.document = copy.deepcopy(document)
        return {"later": [], "warnings": [], "warning_wordings": [], "revision": revision(document)}


class PaperVisitor:
    """An administrator at the pages of a paper unit."""

    def __init__(self, unit: PaperUnit, state: Path) -> None:
        app = make_app(state / "nowhere", state)
        app.testing = True
        app.config["UNIT"] = lambda _seconds: unit
        self.unit = unit
        self.client: FlaskClient = app.test_client()
        with self.client.session_transaction() as session:
            session[TOKEN] = session["_user_id"] = "paper"

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def send(self, path: str, fields: list[tuple[str, str]]) -> TestResponse:
        """Post a form; the answer is not followed."""
        names = dict.fromkeys(name for name, _value in fields)
        return self.client.post(path, data={name: [value for one, value in fields if one == name] for name in names})


def problems(document: object) -> list[Any]:
    """What the real rules object to."""
    try:
        parse_office(document, COUNTRIES, profiles())
    except OfficeErrors as errors:
        return list(errors.problems)
    return []
