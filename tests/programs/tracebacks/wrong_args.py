def target(a, b, *, c): pass
class K:
    def method(self, x): pass
try: K().method()
except TypeError as e: print(e)
def call(): return target(1, 2, 3, c=4)
call()
