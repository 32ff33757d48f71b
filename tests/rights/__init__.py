"""Whether each function is allowed what it does, without deploying it.

The contract tests write down which actions each method of the store asks of which table
(`store_actions.json`, see `recording.py`). Every other test that comes in by a function's door has
the store's methods held against the policies of that function in template.yaml (`holding.py`).
"""
