class A:
    pass
a = A()
a.b = A()
a.b.c = None
print("ok")
a.b.c.d.e
