"""What comes next: renewals, scores, lifetimes, purchases."""
