"""What every page shares: templates, cookies, forms, headers."""
