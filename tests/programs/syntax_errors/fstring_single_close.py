y = f'a } b'
