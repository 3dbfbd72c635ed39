package io.jenkins.plugins.shera.monitoring.served;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.chats.ChatBook;
import io.jenkins.plugins.shera.monitoring.chats.ChatTarget;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** A daemon that tells robots of chats of alerts. Usable from many threads; every call is bounded in time and size. */
public final class ChatDaemon {

    /** The part of the address below which robots are. */
    public static final String PATH = "/v1/chats";

    private final DaemonCalls calls;

    /**
     * Connects when it is first asked.
     *
     * @param trust whom to trust; null for whom this Java trusts
     * @param token the secret by which it is told of changes
     */
    public ChatDaemon(URI base, SSLContext trust, String token) {
        this.calls = new DaemonCalls(base, trust, token, "chats");
    }

    /**
     * Lets a tenant have just these robots; asks only where it has them already.
     *
     * @throws Rollover.RefusedException when somebody else changed them meanwhile, or it does not take them; nothing was changed then
     */
    public void bring(String tenant, List<ChatTarget> targets) throws IOException {
        JsonNode kept = calls.json(calls.send("GET", PATH + "/" + tenant, new byte[0]));
        ChatBook wanted = new ChatBook(calls.number(kept), targets);
        if (!wanted.mark().equals(kept.path("mark").asText())) {
            calls.send("PUT", PATH + "/" + tenant, wanted.bytes("after"));
        }
    }

    /** The tenants it has robots of. */
    public Set<String> tenants() throws IOException {
        return calls.tenants(PATH);
    }
}
