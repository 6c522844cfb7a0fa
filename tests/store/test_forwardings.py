"""Which lines are forwarded is known behind a power cut."""

from __future__ import annotations

from pathlib import Path

from appliance.store.forwardings import ForwardingFile, ForwardingNote


def test_what_was_written_is_read_by_the_next_run(tmp_path: Path) -> None:
    path, note = tmp_path / "line-forwardings.json", ForwardingNote("5550103", "*73")
    assert ForwardingFile(path).read() == {}
    ForwardingFile(path).write({"fxo-1": note})
    assert ForwardingFile(path).read() == {"fxo-1": note}
    ForwardingFile(path).write({})
    assert ForwardingFile(path).read() == {}


def test_a_damaged_file_stops_no_unit(tmp_path: Path) -> None:
    path = tmp_path / "line-forwardings.json"
    path.write_bytes(b"{")
    assert ForwardingFile(path).read() == {}
