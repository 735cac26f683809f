"""Rows and files: drafts, uploads, submissions, outbox, audit; plain dataclasses come out."""
