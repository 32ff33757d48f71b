"""The whole store in memory."""

from tests.fakes.activities import MemoryActivities
from tests.fakes.alerts import MemoryAlerts
from tests.fakes.api_keys import MemoryApiKeys
from tests.fakes.batches import MemoryBatches
from tests.fakes.campaigns import MemoryCampaigns
from tests.fakes.campaigns_in_sugar import MemoryCampaignsInSugar
from tests.fakes.changes import MemoryChanges
from tests.fakes.companies import MemoryCompanies
from tests.fakes.erasures import MemoryErasures
from tests.fakes.lists import MemoryLists
from tests.fakes.pushes import MemoryPushes
from tests.fakes.redos import MemoryRedos
from tests.fakes.score_marks import MemoryScoreMarks
from tests.fakes.sent_requests import MemorySentRequests
from tests.fakes.sites import MemorySites
from tests.fakes.sync import MemorySync
from tests.fakes.tenants import MemoryTenants
from tests.fakes.visitors import MemoryVisitors


class MemoryStore(
    MemoryBatches,
    MemoryErasures,
    MemoryRedos,
    MemorySync,
    MemoryTenants,
    MemoryApiKeys,
    MemorySentRequests,
    MemoryLists,
    MemoryChanges,
    MemoryScoreMarks,
    MemoryPushes,
    MemorySites,
    MemoryVisitors,
    MemoryActivities,
    MemoryCompanies,
    MemoryAlerts,
    MemoryCampaigns,
    MemoryCampaignsInSugar,
):
    """All stores of `ports/` in one memory.

    `rows`, `errors`, `connections` and `writes` let a test look behind the ports.
    """
