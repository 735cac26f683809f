"""What leaves the portal: messages, filings and documents, the same bytes for the same input."""
