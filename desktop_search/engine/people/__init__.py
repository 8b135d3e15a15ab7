"""Faces in footage: found, told apart, and gathered into people. On this computer alone, and only when switched on."""
