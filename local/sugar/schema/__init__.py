"""What the simulated Sugar knows: modules, fields, options, links."""
