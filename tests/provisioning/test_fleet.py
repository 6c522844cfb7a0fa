"""Many units from one template and a table, and what is wrong with them before they are copied onto cards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.cli.main import main
from appliance.officeparsing import parsed
from appliance.provisioning import fleet
from appliance.provisioning.fleet import check_fleet, make_fleet
from appliance.provisioning.unittable import FleetMistakes
from appliance.store.disk import Disk
from tests.calls.world import OFFICE
from tests.card.pdfreader import shown

TEMPLATE = """\
# {name} is filled by the table
name = "{name}"
office = "office.json"
[network]
address = "{address}"
[administrator]
name = "ada"
password = "{password}"
"""
TABLE = """\
Name,Address,Password
front-desk,192.168.1.20,seven green kettles
back-desk,192.168.1.21,"three ""quoted"" \\ words"
"""
HEAD = "name,address,password\n"
ROW = "front-desk,192.168.1.20,seven green kettles\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(fleet, "office_of", parsed)
    (tmp_path / "template.toml").write_text(TEMPLATE)
    (tmp_path / "units.csv").write_bytes(b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode())
    shutil.copy(OFFICE, tmp_path / "office.json")
    return tmp_path


def made(desk: Path) -> list[str]:
    return [unit.name for unit in make_fleet(desk / "fleet", desk / "template.toml", desk / "units.csv")]


def mistakes(desk: Path, table: str | None = None) -> list[str]:
    """Of the folder, or of a table."""
    if table is not None:
        (desk / "units.csv").write_text(table)
    with pytest.raises(FleetMistakes) as wrong:
        check_fleet(desk / "fleet") if table is None else made(desk)
    return wrong.value.mistakes


def test_each_unit_has_a_folder_with_all_it_needs_and_a_label(desk: Path) -> None:
    words = ["--template", str(desk / "template.toml"), "--units", str(desk / "units.csv")]
    assert main(["fleet", "make", str(desk / "fleet"), *words]) == 0
    assert main(["fleet", "check", str(desk / "fleet")]) == 0
    front, back = sorted(check_fleet(desk / "fleet"), key=lambda unit: unit.name, reverse=True)
    assert back.sheet.administrator is not None
    assert back.sheet.administrator.password == 'three "quoted" \\ words'
    assert front.sheet.addressing.addresses == ("192.168.1.20/24",)
    (page,) = shown((desk / "fleet" / "labels.pdf").read_bytes())
    texts = [text.text for text in page]
    assert f"Code {front.sheet.label}" in texts
    assert f"Code {back.sheet.label}" in texts
    assert (desk / "fleet" / "back-desk" / "label.pdf").exists()
    assert (desk / "fleet" / "back-desk" / "office.json").read_bytes() == OFFICE.read_bytes()


@pytest.mark.parametrize("told", ["", "sep=;\r\n"])
def test_a_table_with_semicolons_is_read_whether_it_tells_of_them_or_not(desk: Path, told: str) -> None:
    (desk / "units.csv").write_text(f"{told}name;address;password\nfront-desk;192.168.1.20;seven green kettles\n")
    assert made(desk) == ["front-desk"]


def test_all_that_is_wrong_is_told_before_anything_is_made(desk: Path) -> None:
    table = "name,address,password\nfront-desk,192.168.1.20,seven green kettles\nback desk,192.168.1.20,short\n"
    third, fourth = "line 3 of the table (back desk)", "line 4 of the table (other)"
    assert mistakes(desk, table + "other,192.168.1.20,\nfront-desk,,password1\n") == [
        f"{third}: name: a name has letters from a to z, digits and hyphens",
        f"{third}: administrator.password: must have at least 10 characters",
        f"{fourth}: nothing fills {{password}}",
        "line 5 of the table (front-desk): nothing fills {address}",
        "line 5 of the table (front-desk): administrator.password: must have at least 10 characters",
        "the name front-desk is given to line 2 of the table (front-desk), line 5 of the table (front-desk)",
        f"the address 192.168.1.20 is given to line 2 of the table (front-desk), {third}, {fourth}",
    ]
    assert not (desk / "fleet").exists()
    assert mistakes(desk, "name\n") == ["the table holds no unit: its first line names the columns"]


def test_what_is_wrong_with_the_template_is_told_once_with_what_is_wrong_with_the_office(desk: Path) -> None:
    (desk / "template.toml").write_text(TEMPLATE.replace("password = ", "pasword = "))
    (desk / "office.json").write_text("{")
    found = mistakes(desk, TABLE)
    told = "line 8: administrator.pasword: is not known here (did you mean 'password'?)"
    assert found[0] == f"{desk / 'template.toml'}: {told}"
    assert [mistake.partition(":")[0] for mistake in found[1:]] == ["office.json"]


def test_a_password_that_a_unit_would_refuse_is_told_before_the_cards_are_written(desk: Path) -> None:
    assert mistakes(desk, HEAD + "front-desk,192.168.1.20,password123\n") == [
        "line 2 of the table (front-desk): administrator.password: "
        "is guessed too easily: three or four words that do not belong together work well"
    ]


def test_a_blank_is_found_in_capitals_with_spaces_and_with_letters_of_any_language(desk: Path) -> None:
    blanks = TEMPLATE.replace("{name}", "{Name}").replace("{address}", "{ Adresse für Büro }")
    (desk / "template.toml").write_text(blanks)
    assert "the table has no column adresse für büro, which the template wants" in mistakes(desk, TABLE)
    (desk / "units.csv").write_text(TABLE.replace("Address", "adresse FÜR büro"))
    assert made(desk) == ["front-desk", "back-desk"]


def test_passwords_and_codes_are_the_installer_s_alone_and_later_labels_stand_beside_the_first(desk: Path) -> None:
    words = ["--template", str(desk / "template.toml"), "--units", str(desk / "units.csv")]
    assert main(["fleet", "make", str(desk / "fleet"), *words]) == 0
    first = (desk / "fleet" / "labels.pdf").read_bytes()
    (desk / "units.csv").write_text(HEAD + "shop,192.168.1.30,five white doves\n")
    assert main(["fleet", "make", str(desk / "fleet"), *words]) == 0
    assert (desk / "fleet" / "labels.pdf").read_bytes() == first
    assert (desk / "fleet" / "labels-2.pdf").exists()
    for path in (desk / "fleet", *(desk / "fleet").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_office_of_many_units_is_looked_at_once(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(desk)
    looked_at: list[object] = []

    def looked(document: object) -> object:
        looked_at.append(document)
        return parsed(document)

    monkeypatch.setattr(fleet, "office_of", looked)
    assert len(check_fleet(desk / "fleet")) == 2
    assert len(looked_at) == 1


def test_a_unit_that_is_looked_for_by_a_name_of_no_folder_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(desk)
    with pytest.raises(SystemExit):
        main(["fleet", "compare", str(desk / "fleet"), "--at", "fornt-desk=127.0.0.1"])
    assert "there is no unit 'fornt-desk' in" in (told := capsys.readouterr().err)
    assert "did you mean 'front-desk'?" in told


def test_nothing_that_is_there_is_written_over(desk: Path) -> None:
    made(desk)
    assert mistakes(desk, TABLE) == [
        f"{desk / 'fleet' / name} is there already" for name in ("front-desk", "back-desk")
    ]


def test_a_check_tells_all_that_is_wrong_with_all_units(desk: Path) -> None:
    made(desk)
    front, back = desk / "fleet" / "front-desk", desk / "fleet" / "back-desk"
    (front / "office.json").write_text("{")
    sheet = (front / "copperdesk.toml").read_text()
    (back / "copperdesk.toml").write_text(sheet)
    (desk / "fleet" / "empty").mkdir()
    found = mistakes(desk)
    assert "back-desk: its unit is called front-desk" in found
    assert "empty/copperdesk.toml is missing" in found
    assert any(mistake.startswith("front-desk/office.json: this is not JSON") for mistake in found)
    assert "the name front-desk is given to back-desk, front-desk" in found
    assert "the address 192.168.1.20 is given to back-desk, front-desk" in found
    (front / "copperdesk.toml").write_text(sheet.replace("password", "# password"))
    assert "front-desk: a password or passphrase was removed already" in mistakes(desk)


@pytest.mark.parametrize(
    ("table", "reasons"),
    [
        (
            "name,adress,password\n" + ROW,
            ["the table has no column address, which the template wants (did you mean 'adress'?)"],
        ),
        ("name,name,address,password\nx," + ROW, ["the table has the column name twice"]),
        (HEAD + ROW.strip() + ",more\n", ["line 2 of the table has more cells than the first line"]),
        (
            HEAD + "front-desk\n",
            [f"line 2 of the table (front-desk): nothing fills {{{blank}}}" for blank in ("address", "password")],
        ),
        (
            HEAD + 'front-desk,192.168.1.20,"seven\ngreen kettles"\n',
            ["line 2 of the table: password holds a line break; is a quotation mark missing?"],
        ),
        (
            HEAD + 'front-desk,192.168.1.20,"seven' + "\nx" * 100_000,
            ["the table cannot be read: field larger than field limit (131072)"],
        ),
        ("", ["the table holds no unit: its first line names the columns"]),
        (HEAD + ",,\n", ["the table holds no unit: its first line names the columns"]),
        (HEAD + ROW * 501, ["the table holds more than 500 units"]),
    ],
)
def test_a_table_with_mistakes_is_told(desk: Path, table: str, reasons: list[str]) -> None:
    found = mistakes(desk, table)
    assert found[: len(reasons)] == reasons
    assert not (desk / "fleet").exists()


def test_empty_rows_and_tabs_are_no_mistakes(desk: Path) -> None:
    (desk / "units.csv").write_text((HEAD + ROW + ",,\n\n").replace(",", "\t"))
    assert made(desk) == ["front-desk"]


BAD_FILES: dict[str, Callable[[Path], object]] = {
    "is not there": lambda file: None,
    "is no file": Path.mkdir,
    "is not in UTF-8 (line 1)": lambda file: file.write_bytes(TABLE.encode("utf-16")),
    "it holds a zero byte in line 1": lambda file: file.write_bytes(bytes(100)),
    "bytes": lambda file: os.truncate(os.open(file, os.O_CREAT | os.O_WRONLY), 100_000_000),
    "is no file ": lambda file: os.mkfifo(file),
}
"""What is told of a file, and how it is made."""


@pytest.mark.parametrize("name", ["template.toml", "units.csv", "office.json"])
@pytest.mark.parametrize("reason", BAD_FILES)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(desk: Path, name: str, reason: str) -> None:
    (desk / name).unlink()
    BAD_FILES[reason](desk / name)
    with pytest.raises(FleetMistakes) as wrong:
        made(desk)
    assert any(mistake.startswith(f"{desk / name} ") and reason.strip() in mistake for mistake in wrong.value.mistakes)
    assert not (desk / "fleet").exists()


@pytest.mark.parametrize("name", ["copperdesk.toml", "office.json"])
@pytest.mark.parametrize("reason", [one for one in BAD_FILES if one != "is not there"])
def test_a_check_names_files_that_cannot_be_read(desk: Path, name: str, reason: str) -> None:
    made(desk)
    (desk / "fleet" / "front-desk" / name).unlink()
    BAD_FILES[reason](desk / "fleet" / "front-desk" / name)
    assert any(m.startswith(f"front-desk/{name} ") and reason.strip() in m for m in mistakes(desk))


def test_a_folder_that_is_none_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fleet", "check", str(desk / "nowhere")]) == 1
    assert "cannot be looked through: No such file or directory" in capsys.readouterr().err
    assert main(["fleet", "check", str(desk / "units.csv")]) == 1
    assert "cannot be looked through: Not a directory" in capsys.readouterr().err
    words = ["--template", str(desk / "template.toml"), "--units", str(desk / "units.csv")]
    assert main(["fleet", "make", str(desk / "units.csv"), *words]) == 1
    assert "is a file; name a folder" in capsys.readouterr().err


def test_a_disk_that_fails_on_the_way_leaves_nothing_half_made(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Disk.replace

    def fails(disk: Disk, file: Path, content: bytes) -> None:
        if file.parent.name == "back-desk":
            raise OSError(28, "No space left on device", str(file))
        whole(disk, file, content)

    monkeypatch.setattr(Disk, "replace", fails)
    with pytest.raises(OSError, match="No space left"):
        made(desk)
    assert list((desk / "fleet").iterdir()) == []
