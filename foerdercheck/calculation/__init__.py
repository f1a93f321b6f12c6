"""From a budget to its figures: cost, cuts, overhead, grant, financing, orders; each computed once."""
