"""What the build makes of frontend/."""
