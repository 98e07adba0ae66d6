"""Wait until the service can be reached again, so that a campaign may go on by itself (R10)."""

from datetime import datetime, timedelta

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.drafts import stale_after_s
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.batching import LONGEST_AWAY
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.waits import Waits

ASK_EVERY_S = 60.0
PASSING = frozenset(
    {Reason.NO_CONNECTION, Reason.SLOW_CONNECTION, Reason.PROXY_DOWN, Reason.SERVER_BUSY}
)
"""Why a campaign pauses that may be over by itself; nothing of it was handed over."""


def comes_back_until(head: Head, now: datetime) -> datetime | None:
    """Return until when a campaign that just paused may go on by itself; None where it may not.

    Whoever comes back later is asked, and a call or a code is not worth sending that long.
    """
    if head.state is not CampaignState.PAUSED or head.reason not in PASSING:
        return None
    campaign = read_campaign(head.draft)
    stale_s = stale_after_s(campaign.draft) if isinstance(campaign, Campaign) else None
    return now + (LONGEST_AWAY if stale_s is None else timedelta(seconds=stale_s))


async def wait_for_service(client: Client, waits: Waits, until: datetime) -> bool:
    """Ask once a minute, sending nothing, until the service answers; False when it is too late.

    By the wall clock: a computer that slept meanwhile does not go on in the night.
    """
    while waits.now() < until:
        await waits.wait(ASK_EVERY_S)
        check = await client.check_keys()
        if waits.now() < until and (check.is_right or check.is_wrong):
            return True
    return False
