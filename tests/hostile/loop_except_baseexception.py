def f():
    try:
        while True:
            pass
    except BaseException:
        f()
    finally:
        f()
f()
