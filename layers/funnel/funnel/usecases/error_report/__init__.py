"""Every record that could not sync, why, and trying it again, in both directions."""
