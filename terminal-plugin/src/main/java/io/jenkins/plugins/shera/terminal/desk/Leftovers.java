package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.terminal.command.ProcessMark;
import io.jenkins.plugins.shera.terminal.command.ShellEnd;
import io.jenkins.plugins.shera.terminal.docker.EngineException;
import io.jenkins.plugins.shera.terminal.session.Target;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Shells that run in containers, written down so that they are ended when their sessions are over without them: ended by hand, past a
 * limit, or lost with a Jenkins that went down.
 */
@Extension
public class Leftovers implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(Leftovers.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration GIVEN_UP = Duration.ofHours(24);
    private static final Duration LATER = Duration.ofMinutes(5);
    private static final int TRIES_AT_ONCE = 20;

    /** Sessions that go on here. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    private final Map<String, Instant> last = new ConcurrentHashMap<>();

    /** The one instance. */
    public static Leftovers get() {
        return ExtensionList.lookupSingleton(Leftovers.class);
    }

    /** Begins the rounds. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        Schedules.get().every(ROUND, "terminal shells", ACL.SYSTEM_USERNAME, () -> get().round());
    }

    private Path folder() {
        return SheraConfiguration.get().root().resolve("terminal-shells");
    }

    /** A shell of a session that goes on. */
    public void begun(String session, Target target, ProcessMark mark) {
        open.add(session);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("tenant", target.tenant())
                .put("application", target.application())
                .put("environment", target.environment())
                .put("namespace", target.namespace())
                .put("pod", target.pod())
                .put("container", target.container())
                .put("pid", mark.pid())
                .put("start", mark.start())
                .put("since", Instant.now().toString());
        try {
            Files.createDirectories(folder());
            Path beside = folder().resolve(session + ".new");
            Files.writeString(beside, json.toString());
            Files.move(beside, folder().resolve(session + ".json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the shell of session " + session + " is not ended should Jenkins go down", e);
        }
    }

    /** The session is over; {@code byItself} when its shell was, too. */
    public void over(String session, boolean byItself) {
        open.remove(session);
        if (byItself) {
            forget(session);
        }
    }

    private void forget(String session) {
        tries.remove(session);
        last.remove(session);
        try {
            Files.deleteIfExists(folder().resolve(session + ".json"));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the shell of session " + session + " is looked for again", e);
        }
    }

    /** Ends those whose sessions are over. */
    void round() {
        for (Path file : files()) {
            String session = String.valueOf(file.getFileName()).replace(".json", "");
            if (!open.contains(session) && isDue(session)) {
                try {
                    end(session, JSON.readTree(Files.readAllBytes(file)));
                } catch (IOException | DateTimeException e) {
                    LOGGER.log(Level.WARNING, "the shell of session " + session + " could not be ended", e);
                }
            }
        }
    }

    private boolean isDue(String session) {
        return tries.getOrDefault(session, 0) < TRIES_AT_ONCE
                || last.getOrDefault(session, Instant.EPOCH).plus(LATER).isBefore(Instant.now());
    }

    private List<Path> files() {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(folder())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(), "*.json")) {
                files.forEach(all::add);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "shells that were left behind cannot be looked for", e);
            }
        }
        return all;
    }

    private void end(String session, JsonNode shell) throws IOException {
        boolean late =
                Instant.parse(shell.path("since").asText()).plus(GIVEN_UP).isBefore(Instant.now());
        int before = tries.merge(session, 1, Integer::sum) - 1;
        last.put(session, Instant.now());
        Target target = target(shell);
        try {
            if (EngineDoor.isEngine(target.pod())) {
                end(session, shell, EngineDoor.exec(target), before, late);
            } else {
                inCluster(session, shell, target, before, late);
            }
        } catch (Refusal e) {
            boolean gone = e.kind() == Refusal.Kind.UNKNOWN;
            giveUp(session, shell, late || gone, gone ? "" : e.getMessage());
        } catch (KubeException e) {
            boolean gone = e.kind() == KubeException.Kind.NOT_FOUND;
            giveUp(session, shell, late || gone, gone ? "" : e.getMessage());
        } catch (EngineException e) {
            giveUp(session, shell, late, e.getMessage());
        }
    }

    private static Target target(JsonNode shell) {
        return new Target(
                shell.path("tenant").asText(),
                shell.path("application").asText(),
                shell.path("environment").asText(),
                shell.path("namespace").asText(),
                shell.path("pod").asText(),
                shell.path("container").asText());
    }

    private void inCluster(String session, JsonNode shell, Target target, int before, boolean late) throws IOException {
        Tenant of = SheraConfiguration.get().tenant(target.tenant());
        Application application = SheraConfiguration.get().application(target.tenant(), target.application());
        Environment environment = of == null || application == null
                ? null
                : application
                        .environment(target.environment())
                        .filter(each -> each.getNamespace().equals(target.namespace())
                                && of.owns(each.getCluster(), each.getNamespace()))
                        .orElse(null);
        KubernetesCluster cluster =
                environment == null ? null : SheraConfiguration.get().cluster(environment.getCluster());
        if (cluster == null) {
            giveUp(session, shell, late, "its application, or the cluster of it, is not set up any more");
            return;
        }
        try (ClusterClient client = ClusterClient.open(ClusterLogin.ofTenant(cluster, of), TimeLimits.INTERACTIVE)) {
            end(session, shell, client.exec(), before, late);
        }
    }

    private void end(String session, JsonNode shell, ExecApi exec, int before, boolean late) throws IOException {
        ProcessMark mark =
                new ProcessMark(shell.path("pid").asText(), shell.path("start").asText());
        ShellEnd ending = new ShellEnd(
                exec,
                shell.path("namespace").asText(),
                shell.path("pod").asText(),
                shell.path("container").asText());
        if (ending.end(mark, before > 0)) {
            if (before > 0) {
                line(session, shell).done();
            }
            forget(session);
        } else {
            giveUp(session, shell, late, "it does not end");
        }
    }

    private void giveUp(String session, JsonNode shell, boolean now, String why) {
        if (now) {
            if (!why.isEmpty()) {
                line(session, shell).failed(why);
            }
            forget(session);
        }
    }

    private static AuditLine line(String session, JsonNode shell) {
        String tenant = shell.path("tenant").asText();
        return AuditLine.of(
                        "terminal.shell.end",
                        tenant + "/" + shell.path("application").asText())
                .tenant(tenant)
                .after(JsonNodeFactory.instance
                        .objectNode()
                        .put("session", session)
                        .put("pod", shell.path("pod").asText())
                        .put("container", shell.path("container").asText())
                        .toString());
    }
}
