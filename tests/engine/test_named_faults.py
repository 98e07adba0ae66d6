"""The short form of `python -m tests.long faults`: each fault once, small, a single message."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.fault_world import SMALL, Fault, memory_folder, run_fault
from tests.engine.named_private_faults import ALL


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with memory_folder() as found:
        yield found


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.name)
def test_no_fault_leads_to_more_than_the_event_table_allows(fault: Fault, folder: Path) -> None:
    finding = run_fault(fault, SMALL, 1, folder)
    assert finding.is_fine, finding


def test_there_are_as_many_faults_as_names() -> None:
    names = {fault.name for fault in ALL}
    assert len(names) == len(ALL) >= 80
