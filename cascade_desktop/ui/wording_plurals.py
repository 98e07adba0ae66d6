"""Plural forms: how a sentence's number picks its words, in English and in other languages.

A counted sentence is written once, both English forms in brackets, and called literally:
``translate("wording", "Shorten the text by %Ln character(s).", None, n)``; words that change more
are written ``(is/are)``. Where no translation is installed, `translate` picks the English form, so
nobody sees the brackets; a Ukrainian or Italian ``.ts`` gives its own forms for the same source.

``pyside6-lupdate`` finds such a call only where the count is a bare name: it silently skips one
with ``units - limit``, ``problem.count`` or ``n=n``. It does not mark what it finds as plural
(PyQt4's argument for the encoding stood there), so whoever writes the ``.ts`` files sets
``numerus="yes"`` on the messages that hold ``%n`` or ``%Ln``.
"""

import re

from PySide6.QtCore import QCoreApplication, QTranslator

_FORMS = re.compile(r"\((?:(\w+)/(\w+)|(e?s))\)")


def translate(context: str, text: str, comment: str | None = None, n: int = -1) -> str:
    """Return a sentence in the operator's language, the form that fits ``n``.

    >>> translate("wording", "%n (person/people) will get it.", None, 1)
    '1 person will get it.'
    """
    said = QCoreApplication.translate(context, text, comment, n)
    return said if n < 0 else pick_english(said, n)


def pick_english(text: str, n: int) -> str:
    """Resolve the bracketed forms of an English sentence.

    >>> pick_english("%n answer(s) (is/are) empty", 2)
    '%n answers are empty'
    """
    one = 1 if n == 1 else 2
    return _FORMS.sub(lambda form: form.group(one) or ("" if n == 1 else form.group(3) or ""), text)


class EnglishPlurals(QTranslator):
    """Picks English forms for what widgets say with ``self.tr("…", "", n)``; install it first."""

    def translate(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        context: str,
        source_text: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """Answer for counted sentences only."""
        return pick_english(source_text, n) if n >= 0 else None

    def isEmpty(self) -> bool:
        """Tell Qt that there is something to translate with."""
        return False
