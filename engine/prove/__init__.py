"""Proofs about a procedure, and the examples that refute them; needs the solver (extra `prove`)."""

from engine.prove.known import Known
from engine.prove.proof import Example, Proof, Result
from engine.prove.proving import prove

__all__ = ["Example", "Known", "Proof", "Result", "prove"]
