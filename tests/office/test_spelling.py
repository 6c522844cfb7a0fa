"""Names on the keys of a telephone: the digits were written down by hand, from the letters on a keypad."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from appliance.office.keypad import plain, pressed
from appliance.office.spelling import AFTER_NAMES, TITLES, spelled


@pytest.mark.parametrize(
    ("letters", "key"),
    [("abc", "2"), ("def", "3"), ("ghi", "4"), ("jkl", "5"), ("mno", "6"), ("prs", "7"), ("tuv", "8"), ("wxy", "9")],
)
def test_a_letter_is_on_one_key(letters, key):
    assert pressed(letters) == pressed(letters.upper()) == ((key,),) * len(letters)


def test_q_and_z_are_where_they_are_today_or_where_they_were_before():
    assert pressed("qz") == (("7", "1", "0"), ("9", "1", "0"))


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("Maria Alvarez", ["258273962742", "258273162742", "258273062742"]),
        ("Tom Quist", ["78478866", "18478866", "08478866"]),
        ("Li Wei", ["93454"]),
        ("Sean O'Brien", ["6274367326"]),
        ("Anne-Marie Smith-Jones", ["7648456637266362743"]),
        ("Studio 54", ["54788346"]),
        # Germany, the Nordic countries
        ("Jürgen Müller", ["685537587436", "6835537587436", "68355375837436"]),
        ("Jan Mueller", ["6835537526", "685537526"]),
        ("Anna Weiß", ["934772662", "93472662"]),
        ("Søren Østergård", ["67837427376736", "6378374273763736", "678374227376736"]),
        ("Ida Åkesson", ["2537766432", "22537766432"]),
        ("Jón Þórsson", ["84677766566"]),
        ("Zoë Müllerova", ["685537682963", "685537682163", "6835537682063"]),
        # Poland, and its neighbours
        ("Łukasz Wiśniewski", ["9476439754585279", "9476439754585271"]),
        ("Żaneta Ćwiek", ["29435926382", "29435126382"]),
        ("Slavoj Žižek", ["94935752865", "14135752865", "04035752865"]),
        ("İsmail Yıldız", ["945349476245", "945341476245"]),
        # Vietnam
        ("An Đặng", ["326426", "3526426"]),
        ("Bình Trương", ["8786642464"]),
        ("Thị Ưng", ["864844"]),
        # Cyrillic
        ("Иван Иванов", ["4826684826", "4926694926"]),
        ("Никита Хрущёв", ["5478742438645482", "2478724872469645482"]),
        ("Сергей Щербаков", ["74243722568737439"]),
        ("Фёдор Достоевский", ["3678693875933367", "3678638754933367", "3678638754396367"]),
        ("Пётр Максимов", ["625746687387", "62946687387"]),
        ("Пётр Подъездов", ["763393687387", "76343393687387"]),
        ("Тарас Шевченко", ["743824365682727"]),
        ("Новак Ђоковић", ["3565684266825", "365684266825"]),
        ("Іван Їжакевич", ["949425389244826"]),
    ],
)
def test_a_name_is_spelled_by_its_last_and_then_its_first_name(name, ways):
    for way in ways:
        assert [way[:count] for count in range(len(way) + 1) if not spelled(name).begins_with(way[:count])] == []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Maria Alvarez", "62742"),  # The first name first.
        ("Maria Alvarez", "259"),
        ("Maria Alvarez", "2582739627422"),  # Beyond its end.
        ("Maria Alvarez", "158"),
        ("Jürgen Müller", "6845537"),
        ("Никита Хрущёв", "93"),
        ("Tom Pym", "1"),  # P was never on 1, and nothing but Q and Z ever was on 0.
        ("Tom Xu", "0"),
    ],
)
def test_what_is_not_its_spelling_is_not_taken_for_it(name, keys):
    assert not spelled(name).begins_with(keys)


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("Doctor Tom Becker", ("becker", "tom")),
        ("Prof. Dr. Ruth Olsen", ("olsen", "ruth")),
        ("Ruth Olsen, M.D.", ("olsen", "ruth")),
        ("John Smith Jr.", ("smith", "john")),
        ("Señora Ana Ruiz", ("ruiz", "ana")),
        ("доктор Анна Петрова", ("petrova", "anna")),
        ("Mary Ann Smith", ("smith", "maryann")),
        ("Vincent van Gogh", ("gogh", "vincent")),
        ("Ana María de la Cruz", ("cruz", "anamaria")),
        ("maria alvarez", ("alvarez", "maria")),
        ("Kim Do", ("do", "kim")),
        ("Reception", ("reception", "")),
        ("Dr.", ("dr", "")),
        ("Doctor", ("doctor", "")),
        ("Łukasz Żak", ("zak", "lukasz")),
    ],
)
def test_a_name_without_its_titles_is_a_last_and_a_first_name(name, order):
    assert spelled(name).order == order


@pytest.mark.parametrize(
    ("name", "last_name", "order"),
    [
        ("Nguyễn Văn An", "Nguyễn", ("nguyen", "vanan")),
        ("Gabriel García Márquez", "García Márquez", ("garciamarquez", "gabriel")),
        ("王小明", "Wang Xiaoming", ("wangxiaoming", "")),
        ("Dr. Hedy Lamarr", "Kiesler", ("kiesler", "hedylamarr")),
        ("Oskar von der Heide", "von der Heide", ("heide", "oskar")),
        ("Ann Hill", "  ", ("hill", "ann")),
    ],
)
def test_the_last_name_may_be_said(name, last_name, order):
    assert spelled(name, last_name).order == order


@pytest.mark.parametrize("last_name", [None, "van Gogh"])
@pytest.mark.parametrize("way", ["82646448462368", "46448462368", "46448462368826"])
def test_small_words_before_a_last_name_may_be_left_out(last_name, way):
    assert spelled("Vincent van Gogh", last_name).begins_with(way)


@pytest.mark.parametrize("name", ["王小明", "...", " ", "\u0301"])
def test_a_name_without_a_letter_on_any_key_is_spelled_by_no_key(name):
    name_spelled = spelled(name)
    assert not any(name_spelled.begins_with(key) for key in "0123456789")


def test_a_letter_is_the_same_however_unicode_writes_it():
    for name in ("Нестерович Їжак-Йосипів", "Nguyễn Đặng", "Ångström Åsa"):
        assert pressed(unicodedata.normalize("NFD", name)) == pressed(unicodedata.normalize("NFC", name))


def test_a_long_name_of_letters_with_many_ways_is_worked_through_at_once():
    assert spelled("ö" * 29 + " " + "ß" * 30).begins_with("7" * 45 + "6" * 20)


KEYPAD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
BARE = str.maketrans("łđŁĐ", "ldLD")
LATIN = "abcdefghijklmnopqrstuvwxyząćęłńóśźżàáảãạăắặâấậđèẻẽẹêếệìíĩịòỏọôốộơớợùủũụưứựỳýỷỹỵ"


@given(st.text(LATIN, min_size=1, max_size=30), st.text(LATIN, max_size=29))
def test_polish_and_vietnamese_names_are_pressed_without_their_accents(last, first):
    assume(not {first, last} & (TITLES | AFTER_NAMES))
    bare = unicodedata.normalize("NFD", (last + first).translate(BARE)).encode("ascii", "ignore").decode()
    assert spelled(f"{first} {last}".title()).begins_with(bare.translate(KEYPAD))


EVERY_SCRIPT = "abcxyzqßäöüæøåłđõñçþ'-абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюяђјљњћџộượ07王"


@given(st.text(EVERY_SCRIPT, min_size=1, max_size=60), st.data())
def test_whichever_way_each_letter_is_pressed_it_is_that_name(name, data):
    keys = "".join(data.draw(st.sampled_from(ways)) for ways in pressed(name))
    assert spelled(name).begins_with(keys[: data.draw(st.integers(0, len(keys)))])


@given(st.text(max_size=60))
def test_any_text_is_a_name(name):
    assert set(plain(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789")
    assert spelled(name).begins_with("")
