package io.jenkins.plugins.shera.platform.quota;

/** The four resources we count: cores, bytes, pods, bytes of persistent volumes. */
public record Use(Amount cpu, Amount memory, Amount pods, Amount storage) {

    /** Nothing is known. */
    public static final Use UNKNOWN = new Use(Amount.UNKNOWN, Amount.UNKNOWN, Amount.UNKNOWN, Amount.UNKNOWN);

    /** Both together. */
    public Use plus(Use other) {
        return new Use(
                cpu.plus(other.cpu), memory.plus(other.memory), pods.plus(other.pods), storage.plus(other.storage));
    }
}
