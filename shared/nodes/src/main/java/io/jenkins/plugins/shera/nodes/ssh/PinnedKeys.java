package io.jenkins.plugins.shera.nodes.ssh;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;

/** Knows one server by one key, and remembers what was presented. */
final class PinnedKeys implements HostKeyRepository {
    private final HostKey pinned;
    private volatile HostKey presented;

    /** Null knows none. */
    PinnedKeys(HostKey pinned) {
        this.pinned = pinned;
    }

    /** Null when none was presented. */
    HostKey presented() {
        return presented;
    }

    /** Whether the server showed one, and not the one it is known by. */
    boolean isRefused() {
        return presented != null && !presented.equals(pinned);
    }

    @Override
    public int check(String host, byte[] key) {
        presented = HostKey.presented(key).orElse(null);
        if (pinned == null) {
            return NOT_INCLUDED;
        }
        return pinned.isSame(key) ? OK : CHANGED;
    }

    @Override
    public void add(com.jcraft.jsch.HostKey hostkey, UserInfo ui) {
        // Only people accept keys.
    }

    @Override
    public void remove(String host, String type) {
        // Only people take keys away.
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        // Only people take keys away.
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "settings of the node";
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey() {
        return new com.jcraft.jsch.HostKey[0];
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey(String host, String type) {
        return new com.jcraft.jsch.HostKey[0];
    }
}
