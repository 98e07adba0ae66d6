"""Keep a Windows computer awake, and hear of the sleep that comes all the same."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

STAY = 0x80000000
SYSTEM_REQUIRED = 0x00000001
"""SetThreadExecutionState: until told otherwise; the computer stays awake, the screen need not."""
SUSPEND, RESUMED_BY_ITSELF, RESUMED = 0x4, 0x12, 0x7
"""What WM_POWERBROADCAST and its callback announce."""
BATCH_WAIT_S = 1.8
"""Windows gives a program two seconds before it sleeps."""


@dataclass(frozen=True, slots=True)
class Calls:
    """The functions of Windows that are used."""

    set_state: Callable[[int], int]
    """SetThreadExecutionState; it counts for the thread that calls it."""
    subscribe: Callable[[Callable[[int], None]], Callable[[], None]]
    """Subscribes to what is announced, and returns how to end that."""


class WindowsKeeper:
    """Keeps the computer awake in the thread that runs it."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._ended = Event()
        self._quiet = Event()

    def run(self, tell: Callable[[bool], None]) -> None:
        """Keep awake until the end; an announced sleep waits for the batch under way."""

        def hear(announced: int) -> None:
            if announced == SUSPEND:
                self._quiet.clear()
                tell(True)
                self._quiet.wait(BATCH_WAIT_S)
            elif announced in (RESUMED_BY_ITSELF, RESUMED):
                tell(False)

        unsubscribe = self._calls.subscribe(hear)
        try:
            self._calls.set_state(STAY | SYSTEM_REQUIRED)
            self._ended.wait()
            self._calls.set_state(STAY)
        finally:
            unsubscribe()

    def sleep_may_begin(self) -> None:
        """Let go of the sleep that was announced."""
        self._quiet.set()

    def end(self) -> None:
        """Let the computer sleep as it likes again."""
        self._ended.set()
        self._quiet.set()


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _CALLBACK = 2
    _HEAR = ctypes.WINFUNCTYPE(wintypes.ULONG, ctypes.c_void_p, wintypes.ULONG, ctypes.c_void_p)

    class _Subscription(ctypes.Structure):
        _fields_ = (("callback", _HEAR), ("context", ctypes.c_void_p))

    def windows_keeper() -> WindowsKeeper:
        """Return a keeper by the functions of Windows."""
        set_state = ctypes.windll.kernel32.SetThreadExecutionState
        set_state.argtypes, set_state.restype = [wintypes.ULONG], wintypes.ULONG
        return WindowsKeeper(Calls(set_state, _subscribe))

    def _subscribe(hear: Callable[[int], None]) -> Callable[[], None]:
        """Hear of sleep without a window, as a command line must (Windows 8 and later)."""
        library = ctypes.windll.powrprof

        def called(_context: int, announced: int, _setting: int) -> int:
            hear(announced)
            return 0

        alive = [_HEAR(called)]  # Windows holds no reference
        subscription = _Subscription(alive[0], None)
        handle = wintypes.HANDLE()
        register = library.PowerRegisterSuspendResumeNotification
        register.argtypes = [wintypes.DWORD, ctypes.c_void_p, ctypes.POINTER(wintypes.HANDLE)]
        failed = register(_CALLBACK, ctypes.byref(subscription), ctypes.byref(handle))

        def unsubscribe() -> None:
            if not failed:
                library.PowerUnregisterSuspendResumeNotification(handle)
            alive.clear()

        return unsubscribe
