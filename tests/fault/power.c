/*
 * A disk that lies: with this in LD_PRELOAD nothing that a program asks to be on the disk gets
 * there before the kernel likes. Proof that a check for power loss can fail.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

int fsync(int fd)
{
	return fcntl(fd, F_GETFD) < 0 ? -1 : 0;
}

int fdatasync(int fd)
{
	return fsync(fd);
}

int sync_file_range(int fd, off64_t offset, off64_t count, unsigned int flags)
{
	(void)offset;
	(void)count;
	(void)flags;
	return fsync(fd);
}

int syncfs(int fd)
{
	return fsync(fd);
}

void sync(void)
{
}
