"""The methods and types of each endpoint: what its WSDL declares.

One line a method: `name argument:type ... -> result`, `string` where no type is given.
One line a type: `name member:type ...`, or `name [] item` for an array.
"""

from dataclasses import dataclass

from local.sugar.settings import ENDPOINTS

#: Types that belong to XML Schema; all others are Sugar's.
PLAIN = frozenset(("string", "int", "boolean"))

_SERVICE = """
login user_auth:user_auth application_name name_value_list:name_value_list -> entry_value
logout session ->
get_entry {record} -> get_entry_result_version2
get_entries {records} -> get_entry_result_version2
get_entry_list {listing} -> get_entry_list_result_version2
set_relationship session module_name module_id link_field_name related_ids:select_fields \
name_value_list:name_value_list delete:int -> new_set_relationship_list_result
set_relationships session module_names:select_fields module_ids:select_fields \
link_field_names:select_fields related_ids:new_set_relationhip_ids \
name_value_lists:name_value_lists delete_array:deleted_array -> new_set_relationship_list_result
get_relationships session module_name module_id link_field_name related_module_query \
related_fields:select_fields \
related_module_link_name_to_fields_array:link_names_to_fields_array deleted:int{paging} \
-> get_entry_result_version2
set_entry session module_name name_value_list:name_value_list -> new_set_entry_result
set_entries session module_name name_value_lists:name_value_lists -> new_set_entries_result
get_server_info -> get_server_info_result
get_user_id session -> string
get_module_fields session module_name fields:select_fields -> new_module_fields
seamless_login session -> int
get_available_modules session{filter} -> module_list
get_user_team_id session -> string
set_campaign_merge session targets:select_fields campaign_id ->
get_entries_count session module_name query deleted:int -> get_entries_count_result
"""
_FROM_V3 = """
get_module_fields_md5 session module_names:select_fields -> md5_results
get_upcoming_activities session -> upcoming_activities_list
"""
_FROM_V4_1 = """
get_modified_relationships session module_name related_module from_date to_date offset:int \
max_results:int deleted:int module_user_id select_fields:select_fields relationship_name \
deletion_date -> modified_relationship_result
"""
_SUGAR5 = """
is_user_admin session -> int
login user_auth:user_auth application_name -> set_entry_result
is_loopback -> int
seamless_login session -> int
get_entry_list session module_name query order_by offset:int select_fields:select_fields \
max_results:int deleted:int -> get_entry_list_result
get_entry session module_name id select_fields:select_fields -> get_entry_result
get_entries session module_name ids:select_fields select_fields:select_fields -> get_entry_result
set_entry session module_name name_value_list:name_value_list -> set_entry_result
set_entries session module_name name_value_lists:name_value_lists -> set_entries_result
logout session -> error_value
get_module_fields session module_name -> module_fields
get_available_modules session -> module_list
get_user_id session -> string
get_user_team_id session -> string
get_server_time -> string
get_gmt_time -> string
get_sugar_flavor -> string
get_server_version -> string
get_relationships session module_name module_id related_module related_module_query deleted:int \
-> get_relationships_result
set_relationship session set_relationship_value:set_relationship_value -> error_value
set_relationships session set_relationship_list:set_relationship_list \
-> set_relationship_list_result
get_entries_count session module_name query deleted:int -> get_entries_count_result
"""

_TYPES = """
name_value name value
name_value_list [] name_value
name_value_lists [] name_value_list
select_fields [] string
field_list [] field
entry_value id module_name name_value_list:name_value_list
entry_list [] entry_value
"""
_SERVICE_TYPES = (
    _TYPES
    + """
user_auth user_name password
field name type{group} label required:int options:name_value_list default_value
deleted_array [] int
link_field name type relationship module bean_name
link_field_list [] link_field
new_module_fields module_name{table} module_fields:field_list link_fields:link_field_list
link_names_to_fields_array [] link_name_to_fields_array
link_name_to_fields_array name value:select_fields
link_value [] name_value
link_array_list [] {link_value}
link_name_value name records:link_array_list
link_list [] link_name_value
link_lists [] {link_list}
get_entry_result_version2 entry_list:entry_list relationship_list:link_lists
get_entry_list_result_version2 result_count:int{total} next_offset:int entry_list:entry_list \
relationship_list:link_lists
get_server_info_result flavor version gmt_time
new_set_entry_result id
new_set_entries_result ids:select_fields
new_set_relationhip_ids [] select_fields
new_set_relationship_list_result created:int failed:int deleted:int
get_entries_count_result result_count:int
"""
)
_WRAPPED_TYPES = """
link_list2 link_list:link_list
link_value2 link_value:link_value
"""
_V3_TYPES = """
md5_results [] string
upcoming_activities_list [] upcoming_activity_entry
upcoming_activity_entry id module date_due summary
"""
_NAMES_OF_MODULES = "module_list modules:select_fields\n"
_ACLS_OF_MODULES = """
module_list modules:module_list_array
module_list_array [] module_list_entry
module_list_entry module_key module_label{favorite} acls:acl_list
acl_list [] acl_list_entry
acl_list_entry action access
"""
_V4_1_TYPES = """
error_value number name description
modified_relationship_entry_list [] modified_relationship_entry
modified_relationship_entry id module_name name_value_list:name_value_list
modified_relationship_result result_count:int next_offset:int \
entry_list:modified_relationship_entry_list error:error_value
"""
_SUGAR5_TYPES = (
    _TYPES
    + """
user_auth user_name password version
field name type label required:int options:name_value_list default_value
error_value number name description
module_fields module_name module_fields:field_list error:error_value
module_list modules:select_fields error:error_value
get_entry_list_result result_count:int next_offset:int field_list:field_list \
entry_list:entry_list error:error_value
get_entry_result field_list:field_list entry_list:entry_list error:error_value
set_entry_result id error:error_value
set_entries_result ids:select_fields error:error_value
id_mod id date_modified deleted:int
ids_mods [] id_mod
get_relationships_result ids:ids_mods error:error_value
set_relationship_value module1 module1_id module2 module2_id
set_relationship_list [] set_relationship_value
set_relationship_list_result created:int failed:int error:error_value
get_entries_count_result result_count:int error:error_value
"""
)

Members = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its arguments in order and its result ("" for none)."""

    name: str
    arguments: Members
    result: str


@dataclass(frozen=True, slots=True)
class Type:
    """A type: its members, or what it is an array of."""

    name: str
    members: Members
    item: str = ""


def _members(words: list[str]) -> Members:
    parted = [word.partition(":") for word in words]
    return tuple((name, kind or "string") for name, _, kind in parted)


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.strip()]


def methods_of(endpoint: str) -> dict[str, Method]:
    """An endpoint's methods by name."""
    if endpoint == "soap.php":
        text = _SUGAR5
    else:
        age = ENDPOINTS.index(endpoint)
        links = "link_name_to_fields_array:link_names_to_fields_array"
        viewed = " track_view:boolean" if age >= ENDPOINTS.index("v3_1") else ""
        favorites = " favorites:boolean" if age >= ENDPOINTS.index("v3_1") else ""
        v3, v4_1 = age >= ENDPOINTS.index("v3"), endpoint == "v4_1"
        text = (_SERVICE + (_FROM_V3 if v3 else "") + (_FROM_V4_1 if v4_1 else "")).format(
            record=f"session module_name id select_fields:select_fields {links}{viewed}",
            records="session module_name ids:select_fields select_fields:select_fields"
            f" {links}{viewed}",
            listing="session module_name query order_by offset:int select_fields:select_fields"
            f" {links} max_results:int deleted:int{favorites}",
            paging=(" order_by" if v3 else "") + (" offset:int limit:int" if v4_1 else ""),
            filter=" filter" if v3 else "",
        )
    found = {}
    for words in _lines(text):
        arrow = words.index("->")
        result = words[arrow + 1] if len(words) > arrow + 1 else ""
        found[words[0]] = Method(words[0], _members(words[1:arrow]), result)
    return found


def types_of(endpoint: str) -> dict[str, Type]:
    """An endpoint's types by name."""
    if endpoint == "soap.php":
        text = _SUGAR5_TYPES
    else:
        age = ENDPOINTS.index(endpoint)
        wrapped = endpoint in ("v2_1", "v3_1", "v4", "v4_1")
        acls = age >= ENDPOINTS.index("v3_1")
        v3, v4 = age >= ENDPOINTS.index("v3"), age >= ENDPOINTS.index("v4")
        text = _SERVICE_TYPES + (_WRAPPED_TYPES if wrapped else "") + (_V3_TYPES if v3 else "")
        text += _ACLS_OF_MODULES if acls else _NAMES_OF_MODULES
        text += _V4_1_TYPES if endpoint == "v4_1" else ""
        text = text.format(
            group=" group" if v3 else "",
            table=" table_name" if v4 else "",
            link_value="link_value2" if wrapped else "link_value",
            link_list="link_list2" if wrapped else "link_list",
            total=" total_count:int" if acls else "",
            favorite=" favorite_enabled:boolean" if v4 else "",
        )
    found = {}
    for name, *words in _lines(text):
        is_array = words[0] == "[]"
        found[name] = Type(name, () if is_array else _members(words), words[1] if is_array else "")
    return found
