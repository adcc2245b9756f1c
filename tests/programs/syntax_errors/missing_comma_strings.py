x = ['a' b, 'c']
