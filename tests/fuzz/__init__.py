"""Budgets at random – valid, nearly valid, garbage – through the whole program: `make fuzz`."""
