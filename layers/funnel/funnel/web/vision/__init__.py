"""FunnelVision: what a sales rep sees inside Sugar."""
