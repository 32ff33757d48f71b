"""The tables of FunnelVision and of mail as PynamoDB models."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from funnel.adapters.dynamodb.models import Row


class HotIndex(GlobalSecondaryIndex["VisionRow"]):  # type: ignore[no-untyped-call]
    """Prospects of an owner by score; only those that have one."""

    class Meta:
        """All attributes."""

        index_name = "hot"
        projection = AllProjection()

    hot_pk = UnicodeAttribute(hash_key=True)
    hot_sk = UnicodeAttribute(range_key=True)


class SeenIndex(GlobalSecondaryIndex["VisionRow"]):  # type: ignore[no-untyped-call]
    """Prospects of an owner, and companies of a day, by when they were on a site."""

    class Meta:
        """All attributes."""

        index_name = "seen"
        projection = AllProjection()

    seen_pk = UnicodeAttribute(hash_key=True)
    seen_sk = UnicodeAttribute(range_key=True)


class VisionRow(Row):
    """What a panel shows.

    `<tenant>#<module>/<id>`/`prospect`: a Lead or Contact that has a score or was on a site;
    `hot`: `<tenant>#<owner>`, `<score, ten digits>#<module>/<id>`; `seen`: the same, `<moment>#<module>/<id>`.
    `<tenant>#company#<company>`/`visits`: a company and the visits of those there who did not say
    who they are; in the indexes of `<tenant>#companies#<shard>`, and where its visits are not shown,
    of `<tenant>#networks#<shard>` in `hot` only. `<tenant>#corrections`/`<company>`: what people of
    the tenant say of it. `companies`/`databases`: how the databases of companies stand.
    `<tenant>#alerts#<user>`/`alerts`: a rep's alerts, in the index `seen` under `alerts#<shard>` by
    when they are to be looked at next.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "vision"

    body = UnicodeAttribute(null=True)
    visits = UnicodeAttribute(null=True)
    hot_pk = UnicodeAttribute(null=True)
    hot_sk = UnicodeAttribute(null=True)
    seen_pk = UnicodeAttribute(null=True)
    seen_sk = UnicodeAttribute(null=True)
    by_score = HotIndex()
    by_visit = SeenIndex()


class SenderIndex(GlobalSecondaryIndex["MailRow"]):  # type: ignore[no-untyped-call]
    """What a rep sent, by when."""

    class Meta:
        """All attributes."""

        index_name = "sender"
        projection = AllProjection()

    sender_pk = UnicodeAttribute(hash_key=True)
    sender_sk = UnicodeAttribute(range_key=True)


class MailDueIndex(GlobalSecondaryIndex["MailRow"]):  # type: ignore[no-untyped-call]
    """What waits to be sent or settled, by when, in shards."""

    class Meta:
        """All attributes."""

        index_name = "due"
        projection = AllProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class AboutIndex(GlobalSecondaryIndex["MailRow"]):  # type: ignore[no-untyped-call]
    """Mails of a broadcast or step by how far they came, and when they were asked for."""

    class Meta:
        """Keys alone: the mails are read by them."""

        index_name = "about"
        projection = KeysOnlyProjection()

    about_pk = UnicodeAttribute(hash_key=True)
    about_sk = UnicodeAttribute(range_key=True)


class MailRow(Row):
    """A mail, by the id it had before it was first tried: `<tenant>#mail#<id>`/`mail`.

    Beside it `content`; `from`, the IP address it was written from; and `seen#<activity>`, an open or
    click. `<tenant>#person#<person>`/`mail#<moment>#<id>` leads from a person to what was written to
    it, `<tenant>#cap#<person>`/`cap` is what marketing mail it received lately. `mail#<token>`/`tracked`
    is what the public addresses of a mail stand on. `<tenant>#totals#<kind>#<id>`/`sums#<part>` and
    `link#<hash>#<part>`: what mails come to. `senders`/`<tenant>`: whose mail is being sent.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "mail"

    body = UnicodeAttribute(null=True)
    stamp = UnicodeAttribute(null=True)
    sender_pk = UnicodeAttribute(null=True)
    sender_sk = UnicodeAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    about_pk = UnicodeAttribute(null=True)
    about_sk = UnicodeAttribute(null=True)
    by_about = AboutIndex()
    by_sender = SenderIndex()
    by_due = MailDueIndex()
