"""The procedures that come with the product."""
