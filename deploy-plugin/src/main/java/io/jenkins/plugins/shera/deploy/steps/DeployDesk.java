package io.jenkins.plugins.shera.deploy.steps;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.User;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Templates;
import io.jenkins.plugins.shera.deploy.canary.Workload;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Confidential;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.manifest.ParameterException;
import io.jenkins.plugins.shera.deploy.rollout.ConfigPruner;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import io.jenkins.plugins.shera.deploy.running.Running;
import io.jenkins.plugins.shera.deploy.running.RunningReader;
import io.jenkins.plugins.shera.deploy.steps.apm.TenantAgents;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.deploy.steps.rollout.SealKeys;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.rollout.Observation;
import io.jenkins.plugins.shera.kube.rollout.RolloutJudge;
import io.jenkins.plugins.shera.kube.rollout.RolloutReader;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** A deployment without a build: planned, applied, and looked at. Each within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class DeployDesk {

    private static final Logger LOGGER = Logger.getLogger(DeployDesk.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(6);
    private static final Duration WRITE = Duration.ofSeconds(45);

    private final Application application;
    private final Environment environment;
    private final Subject subject;

    /** For an application in one of its environments. */
    public DeployDesk(Application application, Environment environment) {
        this.application = application;
        this.environment = environment;
        this.subject = ClusterDesk.subject(application, environment);
    }

    private interface Work<V> {
        V by(KubeApi api) throws KubeException, DeployException;
    }

    private interface Own<V> {
        V get() throws DeployException;
    }

    /** On the caller's own thread, where it is still known who asks. */
    private <V> V asCaller(Own<V> work) {
        try {
            return work.get();
        } catch (DeployException e) {
            throw Refusal.conflict(subject.environment(), e.getMessage(), "");
        }
    }

    /** What deploying it would change, a line each; nothing is changed. The rest is as for {@link #deploy}. */
    public List<String> plan(DeployForm form, String override) {
        List<String> lines = within(WRITE, api -> {
            List<String> said = new ArrayList<>();
            planned(api, form, override, new DeployState(), said);
            return said;
        });
        lines.addAll(asCaller(() -> form.additions().plan(subject)));
        return lines;
    }

    /**
     * Deploys it in the name of the caller and says what changed; the cluster goes on with it by itself.
     *
     * @param override why a freeze, a policy or a pin does not count; empty when it does
     */
    public List<String> deploy(DeployForm form, String override) {
        List<String> more = asCaller(() -> form.additions().plan(subject));
        DeployState state = new DeployState();
        List<String> lines = within(WRITE, api -> {
            List<String> said = new ArrayList<>();
            planned(api, form, override, state, said).apply();
            return said;
        });
        audit(state.imageBefore(), form.image());
        lines.addAll(more);
        asCaller(() -> form.additions().apply(subject, null));
        tell(form.image());
        QuickDeploys.get()
                .follow(
                        subject,
                        form.image(),
                        Jenkins.getAuthentication2().getName(),
                        UUID.randomUUID().toString(),
                        Duration.ofSeconds(form.timeout()));
        return lines;
    }

    private Deployment planned(KubeApi api, DeployForm form, String override, DeployState state, List<String> lines)
            throws KubeException, DeployException {
        Tenant tenant = SheraConfiguration.get().tenant(subject.tenant());
        Optional<JsonNode> live =
                api.find(new ObjectRef(ResourceKind.DEPLOYMENT, subject.namespace(), subject.application()));
        RunningReader reader = new RunningReader(api, subject.namespace(), subject.application());
        Running running = live.filter(origin("")::owns).isEmpty() ? null : reader.read(live.get());
        if (live.isEmpty()) {
            isNoOtherKind(api);
        }
        keepsWhatIsThere(form, live, running);
        FormSecrets secrets = new FormSecrets(tenant, form).seen(reader, running);
        Optional<PullLogin> login = PullLogin.of(tenant, form.image());
        ApplicationSpec spec = form.spec(
                application.getName(), environment, login.map(PullLogin::secret).orElse(""), secrets);
        Origin origin = origin(UUID.randomUUID().toString());
        DeployRequest request = request(form, spec, origin);
        EnvironmentDoor door = new EnvironmentDoor(subject.tenant(), subject.application(), subject.environment());
        String reason = override.isEmpty() ? null : override;
        door.check(spec.image(), reason, null, lines::add);
        Confidential confidential =
                secrets.confidential(login.map(PullLogin::content).orElse(""), SealKeys.of(subject.tenant(), "config"));
        Deployment deployment = new Deployment(api, request, state, confidential, StorageLaw.of(request))
                .with(new TenantAgents(subject.tenant()));
        lines.addAll(deployment.plan());
        if (deployment.pinned().isPresent()) {
            door.checkPin(deployment.pinned().get(), spec.image(), reason, null, lines::add);
        }
        return deployment;
    }

    private DeployRequest request(DeployForm form, ApplicationSpec spec, Origin origin) {
        return new DeployRequest(spec, origin, subject.cluster(), subject.namespace(), form.timeout())
                .switching(form.apm());
    }

    private Origin origin(String request) {
        return new Origin(subject.tenant(), subject.application(), subject.environment(), request, "the console");
    }

    /** Whether it could be deployed as far as that can be told without its cluster; a {@link Refusal} names the field. */
    public void check(DeployForm form) {
        Tenant tenant = SheraConfiguration.get().tenant(subject.tenant());
        try {
            FormSecrets secrets = new FormSecrets(tenant, form).unseen();
            String pull =
                    PullLogin.of(tenant, form.image()).map(PullLogin::secret).orElse("");
            ApplicationSpec spec = form.spec(application.getName(), environment, pull, secrets);
            DeployRequest request = request(form, spec, origin(""));
            LOGGER.log(Level.FINE, "{0} could be deployed", request);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private Refusal refused(IllegalArgumentException e) {
        String where = e instanceof ParameterException named ? named.parameter() : subject.environment();
        return Refusal.input(where, String.valueOf(e.getMessage()), "");
    }

    /** A Deployment beside a StatefulSet or DaemonSet of the same name would serve with it. */
    private void isNoOtherKind(KubeApi api) throws KubeException, DeployException {
        Optional<Workload> other = Workload.find(api, subject);
        if (other.isPresent()) {
            throw new DeployException(
                    "Cannot deploy " + subject + " from here: what serves there is a "
                            + other.get().word()
                            + ", and this would put a Deployment beside it. Deploy it by its manifests"
                            + " (deployManifests), or release the image by a plan.",
                    null);
        }
    }

    /** What is not said goes away; so nothing goes away of which nobody spoke. */
    private void keepsWhatIsThere(DeployForm form, Optional<JsonNode> live, Running running) throws DeployException {
        if (running == null) {
            return;
        }
        if (!running.unsaid().isEmpty()) {
            throw new DeployException(
                    "Cannot deploy " + subject + " from here: what serves there has "
                            + String.join(", ", running.unsaid())
                            + ", which would go away. Deploy it by its Jenkinsfile, or release the image by a plan.",
                    null);
        }
        if (running.holdsMore() && !form.saysMore()) {
            throw new DeployException(
                    "Cannot deploy " + subject + ": what serves there has configuration files, secrets, volumes or"
                            + " middleware, of which the order says nothing, so they would go away. Say configFiles,"
                            + " keepSecrets, volumes and bind as releases/running answers them, or {} and [] where they"
                            + " are to go.",
                    null);
        }
        String now = Templates.hash(live.get().path("spec").path("template"));
        if (!form.was().isEmpty() && !form.was().equals(now)) {
            throw new DeployException(
                    "Cannot deploy " + subject
                            + ": somebody deployed there meanwhile, and this order was made from what"
                            + " was there before. Nothing was changed. Open the form anew.",
                    null);
        }
    }

    /** What runs now and what there is to choose from, to make an order of. */
    public ObjectNode running() {
        ObjectNode facts = within(LOOK, api -> RunningFacts.read(api, subject, environment));
        facts.set("additions", Additions.forms(subject));
        return facts;
    }

    /** Names of the credentials that secrets can be made of, by id, in order; the caller may use them. */
    public static Map<String, String> credentials(Tenant tenant) {
        Map<String, String> names = new TreeMap<>();
        SecretReading.offered(tenant).forEach(each -> names.put(each.getId(), CredentialsNameProvider.name(each)));
        return names;
    }

    /** Takes away configuration that no revision names any more. */
    void prune() {
        within(WRITE, api -> {
            return new ConfigPruner(api, subject.namespace(), subject.application(), origin("")).prune();
        });
    }

    /** How far the Deployment is now; empty where there is none. */
    public Optional<RolloutState> look() {
        return within(LOOK, api -> {
            RolloutReader reader = new RolloutReader(api, subject.namespace(), subject.application());
            Observation seen = reader.observe();
            return seen.deployment().isObject()
                    ? Optional.of(
                            reader.explain(RolloutJudge.judge(seen, seen.now().plus(Duration.ofDays(1)))))
                    : Optional.empty();
        });
    }

    private void audit(String before, String after) {
        AuditLine.of("deployment.apply", subject.key())
                .tenant(subject.tenant())
                .before(before.isEmpty() ? null : image(before))
                .after(image(after))
                .done();
    }

    private static String image(String reference) {
        return JsonNodeFactory.instance.objectNode().put("image", reference).toString();
    }

    private void tell(String image) {
        String caller = Jenkins.getAuthentication2().getName();
        User user = User.getById(caller, false);
        TimelineEntry entry = TimelineEntry.now(
                TimelineEntry.Kind.RELEASE,
                Messages._DeployDesk_applied(),
                image,
                user == null ? caller : user.getId(),
                subject.environment());
        try {
            Timelines.get().append(application, entry);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + subject, e);
        }
    }

    private <V> V within(Duration limit, Work<V> work) {
        return Schedules.get().within(limit, subject.application(), () -> {
            try (ClusterClient client = ClusterDesk.open(subject)) {
                return work.by(client.api());
            } catch (DeployException e) {
                throw Refusal.conflict(subject.environment(), e.getMessage(), "");
            } catch (IllegalArgumentException e) {
                throw refused(e);
            } catch (KubeException e) {
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.DeployDesk_unavailable(),
                        subject.environment(),
                        e.getMessage(),
                        "");
            }
        });
    }
}
