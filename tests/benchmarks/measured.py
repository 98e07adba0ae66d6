"""One measurement in a process of its own: python -m tests.benchmarks.measured WHAT FILE [ROWS].

Prints JSON: the seconds of the clock and of the processor, children included.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

WARM_UP_S = 4.0
"""The child of the program has long been started when somebody chooses a file."""
STARTING: list[float] = []
"""What starting a child takes of the processor, long before."""


def ours(path: Path, _rows: int) -> Callable[[], object]:
    from cascade_desktop.core.recipients import Choice, read_recipients
    from cascade_desktop.engine.tables.child import WarmReader

    reader = WarmReader()
    reader.warm()
    with TemporaryDirectory() as folder:
        one = Path(folder, "one.csv")
        one.write_text("0501112233\n")
        time.sleep(WARM_UP_S)
        before = processor_s()
        reader.read(one)
        STARTING.append(processor_s() - before)
    time.sleep(WARM_UP_S)
    return lambda: read_recipients(reader.read(path), Choice())


def calamine(path: Path, _rows: int) -> Callable[[], object]:
    from python_calamine import CalamineWorkbook

    return lambda: CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def pandas_csv(path: Path, _rows: int) -> Callable[[], object]:
    import pandas as pd

    return lambda: pd.read_csv(path, dtype=str)


def pandas_openpyxl(path: Path, rows: int) -> Callable[[], object]:
    """Read as a script would: pandas with openpyxl, then phonenumbers a row."""
    import pandas as pd
    import phonenumbers

    def verdict(cell: object) -> str:
        try:
            number = phonenumbers.parse(str(cell), "UA")
        except phonenumbers.NumberParseException:
            return ""
        if not phonenumbers.is_valid_number(number):
            return ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def read() -> object:
        table = pd.read_excel(path, engine="openpyxl", dtype=str, nrows=rows or None)
        return [verdict(cell) for cell in table.iloc[:, 2]]

    return read


WAYS = {f.__name__: f for f in (ours, calamine, pandas_csv, pandas_openpyxl)}


def processor_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    what, path = sys.argv[1], Path(sys.argv[2])
    read = WAYS[what](path, int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    clock, processor = time.perf_counter(), processor_s()
    result = read()
    told = {"s": time.perf_counter() - clock, "processor_s": processor_s() - processor}
    if what == "ours":
        told["processor_s"] -= STARTING[0]
    print(json.dumps(told), flush=True)
    del result


if __name__ == "__main__":
    main()
