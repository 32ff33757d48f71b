"""Sugar 7 and later over REST v10 and v11: `funnel.ports.crm` by Sugar's documentation.

Unproven on a live Sugar (`docs/sugar.md`). Where the documentation leaves a question, the facts
are those that others measured on Sugar 12 to 25; each is named where it is leant on.
"""
