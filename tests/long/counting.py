"""Count generated texts plainly, by the standard's own tables, and as the program does.

Each round is a text: finished, as a cell of a list, and between the words of a draft.
"""

import random
from collections.abc import Sequence

from cascade_desktop.core.template import bind, parse
from cascade_desktop.core.text_length import count_units, measure_sms
from cascade_desktop.engine.tables.cell_vectors import measure_cells
from cascade_desktop.engine.tables.text_vectors import Rules, measure_texts
from tests.core.plain_counter import DEFAULT, EXTENSION, count_sms, utf16_units
from tests.long.figures import Figures

ROUNDS, SHORT_ROUNDS = 100_000, 2_000
TOGETHER = 2_000
AROUND = ("{Text}", "💛 {Text}€", "[{Text}]{Text}", "я" * 66 + "{Text}👍🏽")
ALPHABETS = (
    DEFAULT.replace("\0", ""),
    "".join(EXTENSION.values()) + "ab ",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ’",
    "я💛🎁",
    "aё€💛[",
    "عربي中文👩‍👩‍👧é\x1b\0\u00a0",
)
EDGES = (0, 1, 69, 70, 71, 133, 134, 135, 152, 153, 160, 161, 201, 306, 307)


def run(dice: random.Random, rounds: int) -> Figures:
    """Compare lengths, codings and parts."""
    broken: list[str] = []
    left, parts = rounds, 0
    while left > 0:
        texts = [_text(dice) for _ in range(min(left, TOGETHER))]
        left -= len(texts)
        for text in texts:
            size, plain = measure_sms(text), count_sms(text)
            parts += size.parts
            ours = (size.encoding.value, size.units, size.parts), count_units(text)
            if ours != (plain, utf16_units(text)):
                broken.append(f"{text!r}: {ours} for {plain}")
        for around in AROUND:
            broken += _compare(around, texts)
    told = (f"{rounds} texts of {parts} parts, each in {len(AROUND)} drafts, {len(broken)} differ",)
    return Figures(told, tuple(broken[:10]))


def _compare(around: str, texts: Sequence[str]) -> list[str]:
    """Count the texts as cells of a list of which a draft uses the column."""
    bound, _ = bind(parse(around), ("Text",))
    cells = measure_cells(texts, lambda: None)
    columns = [cells] * len(bound.columns)
    rules = Rules(1 << 30, may_be_empty=True)
    found = measure_texts(bound, columns, len(texts), rules, lambda: None)
    ours = zip(
        found.is_foreign.tolist(),
        found.sms_units.tolist(),
        found.parts.tolist(),
        found.units.tolist(),
        strict=True,
    )
    broken: list[str] = []
    for text, mine, code in zip(texts, ours, found.codes.tolist(), strict=True):
        if code or not text.strip():
            continue
        whole = around.replace("{Text}", text)
        coding, units, parts = count_sms(whole)
        if mine != (coding == "ucs2", units, parts, utf16_units(whole)):
            broken.append(f"{whole!r}: {mine} for {(coding, units, parts)}")
    return broken


def _text(dice: random.Random) -> str:
    length = dice.choice((dice.choice(EDGES), dice.randrange(400)))
    alphabet = dice.choice(ALPHABETS)
    text = "".join(dice.choices(alphabet, k=length))
    return text + dice.choice(("", "", "€", "💛", "я"))
