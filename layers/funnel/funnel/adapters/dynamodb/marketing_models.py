"""The tables of activities, scores, pushes and marketing as PynamoDB models."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from funnel.adapters.dynamodb.models import Row


class ActivityRow(Row):
    """`<tenant>#<subject>`/`activity#<moment>#<id>` and `tally`.

    A subject is a person's id or a visitor's. What was written under one stays there. Its tally also
    says whom it belongs to, and who belongs to it. `<tenant>#scored#<shard>`/`<person>` lists the
    people who have one.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "activities"

    body = UnicodeAttribute(null=True)


class ScoreDueIndex(GlobalSecondaryIndex["ScoreRow"]):  # type: ignore[no-untyped-call]
    """Scores by the earliest moment at which time alone changes them, in shards."""

    class Meta:
        """All attributes."""

        index_name = "due"
        projection = AllProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class ScoreRow(Row):
    """`<tenant>#<person>`/`score`, and nothing else: the table's stream carries score changes only."""

    class Meta:
        """Named by `bound`."""

        table_name = "scores"

    value = NumberAttribute(null=True)
    body = UnicodeAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    by_due = ScoreDueIndex()


class PushDueIndex(GlobalSecondaryIndex["PushRow"]):  # type: ignore[no-untyped-call]
    """What is to be written to Sugar, by connection and when, in shards."""

    class Meta:
        """All attributes."""

        index_name = "due"
        projection = AllProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class PushRow(Row):
    """What is to be written to Sugar, and what became of it.

    `<tenant>#score#<person>`/`mark`: a score that Sugar is to be told.
    `<tenant>#push#<id>`/`intent`: a person or task to be created or changed there.
    `<tenant>#insugar`/`<campaign>`: what Sugar holds of a campaign.
    `<tenant>#insugar#<campaign>#<person>`/`member`: whom of a person is on its Target List.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "pushes"

    body = UnicodeAttribute(null=True)
    stamp = UnicodeAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    by_due = PushDueIndex()


class MarketingRow(Row):
    """What marketers set up, and the visitors of their sites.

    `<tenant>`/`scoring`, `rescoring` and `mail` (settings), and `seen`: what its sites showed of late; `<tenant>`/`email#<id>`, what a list shows
    of an email, and `<tenant>#email#<id>`/`email`, all of it; `<tenant>`/`site#<key>`; `<tenant>#site#<key>`/`budget#<day>`;
    `<tenant>#visitor#<browser>`/`visitor` and `ip#<visit>`; `<tenant>#tries#<hash>`/`tries`: of
    forms from one network, and what was done because of forms; `<tenant>#sent#<form>`/`sent`: when a form we host was sent first;
    `site#<key>`/`site`: whose a public key is. `<tenant>`/`form#<id>` and `form#<id>`/`form`: a form;
    `<tenant>#form#<id>`/`count#<day or all>`; `<tenant>#form#<id>#sent`/`<moment>#<hit>`: what was sent by
    it, to which `<tenant>#forms#<person>` leads.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "marketing"

    body = UnicodeAttribute(null=True)
    hits = NumberAttribute(null=True)
    """How many were accepted on a day, and how many were not for want of budget."""
    refused = NumberAttribute(null=True)
    counted = UnicodeSetAttribute(null=True)
    """What was counted once each, by a short name."""
    seen = NumberAttribute(null=True)
    """How often a form was seen."""
