"""Makes every model file of `normalize` from text."""
