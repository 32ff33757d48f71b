"""Segments: the rule, its one grammar, its one evaluator, its words."""
