"""`copperdesk.toml`: what it says, and all that is wrong with it at once."""

from __future__ import annotations

import pytest

from appliance.machine.addressing import Addressing
from appliance.provisioning.sheet import SECRETS, SheetClaims, SheetErrors, read_sheet
from appliance.provisioning.tomltext import TomlText

WHOLE = """\
name = "front-desk"
time_zone = "America/New_York"
office = "office.json"
label = "abcd-efgh-jkmn"

[network]
address = "192.168.1.20"
gateway = "192.168.1.1"
dns = "192.168.1.1, 9.9.9.9"

[wifi]
country = "US"
network = "Riverside"
passphrase = "blue kettle"

[administrator]
name = "ada"
password = "seven green kettles"
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(SheetErrors) as wrong:
        read_sheet(text)
    return [str(problem) for problem in wrong.value.problems]


def test_a_whole_sheet_is_read():
    sheet = read_sheet(WHOLE)
    assert (sheet.name, sheet.time_zone, sheet.office) == ("front-desk", "America/New_York", "office.json")
    assert sheet.addressing == Addressing(False, ("192.168.1.20/24",), "192.168.1.1", ("192.168.1.1", "9.9.9.9"))
    assert sheet.wifi is not None
    assert sheet.wifi.passphrase == "blue kettle"
    assert sheet.administrator is not None
    assert sheet.administrator.password == "seven green kettles"


def test_a_name_is_enough():
    sheet = read_sheet('name = "front-desk"\r\n')
    assert (sheet.addressing, sheet.wifi, sheet.administrator) == (Addressing(True), None, None)


def test_all_mistakes_are_told_at_once_with_their_lines():
    text = """\
name = "Front desk!"
time_zone = "America/New_Yrok"
offfice = "office.json"
[network]
address = "192.168.1.255"
[wifi]
country = "us"
passphrase = "short"
[administrater]
name = "ada"
"""
    assert mistakes(text) == [
        "line 1: name: a name has letters from a to z, digits and hyphens",
        "line 2: time_zone: is no time zone (did you mean 'America/New_York'?)",
        "line 3: offfice: is not known here (did you mean 'office'?)",
        "line 5: network.address: 192.168.1.255 is the network's own address in 192.168.1.0/24",
        "line 7: wifi.country: must be two capital letters, such as US",
        "line 8: wifi.passphrase: must be 8 to 63 letters, digits and signs of English",
        "line 9: administrater: is not known here (did you mean 'administrator'?)",
        "wifi.network: is missing",
    ]


def test_all_that_is_wrong_with_the_network_is_told():
    text = 'name = "a"\n[network]\naddress = "192.168.1.256"\nprefix = "33"\ngateway = "router"\ndns = "9.9.9.9; 1"'
    assert mistakes(text) == [
        "line 3: network.address: 192.168.1.256 is no address such as 192.168.1.20",
        "line 4: network.prefix: 33 is no size of a network",
        "line 5: network.gateway: router is no address such as 192.168.1.20",
        "line 6: network.dns: 9.9.9.9; 1 is no address such as 192.168.1.20",
    ]


def test_a_name_that_is_too_long_is_told_once():
    assert mistakes(f'name = "{"a" * 64}"') == ["line 1: name: must be at most 63 characters long, and has 64"]


def test_what_is_right_can_be_looked_at_further_and_what_is_wrong_cannot():
    with pytest.raises(SheetErrors) as wrong:
        read_sheet(WHOLE.replace("New_York", "New_Yrok"))
    assert wrong.value.claims == read_sheet(WHOLE).claims
    assert wrong.value.claims == SheetClaims("front-desk", "192.168.1.20", "abcd-efgh-jkmn", "office.json")
    with pytest.raises(SheetErrors) as wrong:
        read_sheet('name = "a b"\noffice = "../shadow"\nlabel = "x"\n[network]\naddress = "192.168.1"')
    assert wrong.value.claims == SheetClaims()


def test_mistakes_of_writing_are_told_with_all_others():
    text = "name = front-desk\ntime_zone = \u201cEurope/Rome\u201d\noffice = 3\n[wifi\nx\n"
    assert mistakes(text) == [
        "line 1: the value needs quotation marks around it",
        'line 2: a curly quotation mark; only straight ones are understood: "',
        "line 3: office: must be text",
        'line 4: is not understood: a line reads name = "value", or [part]',
        'line 5: is not understood: a line reads name = "value", or [part]',
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('name = "a"\nname = "b"', "line 2: is given twice"),
        ('name = """a\n"""', "line 1: a text stands on one line, without three marks"),
        ('name = "a"\nwifi = {passphrase = "12345678"}', "wifi.passphrase: stands on a line of its own, below [wifi]"),
        ('name = "a"\nwifi = 3', "line 2: wifi: is a part of its own: write [wifi] on a line"),
        ('name = "a"\noffice = "../shadow"', "line 2: office: is the name of a file beside this one, without a folder"),
        (
            'name = "a"\n[network]\naddress = "8.8.8.8"',
            "line 3: network.address: is no address of an office's",
        ),
        ('name = "a"\n[network]\ngateway = "10.0.0.1"', "network.address: is missing"),
        ('name = "a"\n[administrator]\nname = "a"\npassword = "short"', "must have at least 10 characters"),
        ('name = "a"\n[administrator]\nname = "ada"\npassword = "password123"', "is guessed too easily"),
        ('name = "a"\noffice = "ftp://192.168.1.5/office.json"', "does not begin with http:// or https://"),
        ('name = "a"\noffice = "http:///office.json"', "line 2: office: http:///office.json is no address"),
        ('name = "0012"', "line 1: name: a name needs letters, too: digits alone are taken for an address"),
        ('name = "front-desk-"', "line 1: name: a name neither begins nor ends with a hyphen"),
        ('name = "a"\n[wifi]\ncountry = "UK"', "line 3: wifi.country: is no country of ISO 3166"),
        ('name = "a"\n[wifi]\npassphrase = "blue\\kettle"', "line 3: a backslash is written twice: \\\\"),
        (
            'name = "a"\n[administrator]\nname = "ada"\npassword = "blue\\tkettle on"',
            "line 4: administrator.password: a back",
        ),
        ('name = "localhost"', "line 1: name: every machine calls itself localhost"),
        ('name = "a"\npassword = "x"', "line 2: password: belongs below the line [administrator]"),
        ('name = "a"\n[network]\npassphrase = "x"', "line 3: network.passphrase: belongs below the line [wifi]"),
        ('name = "a"\n[network]\noffice = "x"', "line 3: network.office: belongs above the first line with a part"),
    ],
)
def test_a_mistake_is_told(text, found):
    assert any(found in mistake for mistake in mistakes(text))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_secrets_are_removed_with_their_lines_and_the_rest_stays(ending):
    text = WHOLE.replace("\n", ending)
    cleaned = TomlText(text).without(SECRETS)
    assert "kettle" not in cleaned
    assert "abcd" not in cleaned
    assert len(cleaned.split(ending)) == len(text.split(ending))
    assert read_sheet(cleaned).wifi.network == "Riverside"
    assert TomlText(cleaned).without(SECRETS) == cleaned
