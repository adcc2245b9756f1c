hold = []
def f(n):
    big = [n] * 1000
    if n == 0: raise ValueError
    f(n - 1)
while True:
    try: f(500)
    except ValueError as e: hold.append(e)
