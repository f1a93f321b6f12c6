"""Files become one plain tree of scalars, lists and mappings, and a map from its paths to their places."""
