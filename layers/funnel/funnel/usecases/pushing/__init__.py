"""All that is written to Sugar about people: records, tasks, notes, consents and lead scores."""
