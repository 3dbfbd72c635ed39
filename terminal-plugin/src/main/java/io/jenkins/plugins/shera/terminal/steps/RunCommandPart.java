package io.jenkins.plugins.shera.terminal.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code runCommand(command: 'java -version', expect: '17')}: lines that the container's {@code sh -e} runs. */
public final class RunCommandPart extends ContainerPart {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_COMMAND = 64 * 1024;
    private static final int LONGEST_TIMEOUT = 24 * 60 * 60;

    private final String command;
    private int exitCode;
    private String expect;
    private int timeout = DescriptorImpl.DEFAULT_TIMEOUT;

    /** Must end with 0. */
    @DataBoundConstructor
    public RunCommandPart(String command) {
        this.command = command;
    }

    public String getCommand() {
        return command;
    }

    /** The exit code that is expected. */
    public int getExitCode() {
        return exitCode;
    }

    @DataBoundSetter
    public void setExitCode(int exitCode) {
        this.exitCode = exitCode;
    }

    /** A text that must stand in a line of the output; null for none. */
    public String getExpect() {
        return expect;
    }

    @DataBoundSetter
    public void setExpect(String expect) {
        this.expect = Util.fixEmpty(expect);
    }

    /** Seconds it may take. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    @Override
    void check() {
        if (command == null || command.isBlank() || command.length() > LONGEST_COMMAND || command.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("runCommand needs a command of at most 64 KiB, such as 'ls /app'.");
        }
        if (exitCode < 0 || exitCode > 255) {
            throw new IllegalArgumentException(
                    "'" + exitCode + "' cannot be the parameter exitCode. Give a number from 0 to 255.");
        }
        if (expect != null && (expect.length() > 1000 || expect.indexOf('\n') >= 0)) {
            throw new IllegalArgumentException(
                    "The parameter expect must be one line of at most 1000 characters. Shorten it.");
        }
        if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
            throw new IllegalArgumentException("'" + timeout
                    + "' cannot be the parameter timeout. Give seconds from 1 to " + LONGEST_TIMEOUT + ".");
        }
    }

    List<String> words() {
        return List.of("sh", "-ec", command);
    }

    @Override
    void begin(ContainerSession session) throws IOException, InterruptedException {
        session.start(this);
    }

    @Extension
    @Symbol("runCommand")
    public static final class DescriptorImpl extends Descriptor<ContainerPart> {
        /** Seconds. */
        public static final int DEFAULT_TIMEOUT = 600;

        @Override
        public String getDisplayName() {
            return Messages.RunCommandPart_displayName();
        }
    }
}
