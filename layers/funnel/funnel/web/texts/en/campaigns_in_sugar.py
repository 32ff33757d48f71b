"""Texts of campaigns in Sugar: the causes of the error report; the pages' are in their own file."""

TEXTS = {
    "field.prospect_lists": "Target List",
    "field.prospectlists": "Target List",
    "cause.CampaignDeleted.name": "Campaign deleted in Sugar",
    "cause.CampaignDeleted": "The Campaign that Funnel made for this campaign was deleted in Sugar.",
    "cause.CampaignDeleted.mend": "Restore it in Sugar, or press “Make it once more” on the campaign's "
    "page, under In Sugar.",
    "cause.TargetListDeleted.name": "Target List deleted in Sugar",
    "cause.TargetListDeleted": "The Target List that Funnel made for this campaign was deleted in Sugar.",
    "cause.TargetListDeleted.mend": "Restore it in Sugar, or press “Make it once more” on the "
    "campaign's page, under In Sugar.",
    "cause.CampaignRefused.name": "Campaign refused by Sugar",
    "cause.CampaignRefused": "Sugar refused the campaign or its Target List: {value}",
    "cause.CampaignRefused.mend": "Give the user Funnel signs in as the right to create and change "
    "Campaigns and Target Lists, then try again.",
    "cause.CampaignImpossible.name": "Target Lists cannot be filled",
    "cause.CampaignImpossible": "Over this way into Sugar ({value}) Leads and Contacts cannot be put "
    "on Target Lists.",
    "cause.CampaignImpossible.mend": "Connect a Sugar that serves service/v4_1 or REST, or switch "
    "off that this campaign is synced with Sugar.",
    "cause.CampaignNotTaken.name": "Change of a campaign not taken by Sugar",
    "cause.CampaignNotTaken": "Sugar did not take {field} = “{value}” of the campaign.",
    "cause.CampaignNotTaken.mend": "Look whether the user Funnel signs in as may change Campaigns and "
    "Target Lists, and whether a workflow sets the field back.",
    "cause.CampaignMemberNotTaken.name": "Not taken onto or off a Target List",
    "cause.CampaignMemberNotTaken": "Sugar did not take this record onto, or off, the Target List of "
    "the campaign “{value}”.",
    "cause.CampaignMemberNotTaken.mend": "Look at the record in Sugar, then try again. It is tried "
    "again every night.",
}
