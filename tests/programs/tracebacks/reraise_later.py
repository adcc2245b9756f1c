saved = None
def thrower():
    raise OSError("saved one")
try:
    thrower()
except OSError as e:
    saved = e
def again():
    raise saved
again()
