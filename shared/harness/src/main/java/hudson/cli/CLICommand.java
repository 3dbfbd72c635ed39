package hudson.cli;

import hudson.AbortException;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.CmdLineParser;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;

/** A command of {@code jenkins-cli}; the harness calls commands directly and has no transport. */
public abstract class CLICommand implements ExtensionPoint, Cloneable {
    private static final Logger LOGGER = Logger.getLogger(CLICommand.class.getName());
    private static final ThreadLocal<CLICommand> CURRENT = new ThreadLocal<>();

    public transient PrintStream stdout;
    public transient PrintStream stderr;
    public transient InputStream stdin;
    public transient Locale locale;
    private transient Authentication transportAuth;

    /** The name, made of the class name. */
    public String getName() {
        String name = getClass().getSimpleName();
        String base = name.endsWith("Command") ? name.substring(0, name.length() - 7) : name;
        return base.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ENGLISH);
    }

    /** Said in the list of commands. */
    public abstract String getShortDescription();

    /** Parses the arguments, runs, and answers the exit code that Jenkins documents for each kind of failure. */
    public int main(List<String> args, Locale locale, InputStream stdin, PrintStream stdout, PrintStream stderr) {
        this.stdin = new BufferedInputStream(stdin);
        this.stdout = stdout;
        this.stderr = stderr;
        this.locale = locale;
        CmdLineParser parser = getCmdLineParser();
        CLICommand outer = CURRENT.get();
        CURRENT.set(this);
        try (ACLContext as = ACL.as2(getTransportAuthentication2())) {
            parser.parseArgument(args);
            Jenkins.get().checkPermission(Jenkins.READ);
            return run();
        } catch (CmdLineException e) {
            stderr.println("\nERROR: " + e.getMessage());
            printUsage(stderr, parser);
            return 2;
        } catch (IllegalArgumentException e) {
            stderr.println("\nERROR: " + e.getMessage());
            return 3;
        } catch (IllegalStateException e) {
            stderr.println("\nERROR: " + e.getMessage());
            return 4;
        } catch (AbortException e) {
            stderr.println("\nERROR: " + e.getMessage());
            return 5;
        } catch (AccessDeniedException e) {
            stderr.println("\nERROR: " + e.getMessage());
            return 6;
        } catch (BadCredentialsException e) {
            stderr.println("\nERROR: Bad Credentials");
            return 7;
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "Unexpected exception occurred while performing " + getName() + " command.", e);
            stderr.println("\nERROR: Unexpected exception occurred while performing " + getName() + " command.");
            return 1;
        } finally {
            CURRENT.set(outer);
        }
    }

    protected CmdLineParser getCmdLineParser() {
        return new CmdLineParser(this);
    }

    /** Who called. */
    public Authentication getTransportAuthentication2() {
        return transportAuth == null ? Jenkins.ANONYMOUS2 : transportAuth;
    }

    public void setTransportAuth2(Authentication transportAuth) {
        this.transportAuth = transportAuth;
    }

    /** Does the work; answers the exit code. */
    protected abstract int run() throws Exception;

    protected void printUsage(PrintStream stderr, CmdLineParser p) {
        stderr.print("java -jar jenkins-cli.jar " + getName());
        p.printSingleLineUsage(stderr);
        stderr.println();
        printUsageSummary(stderr);
        p.printUsage(stderr);
    }

    protected void printUsageSummary(PrintStream stderr) {
        stderr.println(getShortDescription());
    }

    public static ExtensionList<CLICommand> all() {
        return ExtensionList.lookup(CLICommand.class);
    }

    /** A fresh copy of the command of that name, or null. */
    public static CLICommand clone(String name) {
        for (CLICommand command : all()) {
            if (command.getName().equals(name)) {
                return command.createClone();
            }
        }
        return null;
    }

    protected CLICommand createClone() {
        try {
            return (CLICommand) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The command that runs on this thread, or null. */
    public static CLICommand getCurrent() {
        return CURRENT.get();
    }
}
