"""Step 7, decisions: what the procurer decides, with which reason, and when the matter comes back."""
