"""Every form of the application, filled in badly by those who may send it: nothing breaks, leaks or is cut."""
