# ends: limit
raise ValueError("x" * 100_000_000)
