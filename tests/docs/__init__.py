"""Pages that are made from the product stay true."""
