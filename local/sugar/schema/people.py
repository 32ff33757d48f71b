"""The fields of Leads, Contacts and Prospects (which Sugar's pages call Targets).

Names, types and groups are those both products report (recorded `get_module_fields`).
"""

from local.sugar.schema.field import fields

_RECORD = """
id id !
name name g=last_name ~ full
date_entered datetime g=created_by_name R
date_modified datetime g=modified_by_name R
modified_user_id assigned_user_name g=modified_by_name
modified_by_name assigned_user_name g=modified_by_name user=modified_user_id
created_by assigned_user_name g=created_by_name
created_by_name assigned_user_name g=created_by_name user=created_by
description text
deleted bool dv=0
assigned_user_id relate g=assigned_user_name
assigned_user_name relate user=assigned_user_id
salutation enum @salutation S
salutation enum @salutation_ce C
first_name varchar:100
last_name varchar:100 !
full_name fullname g=last_name ~ full
title varchar:100
photo image S
department varchar:100
do_not_call bool dv=0
phone_home phone
"""
_LEAD_EMAIL = """
email email ~ blank
phone_mobile phone
phone_work phone
phone_other phone
phone_fax phone
email1 varchar g=email1 email=primary
email2 varchar g=email2 email=second
invalid_email bool ~ email=invalid
email_opt_out bool ~ email=opt_out
lawful_basis multienum @lawful_basis S
date_reviewed date S
lawful_basis_source enum @lawful_source S
primary_address_street varchar:150 g=primary_address
primary_address_street_2 varchar ~ blank
primary_address_street_3 varchar ~ blank
primary_address_city varchar:100 g=primary_address
primary_address_state varchar:100 g=primary_address
primary_address_postalcode varchar:20 g=primary_address
primary_address_country varchar:255 g=primary_address
alt_address_street varchar:150 g=alt_address
alt_address_street_2 varchar ~ blank
alt_address_street_3 varchar ~ blank
alt_address_city varchar:100 g=alt_address
alt_address_state varchar:100 g=alt_address
alt_address_postalcode varchar:20 g=alt_address
alt_address_country varchar:255 g=alt_address
assistant varchar:75
assistant_phone phone g=assistant
email_addresses_non_primary email ~ blank
"""
_INVITATIONS = """
c_accept_status_fields relate padded
m_accept_status_fields relate padded
accept_status_id varchar ~ blank
accept_status_name enum ~ blank @accept
"""
_EVENTS = """
e_invite_status_fields relate padded S
event_status_name enum ~ blank @invited S
event_invite_id varchar ~ blank S
e_accept_status_fields relate padded S
event_accept_status enum ~ blank @accepted S
event_status_id varchar ~ blank S
"""
_MAP = """
jjwg_maps_geocode_status_c varchar S
jjwg_maps_lng_c float dv=0.00000000 new=0 S
jjwg_maps_address_c varchar:255 S
jjwg_maps_lat_c float dv=0.00000000 new=0 S
"""
_FUNNEL = """
funnel_score_c int F
funnel_score_at_c datetime F
"""

LEADS = fields(
    _RECORD + _LEAD_EMAIL + """
converted bool dv=0
refered_by varchar:100
lead_source enum @lead_source
lead_source_description text g=lead_source
status enum @lead_status new=New
status_description text g=status
reports_to_id id
report_to_name relate record=Contacts:reports_to_id
account_name varchar:255
account_description text g=account_name
contact_id id
account_id id
opportunity_id id
opportunity_name varchar:255
opportunity_amount varchar:50 g=opportunity_name
campaign_id id
campaign_name relate record=Campaigns:campaign_id
""" + _INVITATIONS + """
webtolead_email1 email ~ blank
webtolead_email2 email ~ blank
webtolead_email_opt_out bool ~ blank
webtolead_invalid_email bool ~ blank
birthdate date
portal_name varchar:255 g=portal
portal_app varchar:255 g=portal
website url
""" + _EVENTS + """
last_mailing_c datetime S
last_mailing_c datetime dv= C
mail_optin_c bool dv=0 new=0
score_c int S
score_c int dv= C
""" + _MAP + _FUNNEL
)  # fmt: skip

CONTACTS = fields(
    _RECORD + _LEAD_EMAIL + """
email_and_name1 varchar ~ full
lead_source enum @lead_source
account_name relate linked=accounts.name
account_id relate linked=accounts.id
opportunity_role_fields relate padded
opportunity_role_id varchar ~ blank
opportunity_role enum ~ blank @opportunity_role
reports_to_id id
report_to_name relate record=Contacts:reports_to_id
birthdate date
campaign_id id
campaign_name relate record=Campaigns:campaign_id
""" + _INVITATIONS + """
sync_contact bool ~ blank
""" + _EVENTS + """
joomla_account_id varchar:255 S
portal_account_disabled bool S
joomla_account_access varchar ~ blank S
portal_user_type enum @portal_user dv=Single new=Single S
score_c int S
score_c int dv= C
""" + _MAP + _FUNNEL
)  # fmt: skip

PROSPECTS = fields(
    _RECORD + _LEAD_EMAIL + """
tracker_key int
birthdate date
lead_id id
account_name varchar:150
campaign_id id
"""
)  # fmt: skip
