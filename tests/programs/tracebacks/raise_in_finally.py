def f():
    try:
        return 1 // 0
    finally:
        raise TypeError("from finally")
f()
