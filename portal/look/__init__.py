"""The authority's own look over KERN: its colours and its coat of arms, readable or refused."""
