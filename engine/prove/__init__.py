"""Proofs about a procedure, and the examples that refute them."""
