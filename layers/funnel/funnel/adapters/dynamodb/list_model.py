"""The table of lists as a PynamoDB model; it is written by hand, by the functions beside its rows."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from funnel.adapters.dynamodb.models import Row


class ListNameIndex(GlobalSecondaryIndex["ListRow"]):  # type: ignore[no-untyped-call]
    """Lists by name, in shards."""

    class Meta:
        """All attributes."""

        index_name = "list"
        projection = AllProjection()

    list_pk = UnicodeAttribute(hash_key=True)
    list_sk = UnicodeAttribute(range_key=True)


class MemberIndex(GlobalSecondaryIndex["ListRow"]):  # type: ignore[no-untyped-call]
    """The lists of a member."""

    class Meta:
        """All attributes."""

        index_name = "member"
        projection = AllProjection()

    member_pk = UnicodeAttribute(hash_key=True)
    member_sk = UnicodeAttribute(range_key=True)


class ListDueIndex(GlobalSecondaryIndex["ListRow"]):  # type: ignore[no-untyped-call]
    """People whose segments time changes, in shards, by the moment."""

    class Meta:
        """Only keys."""

        index_name = "due"
        projection = KeysOnlyProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class ListRow(Row):
    """`<tenant>`/`settings`; `<tenant>#list#<id>`/`list`; its members in shards, `<tenant>#list#<id>#<n>`/`<member>`.

    Also `<tenant>#person#<id>`/`lists`: a person's lists; `<tenant>#segments`/`rule#<id>` and
    `generation`: the rules of segments; `<tenant>#Opportunities/<id>`/
    `contacts`, and the other way round `<tenant>#Contacts/<id>`/`opportunities`.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "lists"

    body = UnicodeAttribute(null=True)
    members = NumberAttribute(null=True)
    moved = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)
    lists = UnicodeAttribute(null=True)
    by_hand = UnicodeAttribute(null=True)
    absorbed = UnicodeAttribute(null=True)
    contacts = UnicodeAttribute(null=True)
    opportunities = UnicodeSetAttribute(null=True)
    list_pk = UnicodeAttribute(null=True)
    list_sk = UnicodeAttribute(null=True)
    member_pk = UnicodeAttribute(null=True)
    member_sk = UnicodeAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    by_name = ListNameIndex()
    by_member = MemberIndex()
    by_due = ListDueIndex()
