package io.jenkins.plugins.shera.nodes.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jvnet.localizer.Localizable;

/** An open connection to a server that showed the key it is known by. */
final class Link implements AutoCloseable {
    private static final int CONNECT_MILLIS = 15_000;
    private static final int ALIVE_MILLIS = 5_000;
    private static final int ALIVE_COUNT = 3;
    private static final int KEPT_ERRORS = 4096;

    private final Session session;

    private Link(Session session) {
        this.session = session;
    }

    /**
     * Opens one.
     *
     * @throws IOException saying what to do, when the server is not known, is another one, or does not let this user in
     */
    static Link open(Login login) throws IOException {
        PinnedKeys keys = new PinnedKeys(login.hostKey());
        Session session = null;
        try {
            JSch ssh = new JSch();
            int number = 0;
            for (String key : login.privateKeys()) {
                ssh.addIdentity(
                        "key-" + number++,
                        key.getBytes(StandardCharsets.UTF_8),
                        null,
                        login.passphrase().isEmpty() ? null : login.passphrase().getBytes(StandardCharsets.UTF_8));
            }
            session = ssh.getSession(login.user(), login.host(), login.port());
            session.setHostKeyRepository(keys);
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            if (login.hostKey() != null) {
                // A server has several keys: it is to show the one that is known.
                session.setConfig("server_host_key", login.hostKey().algorithms());
            }
            session.setServerAliveInterval(ALIVE_MILLIS);
            session.setServerAliveCountMax(ALIVE_COUNT);
            session.setDaemonThread(true);
            session.connect(CONNECT_MILLIS);
            return new Link(session);
        } catch (JSchException e) {
            if (session != null) {
                session.disconnect();
            }
            Localizable why = why(login, keys, e);
            throw keys.isRefused() ? new StrangerException(why, e) : new SshException(why, e);
        }
    }

    /** Another machine answered than the one that is known: asking it again is of no use. */
    static final class StrangerException extends SshException {
        private static final long serialVersionUID = 1L;

        StrangerException(Localizable text, Throwable cause) {
            super(text, cause);
        }
    }

    private static Localizable why(Login login, PinnedKeys keys, JSchException e) {
        if (keys.isRefused() && login.hostKey() == null) {
            return Messages._Link_unknown(
                    login.where(), keys.presented().type(), keys.presented().fingerprint());
        }
        if (keys.isRefused()) {
            return Messages._Link_changed(
                    login.where(),
                    keys.presented().fingerprint(),
                    login.hostKey().fingerprint());
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("Auth fail") || message.contains("Auth cancel")) {
            return Messages._Link_login(login.user(), login.where());
        }
        if (message.contains("invalid privatekey") || message.contains("USERAUTH fail")) {
            return Messages._Link_key(login.user(), login.where());
        }
        if (login.hostKey() != null && message.contains("Algorithm negotiation")) {
            return Messages._Link_otherType(login.where(), login.hostKey().type());
        }
        return Messages._Link_unreached(login.where(), message);
    }

    /** The key that a server shows, without logging in. */
    static HostKey show(String host, int port) throws IOException {
        PinnedKeys keys = new PinnedKeys(null);
        Session session = null;
        try {
            session = new JSch().getSession("nobody", host, port);
            session.setHostKeyRepository(keys);
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setDaemonThread(true);
            session.connect(CONNECT_MILLIS);
        } catch (JSchException e) {
            if (keys.presented() == null) {
                throw new SshException(
                        Messages._Link_unreached(port == 22 ? host : host + ":" + port, String.valueOf(e.getMessage())),
                        e);
            }
        } finally {
            if (session != null) {
                session.disconnect();
            }
        }
        return keys.presented();
    }

    /** Starts a command; nothing in it comes from outside. */
    Running start(String command) throws IOException {
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand(command);
            ByteArrayOutputStream errors = new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int from, int length) {
                    super.write(bytes, from, Math.min(length, Math.max(0, KEPT_ERRORS - count)));
                }
            };
            channel.setErrStream(errors);
            InputStream out = channel.getInputStream();
            OutputStream in = channel.getOutputStream();
            channel.connect(CONNECT_MILLIS);
            return new Running(channel, in, out, errors);
        } catch (JSchException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A command that runs. */
    record Running(ChannelExec channel, OutputStream in, InputStream out, ByteArrayOutputStream errors) {
        private static final int UNKNOWN = -1;

        /** Its exit code, waited for a little; -1 when the connection was lost before it ended. */
        int exit() throws InterruptedException {
            for (int i = 0; i < 100 && !channel.isClosed(); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            return channel.isClosed() ? channel.getExitStatus() : UNKNOWN;
        }

        /** The beginning of what it wrote to standard error, on one line. */
        String said() {
            return errors.toString(StandardCharsets.UTF_8).strip().replaceAll("[\\p{Cntrl}]+", " ");
        }
    }

    @Override
    public void close() {
        session.disconnect();
    }
}
