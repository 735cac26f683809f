"""Somebody else fills in some pages: inviting, link and code, and the invited person's pages."""
