"""What Sugar is to be told of people."""
