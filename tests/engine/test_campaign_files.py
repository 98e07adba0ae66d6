"""Campaign files, kept drafts, recent ones and templates: what is written, kept and forgotten."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from cascade_desktop.core.campaign_file import Campaign, ListRef, NotACampaign, write_campaign
from cascade_desktop.core.drafts import Kind, Promo, Survey
from cascade_desktop.core.pasted import Pasted
from cascade_desktop.core.table import Table
from cascade_desktop.engine.campaign_files import (
    Fault,
    Unreadable,
    file_name,
    read_file,
    with_ending,
    write_file,
)
from cascade_desktop.engine.drafts_store import DAY_S, Desktop, DraftsStore
from cascade_desktop.engine.saved_campaigns import (
    RECENT_MOST,
    Place,
    SavedCampaigns,
    TakenNameError,
)

PHONE = "+380501112233"
SALE = Campaign("Sale", Promo("Shop", "Hello"))


def with_list(file: Path, sha256: str = "ab") -> Campaign:
    return replace(SALE, recipients=ListRef(str(file), sha256), edits={3: PHONE}, left_out=(4,))


@pytest.fixture
def store(tmp_path: Path) -> DraftsStore:
    return DraftsStore(tmp_path)


@pytest.fixture
def saved(tmp_path: Path, store: DraftsStore) -> SavedCampaigns:
    return SavedCampaigns(tmp_path, store.kept)


@pytest.mark.parametrize("beside", [True, False])
def test_a_list_beside_its_campaign_may_move_with_it(tmp_path: Path, beside: bool) -> None:
    folder = tmp_path / "campaigns"
    folder.mkdir()
    place = (folder if beside else tmp_path) / "people.csv"
    write_file(folder / "a.cascade.json", with_list(place))
    moved = folder.rename(tmp_path / "moved")

    found = read_file(moved / "a.cascade.json")

    assert isinstance(found, Campaign)
    assert found.recipients.file == str((moved if beside else tmp_path) / "people.csv")


@pytest.mark.skipif(os.name == "nt", reason="no pipes as files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.cascade.json")

    assert read_file(tmp_path / "a.cascade.json") == Unreadable("a.cascade.json", Fault.CANNOT_READ)


def test_letters_that_were_lost_on_the_way_are_no_campaign(tmp_path: Path) -> None:
    written = write_campaign(Campaign("Розпродаж", Promo("Shop", "Привіт")))
    (tmp_path / "a.cascade.json").write_bytes(written.encode("cp1251"))

    assert read_file(tmp_path / "a.cascade.json") == Unreadable(
        "a.cascade.json", None, (NotACampaign(),)
    )


NAMES = [
    pytest.param("Winter", "Winter.cascade.json", id="none"),
    pytest.param("Winter.json", "Winter.cascade.json", id="half"),
    pytest.param("W.CASCADE.JSON", "W.CASCADE.JSON", id="whole"),
    pytest.param("people.xlsx", "people.xlsx.cascade.json", id="another"),
]


@pytest.mark.parametrize(("given", "name"), NAMES)
def test_a_campaign_file_has_its_ending(given: str, name: str) -> None:
    assert with_ending(Path(given)).name == name


def test_a_name_of_a_campaign_makes_a_name_of_a_file() -> None:
    assert file_name('Sale: "a/b" ') == "Sale- -a-b-.cascade.json"
    assert file_name(" ..") == "campaign.cascade.json"
    assert file_name("CON") == "_CON.cascade.json"
    assert file_name("nul.txt") == "_nul.txt.cascade.json"
    assert file_name("Console") == "Console.cascade.json"


@pytest.mark.parametrize("sign", ["a", "ї", "字", "𠀀", " ."])
def test_the_longest_name_is_kept_and_comes_back(store: DraftsStore, sign: str) -> None:
    path = store.keep(Campaign(sign * 200, Promo("Shop", "Sale")))

    assert len(path.name.encode()) < 200
    found = read_file(path)
    assert isinstance(found, Campaign)
    assert found.draft == Promo("Shop", "Sale")


def test_what_lay_open_comes_back(store: DraftsStore) -> None:
    desktop = Desktop(Kind.SURVEY, {Kind.SURVEY: "there.cascade.json"})
    store.save_desktop(desktop)
    store.save_pasted(Pasted("0501112233", "Typed numbers"))

    assert store.desktop() == desktop
    assert store.pasted() == Pasted("0501112233", "Typed numbers")
    store.save_pasted(None)
    assert store.pasted() is None


@pytest.mark.parametrize("text", ["", "[]", '{"kind": 5, "files": [1]}', "{"])
def test_a_damaged_memory_of_what_lay_open_is_the_usual(
    store: DraftsStore, tmp_path: Path, text: str
) -> None:
    store.save_desktop(Desktop(Kind.SURVEY))
    (tmp_path / "drafts" / "desktop.json").write_text(text)

    assert store.desktop() == Desktop()


def test_what_a_kill_left_half_written_goes_and_what_is_unreadable_is_kept(
    store: DraftsStore, tmp_path: Path
) -> None:
    store.save(SALE)
    half = tmp_path / "drafts" / "promo.cascade.jsonabc.new"
    half.write_text(PHONE)
    (tmp_path / "drafts" / "viber_survey.cascade.json").write_text('{"version": 9}')

    aside = store.set_aside()

    assert not half.exists()
    assert [path.read_text() for path in aside] == ['{"version": 9}']
    assert store.load(Kind.PROMO) == SALE
    store.save(Campaign("Q", Survey("Shop", "Well?", ("Yes", "No"))))


def test_kept_drafts_of_one_name_stand_beside_each_other(store: DraftsStore) -> None:
    first, second = store.keep(SALE), store.keep(replace(SALE, route=SALE.route))

    assert first != second
    assert read_file(first) == read_file(second) == SALE


def test_with_a_lists_people_goes_what_was_typed_for_them(
    store: DraftsStore, tmp_path: Path
) -> None:
    store.save(with_list(tmp_path / "people.csv"))
    kept = store.keep(with_list(tmp_path / "people.csv"))
    other = store.keep(with_list(tmp_path / "people.csv", "cd"))

    store.forget_people("ab")

    assert PHONE not in kept.read_text() + (tmp_path / "drafts" / "promo.cascade.json").read_text()
    assert PHONE in other.read_text()


def of_pasted(text: str) -> Campaign:
    table = Pasted(text, "Typed numbers").table()
    assert isinstance(table, Table)
    return replace(SALE, recipients=ListRef("", table.source.sha256))


def test_with_their_people_pasted_numbers_go(store: DraftsStore) -> None:
    pasted, other = Pasted(PHONE, "Typed numbers"), of_pasted("0672223344")
    store.save_pasted(pasted)

    store.forget_people("")
    store.forget_people(other.recipients.sha256)
    stays = store.pasted()
    store.forget_people(of_pasted(PHONE).recipients.sha256)

    assert (stays, store.pasted()) == (pasted, None)


def test_pasted_numbers_stay_while_they_are_the_list_that_lies_open(
    store: DraftsStore, tmp_path: Path
) -> None:
    store.save_pasted(Pasted(PHONE, "Typed numbers"))
    store.save(of_pasted(PHONE))
    when_s = (tmp_path / "drafts" / "pasted.json").stat().st_mtime + 9 * DAY_S

    store.forget_older(3, when_s)
    stays = store.pasted()
    store.save(of_pasted("0672223344"))
    store.forget_older(3, when_s)

    assert (stays, store.pasted()) == (Pasted(PHONE, "Typed numbers"), None)


def test_after_the_days_to_keep_people_nothing_of_them_is_in_drafts(
    store: DraftsStore, tmp_path: Path
) -> None:
    store.save(with_list(tmp_path / "people.csv"))
    store.keep(with_list(tmp_path / "people.csv"))
    store.save_pasted(Pasted(PHONE, "Typed numbers"))
    now_s = (tmp_path / "drafts" / "pasted.json").stat().st_mtime

    store.forget_older(0, now_s + 9 * DAY_S)
    store.forget_older(3, now_s + 2 * DAY_S)
    assert store.pasted() is not None
    store.forget_older(3, now_s + 4 * DAY_S)

    files = [path for path in (tmp_path / "drafts").rglob("*") if path.is_file()]
    assert [path.name for path in files if PHONE in path.read_text()] == []
    assert store.load(Kind.PROMO) is not None


def test_the_last_ten_are_remembered_and_a_missing_one_says_so(
    saved: SavedCampaigns, store: DraftsStore, tmp_path: Path
) -> None:
    kept = store.keep(SALE)
    saved.note(kept)
    for number in range(RECENT_MOST):
        path = tmp_path / f"{number}.cascade.json"
        write_file(path, SALE)
        saved.note(path)
    (tmp_path / "9.cascade.json").unlink()

    found = saved.all()

    names = [str(number) for number in range(RECENT_MOST - 1, -1, -1)]
    assert [one.name for one in found] == [*names, "Sale"]
    assert found[0].problem == Unreadable("9.cascade.json", Fault.MISSING)
    assert [one.kind for one in found[1:]] == [Kind.PROMO] * RECENT_MOST


def test_of_the_files_ten_are_remembered_and_kept_drafts_until_they_are_deleted(
    saved: SavedCampaigns, store: DraftsStore, tmp_path: Path
) -> None:
    kept = [store.keep(SALE) for _ in range(RECENT_MOST + 1)]
    files = [tmp_path / f"{number}.cascade.json" for number in range(RECENT_MOST + 1)]
    for path in (*kept, *files):
        saved.note(path)
    kept[0].unlink()
    saved.note(files[-1])

    assert [one.path for one in saved.all()] == [*files[:0:-1], *kept[:0:-1]]


def test_what_cannot_be_read_is_not_deleted_by_its_age(store: DraftsStore, tmp_path: Path) -> None:
    store.save(SALE)
    newer = tmp_path / "drafts" / "promo.cascade.json"
    newer.write_text('{"version": 9}')
    os.utime(newer, (DAY_S, DAY_S))

    (kept,) = store.set_aside()
    when_s = kept.stat().st_mtime
    store.forget_older(3, when_s + 9 * DAY_S)

    assert when_s > DAY_S
    assert kept.read_text() == '{"version": 9}'


def test_a_file_is_only_forgotten_and_a_kept_draft_deleted(
    saved: SavedCampaigns, store: DraftsStore, tmp_path: Path
) -> None:
    path, kept = tmp_path / "a.cascade.json", store.keep(SALE)
    write_file(path, SALE)
    saved.note(path)
    saved.note(kept)

    saved.remove(path)
    saved.remove(kept)

    assert (saved.all(), path.exists(), kept.exists()) == ((), True, False)


def test_a_template_holds_nobody_and_no_time(saved: SavedCampaigns, tmp_path: Path) -> None:
    campaign = replace(with_list(tmp_path / "people.csv"), schedule="2026-11-26T10:00")

    path = saved.save_template(campaign, "Winter sale")

    assert read_file(path) == replace(SALE, name="Winter sale")
    assert [(one.name, one.place) for one in saved.all()] == [("Winter sale", Place.TEMPLATE)]


def test_a_template_is_renamed_but_takes_no_others_name(saved: SavedCampaigns) -> None:
    path = saved.save_template(SALE, "One")
    saved.save_template(SALE, "Two")

    with pytest.raises(TakenNameError):
        saved.rename(path, "Two")
    saved.rename(path, "Three")

    assert [one.name for one in saved.all()] == ["Three", "Two"]
