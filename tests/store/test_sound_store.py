"""The recordings on disk: what is in use, the version before, numbers, and power cuts."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from appliance.store.disk import Disk
from appliance.store.sounds import DamagedFile, PlaceSounds, SoundStore, StoreFull

GREETING, KEY = "menu.greeting", "menu.keys.1.says"
SOUNDS = {name: name.encode() * 100 for name in ("one", "two", "three")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sounds"


@pytest.fixture
def sounds(folder: Path) -> SoundStore:
    store = SoundStore(folder)
    store.load()
    store.allot([GREETING, KEY])
    return store


def heard(store: SoundStore, place: str = GREETING) -> tuple[str, str | None]:
    """What is in use and what was before, by the content of the files; "" for the text."""
    names = {content: name for name, content in SOUNDS.items()}
    found = store.places[place]
    use = names[store.path(found.use).read_bytes()] if found.use else ""
    before = names[store.path(found.before).read_bytes()] if found.before else found.before
    return use, before


def again(folder: Path) -> SoundStore:
    store = SoundStore(folder)
    store.load()
    return store


def files(folder: Path) -> int:
    return len(list(folder.glob("*.wav")))


def test_a_place_has_the_text_until_a_recording_is_added(sounds, folder):
    assert heard(sounds) == ("", None)
    sounds.add(GREETING, SOUNDS["one"])
    assert heard(sounds) == heard(again(folder)) == ("one", "")
    assert heard(sounds, KEY) == ("", None)


def test_the_version_before_can_be_brought_back_and_taken_away_again(sounds, folder):
    sounds.add(GREETING, SOUNDS["one"])
    sounds.add(GREETING, SOUNDS["two"])
    assert heard(sounds) == ("two", "one")
    assert sounds.back(GREETING)
    assert heard(sounds) == heard(again(folder)) == ("one", "two")
    assert sounds.back(GREETING)
    assert heard(sounds) == ("two", "one")


def test_the_first_recording_has_the_text_before_it(sounds):
    assert not sounds.back(GREETING)
    sounds.add(GREETING, SOUNDS["one"])
    assert sounds.back(GREETING)
    assert heard(sounds) == ("", "one")


def test_a_recording_that_was_removed_can_be_brought_back(sounds, folder):
    sounds.add(GREETING, SOUNDS["one"])
    sounds.speak_text(GREETING)
    assert heard(again(folder)) == ("", "one")
    sounds.speak_text(GREETING)
    assert heard(sounds) == ("", "one")
    sounds.back(GREETING)
    assert heard(sounds) == ("one", "")


def test_numbers_count_from_one_and_stay(sounds, folder):
    assert {place: found.number for place, found in sounds.places.items()} == {GREETING: 1, KEY: 2}
    store = again(folder)
    store.allot(["information.visit.says", KEY, GREETING])
    assert {place: found.number for place, found in store.places.items()} == {
        GREETING: 1,
        KEY: 2,
        "information.visit.says": 3,
    }


def test_a_place_that_is_no_more_keeps_number_and_recording_until_it_comes_back(sounds, folder):
    sounds.add(KEY, SOUNDS["one"])
    sounds.allot(["menus.new.greeting"])
    assert {place: found.number for place, found in again(folder).places.items()} == {KEY: 2, "menus.new.greeting": 3}
    sounds.allot([GREETING, KEY])
    assert sounds.places[GREETING].number == 1
    assert heard(sounds, KEY) == ("one", "")


def test_what_is_named_no_more_is_removed_but_for_the_generation_before(sounds, folder):
    for name in ("one", "two", "three", "one", "two"):
        sounds.add(GREETING, SOUNDS[name])
        assert files(folder) <= 3
    assert heard(again(folder)) == ("two", "one")
    sounds.allot([GREETING, KEY, "another"])
    sounds.allot([GREETING, KEY])
    assert files(folder) == 2


def test_what_is_recorded_is_not_in_use_before_it_is_kept(sounds, folder):
    draft = sounds.begin()
    draft.write_bytes(SOUNDS["two"])
    assert heard(sounds) == ("", None)
    sounds.discard(draft)
    draft = sounds.begin()
    draft.write_bytes(SOUNDS["one"])
    sounds.use(GREETING, draft)
    assert heard(again(folder)) == ("one", "")


def test_what_the_draft_has_outlasts_a_start_and_is_used_when_it_goes_live(sounds, folder):
    sounds.draft_added(GREETING, b"the next one")
    sounds.draft_added("menus.night.greeting", b"of a menu that is not live")
    store = again(folder)
    assert heard(store)[0] == ""
    assert store.put(store.drafted) == {GREETING: ""}
    assert store.path(store.places[GREETING].use).read_bytes() == b"the next one"
    store.change_draft(lambda _drafted: {})
    assert files(folder) == 1
    assert store.put({GREETING: "gone.wav"}) == {}


def test_a_recording_that_the_power_interrupted_is_dropped(sounds, folder):
    sounds.begin().write_bytes(b"half of i")
    again(folder)
    assert list((folder / "tmp").iterdir()) == []


def test_a_damaged_index_gives_way_to_the_generation_before_it_and_its_recordings_are_there(sounds, folder):
    sounds.add(GREETING, SOUNDS["one"])
    sounds.add(GREETING, SOUNDS["two"])
    sounds.add(GREETING, SOUNDS["three"])
    (folder / "places.json").write_bytes(b"nonsense")
    store = again(folder)
    assert store.fault == "places.json is damaged; the generation before it is used"
    assert heard(store) == ("two", "one")


def test_where_nothing_tells_what_is_in_use_no_recording_is_removed(sounds, folder):
    sounds.add(GREETING, SOUNDS["one"])
    for name in ("places.json", "places.json.previous"):
        (folder / name).write_bytes(b"nonsense")
    store = SoundStore(folder)
    with pytest.raises(DamagedFile):
        store.load()
    store.allot([GREETING])
    store.add(GREETING, SOUNDS["two"])
    assert heard(again(folder)) == ("two", "")
    assert [path.read_bytes() for path in sorted(folder.glob("*.wav"))] == [SOUNDS["one"], SOUNDS["two"]]


class Full(Disk):
    """No room for any file whose name ends so."""

    ending = "nothing"

    def write(self, path: Path, content: bytes) -> None:
        if path.name.endswith(self.ending):
            super().write(path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        super().write(path, content)


@pytest.mark.parametrize("ending", [".wav", ".json.part", ".previous.part"])
def test_a_full_disk_leaves_all_as_it_was(folder, ending):
    disk = Full()
    store = SoundStore(folder, disk)
    store.load()
    store.allot([GREETING])
    store.add(GREETING, SOUNDS["one"])
    disk.ending = ending
    with pytest.raises(StoreFull):
        store.add(GREETING, SOUNDS["two"])
    assert heard(store) == heard(again(folder)) == ("one", "")
    assert (files(folder), list((folder / "tmp").iterdir())) == (1, [])


def change(store: SoundStore, told: list[tuple[str, str | None]]) -> None:
    """A day of changes; told gets how it stands whenever somebody was told that it was changed."""
    for name in ("one", "two"):
        told.append((name, told[-1][0]))
        store.add(GREETING, SOUNDS[name])
    told.append(("one", "two"))
    store.back(GREETING)
    told.append(("", "one"))
    store.speak_text(GREETING)
    draft = store.begin()
    draft.write_bytes(SOUNDS["three"])
    told.append(("three", ""))
    store.use(GREETING, draft)


@pytest.mark.parametrize("lose", [False, True])
def test_whenever_the_power_fails_the_old_or_the_new_recording_is_heard(tmp_path, failing_disk, power_cut, lose):
    finished, operations = False, 0
    while not finished:
        folder = tmp_path / "sounds"
        disk = failing_disk()
        store = SoundStore(folder, disk)
        store.load()
        store.allot([GREETING, KEY])
        disk.left = operations
        told: list[tuple[str, str | None]] = [("", None)]
        try:
            change(store, told)
            finished = True
        except power_cut:
            pass
        if lose:
            disk.lose(tmp_path)
        store = again(folder)
        assert store.fault == ""
        assert heard(store) in told[-1:] if finished else heard(store) in told[-2:]
        assert store.places[KEY] == PlaceSounds(2)
        store.add(KEY, SOUNDS["one"])
        assert heard(store, KEY) == ("one", "")
        shutil.rmtree(folder)
        operations += 1
    assert operations > 30
