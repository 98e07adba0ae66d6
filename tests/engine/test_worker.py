import asyncio
import threading
from collections.abc import Iterator

import pytest

from cascade_desktop.engine.worker import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def test_calls_run_one_after_another_in_one_other_thread(worker: Worker) -> None:
    async def many() -> list[int]:
        return await asyncio.gather(*(worker.run(threading.get_ident) for _ in range(9)))

    threads = set(asyncio.run(many()))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_what_a_call_raises_its_caller_gets(worker: Worker) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        asyncio.run(worker.run(int, "x"))


@pytest.mark.parametrize("fails", [False, True])
def test_a_cancelled_caller_waits_for_the_end_of_its_call(worker: Worker, fails: bool) -> None:
    began, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def call() -> None:
        began.set()
        go_on.wait(10)
        ended.set()
        if fails:
            raise ValueError

    async def cancel() -> None:
        task = asyncio.ensure_future(worker.run(call))
        await asyncio.to_thread(began.wait, 10)
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended.is_set()

    asyncio.run(cancel())


def test_closing_lets_queued_calls_end() -> None:
    worker, done = Worker(), list[int]()

    async def queue() -> None:
        calls = [asyncio.ensure_future(worker.run(done.append, n)) for n in range(50)]
        await asyncio.sleep(0)
        worker.close()
        await asyncio.gather(*calls)

    asyncio.run(queue())
    assert done == list(range(50))
