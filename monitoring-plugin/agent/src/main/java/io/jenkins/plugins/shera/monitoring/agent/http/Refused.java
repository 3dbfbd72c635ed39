package io.jenkins.plugins.shera.monitoring.agent.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A request that is not answered; becomes a status and a JSON object of error, where, why and next. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(Refused.class.getName());

    private final int status;
    private final String where;
    private final String why;
    private final String next;

    Refused(int status, String where, String why, String next) {
        super(why, null, false, false);
        this.status = status;
        this.where = where;
        this.why = why;
        this.next = next;
    }

    /** Answers with it; {@code error} says what was not done. */
    void tell(HttpExchange exchange, String error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error", error).put("where", where);
        body.put("why", why).put("next", next);
        try {
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            LOG.log(Level.FINE, "Nobody waited for the answer", e);
        }
    }

    int status() {
        return status;
    }

    String where() {
        return where;
    }

    String why() {
        return why;
    }

    String next() {
        return next;
    }
}
