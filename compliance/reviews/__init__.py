"""Step 6, reviews: when a person has to look again, why, and who is told on which day."""
