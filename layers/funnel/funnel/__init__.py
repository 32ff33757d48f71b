"""Funnel: marketing automation in step with SugarCRM."""
