"""Keys on a telephone or a stick: the second step of signing in, or the only one."""
