"""What happens is told to open pages: all tabs by one stream, each account what is its own, even after a break."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from tests.web.browser import visiting, watched
from tests.web.site import running_site, start_daemon, start_server, stop

LISTEN = """async () => {
  const { onStatus } = await import("/static/js/live.js");
  onStatus((state) => { window.night = state.night.mode; });
}"""


@contextmanager
def closed_by_hand(site):
    site.ask("night.set", mode="closed")
    try:
        yield
    finally:
        site.ask("night.set", mode="automatic")


def sees(page, night):
    page.wait_for_function("night => window.night === night", arg=night)


def test_eight_tabs_are_live_by_one_stream_and_a_ninth_opens(site, browser):
    with visiting(browser, site, "ada") as first:
        streams = []
        first.context.on("request", lambda request: streams.append(request) if request.url.endswith("/live") else None)
        tabs = [first, *(watched(first.context, []) for _ in range(7))]
        for tab in tabs:
            tab.goto("/today")
            tab.evaluate(LISTEN)
            sees(tab, "automatic")
        opened = len(streams)
        with closed_by_hand(site):
            for tab in tabs:
                sees(tab, "closed")
            ninth = watched(first.context, [])
            ninth.goto("/today")
            assert ninth.locator("h1").inner_text() == "Today"
        assert opened == 2  # That of the first tab, which began another one by going to the page once more.
        first.close()  # It has the stream: another tab takes over.
        with closed_by_hand(site):
            for tab in tabs[1:]:
                sees(tab, "closed")


@pytest.mark.proof
def test_a_page_is_right_again_after_any_break(tmp_path, browser):
    with running_site(tmp_path / "data") as site, visiting(browser, site, "ada") as page:
        away, signed_out = page.locator("[data-away]"), page.locator("[data-signed-out]")
        page.evaluate(LISTEN)
        sees(page, "automatic")
        stop(site.daemon)
        away.wait_for(state="visible")
        again = start_daemon(site.data, None)
        site.restarts.append(again)
        away.wait_for(state="hidden")
        with closed_by_hand(site):
            sees(page, "closed")
        stop(site.server)
        away.wait_for(state="visible")
        port = int(site.url.rpartition(":")[2])
        server, _ = start_server(site.data, port)
        away.wait_for(state="hidden")
        leaver = site.visitor()
        for cookie in page.context.cookies():
            leaver.http.cookies.set(cookie["name"], cookie["value"])
        leaver.post("/sign-out", of="/today")
        stop(server)
        site.restarts.append(start_server(site.data, port)[0])
        signed_out.wait_for(state="visible")


def test_an_operator_is_told_of_everything(site):
    told = site.visitor("olga").get("/live/now").json()
    assert told["account"] == "olga"
    assert set(told["status"]) == set(site.ask("status"))


def test_a_person_is_told_what_is_its_own(site):
    status = site.visitor("maria").get("/live/now").json()["status"]
    assert set(status) == {"office", "night", "mailboxes", "people"}
    assert [box["person"] for box in status["mailboxes"]] == ["maria"]


def test_who_is_not_signed_in_is_told_nothing(site):
    assert site.visitor().get("/live/now").status_code == 401
    assert site.visitor().get("/live").status_code == 401


def test_a_stream_tells_the_whole_state_first(site):
    with site.visitor("tom").get("/live", stream=True) as answer:
        lines = answer.iter_lines(chunk_size=1, decode_unicode=True)
        events = [line for line in (next(lines) for _ in range(4)) if line.startswith("event")]
        assert events == ["event: hello", "event: status"]
