"""From one DMS into another: read what is there, file it anew, prove by hash that nothing lacks."""
