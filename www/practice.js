// Practice: see the page.
