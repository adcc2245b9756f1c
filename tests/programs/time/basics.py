import time
a = time.time(); b = time.perf_counter(); c = time.monotonic(); d = time.perf_counter_ns(); p = time.process_time()
time.sleep(0); time.sleep(0.01)
print(time.perf_counter() - b >= 0.009, time.monotonic() >= c, time.perf_counter_ns() > d, type(a).__name__, type(d).__name__, a > 1.6e9, time.time_ns() > 10 ** 18, time.process_time() >= p, type(time.monotonic_ns()).__name__)
for f in (lambda: time.sleep(-1), lambda: time.nope):
    try: f()
    except Exception as e: print(type(e).__name__, e)
