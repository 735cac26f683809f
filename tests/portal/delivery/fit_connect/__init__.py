"""Tests of FIT-Connect, with a service and a destination of our own on the loopback."""
