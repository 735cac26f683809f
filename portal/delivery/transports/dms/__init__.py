"""Filing in a document management system: one payload, one small protocol, an adapter for each."""
