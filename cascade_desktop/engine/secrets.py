"""The account's keys in the system's own key store; without one, for this session only."""

import json
import logging

from cascade_desktop.core.target import Keys, KeyWrong, read_keys
from cascade_desktop.engine.log import safe_trace

_SERVICE = "Cascade Desktop"
_log = logging.getLogger(__name__)


class KeyStore:
    """Keeps the keys of one account.

    Key stores fail in many ways, and not all of them by keyring's own exceptions: whatever goes
    wrong means that the keys live for this session only.
    """

    def __init__(self, account: str = "default") -> None:
        self._account = account
        self._session = Keys()

    def load(self) -> Keys:
        """Return the keys that were saved, or none."""
        if self._session:
            return self._session
        try:
            import keyring

            saved = json.loads(keyring.get_password(_SERVICE, self._account) or "[]")
            keys = read_keys(*saved)
        except Exception as error:
            _log.warning("no key store: %s", safe_trace(error))
            return Keys()
        self._session = Keys() if isinstance(keys, KeyWrong) else keys
        return self._session

    def save(self, keys: Keys) -> bool:
        """Keep the keys; False when they will be gone with this session."""
        self._session = keys
        text = json.dumps([keys.api_key, keys.viber_token, keys.tg_key])
        try:
            import keyring

            keyring.set_password(_SERVICE, self._account, text)
        except Exception as error:
            _log.warning("no key store: %s", safe_trace(error))
            return False
        return True
