"""Workbook cells of every kind: numbers in their formats, formulas, texts, dates."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from own_case import P1, P2, P3, Case, fails, rows
from workbooks import MAIN, row, sheet, text, write_xlsx

_PHONE_FORMATS = (
    "+##(###)###\\-##\\-##",
    "+00 (000) 000\\-00\\-00",
    "000\\-000\\-00\\-00",
    "0000000000",
    "&quot;+38&quot;0000000000",
    "[&lt;=9999999]###\\-####;\\(###\\)\\ ###\\-####",
    "#,##0",
    "0.00",
    "@",
    "0",
)

_ACCOUNTING = (
    "_-* #,##0.00\\ [$₴-422]_-;\\-* #,##0.00\\ [$₴-422]_-;_-* &quot;-&quot;??\\ [$₴-422]_-;_-@_-"
)


def _people(
    *cells: str, formats: Sequence[str] = (), head: str = "value", **book: Any
) -> "Mapping[str, Any]":
    lines = [row(1, "phone", head)]
    for number, cell in enumerate(cells, 2):
        lines.append(row(number, f"+38050111{number:04d}", cell.replace("@", f"B{number}")))
    return {"sheets": sheet(*lines), "formats": formats, **book}


def _writes(told: Mapping[str, Any]):
    def write(path: Path) -> Path:
        return write_xlsx(path, **told)

    return write


def _phones(count: int) -> list[str]:
    return [f"+38050111{number:04d}" for number in range(2, 2 + count)]


def _shown(name: str, *cells: tuple[str, str], formats: Sequence[str] = (), **more: Any) -> Case:
    """Expect each cell's text."""
    region = more.pop("region", "UA")
    return rows(
        name,
        _writes(_people(*(cell for cell, _ in cells), formats=formats, **more)),
        _phones(len(cells)),
        texts={"value": [shown for _, shown in cells]},
        region=region,
    )


def _number(stored: str, style: int = 0) -> str:
    return f'<c r="@" s="{style}"><v>{stored}</v></c>'


def _in_formats(*pairs: tuple[str, str, str]) -> dict[str, Any]:
    """Return cells and formats of (format, stored, shown)."""
    cells = [(_number(stored, at), shown) for at, (_, stored, shown) in enumerate(pairs, 1)]
    return {"cells": cells, "formats": [code for code, _, _ in pairs]}


def _formatted(name: str, *pairs: tuple[str, str, str], **more: Any) -> Case:
    told = _in_formats(*pairs)
    return _shown(name, *told["cells"], formats=told["formats"], **more)


def _built_in(name: str, *pairs: tuple[int, str, str]) -> Case:
    """Expect numbers in formats that Excel knows by number."""
    styles = "".join(f'<xf numFmtId="{code}"/>' for code, _, _ in pairs)
    cells = [(_number(stored, at), shown) for at, (_, stored, shown) in enumerate(pairs, 1)]
    part = f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs>'
    book = {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{part}</styleSheet>'}
    return _shown(name, *cells, extra=book)


def phone_numbers() -> Iterator[Case]:
    """Yield phones stored as numbers, in each of the formats that people give them."""

    def phones(name: str, *cells: str, found: Sequence[str] = (P1,), **more: Any) -> Case:
        lines = [row(1, "phone", "name")]
        for number, cell in enumerate(cells, 2):
            lines.append(row(number, cell.replace("@", f"A{number}"), text(f"B{number}", "Олена")))
        told = {"sheets": sheet(*lines), "formats": _PHONE_FORMATS}
        return rows(name, _writes(told), found, **more)

    whole = [_number("380501112233", style) for style in (0, 1, 2, 7, 9, 10)]
    yield phones("v01_number_in_formats.xlsx", *whole, invalid=0, counts={"duplicates": 5})
    national = [_number("501112233", style) for style in (0, 3, 4, 5, 6, 9)]
    yield phones("v01_national_in_formats.xlsx", *national, invalid=0)
    yield phones("v01_old_trunk.xlsx", _number("80501112233"), invalid=0)
    yield phones("v01_with_decimals.xlsx", _number("380501112233", 8), invalid=0)
    yield phones("v01_stored_with_exponent.xlsx", _number("3.80501112233E11"), invalid=0)
    yield phones("v01_stored_as_float.xlsx", _number("380501112233.0"), invalid=0)
    yield phones("v01_fraction.xlsx", _number("380501112233.5"), found=[], invalid=1)
    yield phones("v01_negative.xlsx", _number("-380501112233"), found=[], invalid=1)
    yield phones("v01_date_for_phone.xlsx", _number("45000.5"), found=[], invalid=1)
    yield phones("v01_sixteen_digits.xlsx", _number("3805011122330000"), found=[], invalid=1)
    yield phones("v01_rounded_stored.xlsx", _number("3.80501E+11"), found=[], invalid=1)
    rounded = {
        "sheets": sheet(
            row(1, "phone", "name"), row(2, _number("380501000000", 1).replace("@", "A2"), "x")
        ),
        "formats": ["0.00E+00"],
    }
    yield rows("v01_rounded_shown.xlsx", _writes(rounded), [], invalid=1)
    general = {
        "sheets": sheet(
            row(1, "phone", "name"), row(2, _number("380501000000").replace("@", "A2"), "x")
        )
    }
    yield rows("v01_round_number.xlsx", _writes(general), ["+380501000000"])
    numbers = ["Infinity", "1e400", "-1e400"]
    yield phones(
        "v01_no_number.xlsx",
        *map(_number, numbers),
        found=[],
        invalid=3,
        also=["error"],
        also_phones=[],
    )
    errors = [
        f'<c r="@" t="e"><v>{error}</v></c>' for error in ("#N/A", "#REF!", "#DIV/0!", "#NAME?")
    ]
    yield phones("v02_errors.xlsx", *errors, found=[], invalid=4)
    yield phones(
        "v02_truths.xlsx",
        '<c r="@" t="b"><v>1</v></c>',
        '<c r="@" t="b"><v>0</v></c>',
        found=[],
        invalid=2,
    )


def numbers() -> Iterator[Case]:
    """Yield sums, shares and other numbers."""
    yield _formatted(
        "v05_money.xlsx",
        ("#,##0.00\\ [$₴-422]", "1234.5", "1,234.50 ₴"),
        ("[$€-2]\\ #,##0.00", "1234.5", "€ 1,234.50"),
        ("&quot;$&quot;#,##0.00_);[Red]\\(&quot;$&quot;#,##0.00\\)", "-7.5", "($7.50)"),
        (
            _ACCOUNTING,
            "99.9",
            "99.90 ₴",
        ),
        (
            _ACCOUNTING,
            "0",
            "- ₴",
        ),
        ("0\\ &quot;грн&quot;", "250", "250 грн"),
        ("#,##0.00;[Red]-#,##0.00", "-12.345", "-12.35"),
    )
    yield _formatted(
        "v05_numbers.xlsx",
        ("0%", "0.07", "7%"),
        ("0.00%", "0.12345", "12.35%"),
        ("000000", "42", "000042"),
        ("#,##0", "1048576", "1,048,576"),
        ("0.0,&quot; тис.&quot;", "12500", "12.5 тис."),
        ("0.00", "1.005", "1.01"),
        ("General", "0.1", "0.1"),
        ("General", "1E-3", "0.001"),
        ("General", "123456789.123", "123456789.1"),
        ("General&quot; шт&quot;", "5", "5 шт"),
        ("&quot;так&quot;;&quot;ні&quot;;&quot;нуль&quot;", "-1", "ні"),
        ("[=1]&quot;один&quot;;[=2]&quot;два&quot;;0", "2", "два"),
        (";;;", "5", ""),
        ("# ?/?", "1.5", "1 1/2"),
        ("# ??/??", "0.25", "1/4"),
        ("0.00E+00", "12345", "1.23E+04"),
    )
    built_in = [
        (1, "3.7", "4"),
        (2, "3.7", "3.70"),
        (3, "1234", "1,234"),
        (4, "1234", "1,234.00"),
        (9, "0.5", "50%"),
        (10, "0.5", "50.00%"),
        (49, "5", "5"),
    ]
    yield _built_in("v05_built_in.xlsx", *built_in)


def dates() -> Iterator[Case]:
    """Yield dates and times: 26 November 2026 is the day 46352."""
    yield _formatted(
        "v06_dates.xlsx",
        ("dd\\.mm\\.yyyy", "46352", "26.11.2026"),
        ("dd/mm/yy;@", "46352", "26/11/26"),
        ("yyyy\\-mm\\-dd\\ hh:mm:ss", "46352.520833333336", "2026-11-26 12:30:00"),
        ("[$-422]d\\ mmmm\\ yyyy&quot; р.&quot;;@", "46352", "26 листопада 2026 р."),
        ("[$-419]d\\ mmm\\ yyyy;@", "46352", "26 ноя 2026"),
        ("[$-410]dddd\\ d\\ mmmm\\ yyyy", "46352", "giovedì 26 novembre 2026"),
        ("[$-415]d\\ mmmm\\ yyyy", "46352", "26 listopada 2026"),
        ("[$-407]d\\.\\ mmmm\\ yyyy", "46352", "26. November 2026"),
        ("[$-409]d\\-mmm\\-yy", "46352", "26-Nov-26"),
        ("[$-409]h:mm\\ AM/PM", "0.5", "12:00 PM"),
        ("[h]:mm:ss", "1.0104166667", "24:15:00"),
        ("[mm]:ss", "0.0104166667", "15:00"),
        ("mm:ss.0", "0.00001157", "00:01.0"),
        ("h&quot; год &quot;mm&quot; хв&quot;", "0.75", "18 год 00 хв"),
        ("dd.mm.yyyy", "1", "01.01.1900"),
    )
    built_in = [
        (14, "46352", "26.11.2026"),
        (20, "0.75", "18:00"),
        (21, "0.75", "18:00:00"),
        (22, "46352.75", "26.11.2026 18:00"),
        (46, "1.5", "36:00:00"),
    ]
    yield _built_in("v06_built_in.xlsx", *built_in)
    yield _formatted(
        "v06_since_1904.xlsx",
        ("dd.mm.yyyy", "44890", "26.11.2026"),
        properties='<workbookPr date1904="true"/>',
    )
    yield _shown("v06_iso.xlsx", ('<c r="@" t="d"><v>2026-11-26</v></c>', "2026-11-26"))


def further_shapes() -> Iterator[Case]:
    """Yield formats that few lists have; each shows what Excel shows."""
    yield _formatted(
        "v08_dates.xlsx",
        ("ddd\\ dd\\.mm", "46352", "чт 26.11"),
        ("[$-419]ddd", "46352", "чт"),
        ("[$-410]ddd", "46352", "gio"),
        ("[$-407]ddd", "46352", "Do"),
        ("dd\\.mm\\.yyyy", "60", "29.02.1900"),
        ("dd\\.mm\\.yyyy", "0", "00.01.1900"),
        ("dd\\.mm\\.yyyy", "61", "01.03.1900"),
        ("hh:mm:ss.000", "0.5000000116", "12:00:00.001"),
        ("ss.00", "0.00000138889", "00.12"),
        ("h:mm A/P", "0.75", "6:00 P"),
        ("mm/dd", "46352.9999999", "11/27"),
    )
    yield _formatted(
        "v08_numbers.xlsx",
        ("General", "1.5E-10", "1.5E-10"),
        ("General", "1E+15", "1E+15"),
        ("#.##", "5", "5."),
        ("0.##", "5.25", "5.25"),
        ("0/100", "0.25", "25/100"),
        ("# ?/4", "0.5", "2/4"),
        ("?/?", "1.5", "3/2"),
        ("##0.0E+0", "1234567", "1.2E+6"),
        ("0.0,,&quot;M&quot;", "1500000", "1.5M"),
        ("000\\-00\\-0000", "123456789", "123-45-6789"),
        ("Standard", "5", "5"),
        ("Основной", "380501112233", "380501112233"),
        ("[$UAH]\\ 0", "5", "UAH 5"),
    )
    yield _built_in(
        "v08_built_in.xlsx",
        (7, "5", "5.00 ₴"),
        (41, "0", "-"),
        (43, "1234.5", "1,234.50"),
        (44, "-2", "-2.00 ₴"),
        (48, "12345", "12.3E+3"),
    )
    yield _shown("v08_emoji_escaped.xlsx", (text("@", "_xD83D__xDE00_"), "😀"))
    twice = '<c r="A2"><v>3805011</v><v>12233</v></c>'
    both = f'<c r="A2" t="inlineStr"><is><t>{P1[:-1]}</t></is><v>3</v></c>'
    for name, cell in (("twice", twice), ("both", both)):
        told = {"sheets": sheet(row(1, "phone", "name"), row(2, cell, "x"))}
        yield fails(f"v08_value_{name}.xlsx", _writes(told), "CORRUPT")
    day = {
        "sheets": sheet(row(1, "phone", "name"), row(2, '<c r="A2" s="1"><v>46352</v></c>', "x")),
        "formats": ["dd\\.mm\\.yyyy"],
    }
    yield rows("v08_day_for_phone.xlsx", _writes(day), [], invalid=1)


def texts() -> Iterator[Case]:
    """Yield texts in all the ways that files keep them."""
    hint = '<rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>'
    phonetic = f'<c r="@" t="inlineStr"><is><t>東京</t>{hint}</is></c>'
    yield _shown(
        "v04_texts.xlsx",
        (text("@", "NA"), "NA"),
        (text("@", " a  b "), " a  b "),
        (text("@", "a&#160;b"), "a\u00a0b"),
        (text("@", "🌻&amp;&lt;b&gt;"), "🌻&<b>"),
        (text("@", "_x0041__x005F_x0042_"), "A_x0042_"),
        (text("@", "рядок&#10;два"), "рядок\nдва"),
        (text("@", "=1+1"), "=1+1"),
        (text("@", "007"), "007"),
        (phonetic, "東京"),
    )
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>Олена</t></si><si><r><rPr><b/></rPr><t>Га</t></r>'
        '<r><t xml:space="preserve">нна </t></r></si>'
        "<si><t/></si><si><t>x</t><rPh sb='0' eb='1'><t>hidden</t></rPh></si></sst>"
    )
    shared = [
        (f'<c r="@" t="s"><v>{at}</v></c>', shown)
        for at, shown in enumerate(("Олена", "Ганна ", "", "x"))
    ]
    yield _shown("v04_shared.xlsx", *shared, strings=strings)
    pretty = '<c r="@" t="s">\n <v>\n 0\n </v>\n</c>'
    yield _shown("v04_pretty.xlsx", (pretty, "Олена"), strings=strings)
    formulas = (
        ('<c r="@" t="str"><f>A1&amp;"x"</f><v>Олена</v></c>', "Олена"),
        ('<c r="@"><f t="shared" ref="B3:B9" si="0">1+1</f><v>2</v></c>', "2"),
        ('<c r="@"><f t="shared" si="0"/><v>3</v></c>', "3"),
        ('<c r="@" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="@" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="@" cm="1"><f t="array" ref="B7">SUM(A1)</f><v>6</v></c>', "6"),
    )
    yield _shown("v03_formulas.xlsx", *formulas)
    told = {
        "sheets": sheet(
            row(1, "phone", "name"),
            row(2, '<c r="A2"><f>1</f><v/></c>', "Олена"),
            row(3, P2, "x"),
            row(4, '<c r="A4" t="str"><f>B4</f><v></v></c>', "z"),
        )
    }
    yield rows("v03_not_calculated.xlsx", _writes(told), [P2], invalid=2)
    styled = {
        "sheets": sheet(
            row(1, "phone", "name"),
            row(2, '<c r="A2" s="1" t="inlineStr"><is><t>0501112233</t></is></c>', "x"),
        ),
        "formats": ["&quot;+38&quot;@"],
    }
    yield rows("v07_text_in_format.xlsx", _writes(styled), [P1], texts={"phone": ["+380501112233"]})
    missing = {
        "sheets": sheet(
            row(1, "phone", "name"), row(2, f'<c r="A2" s="99"><v>{P3[1:]}</v></c>', "x")
        )
    }
    yield rows("v07_no_such_style.xlsx", _writes(missing), [P3])
    yield _shown(
        "v07_no_styles.xlsx",
        (_number("5", 3), "5"),
        extra={"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'},
    )


def value_cases() -> Iterator[Case]:
    """Yield all cases of cells."""
    yield from phone_numbers()
    yield from numbers()
    yield from dates()
    yield from further_shapes()
    yield from texts()
