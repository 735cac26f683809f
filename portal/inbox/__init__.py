"""Messages of the authorities' systems: picked up, matched to their case, kept, told."""
