"""The commands, one file each: load, compute, render, write, return the exit code."""
