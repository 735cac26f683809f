"""Pictures of a procedure: what people see of it."""
