"""Send a test by the way of a campaign: frozen folders, intent, ledger, retries, all alike."""

import secrets
from functools import partial

from cascade_desktop.core.outcome import NO_WORDS
from cascade_desktop.core.plan import CODE_BYTES, make_code
from cascade_desktop.core.states import Reason, State
from cascade_desktop.core.trial import OF_ONE_MESSAGE, Trial
from cascade_desktop.engine.account import Account
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.journal.trials import TrialOutcome
from cascade_desktop.engine.power import Power
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Report
from cascade_desktop.engine.sending_log import run_logged
from cascade_desktop.engine.workspace import Workspace


class TrialSender:
    """Sends tests of one account, one after another; nothing of one waits when it returns."""

    def __init__(self, space: Workspace, account: Account) -> None:
        self._space = space
        self._account = account
        self._sender: Sender | None = None
        self._stopped = Reason.NONE

    @property
    def under_way(self) -> bool:
        """Tell whether a message is being handed over at this moment."""
        return self._sender is not None and self._sender.under_way

    def stop(self) -> None:
        """Let nothing leave any more; what is under way still ends."""
        self._stopped = Reason.OPERATOR_STOPPED
        if self._sender is not None:
            self._sender.stop()

    async def send(self, trial: Trial, report: Report) -> TrialOutcome:
        """Send one test and tell what became of it.

        What kept one from leaving, other than the message itself, keeps the next ones too.
        """
        why = self._stopped or await self._space.may_send()
        if why is not Reason.NONE:
            return _not_sent(trial, why)
        account, journal = self._account, self._space.journal
        code = make_code(secrets.token_bytes(CODE_BYTES))
        create = partial(
            journal.trials.create,
            trial,
            code,
            host=account.target.host,
            account=account.keys.fingerprint,
        )
        try:
            await self._space.worker.run(create)
        except UnwritableJournalError:
            return _not_sent(trial, Reason.DISK_FULL)
        await self._run(code, report)
        outcome = await self._space.worker.run(journal.trials.outcome, code)
        if outcome.state is State.REFUSED and outcome.reason not in OF_ONE_MESSAGE:
            self._stopped = outcome.reason
        return outcome

    async def _run(self, code: str, report: Report) -> None:
        account, space = self._account, self._space
        client = space.client(account.target, account.keys, account.proxy)
        sender = self._sender = space.sender(client, pace_per_s=account.pace_per_s)
        if self._stopped:
            sender.stop()
        try:
            async with Power().awake(sender):
                await run_logged(sender, code, report)
        finally:
            self._sender = None
            await client.aclose()
            await space.worker.run(self._close, code)

    def _close(self, code: str) -> None:
        """Settle what is left of a test; without room the next start does."""
        journal = self._space.journal
        try:
            journal.interrupt(code)
            journal.trials.close(code)
        except UnwritableJournalError:
            return


def _not_sent(trial: Trial, why: Reason) -> TrialOutcome:
    return TrialOutcome("", trial.phone, State.REFUSED, why, NO_WORDS, trial.at)
