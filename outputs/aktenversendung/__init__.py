"""Files between Ausländerbehörden: XAusländer 26.11, group ABHABH."""
