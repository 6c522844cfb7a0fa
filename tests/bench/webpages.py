"""Pages of the web with a large office: how long the server takes, and how many bytes the first page is."""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from appliance.clock import off_loop
from appliance.control.folder import DataFolder
from appliance.store.calllog import CallLog
from appliance.store.callsearch import CallFilter, count_calls, find_calls
from appliance.store.contacts import ContactStore
from appliance.store.tallies import Tallies
from tests.bench.contacts import some_contacts
from tests.bench.figure import Figure
from tests.bench.manycalls import write_calls
from tests.web.site import OFFICE, Site, Visitor, running_site

PEOPLE, CONTACTS, CALLS = 500, 10_000, 1_000_000
SLOWEST_MS, FIRST_PAGE_BYTES, LONGEST_WAIT_MS = 100.0, 60_000, 5.0
TIMES = 5
SEARCHES = {
    "the newest": "",
    "a number": "text=4070012345",
    "a part of names": "text=caller+12",
    "nothing there is": "text=nobody+at+all",
    "one person": "person=p7",
    "a line and an outcome": "line=line+2&outcome=message-left",
    "long calls": "lasted_least=1500",
    "words of steps": "step=to+p77",
    "years ago": f"until={date.today().year - 2}-06-30",  # noqa: DTZ011 - any day will do
}


def figures() -> list[Figure]:
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        write_calls(DataFolder(data).calls, CALLS, PEOPLE, now)
        store = ContactStore.open(DataFolder(data).contacts)
        store.put(some_contacts(CONTACTS))
        store.close()
        _add_up(DataFolder(data).calls, now)
        with running_site(data, **_large_office()) as site:
            ada = site.visitor("ada")
            found = [*_pages(ada), *_searches(ada), *_plots(site, ada), _first_page(ada)]
        return [*found, asyncio.run(_waits(DataFolder(data).calls, now))]


def _large_office() -> dict[str, object]:
    """All have one name, which is spoken once: five hundred would take minutes."""
    people = json.loads(OFFICE.read_text(encoding="utf-8"))["people"]
    people += [{"id": f"p{n}", "name": "Alex Person", "extension": f"{200 + n}"} for n in range(PEOPLE - len(people))]
    return {"people": people}


def _add_up(path: Path, now: datetime) -> None:
    """As the unit does by and by: the days of a year. It goes on with those before, meanwhile."""
    log = CallLog.open(path)
    office = json.loads(OFFICE.read_text(encoding="utf-8"))
    people = [one["id"] for one in office["people"]] + [f"p{n}" for n in range(PEOPLE)]
    tallies = Tallies(log, ZoneInfo(office["time_zone"]), 6.0, people)
    for _ in range(366):
        tallies.add_up_one(now)
    log.close()


def _took(visitor: Visitor, path: str) -> float:
    """Milliseconds until the answer is there, in the median of some."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = visitor.get(path)
        took.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return statistics.median(took)


def _pages(visitor: Visitor) -> list[Figure]:
    """Every page of the navigation."""
    side = visitor.get("/").text.partition('<nav class="side"')[2].partition("</nav>")[0]
    return [
        _figure(f"page {path}", _took(visitor, path))
        for path in re.findall(r'href="(/[^"#]+)"', side)
        if not path.startswith("/static/")
    ]


def _searches(visitor: Visitor) -> list[Figure]:
    found = [_figure(f"log: {name}", _took(visitor, f"/log?{asked}")) for name, asked in SEARCHES.items()]
    older = re.search(r'rel="next" href="([^"]+)"', visitor.get("/log").text)
    assert older
    one = re.search(r'href="(/log/c[0-9]+)"', visitor.get("/log").text)
    assert one
    found.append(_figure("log: the next page", _took(visitor, older[1].replace("&amp;", "&"))))
    return [*found, _figure("log: one call", _took(visitor, one[1]))]


def _plots(site: Site, visitor: Visitor) -> list[Figure]:
    began = time.perf_counter()
    site.ask("figures", days=365)
    asked = 1000 * (time.perf_counter() - began)
    return [
        _figure("figures of a year", _took(visitor, "/figures?period=year")),
        _figure("a plot of a year", _took(visitor, "/figures/by-day.svg?period=year")),
        _figure("the daemon's part of it", asked),
    ]


def _first_page(visitor: Visitor) -> Figure:
    """Bytes of the page and of all that it names, as they are sent: compressed, where they are."""
    page = visitor.get("/today")
    loaded, to_load = {"/today": int(page.headers["Content-Length"])}, _named(page.text, "/today")
    while to_load:
        path = to_load.pop()
        if path not in loaded:
            text = visitor.get(path)
            loaded[path] = int(text.headers["Content-Length"])
            to_load |= _named(text.text, path) if path.endswith(".js") else set()
    total = sum(loaded.values())
    return Figure("the first page with all it needs", total, "bytes", "<= 60 kB", total <= FIRST_PAGE_BYTES)


def _named(text: str, path: str) -> set[str]:
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', text) + re.findall(r'from "(\.[^"]+)"', text)
    return {urlsplit(urljoin(path, one)).path for one in found}


async def _waits(path: Path, now: datetime) -> Figure:
    """How long a loop waits beyond its time while the log is looked through and added up beside it, at worst but one in
    a hundred: on a busy machine the very worst is the machine's."""
    log = CallLog.open(path)
    late: list[float] = []
    over = False

    async def tick() -> None:
        loop = asyncio.get_running_loop()
        while not over:
            due = loop.time() + 0.005
            await asyncio.sleep(0.005)
            late.append(1000 * (loop.time() - due))

    ticking = asyncio.create_task(tick())
    tallies = Tallies(log, ZoneInfo("America/New_York"), 6.0, [])
    today = now.date()
    for wanted in (
        CallFilter(text="caller 12"),
        CallFilter(step="zzz"),
        CallFilter(outcome="connected", line="line 3"),
    ):
        for _ in range(10):
            await off_loop(find_calls, log, wanted, None, 50)
            await off_loop(count_calls, log, wanted)
    for _ in range(10):
        await off_loop(tallies.of, today - timedelta(days=365), today, now, 0)
    over = True
    await ticking
    log.close()
    worst = sorted(late)[int(len(late) * 0.99)]
    return Figure("a loop beside it waits, 99 %", worst, "ms", "<= 5", worst <= LONGEST_WAIT_MS)


def _figure(name: str, took: float) -> Figure:
    return Figure(name, took, "ms", "<= 100", took <= SLOWEST_MS)
