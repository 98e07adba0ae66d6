"""Let the program fail in every way, at debug level, and look for people in what it leaves behind.

A round is a campaign of the command line or of the window with strings that stand nowhere else as
key, phone, name, text, name of a column and name of the file; a fault of the service, and perhaps
a crash whose words hold them. They may stand in the journal, its copies and the drafts.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engine.fault_server import Act, End, FaultServer, Request, http, says
from tests.long.canary_child import CAMPAIGN, LIST, WORDS
from tests.long.figures import HOME, Figures

ROUNDS, SHORT_ROUNDS = 100, 4
PEOPLE = 25
SCALE = "0.04"
KEY, TEXT, NAME, COLUMN, FILE = (
    "kanarka-key-7261",
    "Kanartext sounds",
    "Kanarenko",
    "Kanarcolumn",
    "kanarfile",
)
PHONE = "+38050111"
CANARIES = ("kanar", "38050111", "50111")
"""What every one of them holds, however it is written."""
MAY_HOLD = ("journal.db", "drafts", "backup", "copies")
WINDOW_EVERY = 3


def echo(status: int) -> Act:
    """Answer with the whole request: a service may repeat what it refuses."""

    def answer(request: Request) -> bytes:
        sent = request.body.decode("utf-8", "replace") + request.headers.get(
            "x-authorization-key", ""
        )
        said = {"error": {"code": sent[:40], "message": sent[:4000], "field": "text"}}
        return http(status, json.dumps(said).encode(), f"X-Echo: {KEY}")

    return Act(answer=answer, takes=False)


def page(status: int) -> Act:
    """Answer with a web page about the key and the text."""
    body = f"<html>{KEY} {TEXT}</html>".encode()
    return Act(answer=http(status, body, content_type="text/html"), takes=False)


FAULTS: dict[str, Act] = {
    **{f"{status} that repeats": echo(status) for status in (400, 401, 402, 403, 404, 405, 408)},
    **{f"{status} that repeats": echo(status) for status in (409, 410, 413, 415, 418, 422, 429)},
    **{f"{status} that repeats": echo(status) for status in (500, 501, 502, 503, 504, 521, 530)},
    "200 that repeats": echo(200),
    "web page": page(200),
    "web page 403": page(403),
    "elsewhere": says(302, b"", f"Location: https://sms.example.com/{KEY}"),
    "wait": says(429, b"", "Retry-After: 1"),
    "no head": Act(reads=-1),
    "half a body": Act(reads=0.5, answer=None, takes=False),
    "reset in the body": Act(reads=0.5, answer=None, end=End.RESET, takes=False),
    "no answer": Act(answer=None),
    "reset": Act(answer=None, end=End.RESET),
    "silence": Act(end=End.SILENCE),
    "cut off": Act(answer=http(200, f'[{{"messageId": "{KEY}'.encode(), length=900)),
    "no JSON": Act(answer=http(200, f"{KEY} {TEXT}".encode())),
    "no UTF-8": Act(answer=http(200, b"\xff\xfe" + KEY.encode())),
    "no HTTP": Act(answer=f"{KEY} {TEXT}\r\n\r\n".encode()),
    "none": Act(),
}
CRASHES = ("", "abort", "aside", "sender", "journal", "client", "intent", "key store")
"""The short form has the first ones, the long form all of them by the dice."""


def run(dice: random.Random, rounds: int) -> Figures:
    """Send so many campaigns that all go wrong, and look through all that they leave."""
    faults = list(FAULTS)
    dice.shuffle(faults)
    faults.insert(0, "400 that repeats")
    found: Counter[str] = Counter()
    looked = [0, 0, 0]
    broken: list[str] = []
    for number in range(rounds):
        fault = faults[number % len(faults)]
        crash = CRASHES[number] if number < len(CRASHES) else dice.choice(CRASHES)
        in_window = number % WINDOW_EVERY == 1
        where = f"{'window' if in_window else 'command line'}, {fault}, crash: {crash or 'none'}"
        with TemporaryDirectory() as folder:
            left = fail_once(Path(folder), FAULTS[fault], crash, in_window=in_window)
            broken += [f"{where}: {canary} in {name}" for name, canary in hits(left)]
            broken += [] if is_told(Path(folder)) else [f"{where}: nothing was logged"]
            looked = [
                looked[0] + len(left),
                looked[1] + sum(map(len, left.values())),
                looked[2] + ("cascade-desktop-crash.log" in left and crash == "abort"),
            ]
        found[crash or "no crash"] += 1
    crashes = ", ".join(f"{name} {count}" for name, count in sorted(found.items()))
    return Figures(
        (
            f"{rounds} campaigns that went wrong in {min(rounds, len(faults))} ways; {crashes}",
            f"{looked[0]} outputs and files, {looked[1]} bytes looked through: {len(broken)} hits",
            f"{looked[2]} reports of a hard end",
        ),
        tuple(broken),
    )


def fail_once(folder: Path, fault: Act, crash: str, *, in_window: bool) -> dict[str, str]:
    """Send one campaign, and return everything that it leaves where nobody may be named."""
    people = folder / f"{FILE}.csv"
    rows = [f"{PHONE}{number:04d};{NAME}-{number}" for number in range(PEOPLE)]
    people.write_text(f"Phone;{COLUMN}\n" + "\n".join(rows), encoding="utf-8")
    campaign = folder / "campaign.json"
    body = {"version": 1, "name": "Winter", "type": "transaction", "sender": "MyBrand"}
    text = f"{TEXT}, {{{COLUMN}}}"
    campaign.write_text(json.dumps({**body, "text": text}), encoding="utf-8")
    titles = folder / "titles.txt"
    with FaultServer() as server:
        server.plays(Act(), fault, fault)
        address = ["--base-url", server.url]
        send = ["send", str(campaign), "--recipients", str(people), "--yes", "--json"]
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.long.canary_child", crash),
                *([str(titles)] if in_window else ["", *send]),
                *address,
            ],
            cwd=HOME,
            env=environment(folder, people),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
    left = {"output": decoded(done.stdout), "error output": decoded(done.stderr)}
    for path in (titles, *files_of(folder / "data"), *files_of(folder / "state")):
        if path.exists():
            left[path.name] = path.name + decoded(path.read_bytes())
    return left


def environment(folder: Path, people: Path) -> dict[str, str]:
    """Return an environment in which everything that can be told is told."""
    return {
        **os.environ,
        "CASCADE_DESKTOP_DATA": str(folder / "data"),
        "CASCADE_DESKTOP_STATE": str(folder / "state"),
        "CASCADE_DESKTOP_WAIT_SCALE": SCALE,
        "CASCADE_DESKTOP_LOG": "debug",
        "PYTHONASYNCIODEBUG": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "*.debug=true;qt.*.debug=false",
        "SMSBAT_API_KEY": KEY,
        LIST: str(people),
        CAMPAIGN: str(people.with_name("campaign.json")),
        WORDS: f"{KEY} {PHONE}0007 {NAME}-7 {TEXT} {COLUMN} {FILE}",
    }


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the files that may name nobody."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        allowed = any(part.startswith(MAY_HOLD) for part in parts)
        if path.is_file() and not allowed:
            yield path


def hits(left: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield every place with a canary in it."""
    for name, text in left.items():
        lower = text.lower()
        yield from ((name, canary) for canary in CANARIES if canary in lower)


def is_told(folder: Path) -> bool:
    """Tell whether there is a log, and whether the journal has what a look would find."""
    log = folder / "data" / "cascade-desktop.log"
    journals = list((folder / "data").rglob("journal.db*"))
    known = any(TEXT.encode() in path.read_bytes() for path in journals)
    return log.exists() and log.stat().st_size > 0 and known


def decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")
