"""Days that are not, days of the week, deadlines and citations against the date of the letter."""
