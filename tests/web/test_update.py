"""The page that tells which version runs, and asks for a backup first."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from appliance.machine.takenback import TakenBack
from appliance.updating.handover import BUNDLE, SIGNATURE, UpdateRequest, answer, take_request
from appliance.updating.state import Phase, UpdateState, write_state
from hw.said import said
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
    monkeypatch.setenv("COPPERDESK_MEDIA", str(tmp_path / "media"))
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
        answer(versions, said("it needs Python %(python)s; this unit has %(this)s", python="3.13", this="3.11"))
        assert "was not installed: it needs Python 3.13; this unit has 3.11." in ada.get("/update").text
        answer(versions, "")
        write_state(versions, UpdateState(Phase.REJECTED, "9.9", reason="no-call"))
        assert "9.9 was taken back: it took no call of the test telephone." in ada.get("/update").text
        write_state(versions, UpdateState(Phase.REJECTED, "9.9", reason="as an older version wrote it"))
        assert "9.9 was taken back: as an older version wrote it." in ada.get("/update").text
        write_state(versions, UpdateState(Phase.TRYING, "9.9").back(TakenBack.NO_LINE))
        assert "starts as soon as nobody is on the telephone" in ada.get("/update").text
        assert site.visitor("olga").post("/update", {}).status_code == 403
        assert "On the USB stick" not in ada.get("/update").text
        (stick := tmp_path / "media/KINGSTON").mkdir(parents=True)
        (stick / "new.tar.zst").write_bytes(content[:1000])
        (stick / "new.tar.zst.minisig").write_bytes(b"signed, too")
        assert "KINGSTON/new.tar.zst" in ada.get("/update").text
        assert "on no stick any more" in ada.post("/update", {"file": "KINGSTON/other.tar.zst"}).text
        assert "being checked" in ada.post("/update", {"file": "KINGSTON/new.tar.zst"}).text
        assert (handover / BUNDLE).read_bytes() == content[:1000]
        assert take_request(handover) == UpdateRequest(now=False)
