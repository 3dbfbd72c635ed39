package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.layer.TarEntry;

/**
 * One file as it stands in a container.
 *
 * @param name path below the root, without a slash at either end
 * @param mode type and permission bits as {@code stat} gives them
 * @param userId number of the owner
 * @param groupId number of the owning group
 * @param size bytes
 * @param changed seconds since 1970 of its last change, of content or of owner and mode
 * @param written seconds since 1970 that the file bears as the time of its content, which an image brings with it
 */
public record ContainerFile(String name, int mode, long userId, long groupId, long size, long changed, long written) {
    private static final int TYPE = 0170000;

    /** What it is, or null for a socket, which no image can hold. */
    public TarEntry.Kind kind() {
        return switch (mode & TYPE) {
            case 0100000 -> TarEntry.Kind.FILE;
            case 0120000 -> TarEntry.Kind.SYMLINK;
            case 0040000 -> TarEntry.Kind.FOLDER;
            case 0020000 -> TarEntry.Kind.CHARACTER_DEVICE;
            case 0060000 -> TarEntry.Kind.BLOCK_DEVICE;
            case 0010000 -> TarEntry.Kind.FIFO;
            default -> null;
        };
    }

    /** Whether it is of a kind that is packed: a file, a folder or a symbolic link. */
    public boolean isPackable() {
        TarEntry.Kind kind = kind();
        return kind == TarEntry.Kind.FILE || kind == TarEntry.Kind.FOLDER || kind == TarEntry.Kind.SYMLINK;
    }

    /** Permission bits with set-user-id, set-group-id and sticky. */
    public int permissions() {
        return mode & 07777;
    }

    /** Whether the image's entry has the same kind, owners and permissions. */
    boolean looksLike(TarEntry entry) {
        boolean sameMode = kind() == TarEntry.Kind.SYMLINK || permissions() == entry.mode();
        return kind() == entry.kind() && sameMode && userId == entry.userId() && groupId == entry.groupId();
    }
}
