"""Letters to applicants by e-mail: only that there is something, never what (R45)."""
