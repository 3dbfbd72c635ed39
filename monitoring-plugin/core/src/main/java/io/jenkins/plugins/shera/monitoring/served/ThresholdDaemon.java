package io.jenkins.plugins.shera.monitoring.served;

import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** A daemon that keeps thresholds. Usable from many threads; every call is bounded in time and size and follows no redirect. */
public final class ThresholdDaemon {

    /** The part of the address below which thresholds are. */
    public static final String PATH = "/v1/thresholds";

    private final DaemonCalls calls;

    /**
     * Connects when it is first asked.
     *
     * @param trust whom to trust; null for whom this Java trusts
     * @param token the secret by which it is told of changes
     */
    public ThresholdDaemon(URI base, SSLContext trust, String token) {
        this.calls = new DaemonCalls(base, trust, token, "thresholds");
    }

    /** What it serves of a tenant, with the generation that a change begins from. */
    public ServedBook read(String tenant) throws IOException {
        byte[] body = calls.send("GET", PATH + "/" + tenant, new byte[0]);
        try {
            return ServedBook.read(body, "generation");
        } catch (IOException | InvalidThresholdException e) {
            throw calls.notOurs(e);
        }
    }

    /**
     * Replaces all it serves of a tenant.
     *
     * @param book with the generation it was made from
     * @return the new generation
     * @throws Rollover.RefusedException when somebody else changed it meanwhile, or it does not take them; nothing was changed then
     */
    public long replace(String tenant, ServedBook book) throws IOException {
        return calls.number(calls.json(calls.send("PUT", PATH + "/" + tenant, book.bytes("after"))));
    }

    /** The tenants it serves something of. */
    public Set<String> tenants() throws IOException {
        return calls.tenants(PATH);
    }
}
