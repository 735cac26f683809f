"""The application as PDF/A-3b and PDF/UA-1, and the receipt."""
