from collections.abc import Iterator
from pathlib import Path

import pytest
from campaigns import Desk
from fault_server import FaultServer


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def desk(server: FaultServer, tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "data", server.url) as opened:
        yield opened
