"""Question sets, metrics and the report on them."""
