#!/bin/sh
# Interesting, which the reducer wants to hear as a failure, where the program has a maximum.
! norm-opt "$1" | grep -q "norm.reduce *max"
