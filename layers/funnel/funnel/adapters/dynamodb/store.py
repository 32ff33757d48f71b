"""The store as one object."""

import time
from collections.abc import Callable
from typing import Any

from botocore.config import Config
from botocore.session import get_session

from funnel.adapters.dynamodb.activities import DynamoActivities
from funnel.adapters.dynamodb.alerts import DynamoAlerts
from funnel.adapters.dynamodb.api_keys import DynamoApiKeys
from funnel.adapters.dynamodb.batches import DynamoBatches
from funnel.adapters.dynamodb.broadcasts import DynamoBroadcasts
from funnel.adapters.dynamodb.campaigns import DynamoCampaigns
from funnel.adapters.dynamodb.campaigns_in_sugar import DynamoCampaignsInSugar
from funnel.adapters.dynamodb.companies import DynamoCompanies
from funnel.adapters.dynamodb.comparisons import DynamoComparisons
from funnel.adapters.dynamodb.emails import DynamoEmails
from funnel.adapters.dynamodb.erasures import DynamoErasures
from funnel.adapters.dynamodb.forms import DynamoForms
from funnel.adapters.dynamodb.hooks import DynamoHooks
from funnel.adapters.dynamodb.lists import DynamoLists
from funnel.adapters.dynamodb.mails import DynamoMails
from funnel.adapters.dynamodb.newer import refuse_newer
from funnel.adapters.dynamodb.previews import DynamoPreviews
from funnel.adapters.dynamodb.prospects import DynamoProspects
from funnel.adapters.dynamodb.pushes import DynamoPushes
from funnel.adapters.dynamodb.records import DynamoRecords
from funnel.adapters.dynamodb.redos import DynamoRedos
from funnel.adapters.dynamodb.requests import TRANSACTION, Dynamo
from funnel.adapters.dynamodb.score_marks import DynamoScoreMarks
from funnel.adapters.dynamodb.scoring import DynamoScoring
from funnel.adapters.dynamodb.sent_requests import DynamoSentRequests
from funnel.adapters.dynamodb.sites import DynamoSites
from funnel.adapters.dynamodb.sync import DynamoSync
from funnel.adapters.dynamodb.tables import Tables
from funnel.adapters.dynamodb.tenants import DynamoTenants
from funnel.adapters.dynamodb.visitors import DynamoVisitors
from funnel.adapters.dynamodb.wire import USER_AGENT, send_as_it_is
from funnel.adapters.effects import EFFECTS


class DynamoStore(
    DynamoRecords,
    DynamoSync,
    DynamoTenants,
    DynamoApiKeys,
    DynamoSentRequests,
    DynamoLists,
    DynamoHooks,
    DynamoComparisons,
    DynamoPreviews,
    DynamoScoreMarks,
    DynamoSites,
    DynamoPushes,
    DynamoProspects,
    DynamoBatches,
    DynamoErasures,
    DynamoRedos,
    DynamoVisitors,
    DynamoActivities,
    DynamoScoring,
    DynamoCompanies,
    DynamoMails,
    DynamoAlerts,
    DynamoEmails,
    DynamoBroadcasts,
    DynamoCampaigns,
    DynamoForms,
    DynamoCampaignsInSugar,
):
    """All stores of `ports/` in DynamoDB.

    `client` is a boto client for DynamoDB; without one, it is made from the environment. `sleep`
    is what waits between tries, `transaction` how many rows are written in one; DynamoDB allows 100,
    a local one may allow fewer.
    """

    def __init__(
        self,
        tables: Tables,
        client: Any = None,
        sleep: Callable[[float], None] = time.sleep,
        transaction: int = TRANSACTION,
    ) -> None:
        super().__init__(Dynamo(client or dynamodb_client(), sleep, transaction), tables)


def dynamodb_client(**more: Any) -> Any:
    """A client with time-outs and patience for DynamoDB. `more` goes to botocore."""
    config = Config(
        connect_timeout=2,
        read_timeout=8,
        retries={"mode": "standard", "total_max_attempts": 3},
        parameter_validation=False,
        max_pool_connections=16,
        user_agent=USER_AGENT,
    )
    client = get_session().create_client("dynamodb", config=config, **more)
    return refuse_newer(send_as_it_is(EFFECTS.watch(client)))
