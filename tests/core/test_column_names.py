"""What a column's name means, in six languages and usual exports."""

import pytest

from cascade_desktop.core.column_names import names_something_else, phone_word, plain_name

PHONES = """
телефон | Тел. | тел | Тел. моб. | Моб.тел | Моб | Мобільний | мобілка | Номер | номер
телефону | № телефону | № тел. | Контактний номер | Контакт | Контактний тел | Сотовий |
Телефон клієнта | тел_клієнта | Телефон (моб.) | Телефони | Номер мобільного | Тел/факс |
Телефон/Факс | Телефон батьків | тел. мами | Мобільний телефон одного з батьків | Вайбер |
Viber | Номер Viber | Абонент | Phone1 | Phone 1 - Value | Mobile Phone | mobile_phone |
Cell Phone | cellphone | Cell | Tel | Tel. | Tel. No. | Tel no | TelNo | Telephone |
Telephone number | Contact number | Contact No | Contact | Phone No. | PhoneNo | Ph | Ph.
No | Phone (mobile) | Primary Phone | Home Phone | WhatsApp | WhatsApp number | GSM |
MSISDN | msisdn_a | To | Recipient | Number | Destination | customer_phone | billing_phone
| Billing Phone | shipping_phone | user.phone | phoneNumber | Telefono | Telefono
cellulare | Cellulare | Cell. | Numero di cellulare | N. telefono | N. cell | N° telefono
| Nr. telefono | Recapito telefonico | Recapito | Tel. cellulare | Utenza | Numero |
Telefonino | Contatto telefonico | Telefon | Telefon kom. | tel. kom. | Tel kom | Komórka
| Nr telefonu | Numer telefonu | Numer komórki | Numer | Nr tel. | nr tel | Kontakt |
Telefon kontaktowy | Telefon klienta | Telefonnummer | Tel.-Nr. | Tel.Nr | TelNr | Handy |
Handynummer | Handy-Nr. | Mobil | Mobilfunk | Mobilfunknummer | Mobiltelefon | Mobilnr. |
Rufnummer | Rufnr. | Telefon privat | Festnetz/Mobil | Ruf-Nr | Сотовый | сот. | Сот. тел.
| Cell line | Durchwahl | Αριθμός | Κινητό | Τηλέφωνο | Móvil | Teléfono móvil | Téléphone |
Portable | Phone (E.164) | Телефон (+380) | Телефон менеджера | Office phone | Старий телефон
| Мобильный | Моб. номер | Номер телефона | Телефон мобильный | тел. сот. | Контактный
телефон | Номер абонента | Телефон для связи | Мобила
"""
OTHERS = """
Модель телефону | Марка телефона | Phone model | Telefonmodell | Modello telefono | Ім'я |
Прізвище | Адреса | Дата | Дата дзвінка | Телефон подтвержден | Phone verified |
phone_type | Phone type | Тип телефону | Оператор | Мобільний оператор | Mobile operator |
Operatore mobile | Automobile | Автомобіль | Марка авто | Immobile | Immobilie |
Immobilien | Mobili | Мобілізація | Mobility | Mobiliar | Meblo | Номер замовлення | Номер
картки | Номер договору | Номер паспорта | № замовлення | Order number | Order no | Card
number | Account number | Customer number | Numero ordine | Numero tessera | Numero civico
| Numer zamówienia | Numer klienta | Nr zamówienia | Bestellnummer | Kundennummer |
Kontonummer | Hausnummer | Номер заказа | Номер карты | ІПН | ИНН | ЄДРПОУ | Codice
fiscale | PESEL | NIP | Steuernummer | IBAN | Рахунок | Контактна особа | Contact person |
Contact name | Contact ID | Kontaktperson | Ansprechpartner | Persona di contatto | Osoba
kontaktowa | Контактное лицо | Contact email | Телефонна книга | SMS text | SMS sent |
Текст SMS | Viber статус | Viber status | WhatsApp name | Excel | Parcel | Cancelled |
Cancelleria | Cellar | Microfono | Megafono | Saxofono | Phonetic | Fonoteca | Mobile app
| App mobile | mobile app version | Phone calls | Телефонували | Calls | Handicap |
Handyman | Total | Tomato | Комментарий | Коментар | Домофон | Код домофону | Mobbing |
Мобинг | Telefonata | Data telefonata | Telefonisch erreicht | cellule
"""


def names(block: str) -> list[str]:
    return [" ".join(name.split()) for name in block.split("|")]


@pytest.mark.parametrize("name", names(PHONES))
def test_a_name_means_phones(name: str) -> None:
    assert phone_word(name)


@pytest.mark.parametrize("name", names(OTHERS))
def test_another_name_does_not(name: str) -> None:
    assert not phone_word(name)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Телефон менеджера", 1),
        ("Móvil", 3),
        ("mobilePhone", 3),
        ("Phone 1 - Value", 2),
        ("Номер абонента", 1),
        ("No.", 0),
        ("№", 0),
    ],
)
def test_some_names_say_it_more_clearly(name: str, word: int) -> None:
    assert phone_word(name) == word


@pytest.mark.parametrize(
    "name",
    [
        *("ІПН", "ИНН", "Codice fiscale", "PESEL", "Steuernummer", "IBAN", "Номер картки", "Fax"),
        *("Card number", "Nr zamówienia", "Bestellnummer", "Номер договору", "Дата народження"),
        *("EDRPOU", "РНОКПП", "ТТН", "Код клієнта", "Customer ID", "Matricola", "created_at"),
        *("Факс", "Numero tessera", "Kontonummer", "Order no", "Сума", "Betrag", "Amount"),
    ],
)
def test_a_name_of_other_numbers_is_known(name: str) -> None:
    assert names_something_else(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Ім’я",
        "Phone ID",
        "Код телефону",
        "Телефон для замовлення",
        "Billing phone",
        "Тел/факс",
        "Клієнт",
        "ID",
    ],
)
def test_a_name_that_does_not_exclude_phones_is_none_of_them(name: str) -> None:
    assert not names_something_else(name)


def test_names_are_compared_without_case_blanks_and_signs() -> None:
    assert plain_name("Моб. Телефон_№") == plain_name("МОБ ТЕЛЕФОН")
