package io.jenkins.plugins.shera.deploy.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.manifest.BroughtManifests;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.ManifestDeployment;
import io.jenkins.plugins.shera.deploy.rollout.ManifestRequest;
import io.jenkins.plugins.shera.deploy.rollout.ManifestState;
import io.jenkins.plugins.shera.deploy.rollout.ManifestState.Phase;
import io.jenkins.plugins.shera.deploy.rollout.ProgressLog;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.manifest.ManifestException;
import io.jenkins.plugins.shera.kube.rollout.Failure;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Carries a set of manifests through plan, apply and waiting; each act can be repeated, so after a restart it goes on. */
final class DeployManifestsExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(DeployManifestsExecution.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_OF_ATTENTION = 30;
    private static final int TICKS_BETWEEN_LATER_LOOKS = 3;
    private static final long SAVE_SECONDS = 30;

    private final ManifestRequest request;
    private final ManifestState state = new ManifestState();
    private final String actor;
    private final String override;
    private final boolean dryRun;
    private volatile Throwable stopped;

    private transient ClusterSession session;
    private transient Map<ObjectRef, ProgressLog> waiting;
    private transient Schedule ticks;
    private transient boolean away;
    private transient volatile boolean ended;
    private transient int count;

    DeployManifestsExecution(
            StepContext context, ManifestRequest request, String actor, String override, boolean dryRun) {
        super(context);
        this.request = request;
        this.actor = actor;
        this.override = override;
        this.dryRun = dryRun;
    }

    @Override
    public boolean start() {
        begin();
        return false;
    }

    @Override
    public void onResume() {
        begin();
    }

    private void begin() {
        session = new ClusterSession();
        ticks = Schedules.get().every(TICK, "deployment of " + request, ACL.SYSTEM_USERNAME, this::tick);
    }

    /** What was applied stays, and the cluster goes on with it. */
    @Override
    public void stop(Throwable cause) {
        if (stopped == null) {
            stopped = cause;
        }
    }

    @Override
    public String getStatus() {
        return "deploying " + request + ": " + state.phase();
    }

    private void tick() {
        boolean due = count++ < TICKS_OF_ATTENTION || count % TICKS_BETWEEN_LATER_LOOKS == 0 || stopped != null;
        if (ended || !due) {
            return;
        }
        try (ACLContext ignored = ACL.as2(Identity.of(actor))) {
            Run<?, ?> run = getContext().get(Run.class);
            PrintStream log = getContext().get(TaskListener.class).getLogger();
            if (stopped != null) {
                if (state.phase() != Phase.PLANNING) {
                    log.println("The build was stopped. The " + request
                            + " stay as they are, and the cluster goes on with them.");
                }
                end();
                getContext().onFailure(stopped);
            } else {
                act(run, log);
            }
        } catch (DeployException | ManifestException | Refusal | IllegalArgumentException e) {
            fail(e.getMessage());
        } catch (KubeException e) {
            later(e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "the deployment of " + request + " failed", e);
            end();
            getContext().onFailure(e);
        }
    }

    private void act(Run<?, ?> run, PrintStream log)
            throws DeployException, ManifestException, KubeException, InterruptedException {
        ManifestDeployment deployment =
                new ManifestDeployment(session.api(request.origin().tenant(), request.cluster(), run), request, state);
        if (state.phase() == Phase.PLANNING) {
            log.println("Deploying " + request);
            Origin origin = request.origin();
            Set<String> images = BroughtManifests.read(request.yaml()).images();
            EnvironmentDoor door = new EnvironmentDoor(origin.tenant(), origin.application(), origin.environment());
            door.check(request.toString(), images, override, run, log::println);
            deployment.plan().forEach(log::println);
            if (deployment.pinned().isPresent()) {
                door.checkPin(deployment.pinned().get(), request.toString(), override, run, log::println);
            }
            if (dryRun) {
                log.println("Nothing was changed (dryRun).");
                end();
                getContext().onSuccess(null);
                return;
            }
            save();
        }
        if (state.phase() == Phase.APPLYING) {
            deployment.apply();
            new ManifestRecord(request, run, actor).applied();
            save();
        }
        if (waiting == null) {
            waiting = new HashMap<>();
            deployment.workloads().forEach(each -> waiting.put(each, new ProgressLog()));
        }
        look(deployment, log);
        away = false;
        if (!ended && waiting.isEmpty()) {
            List<String> last = deployment.finish();
            last.forEach(log::println);
            log.println("Deployed " + request);
            new ManifestRecord(request, run, actor).complete(String.join("\n", last));
            end();
            getContext().onSuccess(null);
        }
    }

    /** Whoever serves once is not asked again. */
    private void look(ManifestDeployment deployment, PrintStream log) throws DeployException, KubeException {
        for (ObjectRef each : List.copyOf(waiting.keySet())) {
            RolloutState seen = deployment.look(each);
            waiting.get(each).lines(seen).forEach(line -> log.println(each + ": " + line.strip()));
            if (seen.phase() == RolloutState.Phase.COMPLETE) {
                waiting.remove(each);
            } else if (seen.phase() == RolloutState.Phase.FAILED) {
                Failure failure = seen.trouble();
                if (!failure.log().isBlank()) {
                    log.println("Last lines of pod " + failure.pod() + ":");
                    failure.log().lines().forEach(line -> log.println("  | " + line));
                }
                fail("The deployment of " + request + " failed: " + each + ": " + failure.message());
                return;
            }
        }
    }

    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build that deploys " + request + "; going on", e);
        }
    }

    /** A cluster that is away for a while does not end a rollout that it carries on by itself. */
    private void later(KubeException e) {
        boolean waits = state.phase() == Phase.WAITING && System.currentTimeMillis() < state.deadlineMillis();
        if (!waits || !e.kind().isPassing() && e.kind() != Kind.UNAUTHENTICATED) {
            fail("Cannot deploy " + request + ". " + e.getMessage());
            return;
        }
        if (e.kind() == Kind.UNAUTHENTICATED) {
            session.close();
        }
        if (!away) {
            LOGGER.log(
                    Level.INFO, "{0}: asking again until its time is over: {1}", new Object[] {request, e.getMessage()
                    });
        }
        away = true;
    }

    private void fail(String message) {
        try {
            if (!dryRun) {
                new ManifestRecord(request, getContext().get(Run.class), actor).failed(message);
            }
        } catch (IOException | InterruptedException | RuntimeException unwritten) {
            LOGGER.log(Level.WARNING, "cannot record that the deployment of " + request + " failed", unwritten);
        }
        end();
        getContext().onFailure(new AbortException(message));
    }

    private void end() {
        ended = true;
        ticks.cancel();
        session.close();
    }
}
