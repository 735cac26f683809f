"""What every page needs: sessions, tokens, limits, headers, language, errors."""
