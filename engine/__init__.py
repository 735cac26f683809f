"""Definition, rules, checks and answers of a procedure: thinking without I/O."""
