"""Faxes at the page: read, deleted and brought back, forwarded, sent; and nobody else's."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from tests.web.browser import visiting
from tests.web.faxes import fax_in


@pytest.fixture(scope="module")
def came(clinic):
    return fax_in(clinic, "maria")


def test_a_fax_is_read_page_by_page_and_it_is_told_who_has_opened_it(clinic, came):
    maria = clinic.visitor("maria")
    assert "4075550123" in maria.get("/faxes/in/maria").text
    page = maria.get(f"/faxes/in/maria/{came}").text
    assert "Nobody yet." in page
    picture = maria.get(f"/faxes/in/maria/{came}/2.png", headers={"Range": "bytes=1-"})  # Nobody reads it unnoticed.
    assert picture.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).width > 500
    assert "Maria" in maria.get(f"/faxes/in/maria/{came}").text.partition("Who has opened it")[2]
    assert maria.get(f"/faxes/in/maria/{came}.pdf").content.startswith(b"%PDF")
    assert [maria.get(f"/faxes/in/maria/{end}").status_code for end in (f"{came}/3.png", "999999", "x")] == [404] * 3


def test_nobody_sees_the_faxes_of_another(clinic, came):
    for name in ("tom", "ada"):
        other = clinic.visitor(name)
        for end in ("", f"/{came}", f"/{came}/1.png", f"/{came}.pdf"):
            assert other.get(f"/faxes/in/maria{end}").status_code in (403, 404)
        assert other.post(f"/faxes/in/maria/{came}/delete", {}).status_code in (403, 404)


def test_a_fax_is_deleted_brought_back_and_put_into_another_box(clinic, came, browser):
    with visiting(browser, clinic, "maria") as page:
        page.goto("/faxes")
        page.get_by_role("button", name="Delete").first.click()
        page.get_by_role("button", name="Undo").click()
        page.get_by_text("The fax is back.").wait_for()
        page.goto(f"/faxes/in/maria/{came}")
        page.wait_for_function("() => document.querySelector('.sheets img').naturalWidth > 500")
        page.get_by_label("To whom").select_option("tom")
        page.get_by_role("button", name="Forward").click()
        page.get_by_text("It is in the fax box of Doctor Tom Becker too.").wait_for()
    assert clinic.ask("faxes.list", box="tom")["total"] == 1


def test_what_is_done_in_a_second_window_to_a_fax_that_has_gone_is_answered_in_words(clinic):
    id, maria = fax_in(clinic, "maria"), clinic.visitor("maria")
    asked = [maria.post(f"/faxes/in/maria/{id}/{what}", {"to": "tom"}, of="/faxes") for what in ("delete",) * 2]
    asked += [maria.post(f"/faxes/in/maria/{id}/{what}", {"to": "tom"}, of="/faxes") for what in ("new", "forward")]
    gone = ", or no longer."
    assert [(one.status_code, gone in one.text) for one in asked] == [(200, False), *[(200, True)] * 3]
    assert maria.post("/faxes/in/maria/999999/restore", of="/faxes").text.count(gone) == 1


def test_a_fax_whose_file_is_damaged_says_so(clinic):
    id, maria = fax_in(clinic, "maria"), clinic.visitor("maria")
    (pages,) = (clinic.data / "faxes" / "maria").glob(f"*/{id}/pages.tif")
    pages.write_bytes(b"damaged")
    assert "The pages of this fax cannot be read." in maria.get(f"/faxes/in/maria/{id}.pdf").text
    clinic.ask("faxes.delete", box="maria", id=id)


def test_a_fax_that_has_not_come_whole_says_what_is_missing(clinic):
    fax_in(clinic, "sales", cause="line-cut")
    assert "Only 2 pages came. The call broke off." in clinic.visitor("tom").get("/faxes/in/sales").text


def test_what_is_sent_waits_in_the_queue_and_can_be_taken_back(clinic):
    maria, new = clinic.visitor("maria"), "/faxes/out/new"
    letter = ("letter.txt", b"Good morning,\nthe bill is paid.", "text/plain")
    form = maria.get(new).text
    assert all(f'<label for="{field}"' in form and f'id="{field}" name="{field}"' in form for field in ("to", "files"))
    assert 'name="cover" checked' in form
    refused = maria.post(new, {"to": "911"}, files={"files": letter})
    assert (refused.status_code, 'role="alert"' in refused.text, 'value="911"' in refused.text) == (400, True, True)
    assert 'name="cover" checked' not in refused.text
    waiting = maria.post(new, {"to": "94075550199"}, files={"files": letter})
    assert "It waits for a free line" in waiting.text
    (cancel,) = re.findall(r'action="(/faxes/out/[^"]+/cancel)"', waiting.text)
    assert "The fax is not sent any more." in maria.post(cancel, of="/faxes/out").text
    assert "letter.txt" in maria.get("/faxes/out").text
    tom = clinic.visitor("tom")
    (sent,) = clinic.ask("fax.queue", person="maria")
    assert tom.get(f"/faxes/out/{sent['id']}").status_code == 404
    assert tom.get(f"/faxes/out/{sent['id']}.pdf").status_code == 404
    assert tom.post(f"/faxes/out/{sent['id']}/cancel", of="/faxes/out/new").status_code == 404
    assert "You have sent no fax yet." in tom.get("/faxes/out").text


def test_who_may_send_no_fax_is_told_before_choosing_any_file(clinic):
    told = "olga may not send faxes."
    for name, may in (("olga", False), ("maria", True)):
        page = clinic.visitor(name).get("/faxes/out/new").text
        assert (told in page, 'name="files"' in page) == (not may, may)


def test_a_note_is_sent_on_a_cover_page_though_none_was_asked_for(clinic):
    tom = clinic.visitor("tom")
    fields = {"to": "94075550199", "note": "Please call"}
    tom.post("/faxes/out/new", fields, files=[("files", ("a.txt", b"Hello"))])
    (sent,) = clinic.ask("fax.queue", person="tom")
    assert sent["pages"] == 2
    clinic.ask("fax.cancel", id=sent["id"])
