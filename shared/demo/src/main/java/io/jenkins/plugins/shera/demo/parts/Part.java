package io.jenkins.plugins.shera.demo.parts;

/**
 * A server of the demo.
 *
 * @param what does the work, e.g. {@code nginx 1.22.1}
 * @param real whether it is the real thing, and not a stand-in of the demo
 */
public record Part(String what, boolean real) {
    @Override
    public String toString() {
        return (real ? "real: " : "sandbox: ") + what;
    }
}
