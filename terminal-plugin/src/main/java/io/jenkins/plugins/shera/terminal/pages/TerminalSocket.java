package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import io.jenkins.plugins.shera.terminal.session.Viewer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.websocket.WebSocketSession;

/**
 * One browser tab at one session. Binary messages are keys and output; texts are JSON: {@code {"ack":offset}} and
 * {@code {"columns":80,"rows":24}} from the page, {@code {"begin":offset,"seen":offset}} and {@code {"end":"exit","code":0,"message":""}} to it.
 */
final class TerminalSocket extends WebSocketSession implements Viewer {

    private static final Logger LOGGER = Logger.getLogger(TerminalSocket.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TEXT = 200;

    private final TerminalSession session;
    private final long from;

    /** {@code from} is how much of the output the page has, -1 for nothing. */
    TerminalSocket(TerminalSession session, long from) {
        this.session = session;
        this.from = from;
    }

    @Override
    protected void opened() {
        session.attach(this, from);
    }

    @Override
    protected void closed(int statusCode, String reason) {
        session.detach(this);
    }

    @Override
    protected void error(Throwable cause) {
        LOGGER.log(Level.FINE, "the tab of session " + session.id() + " is gone", cause);
        session.detach(this);
    }

    @Override
    protected void binary(byte[] payload, int offset, int length) throws IOException {
        byte[] keys = new byte[length];
        System.arraycopy(payload, offset, keys, 0, length);
        if (!session.type(this, ByteBuffer.wrap(keys))) {
            close();
        }
    }

    @Override
    protected void text(String message) throws IOException {
        JsonNode said = message.length() > LONGEST_TEXT ? null : read(message);
        if (said == null) {
            close();
        } else if (said.path("ack").isIntegralNumber()) {
            session.confirm(this, said.path("ack").asLong());
        } else {
            int columns = said.path("columns").asInt();
            int rows = said.path("rows").asInt();
            if (columns > 0 && rows > 0 && columns <= 1000 && rows <= 1000) {
                session.resize(this, columns, rows);
            }
        }
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
        say(JsonNodeFactory.instance.objectNode().put("begin", offset).put("seen", seen));
    }

    @Override
    public void watchers(List<String> users) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        users.forEach(said.putArray("watchers")::add);
        say(said);
    }

    @Override
    public void output(ByteBuffer data) {
        try {
            sendBinary(data);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the tab of session " + session.id() + " does not listen", e);
        }
    }

    @Override
    public void end(String code, int exitCode, String message) {
        say(JsonNodeFactory.instance
                .objectNode()
                .put("end", code)
                .put("code", exitCode)
                .put("message", message));
    }

    private void say(ObjectNode what) {
        try {
            sendText(what.toString());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the tab of session " + session.id() + " does not listen", e);
        }
    }
}
