"""The start page, the service pages, and the pages every portal must have."""
