"""What Sugar holds of a campaign: its Campaign, its Target List and the people on it."""
