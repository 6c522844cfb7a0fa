"""Open pages of the day: what they cost the daemon's ticks and the page's process, and how soon they show an event.

Each page has its stream, and has parts written anew at every change as `today.js` does; somebody calls meanwhile, and
night mode is flipped, which a browser among them is asked to show.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.bench.figure import Figure
from tests.web.browser import chromium, visiting
from tests.web.phones import SitePhone
from tests.web.site import Site, running_site

PAGES = (0, 20, 50)
FLIPS, BETWEEN_FLIPS_S, SETTLED_S = 12, 0.7, 3.0
AT_MOST_EVERY_S = 0.2
"""As `today.js` fetches parts."""
SHOWN_MS, MEMORY_MB, LATER_MS = 300.0, 80.0, 0.5
"""LATER_MS: so much more of lateness, in the 99th percentile, is no difference on a machine that does other things."""

SHOWN_AT = """() => {
  const part = document.querySelector("[data-part=switches]");
  window.shown = [];
  const seen = new MutationObserver(() => window.shown.push(Date.now()));
  seen.observe(part, { subtree: true, attributes: true, childList: true });
}"""


def figures() -> list[Figure]:
    found: list[Figure] = []
    alone = 0.0
    for pages in PAGES:
        late, memory, shown = measured(pages)
        alone = late if pages == 0 else alone
        what = f"{pages} live pages"
        target = "" if pages == 0 else f"<= {alone:.2f} + {LATER_MS:g}"
        found.append(Figure(f"{what}: tick lateness, p99", late, "ms", target, pages == 0 or late <= alone + LATER_MS))
        met = memory <= MEMORY_MB
        found.append(Figure(f"{what}: memory of the page's process", memory, "MB", f"<= {MEMORY_MB:g}", met))
        met = shown <= SHOWN_MS
        found.append(Figure(f"{what}: event to screen, slowest of {FLIPS}", shown, "ms", f"<= {SHOWN_MS:g}", met))
    return found


def measured(pages: int) -> tuple[float, float, float]:
    """Lateness of the daemon's ticks (p99) and the slowest event, in ms; memory of the page's process in MB."""
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder) / "data") as site:
        with open_pages(site, pages), SitePhone(site) as caller, chromium() as browser:
            caller.calls("5550100")
            shown = slowest_flip(site, browser)
        late = site.ask("status")["ticks"]["late_ms"]["p99"]
        status = (Path("/proc") / str(site.server.pid) / "status").read_text(encoding="ascii")
        memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024
    return late, memory, shown


def slowest_flip(site: Site, browser: Browser) -> float:
    """The slowest of some flips of night mode, from asking for it until the page shows it, in ms."""
    slowest = 0.0
    with visiting(browser, site, "ada") as page:
        page.goto("/today")
        page.evaluate(SHOWN_AT)
        time.sleep(SETTLED_S)
        for flip in range(FLIPS):
            page.evaluate("window.shown = []")
            at = time.time()
            site.ask("night.set", mode="automatic" if flip % 2 else "closed")
            page.wait_for_function("() => window.shown.length")
            slowest = max(slowest, page.evaluate("window.shown[0]") - at * 1000)
            time.sleep(BETWEEN_FLIPS_S)
    return slowest


@contextmanager
def open_pages(site: Site, count: int) -> Iterator[None]:
    """So many pages are open, in a thread of their own, until the end of this."""
    cookies = "; ".join(f"{name}={value}" for name, value in site.visitor("ada").http.cookies.items())
    over = threading.Event()

    async def all_of_them() -> None:
        pages = [asyncio.create_task(live_page(site.url, cookies)) for _ in range(count)]
        await asyncio.to_thread(over.wait)
        for page in pages:
            page.cancel()
        await asyncio.gather(*pages, return_exceptions=True)

    thread = threading.Thread(target=asyncio.run, args=(all_of_them(),))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


async def live_page(url: str, cookies: str) -> None:
    """Follow the stream, and fetch parts at each event."""
    fetched = 0.0
    reader, stream = await requested(url, "/live", cookies)
    try:
        while line := await reader.readline():
            now = asyncio.get_running_loop().time()
            if line.startswith(b"event: status") and now - fetched > AT_MOST_EVERY_S:
                fetched = now
                answer, writer = await requested(url, "/today/parts?part=calls&part=switches", cookies, close=True)
                await answer.read()
                writer.close()
    finally:
        stream.close()


async def requested(
    url: str, path: str, cookies: str, *, close: bool = False
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The answer to a request, as it comes."""
    there = urlsplit(url)
    reader, writer = await asyncio.open_connection(there.hostname, there.port)
    ends = "close" if close else "keep-alive"
    request = f"GET {path} HTTP/1.1\r\nHost: {there.netloc}\r\nCookie: {cookies}\r\nConnection: {ends}\r\n\r\n"
    writer.write(request.encode())
    return reader, writer
