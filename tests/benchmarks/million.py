"""Make up a list of a million people as Excel, or a program, would write it."""

import csv
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROWS = 1_048_575
HEADER = ("№", "Прізвище та ім’я", "Телефон", "Місто", "Сума", "Дата")
EPOCH_2020 = 43_831
_FIRST = ("Олена", "Іван", "Марія", "Їжак", "Ґалина", "Софія", "Юрій", "Кіра", "Zoe", "Андрій")
_LAST = ("Шевченко", "Коваль", "Бойко", "Мельник", "Кравець", "О’Ніл", "Rossi", "Гнатюк")
_CITIES = ("Київ", "Львів", "Одеса", "Кам’янець-Подільський", "Дніпро", "Харків", "Roma")
_CODES = ("50", "66", "95", "99", "67", "68", "96", "97", "98", "63", "73", "93", "91", "92")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Person = tuple[int, str, str | int, str, float, int]
"""Number, name, phone (a number where Excel took it for one), town, sum, day."""


def people(rows: int) -> Iterator[Person]:
    """Yield people with phones in mixed forms: one in fifty is not right, some come twice."""
    dice = random.Random(20_261_123)
    for number in range(1, rows + 1):
        name = f"{dice.choice(_LAST)} {dice.choice(_FIRST)} {number % 977}"
        amount = dice.randrange(1, 5_000_000) / 100
        yield (
            *(number, name, _phone(dice, number), dice.choice(_CITIES)),
            *(amount, EPOCH_2020 + dice.randrange(2_500)),
        )


def _phone(dice: random.Random, number: int) -> str | int:
    code, rest = dice.choice(_CODES), f"{dice.randrange(10_000_000):07d}"
    a, b, c = rest[:3], rest[3:5], rest[5:]
    form = number % 50
    match form:
        case 0:
            return dice.choice(("немає", "", "044 123-45-67", f"0{code}{a}", f"+38O{code}{rest}"))
        case 1 | 2:
            return f"+39 320 {a} {b}{c}"
        case 3 | 4:
            return f"+48 601 {a} {b}{dice.randrange(10)}"
    spelled = (
        *(f"+380{code}{rest}", f"0{code}{rest}", f"+38 (0{code}) {a}-{b}-{c}"),
        *(f"0{code} {a} {b} {c}", f"(0{code}) {a}-{b}-{c}", f"8 0{code} {a}-{b}-{c}"),
    )
    which = form % 8
    return spelled[which] if which < len(spelled) else int(f"380{code}{rest}")


def write_csv(path: Path, rows: int) -> Path:
    """Write the list as delimited text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADER)
        for number, name, phone, town, amount, day in people(rows):
            lines.writerow((number, name, phone, town, f"{amount:.2f}", day))
    return path


def write_workbook(path: Path, rows: int, *, shared: bool) -> Path:
    """Write the list as Excel does, its texts shared, or in place as many programs do."""
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        for name, part in _frame().items():
            book.writestr(name, _HEAD + part)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for piece in _sheet(rows, texts if shared else None):
                sheet.write(piece.encode())
        with book.open("xl/sharedStrings.xml", "w") as strings:
            strings.write(f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">'.encode())
            strings.write("".join(f"<si><t>{text}</t></si>" for text in texts).encode())
            strings.write(b"</sst>")
    return path


def _sheet(rows: int, texts: dict[str, int] | None) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><dimension ref="A1:F{rows + 1}"/><sheetData>'
    names = "".join(_text(f"{letter}1", name, texts) for letter, name in zip("ABCDEF", HEADER))  # noqa: B905
    yield f'<row r="1" spans="1:6">{names}</row>'
    for number, name, phone, town, amount, day in people(rows):
        row = number + 1
        yield (
            f'<row r="{row}" spans="1:6"><c r="A{row}"><v>{number}</v></c>'
            f"{_text(f'B{row}', name, texts)}"
            f"{_text(f'C{row}', phone, texts)}"
            f"{_text(f'D{row}', town, texts)}"
            f'<c r="E{row}" s="2"><v>{amount!r}</v></c><c r="F{row}" s="1"><v>{day}</v></c></row>'
        )
    yield "</sheetData></worksheet>"


def _text(place: str, text: str | int, texts: dict[str, int] | None) -> str:
    if isinstance(text, int):
        return f'<c r="{place}"><v>{text}</v></c>'
    if not text:
        return ""
    if texts is None:
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<c r="{place}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'


def _frame() -> dict[str, str]:
    kinds = {"/xl/workbook.xml": "sheet.main", "/xl/worksheets/sheet1.xml": "worksheet"}
    kinds |= {"/xl/styles.xml": "styles", "/xl/sharedStrings.xml": "sharedStrings"}
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    parts = {"worksheet": "worksheets/sheet1"} | {p: p for p in ("styles", "sharedStrings")}
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{part}.xml"/>'
        for n, (kind, part) in enumerate(parts.items(), 1)
    )
    relationships = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'{relationships}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f"{relationships}{relations}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Люди" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
        '<xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
