"""Files of style and script: compressed for whoever takes that, looked up again, and never mixed up in a cache."""

from __future__ import annotations

import gzip

import pytest

from web.app import make_app

STYLE = "/static/style.css"
PACKED = {"Host": "localhost", "Accept-Encoding": "gzip, deflate"}
PLAIN = {"Host": "localhost", "Accept-Encoding": "gzip;q=0"}


@pytest.fixture(scope="module")
def browser_of(tmp_path_factory):
    """A client of the pages of a unit that does not run: these files need none."""
    folder = tmp_path_factory.mktemp("state")
    return make_app(folder / "no-socket", folder).test_client()


def test_a_file_is_sent_compressed_to_whoever_takes_it(browser_of):
    packed, plain = browser_of.get(STYLE, headers=PACKED), browser_of.get(STYLE, headers=PLAIN)
    assert (packed.headers["Content-Encoding"], plain.headers.get("Content-Encoding")) == ("gzip", None)
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert {answer.mimetype for answer in (packed, plain)} == {"text/css"}
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (packed, plain))


def test_each_form_has_an_etag_of_its_own_by_which_it_is_not_sent_again(browser_of):
    packed, plain = (browser_of.get(STYLE, headers=one).headers["ETag"] for one in (PACKED, PLAIN))
    assert packed != plain
    again = browser_of.get(STYLE, headers=PACKED | {"If-None-Match": packed})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", packed)
    assert ("Accept-Encoding" in again.headers["Vary"], again.headers["Cache-Control"]) == (True, "no-cache")
    assert browser_of.get(STYLE, headers=PLAIN | {"If-None-Match": packed}).status_code == 200


@pytest.mark.parametrize("path", ["/static/nothing.css", "/static/", "/static/../app.py", "/static/%2e%2e/app.py"])
def test_nothing_else_is_served_there(browser_of, path):
    assert browser_of.get(path, headers=PACKED).status_code in (404, 503)


def test_a_page_is_never_compressed(browser_of):
    page = browser_of.get("/sign-in", headers=PACKED)
    assert "Content-Encoding" not in page.headers
