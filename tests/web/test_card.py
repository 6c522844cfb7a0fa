"""The card of what can be dialled, at the page."""

from __future__ import annotations


def test_the_card_is_shown_in_a_language_and_printed(site):
    maria = site.visitor("maria")
    assert '<th scope="row" class="number">8500</th>' in maria.get("/card?language=de").text
    answer = maria.get("/card/card.pdf")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_programs_get_its_lines(site):
    first = site.ask("card")["card"]["sections"][0]["lines"][0]
    assert (first["dialled"], first["sentence"][:10], first["without_star"]) == ("911", "Emergency,", "")


def test_a_language_that_is_not_there_is_told(site):
    answer = site.visitor("maria").get("/card?language=xx")
    assert (answer.status_code, "is to be had in" in answer.text) == (400, True)
