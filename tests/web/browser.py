"""Debian's Chromium, as people see the page. Playwright drives it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.web.site import PASSWORD, Site

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SWITCHES += ["--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream"]
SWITCHES += ["--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"]
"""The first as tests may run as root; then nothing that asks for servers outside; and a microphone that beeps."""

WITHIN_MS = 30_000
"""How long a page may take; a busy machine is no failure."""

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(
    browser: Browser,
    site: Site,
    name: str = "",
    *,
    size: dict[str, int] = DESK,
    dark: bool = False,
    language: str = "en",
) -> Iterator[Page]:
    """A new browser window at this site, signed in if a name of ACCOUNTS is given. An error of its scripts fails it."""
    context = browser.new_context(
        base_url=site.url, viewport=size, color_scheme="dark" if dark else "light", locale=language
    )
    context.set_default_timeout(WITHIN_MS)
    wrong: list[str] = []
    try:
        page = watched(context, wrong)
        if name:
            signed_in(page, name)
        yield page
    finally:
        context.close()
    assert wrong == []


def signed_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url(lambda url: "sign-in" not in url)


class Windows:
    """One window of each account, which stays open: to be used where much is looked at and little is done."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.site = site
        self._browser = browser
        self._open: dict[str, tuple[Page, list[str]]] = {}

    @contextmanager
    def of(self, name: str) -> Iterator[Page]:
        """That of this account; of nobody, if it is empty, and then nothing is remembered. It fails as `visiting`."""
        if name not in self._open:
            context = self._browser.new_context(base_url=self.site.url, viewport=DESK, locale="en")
            context.set_default_timeout(WITHIN_MS)
            wrong: list[str] = []
            self._open[name] = watched(context, wrong), wrong
            if name:
                signed_in(self._open[name][0], name)
        page, wrong = self._open[name]
        if not name:
            page.context.clear_cookies()
        yield page
        page.goto("about:blank")  # What a page holds, such as a telephone, is given back.
        assert wrong == []

    def __enter__(self) -> Windows:
        return self

    def __exit__(self, *_error: object) -> None:
        for page, _wrong in self._open.values():
            page.context.close()


def watched(context: BrowserContext, wrong: list[str]) -> Page:
    """A new page; errors of its scripts, and what the content-security-policy refuses, come into the list."""
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: (
            wrong.append(said.text) if said.type == "error" and "Failed to load resource" not in said.text else None
        ),
    )
    return page


def shot(page: Page, file: Path) -> None:
    """A picture of the whole page."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True)
