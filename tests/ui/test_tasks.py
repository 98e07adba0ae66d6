"""Work that a window starts is held, and ends without a trace when it is given up."""

import asyncio
import inspect

from cascade_desktop.ui.tasks import Tasks


def test_work_that_is_given_up_before_its_first_step_is_closed() -> None:
    async def work() -> None:
        await asyncio.sleep(0)

    async def give_up() -> str:
        tasks, begun = Tasks(), work()
        tasks.spawn(begun)
        await tasks.cancel_all()
        return inspect.getcoroutinestate(begun)

    assert asyncio.run(give_up()) == inspect.CORO_CLOSED
