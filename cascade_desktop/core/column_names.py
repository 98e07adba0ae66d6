"""What a column's name means, in six languages and in the words of usual exports."""

import re
import unicodedata
from functools import lru_cache

_LONGEST_NAME = 60
_CAMEL = re.compile(r"(?<=[a-zа-яіїєґё])(?=[A-ZА-ЯІЇЄҐЁ])")
_BRAND = re.compile(r"№|whats[ -]?app", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_WORD = re.compile(r"[^\W\d_]+")
_MOBILE = re.compile(
    r"моб|мобіл|мобільн\w*|мобильн\w*|мобілк\w*|мобил[аыку]?|сот|сотов\w*|стільник\w*"
    r"|вайбер|вотсап|ватсап|mob|mobiles?|mobil|mobil\w*(?:nr|num|tel|fon|phon|funk|no)\w*|mobiln\w*"
    r"|cell|cel|cell\w*(?:phone|num|no)|cellulare?i?|celular\w*|kom|kom[oó]r\w*|handy"
    r"|handy(?:nr|nummer|tel)\w*|gsm|msisdn|viber|whatsapp|telefonin[oi]"
)
_PHONE = re.compile(
    r"тел|тлф|tel|tlf|ph|tel(?:nr|no|num)\w*|phno|rufnummern?|rufnr|ruf"
    r"|\w*(?:телефон|telefon|telephon|t[eé]l[eé]phon)\w*|(?!mega|micro|saxo|homo)\w*phones?"
    r"|phone(?:no|nr|num)\w*"
)
_MAY_BE = re.compile(
    r"номер|номера|контакт\w*|одержувач\w*|получател\w*|абонент\w*|numero|numeri|contatt[oi]"
    r"|recapit[oi]|utenz[ae]|numbers?|contacts?|numer|numery|nummern?|nr|no|n|kontakte?|kontaktow\w*"
    r"|recipients?|to|destination|destinatario|odbiorca|empfänger|sms|смс"
)
_COUNTS = frozenset({"n", "no"})
"""Alone they number the rows."""
_ABOUT_A_PHONE = re.compile(
    r"тип\w*|types?|typ|tipo|модел\w*|\w*modell?\w*|марка|оператор\w*|operator\w*|operatore|статус"
    r"|status|stato|verif\w*|підтвердж\w*|подтвержд\w*|confirm\w*|дат[аи]|date|datum|data|text"
    r"|testo|treść|текст|sent|надісл\w*|отправ\w*|names?|імя|имя|nome|nazwa|прізв\w*|книга|book"
    r"|calls?|дзвін\w*|звон\w*|chiamat\w*|apps?|id|person\w*|особа|лицо|osoba|label|комм?ент\w*"
    r"|notes?|нотат\w*|приміт\w*|примеч\w*|e?mails?|пошт\w*|почт\w*|count|кільк\w*|колич\w*|valid"
    r"|ext|extension|телефонува\w*|telefonat\w*|telefonisch\w*|телефонн(?:а|ый|ий)|phonetic"
)
_FAX = re.compile(r"\w*fax\w*|факс\w*")
_SOMETHING_ELSE = re.compile(
    r"іпн|ипн|инн|inn|ідентифікац\w*|єдрпоу|едрпоу|егрпоу|окпо|огрн|снилс|рнокпп|податк\w*|fiscale"
    r"|iva|piva|pesel|nip|regon|steuer\w*|ustid\w*|vat|tax|ssn|iban|рахун\w*|сч[её]т\w*|accounts?"
    r"|conto|konto\w*|cards?|карт\w*|kart[ayeę]\w*|tessera|carta|паспорт\w*|passport\w*|passaporto"
    r"|paszport\w*|reisepass\w*|ausweis\w*|замовл\w*|orders?|ordin[ei]|zam[oó]wie\w*|bestell\w*"
    r"|заказ\w*|догов[оі]р\w*|contracts?|contratt\w*|umow\w*|vertrag\w*|invoices?|fattur\w*"
    r"|faktur\w*|rechnung\w*|чек|receipts?|barcodes?|штрих\w*|ean|sku|артикул\w*|imei|iccid"
    r"|дат[аи]|dates?|datum|data|birth\w*|сум+[аи]|amount|total|importo|kwota|betrag|prices?|цін[аи]"
    r"|цен[аы]|баланс|balance|zip|postcode|postal|індекс|индекс|cap|plz"
)


def plain_name(name: str) -> str:
    """Reduce a column's name to what people mean by it: letters and digits, case aside.

    >>> plain_name("Моб. телефон") == plain_name("МОБ_ТЕЛЕФОН")
    True
    """
    text = unicodedata.normalize("NFKC", name.replace("№", "")).casefold()
    return "".join(sign for sign in text if sign.isalnum())


@lru_cache(maxsize=1024)
def phone_word(name: str) -> int:
    """Say how clearly a column's name means phones, 0 to 3.

    >>> phone_word("Моб. телефон"), phone_word("Phone"), phone_word("Номер"), phone_word("Ім’я")
    (3, 2, 1, 0)
    """
    words = _words(name)
    digits = sum(sign.isdecimal() for sign in name)
    if not words or digits > 2 or any(map(_ABOUT_A_PHONE.fullmatch, words)):  # noqa: PLR2004
        return 0  # Phone 2 is a name, тел. 044 a number
    if any(map(_MOBILE.fullmatch, words)):
        return 3
    if any(map(_PHONE.fullmatch, words)):
        return 2
    return int(all(map(_MAY_BE.fullmatch, words)) and not _COUNTS.issuperset(words))


def names_something_else(name: str) -> bool:
    """Tell whether a name says that its digits are no phones, however much they look like them.

    >>> names_something_else("Номер картки"), names_something_else("Телефон для замовлень")
    (True, False)
    """
    if phone_word(name):
        return False
    return any(_FAX.fullmatch(word) or _SOMETHING_ELSE.fullmatch(word) for word in _words(name))


def _spelled(brand: re.Match[str]) -> str:
    return " " if brand.group() == "№" else "whatsapp"


def _words(name: str) -> list[str]:
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", _BRAND.sub(_spelled, name)))
    if len(text) > _LONGEST_NAME:
        return []
    return _WORD.findall(_APOSTROPHES.sub("", text).casefold())
