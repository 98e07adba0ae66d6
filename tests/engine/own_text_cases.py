"""Delimited text as programs of many years and countries left it."""

import codecs
from collections.abc import Iterator

from own_case import NAMES, P1, P2, P3, Case, asks, fails, rows, table

_UKRAINIAN = ["Олена Коваль", "Андрій Щербак", "Юлія Ґудзь"]
_PLAIN_UKRAINIAN = ["Олена Коваль", "Андрей Щербак", "Юлия Зоря"]
_ITALIAN = ["Niccolò Forlì", "Perché Là", "Città di Cefalù"]
_POLISH = ["Łucja Śliwińska", "Grażyna Żak", "Małgorzata Źdźbło"]
_GERMAN = ["Jürgen Groß", "Käthe Müller", "Björn Öztürk"]
_ITALIANS = ("+393201112233", "+393282223344", "+393473334455")


def _named(names: list[str], phones: tuple[str, ...] = (P1, P2, P3), end: str = "\r\n") -> str:
    lines = ["phone;name", *map(";".join, zip(phones, names, strict=True))]
    return "".join(line + end for line in lines)


def encodings() -> Iterator[Case]:
    """Yield files whose encoding must be found."""
    for encoding in ("cp1251", "koi8-u", "mac-cyrillic"):
        text = _named(_UKRAINIAN).encode(encoding)
        yield rows(f"c02_{encoding}.csv", text, texts={"name": _UKRAINIAN})
        yield rows(
            f"c02_{encoding}_shouted.csv",
            _named([name.upper() for name in _UKRAINIAN]).encode(encoding),
            texts={"name": [name.upper() for name in _UKRAINIAN]},
        )
        yield rows(
            f"c02_{encoding}_short.csv",
            table().encode(encoding),
            texts={"name": list(NAMES)},
        )
    for encoding in ("cp866", "iso-8859-5"):
        text = _named(_PLAIN_UKRAINIAN).encode(encoding)
        yield rows(f"c02_{encoding}.csv", text, texts={"name": _PLAIN_UKRAINIAN})
    for encoding in ("cp1252", "iso-8859-15", "mac-roman"):
        text = _named(_ITALIAN, _ITALIANS).encode(encoding)
        yield rows(f"c03_{encoding}.csv", text, _ITALIANS, texts={"name": _ITALIAN}, region="IT")
    for region, names, phones in (
        ("IT", _ITALIAN, _ITALIANS),
        ("UA", _UKRAINIAN, (P1, P2, P3)),
        ("PL", _POLISH, ("+48501112233", "+48602223344", "+48733334455")),
        ("DE", _GERMAN, ("+4915111122333", "+4917222233444", "+4916033334455")),
    ):
        text = _named(names, phones).encode("utf-8-sig")
        yield rows(f"c04_bom_{region}.csv", text, phones, texts={"name": names}, region=region)
    yield rows(
        "c04_cp1250.csv",
        _named(_POLISH, ("+48501112233", "+48602223344", "+48733334455")).encode("cp1250"),
        ("+48501112233", "+48602223344", "+48733334455"),
        texts={"name": _POLISH},
        region="PL",
    )


def short_files() -> Iterator[Case]:
    """Yield a row or two with few letters that tell: a country's own letters must do."""
    for region, encoding, names in (
        ("IT", "mac-roman", ["CITTÀ"]),
        ("IT", "mac-roman", ["Andrà"]),
        ("IT", "cp1252", ["10 €"]),
        ("IT", "cp1252", ["L’Aquila – “Città”"]),
        ("IT", "iso-8859-15", ["Zoë", "20 €"]),
        ("DE", "mac-roman", ["Björn"]),
        ("DE", "cp1252", ["Weiß"]),
        ("PL", "iso-8859-2", ["Łódź"]),
        ("PL", "cp1250", ["ŚLIWA"]),
        ("CZ", "iso-8859-2", ["Šárka"]),
        ("UA", "cp1250", ["Małgorzata Wiśniewska", "Łukasz Żak"]),
        ("UA", "cp1252", ["Niccolò", "Perché"]),
        ("UA", "koi8-u", ["ЇЖАК"]),
        ("UA", "cp1251", ["Їжак", "Ґава"]),
        ("UA", "mac-cyrillic", ["Ганна"]),
        ("UA", "iso-8859-5", ["ІРИНА"]),
        ("UA", "cp866", ["Iрина", "Сергiй"]),
    ):
        told = "".join(f"{P1[:-1]}{n};{name}\r\n" for n, name in enumerate(names))
        phones = [f"{P1[:-1]}{n}" for n in range(len(names))]
        name = f"c07_{region}_{encoding}_{names[0][:5]}.csv".replace(" ", "_").replace("’", "")
        wanted = {"texts": {"name": names}, "also": ["ask"], "region": region}
        yield rows(name, ("phone;name\r\n" + told).encode(encoding), phones, **wanted)
    broken = f"телефон;ім’я\n{P1};Ол".encode() + b"\xff" + "ена\n".encode()
    yield rows("c07_bad_byte_in_a_row.csv", broken, [P1], texts={"ім’я": ["Ол\ufffdена"]})
    broken = broken.replace(b"\xff", b"\xd0")
    yield rows("c07_half_a_letter.csv", broken, [P1], texts={"ім’я": ["Ол\ufffdена"]})
    broken = "телефон;ім’я\n+38050111".encode() + b"\xff" + "2233;Олена\n".encode()
    yield rows("c07_bad_byte_in_phone.csv", broken, [], invalid=1)
    for number, line in enumerate(("sep=;,,", '"sep=;"', "SEP=;", "sep=;\t\t"), 1):
        yield rows(f"d25_instruction_{number}.csv", f"{line}\r\n" + table(), invalid=0)


def wide_encodings() -> Iterator[Case]:
    """Yield files of two bytes a letter, and files that are damaged here and there."""
    marked = codecs.BOM_UTF16_BE + table().encode("utf-16-be")
    yield rows("c01_utf16be_bom.csv", marked, texts={"name": list(NAMES)})
    yield rows("c01_utf16be_nobom.csv", table().encode("utf-16-be"), texts={"name": list(NAMES)})
    long_names = [name * 30 for name in NAMES]
    text = _named(long_names).encode("utf-16-le")
    yield rows("c01_utf16le_nobom_words.csv", text, texts={"name": long_names})
    text = codecs.BOM_UTF16_LE + table("\t").encode("utf-16-le") + b"\x00"
    yield rows("c01_utf16_odd_byte.txt", text, texts={"name": list(NAMES)})
    text = table().replace("Олена", "Оле\x00на").encode()
    yield rows("c05_nul_in_name.csv", text, texts={"name": ["Олена"]})
    text = table().replace(P2, P2[:5] + "\ufeff" + P2[5:]).encode("utf-8-sig")
    yield rows("c05_bom_in_phone.csv", text)
    yield rows("c05_two_boms.csv", codecs.BOM_UTF8 * 2 + table().encode())
    yield rows("c05_ctrl_z_lines.csv", table().encode() + b"\x1a\r\n\r\n")
    yield rows("c06_cut_in_a_letter.csv", table(end="\n").encode()[:-4] + b"\xd0")
    many = table() + "".join(f"+38050222{n:04d};Їжак\r\n" for n in range(60))
    text = many.encode().replace(NAMES[1].encode(), NAMES[1].encode()[:3] + b"\xff")
    phones = [P1, P2, P3, *(f"+38050222{n:04d}" for n in range(60))]
    yield rows("c06_one_bad_byte.csv", text, phones, texts={"name": ["Олена"]})
    text = table().encode() + f"{P1[:-1]}4;Олена\r\n".encode("cp1251")
    yield rows("c06_two_files_glued.csv", text, [P1, P2, P3, P1[:-1] + "4"])


def separators() -> Iterator[Case]:
    """Yield files cut by each sign, with quotes in every way."""
    names = {"name": list(NAMES)}
    for sign, word in ((";", "semicolon"), (",", "comma"), ("|", "bar"), ("\t", "tab")):
        yield rows(f"d01_{word}.csv", table(sign), texts=names)
        yield rows(f"d02_sep_{word}.csv", f"sep={sign}\r\n" + table(sign), texts=names)
        yield rows(f"d05_trailing_{word}.csv", table(sign, sign + "\n"), texts=names)
    yield rows("d02_sep_bom_utf16.csv", ("sep=,\r\n" + table(",")).encode("utf-16"), texts=names)
    yield rows("d02_sep_quoted.csv", '"sep=;"\r\n' + table(), texts=names)
    yield rows("d03_one_column.txt", f"{P1}\n{P2}\n{P3}\n")
    yield rows("d03_digit_8.txt", "80501112233\n80672223344\n80933334455\n")
    yield rows("d03_line_ends_of_mac.csv", table(end="\r"), texts=names)
    yield rows("d03_line_ends_mixed.csv", table().replace("\r\n", "\n", 2), texts=names)
    yield rows("d03_returns_doubled.csv", table(end="\r\r\n"))
    quoted = f'"phone";"name"\n"{P1}";"Олена ""Ї"" К."\n"{P2}";"a;b"\n"{P3}";"c\nd"\n'
    yield rows("d04_all_quoted.csv", quoted, texts={"name": ['Олена "Ї" К.', "a;b", "c\nd"]})
    single = table().replace(P1, f"'{P1}'").replace(P2, f"'{P2}'")
    yield rows("d04_single_quotes.csv", single, texts=names)
    broken = table().replace("Андрій", '"Андрій')
    yield rows("d09_quote_never_closed.csv", broken, texts={"name": ["Олена", '"Андрій']})
    broken = table().replace("Олена", '"Олена').replace("Ґанна", '"Ґанна')
    yield rows("d09_two_quotes_never_closed.csv", broken)
    lines = f'phone;name\n{P1};"a;b"\n{P2};"Ромашка\n{P3};"c;d"\n'
    yield rows("d09_open_quote_among_good.csv", lines, texts={"name": ["a;b", '"Ромашка', "c;d"]})
    yield rows(
        "d09_inch.csv",
        f'phone;size\n{P1};17"\n{P2};19"\n',
        [P1, P2],
        texts={"size": ['17"', '19"']},
    )
    yield rows("d06_comma_in_words.csv", table().replace("Ґанна Ї.", "Ґанна, Їжак, мама"))
    money = f"phone;sum\n{P1};1,50\n{P2};2,75\n{P3};3,10\n"
    yield rows("d06_decimal_commas.csv", money, texts={"sum": ["1,50", "2,75", "3,10"]})
    yield rows("d06_bar_in_words.csv", f"phone,name\n{P1},a|b\n{P2},c|d\n", [P1, P2])
    ragged = f"phone;name;city\n{P1};a;b;c;d\n{P2}\n{P3};x\n"
    yield rows("d07_ragged_long.csv", ragged, texts={"city": ["b", "", ""]})


def layouts() -> Iterator[Case]:
    """Yield titles, missing and doubled names of columns, and odd lines."""
    title = "Список клієнтів;;\r\nвід 01.11.2026;;\r\n;;\r\n" + table(end=";\r\n")
    yield rows("d10_titles_above.csv", title, texts={"name": list(NAMES)})
    yield rows("d10_title_one_cell.csv", "Клієнти на листопад\r\n\r\n" + table())
    hotline = "Гаряча лінія: 0 800 123 456\r\n" + table()
    yield rows("d10_title_with_a_number.csv", hotline, invalid=0)
    yield rows("d11_no_header.csv", f"{P1};Олена\n{P2};Андрій\n", [P1, P2])
    yield rows("d11_no_header_national.txt", "0501112233\n0672223344\n", [P1, P2])
    yield rows("d12_two_names.csv", f"phone;name;name\n{P1};a;b\n", [P1], texts={"name": ["a"]})
    two = f"phone;phone 2;name\n{P1};{P2};a\n{P3};;b\n"
    yield asks("d12_two_phone_columns.csv", two, "TWO_PHONE_COLUMNS")
    yield rows(
        "d12_code_and_phone.csv", f"код;Мобільний\n123456789;{P1}\n987654321;{P2}\n", [P1, P2]
    )
    yield rows("d13_header_of_other_words.csv", f"кому;хто\n{P1};Олена\n", [P1])
    for word in (
        "Телефон",
        "Моб.",
        "cellulare",
        "Numer telefonu",
        "Handynummer",
        "MSISDN",
        "№ тел.",
    ):
        yield rows(
            f"d13_{word}.csv".replace(" ", "_"), f"id;{word}\n1001;{P1}\n1002;{P2}\n", [P1, P2]
        )
    yield rows(
        "d14_line_separator.csv",
        table().replace("Олена", "Оле\u2028на;1\x0b2"),
        texts={"name": ["Оле\u2028на"]},
    )
    yield rows(
        "d14_next_line_sign.csv",
        table().replace("Олена", "Оле\x85на"),
        texts={"name": ["Оле\x85на"]},
    )
    long = table().replace("Олена", "О" * 1_000_000)
    yield rows("d14_cell_of_a_megabyte.csv", long)
    long = "phone;name\n" + "1" * 1_000_000 + f";a\n{P2};b\n"
    yield rows("d14_phone_of_a_megabyte.csv", long, [P2], invalid=1)
    yield fails("d15_wide_100000.csv", ";".join(["x"] * 100_000), "TOO_MANY_COLUMNS")
    yield rows("d16_only_blank_rows_below.csv", table() + ";\r\n" * 3000)
    yield rows(
        "d19_nbsp_and_emoji.csv",
        f"phone;name\n{P1};А\u00a0Б 🌻\n",
        [P1],
        texts={"name": ["А\u00a0Б 🌻"]},
    )
    yield rows("d19_right_to_left.csv", f"phone;name\n\u202a{P1}\u202c;שלום\n", [P1])
    yield rows("d20_na_phones.csv", f"phone;name\nNA;a\nnull;b\n{P3};c\n", [P3], invalid=2)
    zeros = f"phone;code\n{P1};007\n{P2};1e5\n{P3};TRUE\n"
    yield rows("d21_codes_stay_text.csv", zeros, texts={"code": ["007", "1e5", "TRUE"]})
    apostrophe = f'phone;name\n\'0501112233;a\n="0672223344";b\n"=""{P3}""";c\n'
    yield rows("d23_excels_own_tricks.csv", apostrophe)
    yield fails("d24_names_only.csv", "phone;name\n", "NO_ROWS")
    yield fails("d24_blank.csv", "\ufeff \r\n\t\r\n", "EMPTY_FILE")
    yield fails("d24_bom_only.csv", codecs.BOM_UTF8, "EMPTY_FILE")
    yield fails(
        "d24_words_only.txt",
        "Шановні колеги,\nнадсилаю список.\nДякую\n",
        "NO_PHONE_COLUMN",
        also=["rows"],
        also_phones=[],
    )


def text_cases() -> Iterator[Case]:
    """Yield all cases of delimited text."""
    yield from encodings()
    yield from wide_encodings()
    yield from short_files()
    yield from separators()
    yield from layouts()
