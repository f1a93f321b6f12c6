"""De-minimis aid: what counts in the rolling three years of a single undertaking, and what still fits."""
