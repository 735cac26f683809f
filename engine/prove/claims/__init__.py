"""What is claimed of a procedure without being asked; one module per kind of claim."""
