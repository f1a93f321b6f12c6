"""Two budgets side by side: what is stated otherwise, and what that did to everything that follows."""
