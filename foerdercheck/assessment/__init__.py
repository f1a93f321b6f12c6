"""One thing judged: a budget, a budget under every programme, a de-minimis history."""
