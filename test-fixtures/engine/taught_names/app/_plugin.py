def call(name, argument):
    return (name, argument)
