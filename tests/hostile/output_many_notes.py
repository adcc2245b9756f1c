e = ValueError("x")
for i in range(1000000):
    e.add_note("n" * 100)
raise e
