/*
 * The least that must be done to see whether a file has changed: list the folder and those in it,
 * stat each file, and nothing else. Prints how many there were.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static long sweep(int folder)
{
	_Alignas(struct dirent64) char buf[65536];
	struct stat st;
	long files = 0;
	ssize_t size, at;

	while ((size = getdents64(folder, buf, sizeof buf)) > 0) {
		for (at = 0; at < size; at += ((struct dirent64 *)(buf + at))->d_reclen) {
			const struct dirent64 *entry = (const struct dirent64 *)(buf + at);

			if (entry->d_name[0] == '.')
				continue;
			if (entry->d_type == DT_DIR)
				files += sweep(openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY));
			else if (!fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
				files++;
		}
	}
	close(folder);
	return files;
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	printf("%ld\n", sweep(open(argv[1], O_RDONLY | O_DIRECTORY)));
	return 0;
}
