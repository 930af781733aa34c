"""Passages for terms: the index protocol, and a module per engine."""
