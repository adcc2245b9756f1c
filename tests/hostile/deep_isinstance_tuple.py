t = (int,)
for i in range(500000): t = (t,)
try: print(isinstance('x', t))
except RecursionError as e: print('RE')
try: print('x'.startswith(('a',)), issubclass(str, t))
except RecursionError as e: print('RE')
try:
    try: raise ValueError
    except t: pass
except (TypeError, ValueError, RecursionError) as e: print(type(e).__name__)
