"""Tests of FIT-Connect submissions."""
