# shellcheck shell=bash
# powerloss - what is on the disk when the power goes.
#
#	disk                        a fresh one, on which the book is from now on
#	kith set ada title=baker
#	lose_power                  from now on the book is what the disk had at this moment
#
# The disk is an ext4 in a file, mounted so that the kernel hides no forgotten fsync
# (noauto_da_alloc). The moment is a copy of that file; to mount it replays the journal. As the
# journal is written every few seconds at the latest, names may reach the disk long before the bytes
# of their files: `lose_power late` is after such a moment, made by the fsync of some other file.

need_disks() {
	[ "$(id -u)" -eq 0 ] || skip "only root can mount a disk"
	command -v mkfs.ext4 >/dev/null || skip "there is no mkfs.ext4"
	truncate -s 16M "$BATS_FILE_TMPDIR/empty"
	mkfs.ext4 -q -F -E lazy_itable_init=0 "$BATS_FILE_TMPDIR/empty"
	mkdir "$BATS_FILE_TMPDIR/try"
	mount_disk "$BATS_FILE_TMPDIR/empty" "$BATS_FILE_TMPDIR/try" 2>/dev/null ||
		skip "no disk can be mounted here"
	umount "$BATS_FILE_TMPDIR/try"
}

mount_disk() {
	mount -t ext4 -o loop,noauto_da_alloc,commit=300 "$1" "$2"
}

disk() {
	lose_disks
	cp --sparse=always "$BATS_FILE_TMPDIR/empty" disk.img
	mkdir -p disk
	mount_disk disk.img disk
	KITH_BOOK=$PWD/disk/book
	mkdir "$KITH_BOOK"
}

# on_disk: all of it is, from now on.
on_disk() {
	sync -f "$KITH_BOOK"
}

lose_power() {
	if [ "${1:-}" = late ]; then
		: >disk/other
		sync disk/other
	fi
	cp --sparse=always disk.img after.img
	mkdir -p after
	! mountpoint -q after || umount after
	mount_disk after.img after
	KITH_BOOK=$PWD/after/${KITH_BOOK#"$PWD"/*/}
}

lose_disks() {
	local dir
	for dir in disk after; do
		! mountpoint -q "$BATS_TEST_TMPDIR/$dir" || umount "$BATS_TEST_TMPDIR/$dir"
	done
}
