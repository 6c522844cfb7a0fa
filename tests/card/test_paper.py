"""The card on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.card.content import Card, CardEntry, CardSection, card_of
from appliance.card.layout import A4, LETTER, LETTER_COUNTRIES, PlacedText, laid_out, paper
from appliance.card.pdf import FONTS, printed
from appliance.office.languages import LANGUAGES
from hw.tones.toneplan import COUNTRIES
from tests.card.pdfreader import ShownText, shown
from tests.card.test_card import office

NAMES = ("Nguyễn Thị Hồng Hạnh", "Ольга Щербакова", "Łukasz Święcicki", "Søren Ångström", "Γιώργος Παππάς")


def with_people(*names: str) -> Card:
    card = card_of(office())
    lines = tuple(CardEntry(str(2000 + place), name) for place, name in enumerate(names))
    return replace(card, sections=(*card.sections[:-1], CardSection("People", lines)))


def words(page: list[ShownText]) -> str:
    return " ".join(" ".join(text.text for text in page).split())


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_the_example_office_is_one_page_that_holds_every_text(code: str) -> None:
    card = card_of(office(), code)
    made = printed(card, LETTER)
    assert (made.pages, made.unwritten, made.whole_font) == (1, "", True)
    [page] = shown(made.pdf)
    held = words(page)
    for section in card.sections:
        assert section.heading in held
        for line in section.lines:
            assert f"{line.dialled} {line.without_star} {line.sentence}".replace("  ", " ") in held


def test_names_in_any_letters_are_printed() -> None:
    made = printed(with_people(*NAMES), A4)
    [page] = shown(made.pdf)
    assert [name for name in NAMES if name not in words(page)] == []
    assert made.unwritten == ""


def test_a_letter_that_the_font_has_not_is_a_question_mark_and_told() -> None:
    made = printed(with_people("田中 Jane"), A4)
    assert "?? Jane" in words(shown(made.pdf)[0])
    assert made.unwritten == "中田"


def test_without_the_font_letters_lose_their_marks_and_that_is_told(tmp_path: Path) -> None:
    made = printed(with_people("Zoë Świecicki", "Ольга"), A4, fonts=tmp_path)
    held = words(shown(made.pdf)[0])
    assert "Zoë Swiecicki" in held
    assert "?????" in held
    assert not made.whole_font


def test_letters_shrink_before_there_is_a_second_page_and_then_every_name_is_still_there() -> None:
    few, many, most = (printed(with_people(*NAMES * times), A4) for times in (2, 12, 90))
    assert (few.pages, many.pages) == (1, 1)
    assert max(text.size for text in shown(many.pdf)[0][2:]) < max(text.size for text in shown(few.pdf)[0][2:])
    pages = shown(most.pdf)
    assert len(pages) == most.pages > 1
    extensions = [text.text for page in pages for text in page if text.text.isdecimal() and len(text.text) == 4]
    assert {str(2000 + place) for place in range(len(NAMES) * 90)} <= set(extensions)
    numbered = [f"Dialing at Riverside Dental {number}/{len(pages)}" for number, _ in enumerate(pages, 1)]
    assert [page[0].text for page in pages] == numbered


def box(text: PlacedText, width: float) -> tuple[float, float, float, float]:
    """Left, upper, right and lower edge of a text with its tallest letters."""
    return text.x, text.y - text.size * 0.76, text.x + width, text.y + text.size * 0.2


@pytest.mark.parametrize("sheet", [A4, LETTER])
@pytest.mark.parametrize("people", [3, 60, 450])
def test_no_text_overlaps_another_or_leaves_the_sheet(sheet: tuple[float, float], people: int) -> None:
    def measure(text: str, size: float, bold: bool) -> float:
        return len(text) * size * (0.7 if bold else 0.62)

    names = ["Elisabeth-Charlotte von Hohenstein-Wolkersdorf", "W" * 60, "Jane Smith"] * (people // 3)
    for page in laid_out(with_people(*names), sheet, measure):
        boxes = [box(text, measure(text.text, text.size, text.bold)) for text in page]
        outside = [edges for edges in boxes if min(edges) < 30 or edges[2] > sheet[0] - 30 or edges[3] > sheet[1] - 30]
        assert outside == []
        ordered = sorted(boxes)
        for place, (left, top, right, bottom) in enumerate(ordered):
            for other in ordered[place + 1 :]:
                if other[0] >= right:
                    break
                assert other[1] >= bottom or other[3] <= top, (left, top, other)


def test_offices_print_on_the_paper_of_their_country() -> None:
    assert set(COUNTRIES) >= LETTER_COUNTRIES
    assert (paper("us"), paper("de"), paper("uk")) == (LETTER, A4, A4)


def test_the_same_card_is_the_same_file() -> None:
    card = card_of(office())
    assert printed(card, A4).pdf == printed(card, A4).pdf
    assert (FONTS / "DejaVuSans.ttf").is_file()
