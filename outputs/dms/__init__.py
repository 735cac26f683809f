"""Filing the case in a document management system."""
