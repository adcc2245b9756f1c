from _raiser import call, fail
try:
    call(lambda: fail(1))
except ValueError as e:
    print("caught", e)
call(fail, 2)
