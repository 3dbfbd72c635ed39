package io.jenkins.plugins.shera.nodes.ssh;

import io.jenkins.plugins.shera.nodes.Rollover;
import io.jenkins.plugins.shera.nodes.remote.Answer;
import io.jenkins.plugins.shera.nodes.remote.Errand;
import io.jenkins.plugins.shera.nodes.remote.Frame;
import io.jenkins.plugins.shera.nodes.remote.Machine;
import io.jenkins.plugins.shera.nodes.remote.NodeMain;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jvnet.localizer.Localizable;

/**
 * A machine that is reached by SSH. Each errand goes there whole, is done there to its end whatever becomes of the connection, and when that is lost in between, Jenkins comes again and asks how it ended.
 */
public final class SshNode implements Machine {
    private static final int NO_FOLDER = 85;
    private static final int NO_PROGRAM = 86;
    private static final int NO_COMMAND = 127;
    private static final int ID_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Login login;
    private final NodeProgram program;
    private final Duration patience;

    /**
     * Only keeps what it is given.
     *
     * @param program what does the errands there; it is brought along
     * @param patience how long it tries to come again after the connection was lost
     */
    public SshNode(Login login, NodeProgram program, Duration patience) {
        this.login = login;
        this.program = program;
        this.patience = patience;
    }

    /** The key that a server shows to whoever comes; an error when it cannot be reached. */
    public static HostKey show(String host, int port) throws IOException {
        return Link.show(host, port);
    }

    /** The connection was lost while the work may have been done. */
    private static final class CutException extends SshException {
        private static final long serialVersionUID = 1L;

        CutException(Localizable text, Throwable cause) {
            super(text, cause);
        }
    }

    /**
     * @throws IOException for people: from the node, or why it cannot be reached, or that it is not known how the work ended
     */
    @Override
    public <T> T run(Errand<T> work) throws IOException, InterruptedException {
        byte[] errand = NodeMain.packed(work);
        ClassLoader loader = work.getClass().getClassLoader();
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        Answer answer;
        try (Link link = Link.open(login)) {
            answer = once(link, "do", id, errand, loader);
        } catch (CutException e) {
            answer = again(id, loader, e);
        }
        return value(answer);
    }

    /** The errand's own class of answer: checked by the filter of what travels, and by whoever uses it. */
    @SuppressWarnings("unchecked")
    private <T> T value(Answer answer) throws IOException {
        return switch (answer.kind()) {
            case DONE -> (T) answer.value();
            case REFUSED -> throw new Rollover.RefusedException(answer.why());
            case FAILED -> throw new IOException(answer.why());
            case NEVER -> throw new SshException(Messages._SshNode_never(login.where()), null);
            case LOST -> throw new SshException(Messages._SshNode_lost(login.where()), null);
        };
    }

    /** Comes again until the node says how it ended. */
    private Answer again(String id, ClassLoader loader, CutException cut) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        IOException last = cut;
        for (int pause = 1; System.nanoTime() < end; pause = Math.min(pause * 2, 10)) {
            TimeUnit.SECONDS.sleep(pause);
            try (Link link = Link.open(login)) {
                return once(link, "ask", id, null, loader);
            } catch (Link.StrangerException e) {
                last = e;
                break;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new SshException(Messages._SshNode_unknown(login.where(), String.valueOf(last.getMessage())), last);
    }

    private Answer once(Link link, String verb, String id, byte[] errand, ClassLoader loader)
            throws IOException, InterruptedException {
        for (boolean sent = false; ; sent = true) {
            Link.Running running = link.start(command(verb, id));
            IOException broken;
            try {
                if (errand != null) {
                    Frame.write(running.in(), errand);
                }
                byte[] answer = Frame.read(running.out());
                running.in().write(NodeMain.HAVE_IT);
                running.in().flush();
                return Answer.of(answer, loader);
            } catch (IOException e) {
                broken = e;
            }
            int exit = running.exit();
            if (exit == NO_PROGRAM && !sent) {
                send(link);
            } else if (exit < 0) {
                throw new CutException(
                        Messages._SshNode_cut(login.where(), String.valueOf(broken.getMessage())), broken);
            } else {
                throw new SshException(ended(exit, running.said(), broken), broken);
            }
        }
    }

    private String command(String verb, String id) throws IOException {
        String jar = program.sha() + ".jar";
        return "exec /bin/sh -c '" + enter() + " || exit " + NO_FOLDER + "; echo \"" + program.sha() + "  " + jar
                + "\" | sha256sum -c >/dev/null 2>&1 || exit " + NO_PROGRAM + "; exec " + login.java()
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -Djava.awt.headless=true -cp " + jar + " "
                + NodeMain.class.getName() + " " + verb + " " + id + "'";
    }

    /** Brings the program; the one of an earlier version goes when it is a month old. */
    private void send(Link link) throws IOException, InterruptedException {
        String beside = "new-" + System.nanoTime();
        Link.Running running = link.start("exec /bin/sh -c '" + enter() + " || exit " + NO_FOLDER
                + "; find . -name \"*.jar\" -mtime +30 -exec rm -f {} + ; cat > " + beside + " && mv " + beside + " "
                + program.sha() + ".jar || { rm -f " + beside + "; exit 1; }'");
        IOException broken = null;
        try (OutputStream to = running.in()) {
            to.write(program.jar());
        } catch (IOException e) {
            broken = e;
        }
        running.out().transferTo(OutputStream.nullOutputStream());
        int exit = running.exit();
        if (exit != 0) {
            String why = running.said().isEmpty() && broken != null ? broken.getMessage() : running.said();
            throw new SshException(Messages._SshNode_notSent(login.where(), why, program.folder()), broken);
        }
    }

    private String enter() {
        return "umask 077; cd && mkdir -p " + program.folder() + " && cd " + program.folder();
    }

    private Localizable ended(int exit, String said, IOException broken) {
        if (exit == NO_COMMAND) {
            return Messages._SshNode_noJava(login.java(), login.where());
        }
        if (said.contains("UnsupportedClassVersionError")) {
            return Messages._SshNode_oldJava(login.java(), login.where());
        }
        if (exit == NO_FOLDER) {
            return Messages._SshNode_noFolder(login.user(), login.where(), said, program.folder());
        }
        if (exit == NO_PROGRAM) {
            return Messages._SshNode_noSum(login.where());
        }
        return Messages._SshNode_ended(
                login.where(), exit, said.isEmpty() ? String.valueOf(broken.getMessage()) : said);
    }
}
