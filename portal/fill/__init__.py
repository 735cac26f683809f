"""The applicant's pages: filling in, uploads, checking, submitting."""
