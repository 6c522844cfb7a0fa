"""A new unit that is set up, by an HTTP client or in a browser."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from appliance.calls.spokencodes import SETUP
from appliance.control.folder import DataFolder
from appliance.store.spokencodes import SpokenCodeStore
from tests.web.site import ROOT, Site, Visitor, running_site

PASSWORD = "three plain words"

FORMS: dict[str, dict[str, Any]] = {
    "you": {"name": "Maria Alvarez", "password": PASSWORD, "password2": PASSWORD},
    "place": {"country": "us", "language": "en", "time_zone": "America/New_York"},
    "company": {"name": "Riverside Dental", "does": "dentistry for the whole family"},
    "lines": {"port": ["fxo-1", "fxo-2"], "number-0": "555 0100", "number-1": "555 0101"},
    "people": {
        "name-0": "Maria Alvarez",
        "extension-0": "101",
        "telephone-0": "fxs-1",
        "you": "0",
        "name-1": "Tom Becker",
        "extension-1": "102",
        "telephone-1": "fxs-2",
        "name-2": "Ruth Olsen",
        "extension-2": "103",
        "telephone-2": "fxs-3",
    },
    "hours": {"always": "1"},
    "menu": {"template": "person", "operator": "0"},
}
"""What is filled in at each step."""


@contextmanager
def new_unit(data: Path) -> Iterator[Site]:
    """A unit that is not set up, with its page."""
    with running_site(data, office=None, accounts=False) as site:
        yield site


def code_of(site: Site) -> str:
    """What its telephones say."""
    codes = SpokenCodeStore(DataFolder(site.data).spoken_codes).load()
    return next(one.digits for one in codes if one.purpose == SETUP)


def let_in(site: Site) -> Visitor:
    """Somebody who has given the code."""
    visitor = site.visitor()
    answer = visitor.post("/setup", {"code": code_of(site)})
    assert answer.status_code == 200, answer.text
    return visitor


def fills_in(visitor: Visitor, step: str, **changed: Any) -> requests.Response:
    """Send the form of a step, as it was shown, filled in as above but for what is changed."""
    page = visitor.get(f"/setup/{step}").text
    revision = page.partition('name="revision" value="')[2].partition('"')[0]
    return visitor.post(f"/setup/{step}", {**FORMS[step], "revision": revision, **changed}, allow_redirects=False)


def heard_outside(site: Site, words: str) -> str:
    """What somebody outside hears who calls the office at the test telephone, up to these words."""
    command = [sys.executable, "-u", "-m", "appliance.cli", "phone", "--data", str(site.data)]
    heard = ""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as phone:
        assert phone.stdin is not None
        assert phone.stdout is not None
        patience = threading.Timer(90, phone.kill)
        patience.start()
        phone.stdin.write("call 5550100\n")
        phone.stdin.flush()
        for line in phone.stdout:
            heard += line
            if words in line:
                phone.stdin.write("hang up\n")
                break
        phone.stdin.close()
        phone.stdout.read()
        patience.cancel()
    return heard


def finished(site: Site, visitor: Visitor) -> None:
    """Wait until the last step has taken effect, and this visitor is signed in."""
    for _ in range(240):
        if visitor.get("/setup/starting").url == site.url + "/first-call":
            return
        time.sleep(0.25)
    raise AssertionError("the last step does not end")
