"""Type rules, one file per subject; engine/rules/check.py puts them together."""
