e = ValueError("x\n" * 10000000)
raise e
