x = 1
if x:
# comment
else:
    pass
