"""Hold the reader to cases of our own, for rules that the samples do not cover."""

from pathlib import Path

import pytest
from own_case import Case
from own_cases import all_cases
from scored import check, faults


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in all_cases()])
def test_each_case_gives_what_it_must(tmp_path: Path, case: Case) -> None:
    path = case.write(tmp_path)

    assert faults(check(path, case.wanted.get("region", "UA")), case.wanted) == []


def test_no_two_cases_share_a_name() -> None:
    names = [case.name.casefold() for case in all_cases()]

    assert len(names) == len(set(names))
