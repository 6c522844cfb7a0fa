"""A line that can be tested, is being tested, and was tested."""

from __future__ import annotations

import time

from appliance.control.errors import ControlError
from tests.web.scenes.scene import Scene

HEARD_AFTER = "keys, noise and echo"
"""The step before which a dial tone was recorded."""


def settled(site):
    """No test goes on, and every line is free again."""
    site.ask("lines.stop_test")
    while (test := last(site)) is not None and test["running"]:
        time.sleep(0.05)
    while any(trunk["state"] in ("tested", "clearing") for trunk in site.ask("status")["trunks"]):
        time.sleep(0.05)


def last(site):
    try:
        return site.ask("lines.test_state")
    except ControlError:  # There was none yet.
        return None


def until_something_was_heard(site):
    while last(site)["step"]["text"] in ("begins", "battery", "dial tone"):
        time.sleep(0.1)
    assert last(site)["step"]["text"] == HEARD_AFTER


def with_a_person(site):
    settled(site)
    site.ask("lines.test", line="fxo-1", **{"with": "person"})


def stopped_early(site):
    """A whole test takes some minutes, so this one has a part of the findings."""
    settled(site)
    site.ask("lines.test", line="fxo-1")
    until_something_was_heard(site)
    settled(site)


SCENES = [
    Scene("line-test-result", "/line-test", prepare=stopped_early),
    Scene("line-test-running", "/line-test", prepare=with_a_person),
    Scene("line-test", "/line-test?line=fxo-2", prepare=settled),
]
