package io.jenkins.plugins.shera.terminal.pack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the image is to be made of the choice. For one thread. */
public final class PackOrder {
    private static final long USUAL_BYTES = 2L << 30;

    private final String tag;
    private Hand hand;
    private boolean mask;
    private long mostBytes = USUAL_BYTES;
    private List<String> entrypoint;
    private List<String> command;
    private final Map<String, String> environment = new TreeMap<>();

    /**
     * The tag must not be in the repository yet.
     *
     * @throws PackException if the tag is none
     */
    public PackOrder(String tag, Hand hand) throws PackException {
        if (!tag.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")) {
            throw new PackException(Messages._PackOrder_tag(tag.replaceAll("[^ -~]", "?")));
        }
        this.tag = tag;
        this.hand = hand;
    }

    /** The recorded terminal sessions in which the container was changed, by their ids. */
    public PackOrder sessions(List<String> ids) {
        hand = hand.in(ids);
        return this;
    }

    /** Writes stars over secrets and leaves histories and key files out, instead of refusing the image. */
    public PackOrder maskSecrets(boolean wanted) {
        mask = wanted;
        return this;
    }

    /** Bytes of files at most; 2 GiB unless given. */
    public PackOrder mostBytes(long bytes) {
        mostBytes = bytes;
        return this;
    }

    /** Another entrypoint than the origin's; null keeps it. As in a Dockerfile, a new one clears the origin's command. */
    public PackOrder entrypoint(List<String> words) {
        entrypoint = words == null ? null : List.copyOf(words);
        return this;
    }

    /** Another command than the origin's; null keeps it. */
    public PackOrder command(List<String> words) {
        command = words == null ? null : List.copyOf(words);
        return this;
    }

    /**
     * Sets a variable of the image's environment.
     *
     * @throws PackException if the name is none, or the value looks like a secret
     */
    public PackOrder env(String name, String value) throws PackException {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,255}") || value.indexOf('\0') >= 0) {
            throw new PackException(Messages._PackOrder_variable(name.replaceAll("[^ -~]", "?")));
        }
        if (SecretScan.isSecret(name + "=" + value)) {
            throw new PackException(Messages._PackOrder_secret(name));
        }
        environment.put(name, value);
        return this;
    }

    String tag() {
        return tag;
    }

    Hand hand() {
        return hand;
    }

    boolean mask() {
        return mask;
    }

    long mostBytes() {
        return mostBytes;
    }

    List<String> entrypoint() {
        return entrypoint;
    }

    List<String> command() {
        return command;
    }

    Map<String, String> environment() {
        return environment;
    }
}
