"""The call log and the figures."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from appliance.control.folder import DataFolder
from appliance.store.calllog import CallLog, CallRecord, CallStep
from tests.web.scenes.scene import Scene
from tests.web.site import Site

STEPS = (
    CallStep(1.2, "to the menu"),
    CallStep(9.4, "to maria"),
    CallStep(9.5, "rings the telephone of Maria Lopez"),
    CallStep(31.6, "waited 22 s for Maria Lopez"),
    CallStep(32.0, "a message for maria"),
)


def some_calls(site: Site) -> None:
    """A fortnight of calls, entered beside the daemon, once."""
    file = DataFolder(site.data).calls
    log = CallLog(file, sqlite3.connect(file, isolation_level=None), ())
    now = datetime.now(UTC)
    if len(log.recent(20)) < 20:
        for number in range(160):
            at = now - timedelta(hours=2.1 * number + 1)
            out = number % 7 == 3
            gone = number % 9 == 4
            log.begin(
                CallRecord(
                    f"scene-{number}",
                    at,
                    "out" if out else "in",
                    "Maria" if out else "Front desk",
                    answered=None if gone else at + timedelta(seconds=3 + number % 20),
                    ended=at + timedelta(seconds=40 + 7 * (number % 30)),
                    caller_number="" if out else f"40755501{number % 40:02}",
                    caller_name="" if out or number % 3 else "WATERS PLUMBING",
                    called="4075550199" if out else "5550100",
                    reached="" if gone or out else "maria",
                    outcome="dialled-out"
                    if out
                    else "abandoned"
                    if gone
                    else ("connected", "message-left")[number % 2],
                    cause="loop-break",
                    steps=() if out else STEPS,
                )
            )
    log.close()


def one_call(page):
    page.goto("/log?outcome=message-left")
    page.click("table.calls a")
    page.wait_for_selector(".steps")


def tables_open(page):
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    plots_drawn(page)


def plots_drawn(page):
    page.evaluate("document.querySelectorAll('img.plot').forEach(one => one.loading = 'eager')")
    page.evaluate("Promise.all([...document.querySelectorAll('img.plot')].map(one => one.decode()))")


SCENES = [
    Scene("log", "/log", prepare=some_calls),
    Scene("log-looked-through", "/log?answered=no&text=zzz", prepare=some_calls),
    Scene("log-call", "/log", prepare=some_calls, act=one_call),
    Scene("figures", "/figures", prepare=some_calls, act=plots_drawn),
    Scene("figures-tables", "/figures?period=week", prepare=some_calls, act=tables_open),
]
