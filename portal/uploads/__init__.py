"""Files that applicants hand in: checked, cleaned, scanned, taken in pieces, handed in later."""
