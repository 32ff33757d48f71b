"""FunnelVision: what sales reps see, write and are told of."""
