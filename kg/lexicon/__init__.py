"""The only reader of data/: each module loads one kind of rule file and checks it."""
