"""Funnel's module for Sugar: its PHP run by the real PHP, its package read as Sugar reads it."""
