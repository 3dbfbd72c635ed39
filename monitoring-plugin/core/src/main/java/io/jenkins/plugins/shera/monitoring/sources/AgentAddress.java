package io.jenkins.plugins.shera.monitoring.sources;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the agents of a cluster's nodes answer: {@code https://{node}:8441} or {@code https://{ip}:8441}. */
public final class AgentAddress {

    private static final Pattern NODE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern IP = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:]{2,39}");
    private static final Pattern LOOPBACK = Pattern.compile("http://(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?");

    private final String template;

    private AgentAddress(String template) {
        this.template = template;
    }

    /**
     * Reads what an administrator wrote. Plain http is taken on the loopback address alone, for it carries tokens.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static AgentAddress of(String template) {
        String tried = template.replace("{node}", "node").replace("{ip}", "10.0.0.1");
        try {
            URI uri = new URI(tried);
            boolean plain = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && (uri.getPath() == null || uri.getPath().isEmpty());
            boolean safe = "https".equals(uri.getScheme())
                    || LOOPBACK.matcher(template).matches();
            if (plain && safe) {
                return new AgentAddress(template);
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the address of the log agents is none: " + template, e);
        }
        throw new IllegalArgumentException("the address of the log agents must look like https://{node}:8441 or"
                + " https://{ip}:8441, without user, path or query; this is not so: " + template);
    }

    /** Whether it goes through TLS, so that an authority must be named. */
    public boolean isSecure() {
        return template.startsWith("https:");
    }

    /** That of one node; empty when the node has not what the address needs. */
    public Optional<URI> of(String node, String ip) {
        boolean known = (!template.contains("{node}") || NODE.matcher(node).matches())
                && (!template.contains("{ip}") || IP.matcher(ip).matches());
        if (!known) {
            return Optional.empty();
        }
        String literal = ip.contains(":") ? "[" + ip + "]" : ip;
        return Optional.of(URI.create(template.replace("{node}", node).replace("{ip}", literal)));
    }

    @Override
    public String toString() {
        return template;
    }
}
