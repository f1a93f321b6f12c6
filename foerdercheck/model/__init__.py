"""What a budget is: its parts, its scalars, and the figures and findings that are made from it."""
