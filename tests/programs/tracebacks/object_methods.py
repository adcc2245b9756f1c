e = None
def level1(): level2()
def level2():
    raise ValueError("deep")
try: level1()
except ValueError as ex: e = ex
tb = e.__traceback__
while tb:
    print(tb.tb_lineno)
    tb = tb.tb_next
try:
    raise e.with_traceback(None)
except ValueError as e2:
    n = 0; t = e2.__traceback__
    while t: n += 1; t = t.tb_next
    print(n)
raise e from KeyError("why")
