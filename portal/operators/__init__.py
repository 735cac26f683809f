"""What operators see and do: deliveries, targets, alarms, metrics; never a person's data."""
