"""The fields of ProspectLists (Target Lists), Campaigns, Tasks, Notes and EmailAddresses."""

from local.sugar.schema.field import fields

PROSPECT_LISTS = fields("""
assigned_user_id relate g=assigned_user_name
assigned_user_name relate user=assigned_user_id
id id !
name varchar:255
list_type enum @list_type
date_entered datetime
date_modified datetime
modified_user_id assigned_user_name
modified_by_name assigned_user_name user=modified_user_id
created_by assigned_user_name
created_by_name assigned_user_name user=created_by
deleted bool
description text
domain_name varchar:255
entry_count int ~ linked=members.count
marketing_id varchar ~ blank
marketing_name varchar ~ blank
""")

CAMPAIGNS = fields("""
id id !
name varchar:50 !
date_entered datetime
date_modified datetime
modified_user_id assigned_user_name
modified_by_name assigned_user_name user=modified_user_id
created_by assigned_user_name
created_by_name assigned_user_name user=created_by
description text ~ blank
deleted bool
assigned_user_id relate g=assigned_user_name
assigned_user_name relate user=assigned_user_id
tracker_key int !
tracker_count int new=0
refer_url varchar:255 new=http://
tracker_text varchar:255
start_date date
end_date date !
status enum ! @campaign_status
impressions int new=0
currency_id id
budget currency
expected_cost currency
actual_cost currency
expected_revenue currency
campaign_type enum ! @campaign_type
objective text
content text
frequency varchar:100
""")

TASKS = fields("""
id id !
name name:50 !
date_entered datetime
date_modified datetime
modified_user_id assigned_user_name
modified_by_name assigned_user_name user=modified_user_id
created_by assigned_user_name
created_by_name assigned_user_name user=created_by
description text
deleted bool dv=0
assigned_user_id relate g=assigned_user_name
assigned_user_name relate user=assigned_user_id
status enum ! @task_status
date_due_flag bool dv=0 new=0
date_due datetime
time_due datetime ~ blank
date_start_flag bool dv=0 new=0
date_start datetime
parent_type enum:255 @parent
parent_name relate ~ record=parent:parent_id
contact_id id
contact_name relate record=Contacts:contact_id
contact_phone phone ~ blank
contact_email varchar ~ blank
parent_id id
priority enum ! @task_priority
""")

#: By the product's own definitions; no recording shows the fields of Notes.
NOTES = fields("""
assigned_user_id relate g=assigned_user_name
assigned_user_name relate user=assigned_user_id
id id !
date_entered datetime
date_modified datetime
modified_user_id assigned_user_name
modified_by_name assigned_user_name user=modified_user_id
created_by assigned_user_name
created_by_name assigned_user_name user=created_by
name name:255 !
file_mime_type varchar:100
file_url varchar ~ blank
filename varchar:255
parent_type varchar:255 @parent
parent_id id
contact_id id
portal_flag bool dv=0 new=0
embed_flag bool dv=0 new=0
description text
deleted bool dv=0
parent_name relate ~ record=parent:parent_id
contact_name relate record=Contacts:contact_id
contact_phone phone ~ blank
contact_email varchar ~ blank
""")

EMAIL_ADDRESSES = fields("""
id id !
email_address varchar:255 !
email_address_caps varchar:255 !
invalid_email bool new=0
opt_out bool new=0
date_created datetime
date_modified datetime
deleted bool
""")
