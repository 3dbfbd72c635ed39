package io.jenkins.plugins.shera.deploy.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Looks at deployments that no build waits for until they serve or fail, also after a restart, and tells people how they ended. */
@Extension
public class QuickDeploys implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(QuickDeploys.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TICK = Duration.ofSeconds(2);

    /**
     * One that is looked at.
     *
     * @param request names the deployment
     * @param untilMillis when it counts as failed
     */
    record Followed(
            String tenant,
            String application,
            String environment,
            String image,
            String actor,
            String request,
            long untilMillis) {

        String key() {
            return tenant + "." + application + "." + environment;
        }
    }

    private final Map<String, Followed> followed = new ConcurrentHashMap<>();

    /** The one instance. */
    public static QuickDeploys get() {
        return ExtensionList.lookupSingleton(QuickDeploys.class);
    }

    /** Goes on with what was looked at before the restart. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        get().load();
        Schedules.get().every(TICK, "deployments without a build", ACL.SYSTEM_USERNAME, () -> get().round());
    }

    private static Path folder() {
        return SheraConfiguration.get().root().resolve("following");
    }

    private void load() {
        for (Path file : files()) {
            try {
                Followed read = JSON.readValue(Files.readAllBytes(file), Followed.class);
                followed.putIfAbsent(read.key(), read);
            } catch (JsonProcessingException e) {
                LOGGER.log(Level.WARNING, "cannot read which deployment was looked at: " + file, e);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "cannot read " + file, e);
            }
        }
    }

    private static List<Path> files() {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(each -> each.toString().endsWith(".json")).toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot read which deployments were looked at", e);
            return List.of();
        }
    }

    /** Looks at a deployment from now on; a newer one of the same application there takes its place. */
    void follow(Subject subject, String image, String actor, String request, Duration limit) {
        Followed next = new Followed(
                subject.tenant(),
                subject.application(),
                subject.environment(),
                image,
                actor,
                request,
                Instant.now().plus(limit).toEpochMilli());
        try {
            Files.createDirectories(folder());
            Path beside = Files.createTempFile(folder(), "next", ".new");
            Files.write(beside, JSON.writeValueAsBytes(next));
            Files.move(
                    beside,
                    folder().resolve(next.key() + ".json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a restart would forget to look at the deployment of " + subject, e);
        }
        followed.put(next.key(), next);
    }

    private void round() {
        for (Followed each : new ArrayList<>(followed.values())) {
            try (ACLContext ignored = ACL.as2(Identity.of(each.actor()))) {
                look(each);
            } catch (Refusal e) {
                LOGGER.log(Level.FINE, "looking again", e);
                late(each, e.getMessage());
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "cannot look at the deployment of " + each.key(), e);
                late(each, e.getClass().getSimpleName());
            }
        }
    }

    private void look(Followed each) {
        Application application = SheraConfiguration.get().application(each.tenant(), each.application());
        Optional<Environment> environment =
                application == null ? Optional.empty() : application.environment(each.environment());
        if (environment.isEmpty()) {
            forget(each);
            return;
        }
        Optional<RolloutState> state = new DeployDesk(application, environment.get()).look();
        switch (state.map(RolloutState::phase).orElse(RolloutState.Phase.PROGRESSING)) {
            case COMPLETE -> {
                over(each, ReleaseNews.Event.FINISHED, "");
                new DeployDesk(application, environment.get()).prune();
            }
            case FAILED ->
                over(each, ReleaseNews.Event.FAILED, state.get().trouble().message());
            default -> late(each, state.map(RolloutState::summary).orElse(""));
        }
    }

    private void late(Followed each, String why) {
        if (System.currentTimeMillis() > each.untilMillis()) {
            over(each, ReleaseNews.Event.FAILED, why);
        }
    }

    private void over(Followed each, ReleaseNews.Event event, String why) {
        ReleaseNotifier.tellAll(new ReleaseNews(
                each.tenant(),
                each.application(),
                each.environment(),
                each.request(),
                event,
                each.image(),
                each.actor(),
                why,
                Instant.now()));
        forget(each);
    }

    /** Only after it was told: a restart between the two tells it again, which is heard once. */
    private void forget(Followed each) {
        if (followed.remove(each.key(), each)) {
            try {
                Files.deleteIfExists(folder().resolve(each.key() + ".json"));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "cannot forget the deployment of " + each.key(), e);
            }
        }
    }
}
