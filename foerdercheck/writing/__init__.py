"""From what a budget or a history says to files people fill in: workbooks and YAML, as templates or with content."""
