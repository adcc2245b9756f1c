class A:
    pass
a = A()
i = 0
while True:
    setattr(a, "attr" + str(i), i)
    i += 1
