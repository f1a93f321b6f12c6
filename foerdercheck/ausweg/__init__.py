"""The way out: what would make a budget pass, or give more, each proposal proved by checking again."""
