"""The page that tells which version runs, and asks for a backup first."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from appliance.updating.handover import BUNDLE, SIGNATURE, UpdateRequest, answer, take_request
from appliance.updating.state import Phase, UpdateState, write_state
from tests.web.site import running_site


def test_it_tells_the_version_and_the_way_and_asks_for_a_backup(site):
    page = site.visitor("ada").get("/update").text
    assert all(text in page for text in (version("copperdesk"), "never looks for a new version", 'href="/backup"'))
    found = site.visitor("ada").get("/settings/search?q=newer version").text
    assert 'href="/update"' in found
    assert site.visitor("olga").get("/update").status_code == 403


@pytest.mark.proof
def test_a_new_version_is_brought_to_the_page_and_its_end_is_told(tmp_path, monkeypatch):
    handover, versions = tmp_path / "handover", tmp_path / "programs"
    handover.mkdir()
    versions.mkdir()
    monkeypatch.setenv("COPPERDESK_HANDOVER", str(handover))
    monkeypatch.setenv("COPPERDESK_PROGRAMS", str(versions))
    with running_site(tmp_path / "data") as site:
        ada = site.visitor("ada")
        content = bytes(range(256)) * 1000
        files = {"bundle": ("new.tar.zst", content), "signature": ("new.tar.zst.minisig", b"signed")}
        assert "being checked" in ada.post("/update", {"now": "on"}, files=files).text
        assert (handover / BUNDLE).read_bytes() == content
        assert (handover / SIGNATURE).read_bytes() == b"signed"
        assert take_request(handover) == UpdateRequest(now=True)
        assert ada.post("/update", {}, files={"bundle": files["bundle"]}).status_code == 400
        files["signature"] = ("new.tar.zst.minisig", bytes(5000))
        assert "larger than a new version can be" in ada.post("/update", {}, files=files).text
        assert take_request(handover) is None
        answer(versions, "it was cut short")
        assert "was not installed: it was cut short." in ada.get("/update").text
        answer(versions, "")
        write_state(versions, UpdateState(Phase.REJECTED, "9.9", reason="it took no call"))
        assert "The update to 9.9 was taken back: it took no call." in ada.get("/update").text
        assert site.visitor("olga").post("/update", {}).status_code == 403
