"""Every route, page and message asked what it must not give: generated from what there is, so that none is forgotten."""
