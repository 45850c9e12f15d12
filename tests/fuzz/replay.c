/*
 * replay - run a fuzz target over files, without a fuzzer: each argument is one
 * input. Speaks TAP; a law that does not hold ends the process.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An exact copy on the heap, so that a sanitizer sees one byte read too many. */
static uint8_t *read_whole(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");

	if (!file || fseek(file, 0, SEEK_END) != 0)
		return NULL;
	*size = (size_t)ftell(file);
	rewind(file);
	uint8_t *data = malloc(*size ? *size : 1);
	if (data && fread(data, 1, *size, file) != *size) {
		free(data);
		data = NULL;
	}
	fclose(file);
	return data;
}

int main(int argc, char **argv)
{
	int status = 0;

	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		size_t size = 0;
		uint8_t *data = read_whole(argv[i], &size);

		printf("# %s\n", argv[i]);
		fflush(stdout);
		if (data)
			LLVMFuzzerTestOneInput(data, size);
		else
			status = 1;
		printf("%sok %d - %s\n", data ? "" : "not ", i, argv[i]);
		free(data);
	}
	return status;
}
