"""What an applicant may know about their data, take along, and have deleted."""
