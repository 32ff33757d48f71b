"""What whoever runs the deployment sees and does: its figures, and what was given up."""
