"""The counter: pages by audience, who may see them, and how failures are told."""
