"""Files stay where they were put, whole, and nowhere else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import obstore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.exceptions import GenericError
from obstore.store import MemoryStore
from pydantic import SecretStr

from webapp.errors import NotSaved, OutOfReach
from webapp.evidence.storage import BadKey, FileMissing, FileStore, open_store
from webapp.settings import Settings

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """A store in a folder, and one of those that obstore has beside it."""
    return FileStore(MemoryStore()) if request.param == "memory" else _folder_store(tmp_path)


def _folder_store(path: Path) -> FileStore:
    return open_store(Settings(data_dir=path))


def test_what_was_put_comes_back(store: FileStore) -> None:
    store.put("org1/a", b"one")
    store.put("org1/a", b"three")

    assert store.get("org1/a") == b"three"
    assert store.size("org1/a") == 5
    assert store.exists("org1/a")


def test_what_was_never_put_is_missing(store: FileStore) -> None:
    assert not store.exists("org1/a")
    assert store.size("org1/a") is None
    with pytest.raises(FileMissing):
        store.get("org1/a")


def test_what_was_deleted_is_gone_and_may_be_deleted_again(store: FileStore) -> None:
    store.put("org1/a", b"one")

    store.delete("org1/a")
    store.delete("org1/a")

    assert not store.exists("org1/a")


def test_the_keys_of_one_owner_are_listed_without_those_whose_name_begins_alike(store: FileStore) -> None:
    for key in ("org1/a", "org1/b", "org12/c"):
        store.put(key, b"x")

    assert sorted(store.list_keys("org1")) == ["org1/a", "org1/b"]
    assert sorted(store.list_keys()) == ["org1/a", "org1/b", "org12/c"]


def test_a_folder_goes_with_all_that_is_in_it_and_nothing_beside_it(store: FileStore) -> None:
    for key in ("org1/a", "org1/b/c", "org12/d"):
        store.put(key, b"x")

    store.delete_folder("org1")

    assert list(store.list_keys()) == ["org12/d"]


@pytest.mark.parametrize("prefix", ["", "..", "../x", "/", "org1/..", ".", "org1/", "a b"])
def test_a_folder_that_is_none_of_ours_is_never_deleted(store: FileStore, prefix: str) -> None:
    store.put("org1/a", b"x")

    with pytest.raises(BadKey):
        store.delete_folder(prefix)

    assert store.exists("org1/a")


KEYS = {
    "nothing": "",
    "no owner": "a",
    "up": "../a",
    "up within": "org1/../../a",
    "from the root": "/etc/passwd",
    "a dot file": "org1/.a",
    "this folder": "org1/.",
    "a backslash": "org1\\a",
    "NUL": "org1/a\x00b",
    "a line break": "org1/a\n",
    "a letter beyond ASCII": "org1/å",
    "an empty part": "org1//a",
    "an address": "file:///etc/passwd",
    "an escaped way up": "org1/%2e%2e/a",
    "too long": "org1/" + "a" * 400,
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_key_that_is_none_of_ours_is_refused(store: FileStore, key: str) -> None:
    with pytest.raises(BadKey):
        store.put(key, b"x")
    with pytest.raises(BadKey):
        store.get(key)
    with pytest.raises(BadKey):
        store.delete(key)
    with pytest.raises(BadKey):
        store.size(key)


@given(st.text(max_size=40))
def test_no_text_leads_out_of_the_folder(key: str) -> None:
    store = MemoryStore()

    try:
        FileStore(store).put(key, b"x")
    except BadKey:
        put = []
    else:
        put = [key]

    assert [found["path"] for page in obstore.list(store) for found in page] == put


def test_a_file_and_every_folder_above_it_are_synced_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _folder_store(tmp_path)
    synced: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.readlink(f"/proc/self/fd/{handle}")))

    store.put("org1/b/c", b"x")

    files = tmp_path / "files"
    folders = [str(path) for path in (files, files / "org1", files / "org1" / "b")]
    assert [path for path in synced if path in folders] == folders
    assert Path(synced[2]).parent == files / "org1" / "b"  # the file, under the name it is written as


@pytest.mark.parametrize("step", ["os.fsync", "os.replace", "os.makedirs"])
def test_where_there_is_no_room_nothing_is_saved_and_nothing_left_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    store = _folder_store(tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, fail)
    with pytest.raises(NotSaved):
        store.put("org1/a", b"x")

    assert not store.exists("org1/a")
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_a_bucket_that_does_not_answer_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise GenericError("the bucket does not answer")

    monkeypatch.setattr(obstore, "put", fail)

    with pytest.raises(NotSaved):
        FileStore(MemoryStore()).put("org1/a", b"x")


@pytest.mark.parametrize("call", ["get", "head", "delete", "list"])
def test_a_bucket_that_does_not_answer_is_out_of_reach(monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def away(*_: object, **__: object) -> object:
        raise GenericError("no route to host")

    store = FileStore(MemoryStore())
    store.put("org1/a", b"one")
    deeds = {
        "get": lambda: store.get("org1/a"),
        "head": lambda: store.exists("org1/a"),
        "delete": lambda: store.delete("org1/a"),
        "list": lambda: list(store.list_keys()),
    }
    monkeypatch.setattr(obstore, call, away)

    with pytest.raises(OutOfReach):
        deeds[call]()


def test_an_address_in_the_settings_says_where_files_are_and_a_folder_there_is_synced_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(Settings(files_url=SecretStr(f"file://{tmp_path}/a%20bucket")))
    synced: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.readlink(f"/proc/self/fd/{handle}")))

    store.put("org1/a", b"x")

    assert (tmp_path / "a bucket" / "org1" / "a").read_bytes() == b"x"
    assert str(tmp_path / "a bucket" / "org1") in synced


def test_an_address_elsewhere_is_obstore_s_to_open() -> None:
    store = open_store(Settings(files_url=SecretStr("memory:///")))

    store.put("org1/a", b"x")

    assert list(store.list_keys()) == ["org1/a"]


PUTTING = """
import sys
from pathlib import Path
from webapp.evidence.storage import open_store
from webapp.settings import Settings

store = open_store(Settings(data_dir=Path(sys.argv[1])))
for number in range(1_000_000):
    name = f"org1/f{number % 4}"
    store.put(name, bytes([number % 251]) * 1_000_000)
    print(name, number % 251, flush=True)
"""


KILLS = 500 if os.environ.get("KRETSLOP_HOSTILE") else 4


@pytest.mark.parametrize("pause", [0.1 + 0.1 * at / KILLS for at in range(KILLS)])
def test_after_a_kill_what_was_acknowledged_is_there_and_every_file_is_whole(
    tmp_path: Path, pause: float
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", PUTTING, tmp_path],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(pause)
    child.send_signal(signal.SIGKILL)
    acknowledged = dict(line.decode().split() for line in [first, *child.stdout.read().splitlines()])
    child.stdout.close()
    child.wait()

    store = _folder_store(tmp_path)
    contents = {key: store.get(key) for key in store.list_keys()}

    assert {(len(content), len(set(content))) for content in contents.values()} == {(1_000_000, 1)}
    assert acknowledged.keys() <= contents.keys()
    changed = [key for key, number in acknowledged.items() if contents[key][0] != int(number)]
    assert len(changed) <= 1  # the one put when the kill came, whole and not yet acknowledged


def test_what_a_killed_one_left_is_swept_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    store = _folder_store(tmp_path)
    store.put("org1/a", b"x")
    left, being_written = (tmp_path / "files" / "org1" / f".{name}.part" for name in ("b", "c"))
    left.write_bytes(b"half")
    being_written.write_bytes(b"half")
    os.utime(left, (0, 0))

    swept = store.remove_parts(before=datetime(2026, 1, 1, tzinfo=UTC))

    assert swept == 1
    assert not left.exists()
    assert being_written.exists()
    assert list(store.list_keys()) == ["org1/a"]
