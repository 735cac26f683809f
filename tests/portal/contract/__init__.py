"""Tests of the contract pack and its simulator."""
