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
    r"|handy(?:nr|nummer|tel)\w*|gsm|msisdn|viber|whatsapp|telefonin[oi]|m[oó]vil(?:es)?|portables?"
    r"|κινητ\w*"
)
_PHONE = re.compile(
    r"тел|тлф|tel|tlf|ph|tel(?:nr|no|num)\w*|phno|rufnummern?|rufnr|ruf"
    r"|\w*(?:телефон|t[eé]l[eé]fon|t[eé]l[eé]phon)\w*|τηλ\w*|(?!mega|micro|saxo|homo)\w*phones?"
    r"|phone(?:no|nr|num)\w*"
)
_MAY_BE = re.compile(
    r"номер|номера|контакт\w*|одержувач\w*|получател\w*|абонент\w*|numero|numeri|contatt[oi]"
    r"|recapit[oi]|utenz[ae]|numbers?|contacts?|numer|numery|nummern?|nr|no|n|kontakte?|kontaktow\w*"
    r"|recipients?|to|destination|destinatario|odbiorca|empfänger|sms|смс|durchwahl\w*|αριθμ\w*"
)
_ANOTHERS = re.compile(
    r"менедж\w*|manag\w*|агент\w*|agent[aei]?s?|курєр\w*|курьер\w*|couriers?|corriere|kurier\w*"
    r"|воді[йїя]\w*|водител\w*|drivers?|autista|fahrer\w*|kierowc\w*|офіс\w*|офис\w*|offices?"
    r"|ufficio|biur\w*|b[uü]ro\w*|магазин\w*|shops?|stores?|negozio|sklep\w*|filial\w*|філі[яїй]\w*"
    r"|продав\w*|sellers?|vendors?|venditore|sprzedawc\w*|verk[aä]ufer\w*|підтримк\w*|поддержк\w*"
    r"|support|assistenza|компан\w*|compan\w*|azienda\w*|firm[aey]\w*|фірм\w*|фирм\w*|довід\w*"
    r"|справок|отправител\w*|відправник\w*|senders?|mittente|nadawc\w*|absender\w*|екстрен\w*"
    r"|emergency|emergenza|notfall\w*|стар(?:ий|ого|ый)|old|former|vecchi\w*|alte[rs]?|stary"
    r"|попередн\w*|referente|opiekun\w*|berater\w*|vertreter\w*|куратор\w*|консультант\w*"
)
"""Words of a phone that somebody else than the person in the row may answer, or nobody."""
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
    r"|цен[аы]|баланс|balance|zip|postcode|postal|індекс|индекс|cap|plz|edrpou|rnokpp|ipn|inn|drfo"
    r"|дрфо|ттн|ttn|наклад\w*|tracking|трек\w*|spedizione|przesyłk\w*|sendung\w*|серійн\w*|серийн\w*"
    r"|serials?|seriale|matricol[ae]|код\w*|codes?|codic[ei]|kody?|kundennummer|kundennr|timestamps?"
    r"|created|updated|modified|створено|оновлено|создан\w*|время|time|unixtime|epoch|uuid|guid"
    r"|снілс|оплат\w*|платіж\w*|платеж\w*|payments?|pagament\w*|płatnoś\w*|zahlung\w*|поліс\w*"
    r"|полис\w*|polic[yi]\w*|polizz[ae]|талон\w*|тикет\w*|tickets?|білет\w*|билет\w*|bigliett\w*"
    r"|транзакц\w*|transactions?|transazion\w*|transakcj\w*|swift|bic|абонплат\w*|ліценз\w*|лиценз\w*"
    r"|licen[cs]\w*|patente|targa|vin|заяв\w*|requests?|richiest[ae]|wniosk\w*|antrag\w*|auftrag\w*"
)
_HINT = re.compile(r"[(\[](?:[^)\]\d]*\d){0,4}[^)\]\d]*[)\]]")
"""How numbers are to be written, as in Phone (E.164)."""


_USUAL = re.compile(
    r"імя|имя|піб|фіо|фио|пиб|прізвищ\w*|фамили\w*|батькові|отчество|клієнт\w*|клиент\w*|пацієнт\w*"
    r"|пациент\w*|учень|учасник\w*|гість|гости?|місто|міста|город\w*|адрес[аи]?|область|країна|страна"
    r"|вулиця|стать|пол|вік|возраст|народження|рождения|знижк\w*|скидк\w*|бонус\w*|товар\w*|послуг\w*"
    r"|names?|first|last|full|surname|middle|client|customer|patient|guest|student|member|city|town"
    r"|address|street|country|region|gender|sex|age|birthday|discount|bonus|points|product|item|email"
    r"|company|group|title|nome|cognome|nominativo|cliente|paziente|citt[aà]|indirizzo|via|paese|sesso"
    r"|et[aà]|nascita|sconto|punti|prodotto|im[ieę]|imiona|nazwisko|klient|pacjent|miasto|adres|ulica"
    r"|kraj|płeć|wiek|rabat|vorname|nachname|kunde|kundin|patient|stadt|ort|anschrift|adresse|strasse"
    r"|straße|land|geschlecht|alter|rabatt|artikel|nombre|apellidos?|ciudad|nom|pr[eé]nom|ville|хто|кто"
    r"|reason|added|since|utc|причина|додано|добавлено|motivo|aggiunto|grund|powód|dodano"
)
"""Words of usual names of columns, besides those about phones and numbers."""


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
    digits = sum(sign.isdecimal() for sign in _HINT.sub("", name))
    if not words or digits > 2 or any(map(_ABOUT_A_PHONE.fullmatch, words)):  # noqa: PLR2004
        return 0  # Phone 2 is a name, тел. 044 a number
    says = [kind for kind, word in ((3, _MOBILE), (2, _PHONE)) if any(map(word.fullmatch, words))]
    if says:
        return 1 if any(map(_ANOTHERS.fullmatch, words)) else says[0]
    return int(all(map(_MAY_BE.fullmatch, words)) and not _COUNTS.issuperset(words))


def names_something_else(name: str) -> bool:
    """Tell whether a name says that its digits are no phones, however much they look like them.

    >>> names_something_else("Номер картки"), names_something_else("Телефон для замовлень")
    (True, False)
    """
    words = _words(name)
    if phone_word(name) or any(_MOBILE.fullmatch(word) or _PHONE.fullmatch(word) for word in words):
        return False
    if "id" in words and len(words) > 1:
        return True
    return any(_FAX.fullmatch(word) or _SOMETHING_ELSE.fullmatch(word) for word in words)


def is_usual_name(name: str) -> bool:
    """Tell whether a cell says no more than what a column is called in usual lists.

    >>> is_usual_name("Ім’я клієнта"), is_usual_name("Олена")
    (True, False)
    """
    kinds = (_USUAL, _ABOUT_A_PHONE, _SOMETHING_ELSE, _MAY_BE)
    words = _words(name)
    if any(sign.isdecimal() for sign in name) or not words:
        return name.strip() in {"№", "#"}
    return all(any(kind.fullmatch(word) for kind in kinds) for word in words)


def _spelled(brand: re.Match[str]) -> str:
    return " " if brand.group() == "№" else "whatsapp"


def _words(name: str) -> list[str]:
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", _BRAND.sub(_spelled, name)))
    if len(text) > _LONGEST_NAME:
        return []
    return _WORD.findall(_APOSTROPHES.sub("", text).casefold())
