"""What a model proposed for a folder of exports is measured by: invented companies with a truth."""
