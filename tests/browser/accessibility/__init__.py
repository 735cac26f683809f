"""Accessibility: what axe-core finds, what it cannot see, and the campaign over every page."""
