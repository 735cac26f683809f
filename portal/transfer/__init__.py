"""Files that travel to other authorities and to archives: asked for, sent, received, offered."""
