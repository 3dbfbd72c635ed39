package io.jenkins.plugins.shera.deploy.steps.middleware;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.middleware.Middleware;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareException;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareFacts;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareSpec;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.steps.EnvironmentDoor;
import io.jenkins.plugins.shera.deploy.steps.StorageLaw;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jenkins.model.Jenkins;

/** What pages and commands ask of middleware: within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class MiddlewareDesk {

    private static final Duration LOOK = Duration.ofSeconds(8);
    private static final Duration WRITE = Duration.ofSeconds(45);

    private MiddlewareDesk() {}

    private interface Work<V> {
        V by(Middleware middleware) throws MiddlewareException, KubeException;
    }

    /**
     * What is wanted, checked.
     *
     * @throws IllegalArgumentException naming the parameter and what to give instead
     */
    public static MiddlewareSpec spec(
            Subject subject, String name, String template, String version, Map<String, String> parameters) {
        return MiddlewareLaw.spec(subject.application(), name, template)
                .version(version)
                .parameters(parameters)
                .pullSecret(MiddlewareLaw.pullSecret(MiddlewareLaw.pullRegistry(subject.tenant(), template)));
    }

    /** The instances now. */
    public static List<MiddlewareFacts> look(Subject subject) {
        return within(LOOK, subject, "", Middleware::look);
    }

    /** What deploying it would change; nothing is changed. */
    public static List<String> plan(Subject subject, MiddlewareSpec spec) {
        String pull = pull(subject, spec);
        return within(WRITE, subject, "", middleware -> middleware.plan(spec, pull));
    }

    /**
     * Deploys it in the name of the caller; the cluster goes on with it by itself. Returns what changed.
     *
     * @param override empty, or why a freeze or the environment's policy of images does not count
     */
    public static List<String> deploy(Subject subject, MiddlewareSpec spec, String override) {
        String image = within(LOOK, subject, "", middleware -> middleware.image(spec));
        door(subject, spec.name(), List.of(image), override);
        String pull = pull(subject, spec);
        MiddlewareRecord record = record(subject, spec.name());
        List<String> lines = within(WRITE, subject, UUID.randomUUID().toString(), middleware -> {
            List<String> plan = middleware.plan(spec, pull);
            middleware.apply(spec, pull);
            return plan;
        });
        record.deployed(spec.template().id());
        return lines;
    }

    /** Changes its credentials in the name of the caller. */
    public static List<String> rotate(Subject subject, String name) {
        door(subject, name, List.of(), "");
        MiddlewareRecord record = record(subject, name);
        String making = UUID.randomUUID().toString();
        List<String> lines = within(WRITE, subject, making, middleware -> {
            List<String> plan = middleware.planRotation(name);
            middleware.rotate(name, making);
            return plan;
        });
        record.rotated();
        return lines;
    }

    /**
     * Deletes it in the name of the caller.
     *
     * @param confirmed its name once more
     * @param withVolume whether its data goes, too
     */
    public static String remove(Subject subject, String name, String confirmed, boolean withVolume) {
        if (!name.equals(confirmed)) {
            throw Refusal.input("confirm", Messages.MiddlewareDesk_confirm(), Messages.MiddlewareDesk_confirm_next());
        }
        MiddlewareRecord record = record(subject, name);
        String done = within(WRITE, subject, "", middleware -> middleware.remove(name, withVolume));
        record.deleted(done);
        return done;
    }

    private static MiddlewareRecord record(Subject subject, String name) {
        return new MiddlewareRecord(subject, name, Jenkins.getAuthentication2().getName(), null);
    }

    private static String pull(Subject subject, MiddlewareSpec spec) {
        return MiddlewareLaw.pull(
                subject.tenant(),
                MiddlewareLaw.pullRegistry(subject.tenant(), spec.template().id()));
    }

    private static void door(Subject subject, String name, List<String> images, String override) {
        try {
            new EnvironmentDoor(subject.tenant(), subject.application(), subject.environment())
                    .check(name, images, override.isEmpty() ? null : override, null, line -> {});
        } catch (DeployException e) {
            throw Refusal.conflict(subject.environment(), e.getMessage(), "");
        }
    }

    private static <V> V within(Duration limit, Subject subject, String request, Work<V> work) {
        Origin origin =
                new Origin(subject.tenant(), subject.application(), subject.environment(), request, "the console");
        return ClusterDesk.within(
                limit,
                subject,
                client -> work.by(new Middleware(
                        client.api(), subject, origin, StorageLaw.of(subject.tenant(), subject.cluster()))));
    }
}
