"""Whatever stands under a path, the window says it in a sentence and opens the next file."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.reading_problems import FileFault, FileProblem

PEOPLE = "Phone,Name\n+380501112233,Anna\n"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only there are such files")


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


def circle(folder: Path) -> Path:
    (folder / "circle.csv").symlink_to("circle.csv")
    return folder / "circle.csv"


def leads_nowhere(folder: Path) -> Path:
    (folder / "link.csv").symlink_to("gone.csv")
    return folder / "link.csv"


def folder_like_a_file(folder: Path) -> Path:
    (folder / "folder.xlsx").mkdir()
    return folder / "folder.xlsx"


def huge(folder: Path) -> Path:
    with (folder / "huge.csv").open("wb") as file:
        file.truncate(3 << 30)
    return folder / "huge.csv"


ODD = [
    pytest.param(pipe, FileFault.NOT_A_SPREADSHEET, id="pipe"),
    pytest.param(lambda _: Path("/dev/zero"), FileFault.NOT_A_SPREADSHEET, id="device"),
    pytest.param(circle, FileFault.CANNOT_READ, id="link to itself"),
    pytest.param(leads_nowhere, FileFault.MISSING, id="link to nothing"),
    pytest.param(folder_like_a_file, FileFault.IS_FOLDER, id="folder"),
    pytest.param(huge, FileFault.TOO_BIG, id="3 GB of nothing"),
    pytest.param(lambda f: f / ("x" * 300 + ".csv"), FileFault.CANNOT_READ, id="name too long"),
    pytest.param(lambda f: f / "gone" / "x.csv", FileFault.MISSING, id="folder gone"),
]


@pytest.mark.parametrize(("make", "fault"), ODD)
def test_what_is_no_list_is_told_and_the_next_file_opens(
    operator: Operator, tmp_path: Path, make: Callable[[Path], Path], fault: FileFault
) -> None:
    told: list[FileProblem] = []
    operator.program.lists.failed.connect(told.append)
    good = tmp_path / "good.csv"
    good.write_text(PEOPLE, encoding="utf-8")

    operator.opens(make(tmp_path))
    panel = operator.window.compose.reading_panel.isVisible()
    operator.opens(good)

    assert ([problem.fault for problem in told], panel) == ([fault], False)
    assert operator.recipients.counts.ready == 1


def test_a_long_name_stays_inside_its_card(operator: Operator, tmp_path: Path) -> None:
    path = tmp_path / ("a_long_name_without_a_blank_" * 8 + ".csv")
    path.write_text(PEOPLE, encoding="utf-8")
    card = operator.window.compose.recipients_card

    operator.opens(path)
    card.show_reading(path.name)
    card.show_problem(f"“{path.name}” is not there.")
    card.reading_panel.show()

    widths = [part.minimumSizeHint().width() for part in (card.reading_panel, card.notice)]
    assert max(widths) < 240
    assert card.body.minimumSize().width() < 240


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("я" * 125 + "x.csv", id="255 bytes"),
        pytest.param("👩\u200d👩\u200d👧📱.csv", id="emoji"),
        pytest.param("\u202ereversed\u202c.csv", id="right to left"),
        pytest.param("two\nlines.csv", id="line end"),
        pytest.param("<b>bold<b>&amp;{file}%1.csv", id="markup"),
        pytest.param(os.fsdecode(b"\xcb\xfe\xe4\xe8.csv"), id="not UTF-8"),
    ],
)
def test_a_list_of_any_name_is_opened_and_sent(
    operator: Operator, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(PEOPLE, encoding="utf-8")

    operator.opens(path)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello")
    head = operator.sends()

    assert head.counts.accepted == 1
    assert operator.window.results.isVisible()
