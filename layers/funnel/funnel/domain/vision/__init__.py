"""FunnelVision: prospects, alerts, and who may see whom."""
