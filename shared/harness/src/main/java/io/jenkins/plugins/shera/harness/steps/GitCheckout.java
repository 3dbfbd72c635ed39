package io.jenkins.plugins.shera.harness.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Brings a folder to the newest commit of a branch by the git command. */
final class GitCheckout {
    private static final long TIMEOUT_MINUTES = 10;

    private final File folder;
    private final EnvVars environment;
    private final TaskListener listener;
    private final Run<?, ?> run;

    GitCheckout(FilePath folder, EnvVars environment, TaskListener listener, Run<?, ?> run) {
        this.folder = new File(folder.getRemote());
        this.environment = environment;
        this.listener = listener;
        this.run = run;
    }

    /** Refuses what git would take for an option. */
    static String checked(String what, String value) {
        if (value == null || value.isBlank() || value.startsWith("-") || value.contains("\n")) {
            throw new IllegalArgumentException(
                    "git: the " + what + " must not be empty nor begin with a dash: " + value);
        }
        return value;
    }

    Map<String, String> checkOut(String url, String branch, String credentialsId)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.toPath());
        Path askpass = credentialsId == null ? null : askpass(credentialsId);
        try {
            if (!new File(folder, ".git").exists()) {
                git("init", "--quiet");
            }
            listener.getLogger().println("Checking out " + branch + " of " + url);
            git(
                    "fetch",
                    "--quiet",
                    "--force",
                    "--tags",
                    "--",
                    url,
                    "+refs/heads/" + branch + ":refs/remotes/origin/" + branch);
            String commit = git("rev-parse", "refs/remotes/origin/" + branch).trim();
            git("checkout", "--quiet", "--force", "--detach", commit);
            listener.getLogger().println("At commit " + commit);
            Map<String, String> result = new LinkedHashMap<>();
            result.put("GIT_BRANCH", "origin/" + branch);
            result.put("GIT_COMMIT", commit);
            result.put("GIT_URL", url);
            return result;
        } finally {
            if (askpass != null) {
                Files.deleteIfExists(askpass);
            }
        }
    }

    private Path askpass(String credentialsId) throws IOException {
        StandardUsernamePasswordCredentials found =
                CredentialsProvider.findCredentialById(credentialsId, StandardUsernamePasswordCredentials.class, run);
        if (found == null) {
            throw new AbortException("git: there is no user name and password with the id '" + credentialsId + "' for "
                    + run.getParent().getFullName());
        }
        Path script = Files.createTempFile(
                "askpass", ".sh", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(
                script,
                "#!/bin/sh\ncase \"$1\" in Username*) echo \"$HARNESS_GIT_USER\";; *) echo \"$HARNESS_GIT_PASSWORD\";; esac\n");
        environment.put("GIT_ASKPASS", script.toString());
        environment.put("HARNESS_GIT_USER", found.getUsername());
        environment.put("HARNESS_GIT_PASSWORD", found.getPassword().getPlainText());
        return script;
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("git", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put("GIT_TERMINAL_PROMPT", "0");
            Process process = builder.start();
            try {
                if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
                    throw new AbortException(
                            "git " + arguments[0] + " took longer than " + TIMEOUT_MINUTES + " minutes");
                }
            } finally {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new AbortException("git " + arguments[0] + " failed in " + folder + ": " + text.strip());
            }
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
