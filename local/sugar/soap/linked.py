"""Links that come along with records: nested arrays, wrapped or not, by endpoint."""

from collections.abc import Sequence

from local.sugar.schema.links import Link
from local.sugar.schema.modules import Module
from local.sugar.soap.context import Caller
from local.sugar.soap.reply import array, struct, text, values_lists

_NO_LINKS = (
    '<link_list xsi:nil="true" xsi:type="SOAP-ENC:Array" '
    'SOAP-ENC:arrayType="tns:link_name_value[0]"/>'
)
Wanted = Sequence[tuple[str, list[str]]]


def _records(
    caller: Caller, module: Module, record: str, link: Link, names: list[str]
) -> list[str]:
    """The values of the live records one link leads to, each as its inner XML."""
    if link.kind == "none":
        return []
    other = caller.sugar.world.modules[link.module]
    ids = caller.sugar.relations.others(module, record, link)
    if not ids:
        return []
    wanted = names or [field.name for field in other.fields]
    fields = [found for name in wanted if (found := other.by_name.get(name))]
    known = [field.name for field in fields]
    there = caller.sugar.lists.records(other, ids, fields)
    rows = [there[one.upper()] for one in ids if one.upper() in there]
    filled = [
        (row[0], *(row[known.index(name) + 1] if name in known else "" for name in wanted))
        for row in rows
    ]
    return values_lists(wanted, filled)


def _link_item(caller: Caller, name: str, width: int, records: Sequence[str]) -> str:
    if caller.dialect.wrapped_links:
        items = [
            '<item xsi:type="tns:link_value2"><link_value xsi:type="SOAP-ENC:Array" '
            f'SOAP-ENC:arrayType="tns:name_value[{width}]">{record}</link_value></item>'
            for record in records
        ]
        return struct(
            "item",
            "link_name_value",
            text("name", name),
            array("records", "tns:link_value2", items),
        )
    items = [
        '<item xsi:type="SOAP-ENC:Array" '
        f'SOAP-ENC:arrayType="tns:name_value[{width}]">{record}</item>'
        for record in records
    ]
    return struct(
        "item", "link_name_value", text("name", name), array("records", "tns:link_value", items)
    )


def _one(caller: Caller, module: Module, record: str, wanted: Wanted) -> list[str]:
    """The links of one record; one that leads nowhere is left out if it is known."""
    items = []
    for name, names in wanted:
        link = module.link_by_name.get(name)
        records = _records(caller, module, record, link, names) if link else []
        if records or link is None:
            items.append(_link_item(caller, name, len(names), records))
    return items


def linked_lists(
    caller: Caller, module: Module, ids: Sequence[str], wanted: Wanted, *, single: bool = False
) -> str:
    """The `relationship_list` of a reply.

    `single` is how `get_entry` and `get_relationships` write it: on endpoints that wrap
    links, the links of their records come out empty.
    """
    if not caller.dialect.wrapped_links:
        items = []
        for record in ids if wanted else ():
            links = _one(caller, module, record, wanted)
            items.append(array("item", "tns:link_name_value", links))
        return array("relationship_list", "tns:link_list", items)
    items = []
    for record in ids if wanted else ():
        links = _one(caller, module, record, wanted)
        if not links:
            items.append('<item xsi:type="tns:link_list2"></item>')
            continue
        inner = _NO_LINKS if single else array("link_list", "tns:link_name_value", links)
        items.append(struct("item", "link_list2", inner))
    return array("relationship_list", "tns:link_list2", items)
