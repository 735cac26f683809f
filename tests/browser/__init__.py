"""What people see and press: Chromium against a portal that really listens."""
