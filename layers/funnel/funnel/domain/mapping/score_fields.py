"""Where in Sugar the lead score of a person stands."""

from funnel.domain.ids import Module

SCORED_MODULES = (Module.LEADS, Module.CONTACTS)
"""Whose records hold the score of their person."""

SCORE_FIELD, SCORE_AT_FIELD = "funnel_score_c", "funnel_score_at_c"
"""The fields that the Sugar module installs there: the score, and when it last changed."""
