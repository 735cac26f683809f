"""The contract pack: what an authority's vendor needs to test before the first real case."""
