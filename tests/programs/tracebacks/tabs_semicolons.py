def f():
	x = 1; y = 0; z = x / y; return z
if True: f()
