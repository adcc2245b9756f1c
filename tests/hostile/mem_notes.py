e = ValueError("x")
while True:
    e.add_note("note " * 1000)
