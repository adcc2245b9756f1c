class A:
    def f(self):#### syntax_errors/null_after_code
x = [
    1,
    2,
for i in x:
    pass
