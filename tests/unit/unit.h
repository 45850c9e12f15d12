#ifndef UNIT_H
#define UNIT_H
/*
 * unit - what every unit test includes: cmocka and the headers it asks for.
 *
 * A file of tests has no main: the Makefile collects each line that reads
 * "static void test_NAME(void **state)" and makes a program of them. A name is
 * a sentence: test_doc__keeps_trailing_spaces.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
