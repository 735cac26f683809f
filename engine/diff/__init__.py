"""Two versions of a definition: what changed in words, and for whom the result is another one."""
