import sys
try:
    raise SystemExit
except SystemExit as e: print(repr(e), e.code)
try:
    sys.exit(None)
except SystemExit as e: print(repr(e), e.code)
try:
    sys.exit((1, 2))
except SystemExit as e: print(repr(e), e.code)
def g():
    try:
        yield
    finally:
        print("not closed at exit in order")
raise SystemExit(0)
