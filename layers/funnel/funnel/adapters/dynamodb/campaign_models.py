"""The table of campaigns as a PynamoDB model."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from funnel.adapters.dynamodb.models import Row


class WalkDueIndex(GlobalSecondaryIndex["CampaignRow"]):  # type: ignore[no-untyped-call]
    """Who is to be looked at, by campaign and part and when."""

    class Meta:
        """Keys only: whoever takes one reads it with that."""

        index_name = "due"
        projection = KeysOnlyProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class StepIndex(GlobalSecondaryIndex["CampaignRow"]):  # type: ignore[no-untyped-call]
    """Who stands at a step in a state, by since when."""

    class Meta:
        """Keys only."""

        index_name = "step"
        projection = KeysOnlyProjection()

    step_pk = UnicodeAttribute(hash_key=True)
    step_sk = UnicodeAttribute(range_key=True)


class CampaignRow(Row):
    """Campaigns and who walks along them, as `campaign_rows.py` spells them.

    The numbers of a step are attributes of their own, `n_<name>`.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "campaigns"

    body = UnicodeAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    step_pk = UnicodeAttribute(null=True)
    step_sk = UnicodeAttribute(null=True)
    by_due = WalkDueIndex()
    by_step = StepIndex()
