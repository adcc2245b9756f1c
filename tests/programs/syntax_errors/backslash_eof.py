x = 1 + \#### syntax_errors/typo_keyword
whille True:
    pass
