import pytest

from cascade_desktop.core.campaign_file import ListRef
from cascade_desktop.core.decisions import Lost, RowDecisions, bare, is_about, rows_key, why_lost
from cascade_desktop.core.recipients import Choice
from cascade_desktop.core.table import Source

DECIDED = Choice(left_out=frozenset({4}), edits={3: "0501112233"}, include_hidden=True)
MARCH = Source("people.xlsx", "xlsx", "March", header_row=1, sha256="aa")


@pytest.mark.parametrize(
    ("choice", "after", "lost"),
    [
        pytest.param(DECIDED, Source("p.csv", header_row=2, sha256="bb"), Lost.FILE_CHANGED),
        pytest.param(DECIDED, Source("p.xlsx", sheet="May", sha256="aa"), Lost.OTHER_ROWS),
        pytest.param(DECIDED, Source("p.xlsx", sheet="March", header_row=3, sha256="aa"), None),
        pytest.param(Choice(), Source("p.csv", sha256="bb"), None),
    ],
    ids=["other contents", "other sheet", "other header", "nothing decided"],
)
def test_only_what_was_decided_about_other_rows_is_lost(
    choice: Choice, after: Source, lost: Lost | None
) -> None:
    assert why_lost(choice, MARCH, after) is lost


@pytest.mark.parametrize(
    ("wanted", "edits", "lost"),
    [
        (None, {3: "0501112233"}, None),
        (1, {3: "0501112233"}, None),
        (2, {}, Lost.OTHER_COLUMN),
    ],
    ids=["as it was", "the same", "another"],
)
def test_corrections_hold_in_the_column_they_were_made_in(
    wanted: int | None, edits: dict[int, str], lost: Lost | None
) -> None:
    known = RowDecisions(1, DECIDED.left_out, DECIDED.edits, include_hidden=True)

    laid, why = known.over(Choice(country="IT", phone_column=wanted))

    assert (dict(laid.edits), laid.left_out, laid.country) == (edits, frozenset({4}), "IT")
    assert (laid.phone_column, why) == (wanted or 1, lost)


def test_a_bare_choice_says_nothing_about_rows() -> None:
    assert bare(DECIDED) == Choice()
    assert rows_key(MARCH) == ("aa", "March", "")


@pytest.mark.parametrize(
    ("ref", "same"),
    [
        pytest.param(ListRef("there/x.csv", "AA", "March"), True, id="its sum"),
        pytest.param(ListRef("there/people.xlsx", "bb", "March"), False, id="another sum"),
        pytest.param(ListRef("people.xlsx", "aa", "May"), False, id="another sheet"),
        pytest.param(ListRef("there/people.xlsx"), True, id="only its name"),
        pytest.param(ListRef("there/other.xlsx"), False, id="only another name"),
        pytest.param(ListRef(), True, id="whichever"),
    ],
)
def test_decisions_hold_in_the_list_that_the_campaign_names(ref: ListRef, same: bool) -> None:
    assert is_about(ref, MARCH) is same
