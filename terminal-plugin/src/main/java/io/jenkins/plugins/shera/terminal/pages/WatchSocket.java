package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import io.jenkins.plugins.shera.terminal.session.Viewer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.websocket.WebSocketSession;

/** A tab that watches another's session: it confirms what it has shown, and whatever else it sends ends it. */
final class WatchSocket extends WebSocketSession implements Viewer {

    private static final Logger LOGGER = Logger.getLogger(WatchSocket.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TEXT = 100;

    private final TerminalSession session;
    private final String link;
    private final String user;

    WatchSocket(TerminalSession session, String link, String user) {
        this.session = session;
        this.link = link;
        this.user = user;
    }

    @Override
    protected void opened() {
        if (!session.watch(this, link, user)) {
            end("unshared", -1, "");
        }
    }

    @Override
    protected void closed(int statusCode, String reason) {
        session.unwatch(this);
    }

    @Override
    protected void error(Throwable cause) {
        LOGGER.log(Level.FINE, "a tab that watched session " + session.id() + " is gone", cause);
        session.unwatch(this);
    }

    @Override
    protected void binary(byte[] payload, int offset, int length) throws IOException {
        refuse();
    }

    @Override
    protected void text(String message) throws IOException {
        JsonNode said = message.length() > LONGEST_TEXT ? null : read(message);
        if (said != null && said.size() == 1 && said.path("ack").isIntegralNumber()) {
            session.confirmWatched(this, said.path("ack").asLong());
        } else {
            refuse();
        }
    }

    private void refuse() throws IOException {
        session.unwatch(this);
        end("readonly", -1, "");
        close();
    }

    private static JsonNode read(String message) {
        try {
            return JSON.readTree(message);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void begin(long offset, long seen) {
        say(JsonNodeFactory.instance.objectNode().put("begin", offset).toString());
    }

    @Override
    public void size(int columns, int rows) {
        say(JsonNodeFactory.instance
                .objectNode()
                .put("columns", columns)
                .put("rows", rows)
                .toString());
    }

    @Override
    public void output(ByteBuffer data) {
        try {
            sendBinary(data);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "a tab that watches session " + session.id() + " does not listen", e);
        }
    }

    @Override
    public void end(String code, int exitCode, String message) {
        say(JsonNodeFactory.instance
                .objectNode()
                .put("end", code)
                .put("code", exitCode)
                .put("message", "")
                .toString());
    }

    private void say(String text) {
        try {
            sendText(text);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "a tab that watches session " + session.id() + " does not listen", e);
        }
    }
}
