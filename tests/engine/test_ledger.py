import os
import stat
import threading
from hashlib import blake2b
from pathlib import Path

import pytest

from cascade_desktop.engine.ledger import Ledger, MovedOnError, make_mark

IDS = [f"winter-abc-{number:06d}" for number in range(1, 21)]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def test_what_was_entered_is_known_after_a_restart(state: Path) -> None:
    one, two = make_mark(), make_mark()
    ledger = Ledger(state, "folder")
    ledger.append(one, IDS[:5])
    ledger.append(two, IDS[5:8])

    again = Ledger(state, "folder")

    assert (again.last(), again.knows(one), again.knows(make_mark())) == (two, True, False)
    assert (again.count_after(one), again.count_after(two)) == (3, 0)
    assert again.holds(IDS) == set(IDS[:8])


def test_folders_have_ledgers_of_their_own_but_an_id_is_known_from_any(state: Path) -> None:
    Ledger(state, "one").append(make_mark(), IDS[:2])
    other = Ledger(state, "two")
    other.append(make_mark(), IDS[4:5])

    assert not Ledger(state, "three").last()
    assert other.holds(IDS) == {*IDS[:2], IDS[4]}


def test_nothing_of_an_id_can_be_read_and_nobody_else_may_look(state: Path) -> None:
    Ledger(state, "folder").append(make_mark(), IDS)

    files = [path for path in state.rglob("*") if path.is_file()]

    assert len(files) == 2
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert not any(b"winter" in path.read_bytes() for path in files)


def test_what_was_worked_out_ahead_is_entered_with_the_key_of_that_moment(state: Path) -> None:
    ledger = Ledger(state, "folder")
    ledger.append(make_mark(), IDS[:2])
    ledger.prepare(IDS[2:8])
    ledger.append(make_mark(), IDS[2:5])
    assert Ledger(state, "folder").holds(IDS) == set(IDS[:5])

    elsewhere = Ledger(state, "other")
    elsewhere.prepare(IDS[5:8])
    elsewhere.append(make_mark(), IDS[5:8])
    assert Ledger(state, "other").holds(IDS) == set(IDS[:8])


@pytest.mark.parametrize("cut", [1, 2, 30, 100, 180])
def test_a_torn_line_costs_nothing_that_was_whole_and_the_next_is_whole(
    state: Path, cut: int
) -> None:
    one, two, three = make_mark(), make_mark(), make_mark()
    ledger = Ledger(state, "folder")
    ledger.append(one, IDS[:5])
    ledger.append(two, IDS[5:12])
    path = next(state.rglob("*.txt"))
    path.write_bytes(path.read_bytes()[:-cut])

    Ledger(state, "folder").append(three, IDS[12:14])

    again = Ledger(state, "folder")
    assert (again.last(), again.knows(one)) == (three, True)
    assert {*IDS[:5], *IDS[12:14]} <= again.holds(IDS) <= set(IDS[:14])


@pytest.mark.parametrize("tail", [b"\0" * 4096, b"\xff\xfe garbage", b"b short\n\n k\nb\n"])
def test_rubbish_at_the_end_is_passed_over(state: Path, tail: bytes) -> None:
    mark, later = make_mark(), make_mark()
    Ledger(state, "folder").append(mark, IDS[:5])
    path = next(state.rglob("*.txt"))
    path.write_bytes(path.read_bytes() + tail)

    assert Ledger(state, "folder").last() == mark
    Ledger(state, "folder").append(later, IDS[5:6])
    assert Ledger(state, "folder").last() == later


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"short")])
def test_without_its_key_everything_may_have_left(state: Path, spoil) -> None:
    ledger = Ledger(state, "folder")
    ledger.append(make_mark(), IDS[:5])
    spoil(next(state.rglob("*.key")))

    assert Ledger(state, "folder").holds(IDS) == set(IDS)
    ledger.append(make_mark(), IDS[5:6])
    assert Ledger(state, "folder").holds(IDS) == set(IDS)


def test_an_empty_ledger_has_seen_nothing(state: Path) -> None:
    ledger = Ledger(state, "folder")
    assert (ledger.last(), ledger.holds(IDS), ledger.may_write()) == ("", set(), True)


def test_a_state_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ledger = Ledger(tmp_path / "file", "folder")
    assert not ledger.may_write()
    with pytest.raises(OSError, match="file"):
        ledger.append(make_mark(), IDS)


def test_a_disk_without_room_takes_a_batch_whole_or_not_at_all(state: Path) -> None:
    resource = pytest.importorskip("resource")
    ledger = Ledger(state, "folder")
    ledger.append(make_mark(), IDS[:2])
    path = next(state.rglob("*.txt"))
    before = path.read_bytes()
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, most))
    try:
        with pytest.raises(OSError, match="too large"):
            ledger.append(make_mark(), IDS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    assert path.read_bytes() == before
    ledger.append(make_mark(), IDS[2:4])
    assert ledger.holds(IDS) == set(IDS[:4])


def test_who_was_overtaken_by_a_copy_enters_nothing_until_it_has_looked(state: Path) -> None:
    mine, theirs = make_mark(), make_mark()
    ledger, other = Ledger(state, "folder"), Ledger(state, "folder")
    assert not ledger.last()
    other.append(theirs, IDS[:5])

    with pytest.raises(MovedOnError):
        ledger.append(mine, IDS[5:7])

    assert (other.last(), ledger.last(), ledger.holds(IDS)) == (theirs, theirs, set(IDS[:5]))
    ledger.append(mine, IDS[5:7])
    assert other.last() == mine


def test_a_ledger_that_an_earlier_version_wrote_is_read_as_it_was_meant(state: Path) -> None:
    """The very bytes that are on people's disks: what is read otherwise would be sent again."""
    key, mark = bytes(range(32)), "0123456789abcdef"

    def hashed(name: str) -> str:
        return blake2b(name.encode(), key=key, digest_size=12).hexdigest()

    (state / "ledger").mkdir(parents=True)
    (state / "ledger" / "folder.key").write_bytes(key)
    written = f"k {hashed('')}\nb {mark} \nb {mark[::-1]} {hashed(IDS[0])}{hashed(IDS[1])}\n"
    (state / "ledger" / "folder.txt").write_bytes(written.encode("ascii"))
    ledger = Ledger(state, "folder")

    assert ledger.holds(IDS) == set(IDS[:2])
    assert (ledger.last(), ledger.knows(mark), ledger.count_after(mark)) == (mark[::-1], True, 2)
    later = make_mark()
    ledger.append(later, IDS[2:3])
    assert (state / "ledger" / "folder.txt").read_bytes() == (
        f"{written}b {later} {hashed(IDS[2])}\n".encode("ascii")
    )


def test_who_enters_again_and_again_is_not_overtaken_by_itself(state: Path) -> None:
    ledger = Ledger(state, "folder")
    for number in range(4):
        ledger.append(make_mark(), IDS[number : number + 1])

    assert ledger.holds(IDS) == set(IDS[:4])


def test_what_is_entered_is_on_the_disk_with_its_names_before_it_leaves(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def note(handle: int) -> None:
        info = os.fstat(handle)
        found = [path for path in state.rglob("*") if path.stat().st_ino == info.st_ino]
        synced.extend(path.name for path in found if path.stat().st_size == info.st_size)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    ledger = Ledger(state, "folder")
    handles = len(list(Path("/dev/fd").iterdir()))

    ledger.append(make_mark(), IDS[:2])
    first = synced[:]
    ledger.append(make_mark(), IDS[2:4])

    assert first == ["ledger", "folder.key", "ledger", "folder.txt"]
    assert synced[len(first) :] == ["folder.txt"]
    assert len(list(Path("/dev/fd").iterdir())) == handles
    assert (state / "ledger" / "folder.txt").read_bytes().count(b"\n") == 3


def test_who_enters_waits_until_another_has_finished(state: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    ledger = Ledger(state, "folder")
    ledger.append(make_mark(), IDS[:2])
    enters = threading.Thread(target=lambda: ledger.append(make_mark(), IDS[2:4]))
    with (state / "ledger" / "folder.txt").open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        enters.start()
        enters.join(0.2)
        waited = enters.is_alive()
    enters.join()

    assert (waited, ledger.holds(IDS)) == (True, set(IDS[:4]))


def test_a_folder_where_the_ledger_should_be_is_told(state: Path) -> None:
    (state / "ledger" / "folder.txt").mkdir(parents=True)
    assert not Ledger(state, "folder").may_write()


def test_a_folder_where_its_key_should_be_is_told(state: Path) -> None:
    (state / "ledger" / "folder.key").mkdir(parents=True)
    assert not Ledger(state, "folder").may_write()


MARK, HASH = "m" * 16, "h" * 24


@pytest.mark.parametrize(
    ("line", "is_whole"),
    [
        pytest.param(f"k {HASH}", True, id="a key"),
        pytest.param(f"k {HASH[1:]}", False, id="a torn key"),
        pytest.param("k", False, id="no key"),
        pytest.param(f"k {HASH[:12]} {HASH[:12]}", False, id="a key in two"),
        pytest.param(f"b {MARK} {HASH}{HASH}", True, id="two messages"),
        pytest.param(f"b {MARK}", True, id="a mark alone"),
        pytest.param(f"b {MARK[1:]} {HASH}", False, id="a torn mark"),
        pytest.param(f"b {MARK} {HASH}{HASH[1:]}", False, id="a torn message"),
        pytest.param(f"b {MARK} {HASH} {HASH}", False, id="a blank between"),
        pytest.param(f"x {MARK} {HASH}", False, id="an unknown line"),
        pytest.param("", False, id="an empty line"),
    ],
)
def test_a_line_is_whole_or_torn(state: Path, line: str, is_whole: bool) -> None:
    (state / "ledger").mkdir(parents=True)
    (state / "ledger" / "folder.txt").write_text(f"{line}\n", encoding="ascii")
    assert Ledger(state, "folder").is_whole() is is_whole
