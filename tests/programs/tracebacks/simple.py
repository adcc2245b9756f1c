def divide(a, b):
    return a / b

def outer(x):
    y = x + 1
    return divide(y, x)

print("before")
outer(0)
print("never")
