raise ValueError("m" * 50000000)
