"""Rules and results in words: what they mean, why something came out, what would change it."""
