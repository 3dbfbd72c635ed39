package io.jenkins.plugins.shera.deploy.cli;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.DeployDesk;
import io.jenkins.plugins.shera.deploy.steps.DeployForm;
import io.jenkins.plugins.shera.deploy.steps.ManifestDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.RequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-deploy TENANT APPLICATION ENVIRONMENT [IMAGE] [--keep] [--port P --env NAME=VALUE ... | --order | --manifests | --running]}: how
 * far the deployment is, or deploys an image, an order (JSON) or manifests (YAML) that come on the standard input, as REST does.
 */
@Extension
public class DeployCommand extends PlaceCommand {

    private static final int LARGEST_MANIFESTS = 3 << 20;

    @Argument(index = 3, metaVar = "IMAGE", usage = "the image to deploy, best by its digest")
    public String image = "";

    @Option(name = "--keep", usage = "whatever is not said stays as it runs now")
    public boolean keep;

    @Option(
            name = "--order",
            usage = "reads an order as JSON from the standard input, as REST takes it; options go over it")
    public boolean order;

    @Option(name = "--running", usage = "prints what runs as such an order; secrets are named, not told")
    public boolean running;

    @Option(name = "--manifests", usage = "reads manifests as YAML from the standard input and applies them")
    public boolean manifests;

    @Option(name = "--set", depends = "--manifests", usage = "name of the set that the manifests are")
    public String set = "";

    @Option(name = "--no-prune", depends = "--manifests", usage = "leaves what the set has no more")
    public boolean noPrune;

    @Option(name = "--replicas", usage = "number of pods")
    public String replicas = "";

    @Option(name = "--port", usage = "port that the application listens at")
    public String port = "";

    @Option(name = "--named-port", usage = "NAME=NUMBER of another port; may be given several times")
    public List<String> ports = new ArrayList<>();

    @Option(name = "--probe-path", usage = "path that answers when a pod is ready")
    public String probePath = "";

    @Option(name = "--cpu", usage = "CPU that a pod asks for, as 250m")
    public String cpu = "";

    @Option(name = "--memory", usage = "memory that a pod asks for and may have, as 256Mi")
    public String memory = "";

    @Option(name = "--env", usage = "NAME=VALUE of a variable; may be given several times")
    public List<String> env = new ArrayList<>();

    @Option(name = "--secret", usage = "NAME=ID: a variable that is a credential; may be given several times")
    public List<String> secrets = new ArrayList<>();

    @Option(name = "--secret-file", usage = "PATH=ID: a file that is a credential; may be given several times")
    public List<String> secretFiles = new ArrayList<>();

    @Option(
            name = "--bind",
            usage = "NAME=PREFIX: a middleware and how its variables begin; may be given several times")
    public List<String> bind = new ArrayList<>();

    @Option(name = "--max-surge", usage = "how many pods more than wanted an update may have")
    public String maxSurge = "";

    @Option(name = "--max-unavailable", usage = "how many pods fewer than wanted an update may have")
    public String maxUnavailable = "";

    @Option(name = "--min-ready-seconds", usage = "how long a pod must serve until it counts")
    public String minReadySeconds = "";

    @Option(name = "--apm", usage = "on, canary, off or keep, with the agent's name where there are several")
    public String apm = "";

    @Option(name = "--timeout", usage = "seconds until all pods must serve")
    public String timeout = "";

    @Option(name = "--override", usage = "why a freeze, the policy of images or a pin does not count; needs Promote")
    public String override = "";

    @Option(name = "--dry-run", usage = "only says what would change")
    public boolean dryRun;

    @Option(name = "--check", usage = "only says whether the order could be meant; its cluster is not asked")
    public boolean check;

    @Option(name = "--wait", usage = "waits until all of it serves; 0 when it does")
    public boolean wait;

    @Override
    public String getName() {
        return "shera-deploy";
    }

    @Override
    public String getShortDescription() {
        return Messages.DeployCommand_description();
    }

    @Override
    protected String change() {
        return manifests ? "manifests.apply" : isOrder() ? "deployment.apply" : "";
    }

    @Override
    protected boolean isQuestion() {
        return check || dryRun;
    }

    private boolean isOrder() {
        return order || keep || !image.isEmpty();
    }

    @Override
    protected void act(Subject subject, Environment where) {
        Application of = SheraConfiguration.get().application(subject.tenant(), subject.application());
        DeployDesk desk = new DeployDesk(of, where);
        if (running) {
            check(SheraPermissions.DEPLOY);
            stdout.println(desk.running().path("order").toPrettyString());
        } else if (manifests || isOrder()) {
            check(SheraPermissions.DEPLOY);
            checkChange(where);
            if (!override.isBlank()) {
                check(SheraPermissions.PROMOTE);
            }
            if (manifests) {
                apply(subject, new ManifestDesk(of, where));
            } else {
                deploy(subject, desk);
            }
        } else {
            stdout.println(desk.look()
                    .map(state -> state.phase() + "\t" + state.image() + "\t" + state.summary())
                    .orElse("-"));
            new ManifestDesk(of, where)
                    .followed()
                    .ifPresent(each -> stdout.println(each.phase() + "\t" + each.set() + "\t"
                            + each.lines().stream().reduce("", (before, last) -> last)));
        }
    }

    private void apply(Subject subject, ManifestDesk desk) {
        String yaml = new String(input(), StandardCharsets.UTF_8);
        desk.deploy(new ManifestDesk.Order(yaml, set, !noPrune, override.trim(), dryRun))
                .forEach(stdout::println);
        if (wait && !dryRun) {
            new Waiting(stdout, subject).forManifests(desk);
        }
    }

    private byte[] input() {
        try {
            byte[] bytes = stdin.readNBytes(LARGEST_MANIFESTS + 1);
            if (bytes.length > LARGEST_MANIFESTS) {
                throw Refusal.input(
                        "--manifests",
                        Messages.DeployCommand_large(LARGEST_MANIFESTS),
                        Messages.DeployCommand_large_next());
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deploy(Subject subject, DeployDesk desk) {
        Fields fields = new Fields(order(desk), "");
        DeployForm form = new DeployForm(fields);
        fields.text("environment");
        fields.done();
        if (form.usesCredentials()) {
            check(CredentialsProvider.USE_ITEM);
        }
        form.additions().permissions().forEach(this::check);
        if (check) {
            desk.check(form);
            return;
        }
        List<String> lines = dryRun ? desk.plan(form, override.trim()) : desk.deploy(form, override.trim());
        lines.forEach(stdout::println);
        if (wait && !dryRun) {
            new Waiting(stdout, subject).forPods(desk, form);
        }
    }

    /** What runs, over it what came in, over that the options. */
    private ObjectNode order(DeployDesk desk) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        if (keep) {
            whole.setAll((ObjectNode) desk.running().path("order"));
        }
        if (order) {
            try {
                whole.setAll(RequestBody.object(stdin));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        String named = whole.path("environment").asText(environment);
        if (!named.equals(environment)) {
            throw Refusal.input(
                    "environment", Messages.DeployCommand_other(named), Messages.DeployCommand_other_next());
        }
        put(whole, "image", image);
        put(whole, "replicas", replicas);
        put(whole, "port", port);
        put(whole, "probePath", probePath);
        put(whole, "cpu", cpu);
        put(whole, "memory", memory);
        put(whole, "maxSurge", maxSurge);
        put(whole, "maxUnavailable", maxUnavailable);
        put(whole, "minReadySeconds", minReadySeconds);
        put(whole, "apm", apm);
        put(whole, "timeout", timeout);
        pairs(whole, "env", "--env", env);
        pairs(whole, "secrets", "--secret", secrets);
        pairs(whole, "secretFiles", "--secret-file", secretFiles);
        pairs(whole, "bind", "--bind", bind);
        pairs(whole, "ports", "--named-port", ports);
        return whole;
    }

    private static void put(ObjectNode to, String name, String value) {
        if (!value.isEmpty()) {
            to.put(name, value);
        }
    }

    /** What is said anew is no longer kept. */
    private static void pairs(ObjectNode to, String name, String option, List<String> said) {
        for (String each : said) {
            String[] parts = each.split("=", 2);
            if (parts.length < 2 || parts[0].isEmpty()) {
                throw Refusal.input(option, Messages.DeployCommand_pair(), Messages.DeployCommand_pair_next(option));
            }
            to.withObjectProperty(name).put(parts[0], parts[1]);
            List<String> anew = List.of(parts[0], parts[0] + "_USR", parts[0] + "_PSW");
            JsonNode kept = to.path("keepSecrets");
            for (int i = kept.size() - 1; i >= 0; i--) {
                if (anew.contains(kept.path(i).asText())) {
                    to.withArrayProperty("keepSecrets").remove(i);
                }
            }
        }
    }
}
