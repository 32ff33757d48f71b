"""The fields of Accounts, Opportunities, Users, and of the modules the simulator keeps empty."""

from local.sugar.schema.field import fields

_RECORD = """
id id !
name name:150 !
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
"""
_MAP = """
jjwg_maps_geocode_status_c varchar S
jjwg_maps_lng_c float dv=0.00000000 new=0 S
jjwg_maps_address_c varchar:255 S
jjwg_maps_lat_c float dv=0.00000000 new=0 S
"""

ACCOUNTS = fields(
    _RECORD + """
account_type enum @account_type
industry enum @industry
annual_revenue varchar:100
phone_fax phone
billing_address_street varchar:150 g=billing_address
billing_address_street_2 varchar ~ blank
billing_address_street_3 varchar ~ blank
billing_address_street_4 varchar ~ blank
billing_address_city varchar:100 g=billing_address
billing_address_state varchar:100 g=billing_address
billing_address_postalcode varchar:20 g=billing_address
billing_address_country varchar:255 g=billing_address
rating varchar:100
phone_office phone
phone_alternate phone
website url
ownership varchar:100
employees varchar:10
ticker_symbol varchar:10
shipping_address_street varchar:150 g=shipping_address
shipping_address_street_2 varchar ~ blank
shipping_address_street_3 varchar ~ blank
shipping_address_street_4 varchar ~ blank
shipping_address_city varchar:100 g=shipping_address
shipping_address_state varchar:100 g=shipping_address
shipping_address_postalcode varchar:20 g=shipping_address
shipping_address_country varchar:255 g=shipping_address
email1 varchar g=email1 email=primary
email_addresses_non_primary email ~ blank
parent_id id
sic_code varchar:10
parent_name relate record=Accounts:parent_id
email_opt_out bool ~ email=opt_out
invalid_email bool ~ email=invalid
email email ~ blank
campaign_id id
campaign_name relate record=Campaigns:campaign_id
tier_c enum @industry S
region_c varchar:255 S
region_c varchar:255 dv= C
tier_c enum @industry dv= C
""" + _MAP
)  # fmt: skip

OPPORTUNITIES = fields(
    _RECORD + """
opportunity_type enum @opportunity_type
account_name relate ! linked=accounts.name
account_id id ~ linked=accounts.id
campaign_id id
campaign_name relate record=Campaigns:campaign_id
lead_source enum @lead_source
amount currency !
amount_usdollar currency
currency_id id g=currency_name new=-99
currency_name relate g=currency_name blank
currency_symbol relate g=currency_name blank
date_closed date !
next_step varchar:100
sales_stage enum ! @sales_stage new=Prospecting
probability int
""" + _MAP
)  # fmt: skip

CURRENCIES = fields("""
id id !
name varchar:36 !
symbol varchar:36 !
iso4217 varchar:3
conversion_rate float !
status enum
deleted bool
date_entered datetime !
date_modified datetime !
created_by id !
""")

USERS = fields("""
id id !
user_name user_name !
user_hash varchar:255 blank
system_generated_password bool ! new=0
pwd_last_changed datetime
authenticate_id varchar:100
sugar_login bool dv=1 new=1
first_name name:255
last_name name:255 !
full_name fullname ~ full
name varchar ~ full
is_admin bool dv=0 new=0
external_auth_only bool dv=0 new=0
receive_notifications bool dv=1 new=1
description text
date_entered datetime !
date_modified datetime !
modified_user_id assigned_user_name
modified_by_name assigned_user_name user=modified_user_id
created_by assigned_user_name
created_by_name assigned_user_name user=created_by
title varchar:50
photo image S
department varchar:50
phone_home phone
phone_mobile phone
phone_work phone
phone_other phone
phone_fax phone
status enum ! @user_status new=Active
address_street varchar:150
address_city varchar:100
address_state varchar:100
address_country varchar:100
address_postalcode varchar:20
UserType enum ~ blank
deleted bool
portal_only bool dv=0 new=0
show_on_employees bool dv=1 new=1
employee_status varchar:100 new=Active
messenger_id varchar:100
messenger_type enum @messenger
reports_to_id id
reports_to_name relate user=reports_to_id
email1 varchar ! email=primary
email_link_type enum ~ blank
is_group bool new=0
c_accept_status_fields relate padded
m_accept_status_fields relate padded
accept_status_id varchar ~ blank
accept_status_name enum ~ blank @accept
securitygroup_noninher_fields relate blank S
factor_auth bool S
factor_auth_interface enum @factor S
""")

#: What every plain module has; the simulator knows several of them and keeps them empty.
PLAIN = fields(_RECORD)
