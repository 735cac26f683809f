"""A message as data: what its standard allows, and what a mapping makes of an application."""
