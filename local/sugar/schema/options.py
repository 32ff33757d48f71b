"""The dropdown lists of the simulated Sugar: the keys it stores, shown as they are."""

_DATE_RANGES = (
    "= not_equal greater_than less_than last_7_days next_7_days last_30_days next_30_days "
    "last_month this_month next_month last_year this_year next_year between"
)
_INDUSTRIES = (
    "Apparel|Banking|Biotechnology|Chemicals|Communications|Construction|Consulting|Education|"
    "Electronics|Energy|Engineering|Entertainment|Environmental|Finance|Government|Healthcare|"
    "Hospitality|Insurance|Machinery|Manufacturing|Media|Not For Profit|Recreation|Retail|"
    "Shipping|Technology|Telecommunications|Transportation|Utilities|Other"
)
_ROLES = (
    "Primary Decision Maker|Business Decision Maker|Business Evaluator|Technical Decision Maker|"
    "Technical Evaluator|Executive Sponsor|Influencer|Other"
)
_SOURCES = (
    "Cold Call|Existing Customer|Self Generated|Employee|Partner|Public Relations|Direct Mail|"
    "Conference|Trade Show|Web Site|Word of mouth|Email|Campaign|Other"
)
_STAGES = (
    "Prospecting|Qualification|Needs Analysis|Value Proposition|Id. Decision Makers|"
    "Perception Analysis|Proposal/Price Quote|Negotiation/Review|Closed Won|Closed Lost"
)
_BASES = (
    "consent|contract|legal_obligation|protection_of_interest|public_interest|"
    "legitimate_interest|withdrawn"
)

#: List name -> its keys; a leading empty key is the "nothing chosen" of optional dropdowns.
OPTIONS: dict[str, tuple[str, ...]] = {
    "ranges": tuple(_DATE_RANGES.split()),
    "flags": ("", "1", "2"),
    "salutation": ("", "Mr.", "Ms.", "Mrs.", "Miss", "Dr.", "Prof."),
    "salutation_ce": ("", "Mr.", "Ms.", "Mrs.", "Dr.", "Prof."),
    "lead_source": ("", *_SOURCES.split("|")),
    "lead_status": ("", "New", "Assigned", "In Process", "Converted", "Recycled", "Dead"),
    "accept": ("accept", "decline", "tentative", "none"),
    "invited": ("Invited", "Not Invited", "Attended", "Not Attended"),
    "accepted": ("Accepted", "Declined", "No Response"),
    "lawful_basis": ("", *_BASES.split("|")),
    "lawful_source": ("", "website", "phone", "given_to_user", "email", "third_party"),
    "portal_user": ("Single", "Account"),
    "account_type": (
        "", "Analyst", "Competitor", "Customer", "Integrator", "Investor", "Partner", "Press",
        "Prospect", "Reseller", "Other",
    ),
    "industry": ("", *_INDUSTRIES.split("|")),
    "opportunity_role": ("", *_ROLES.split("|")),
    "opportunity_type": ("", "Existing Business", "New Business"),
    "sales_stage": tuple(_STAGES.split("|")),
    "list_type": ("default", "seed", "exempt_domain", "exempt_address", "exempt", "test"),
    "campaign_status": ("", "Planning", "Active", "Inactive", "Complete", "In Queue", "Sending"),
    "campaign_type": (
        "", "Telesales", "Mail", "Email", "Print", "Web", "Radio", "Television", "NewsLetter",
    ),
    "task_status": ("Not Started", "In Progress", "Completed", "Pending Input", "Deferred"),
    "task_priority": ("High", "Medium", "Low"),
    "parent": ("Accounts", "Contacts", "Leads", "Opportunities", "Prospects", "Tasks"),
    "user_status": ("Active", "Inactive"),
    "messenger": ("", "MSN", "Yahoo!", "AOL"),
    "factor": ("FactorAuthEmailCode",),
}  # fmt: skip
