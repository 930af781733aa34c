"""From a question to an answer in the release's own words."""
