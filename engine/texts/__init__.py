"""Every sentence the engine says, and how reports are written."""
