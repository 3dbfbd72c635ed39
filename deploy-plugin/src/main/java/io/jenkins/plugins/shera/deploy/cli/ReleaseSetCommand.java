package io.jenkins.plugins.shera.deploy.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.steps.rollout.SetDesk;
import io.jenkins.plugins.shera.deploy.steps.rollout.SetOrder;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-release-set TENANT APPLICATION/ENVIRONMENT=IMAGE ... [--after shop/prod=stock]}: begins a release set and prints its id; with
 * {@code from:ENVIRONMENT} instead of an image, the one that serves there. Its verbs are those of {@code shera-rollout --set}.
 */
@Extension
public class ReleaseSetCommand extends TenantCommand {

    private static final Pattern PAIR = Pattern.compile("([a-z0-9.-]{1,253})/([a-z0-9.-]{1,253})=(\\S{1,1024})");
    private static final String FROM = "from:";

    @Argument(
            index = 1,
            metaVar = "APPLICATION/ENVIRONMENT=IMAGE",
            required = true,
            usage = "a member and the image it releases, or from:ENVIRONMENT for the one that serves there")
    public List<String> members = new ArrayList<>();

    @Option(
            name = "--after",
            usage = "APPLICATION/ENVIRONMENT=MEMBER: is promoted after that one; may be given several times")
    public List<String> after = new ArrayList<>();

    @Option(name = "--template", usage = "the plan: 5-25-50-100, 1-pod-first, blueGreen or ab")
    public String template = "";

    @Option(name = "--router", usage = "what splits the traffic of all, as replicas; without it, the one that fits")
    public String router = "";

    @Option(name = "--override", usage = "why a freeze or the policy of images does not count; needs Promote")
    public String override = "";

    @Override
    public String getName() {
        return "shera-release-set";
    }

    @Override
    public String getShortDescription() {
        return Messages.ReleaseSetCommand_description();
    }

    @Override
    protected String change() {
        return "set.begin";
    }

    @Override
    protected void act() {
        check(SheraPermissions.DEPLOY);
        if (!override.isBlank()) {
            check(SheraPermissions.PROMOTE);
        }
        Map<String, List<String>> order = new LinkedHashMap<>();
        for (String each : after) {
            Matcher pair = pair(each, "--after");
            order.computeIfAbsent(key(pair), key -> new ArrayList<>()).add(pair.group(3));
        }
        List<SetOrder.Wanted> wanted = new ArrayList<>();
        for (String each : members) {
            Matcher pair = pair(each, "APPLICATION/ENVIRONMENT=IMAGE");
            List<String> before = order.remove(key(pair));
            wanted.add(member(pair, before == null ? List.of() : before));
        }
        if (!order.isEmpty()) {
            throw Refusal.input(
                    "--after",
                    Messages.ReleaseSetCommand_after(order.keySet().iterator().next()),
                    Messages.ReleaseSetCommand_after_next());
        }
        stdout.println(SetDesk.begin(new SetOrder(wanted, template, override.trim())));
    }

    private SetOrder.Wanted member(Matcher pair, List<String> before) {
        Place place = place(pair.group(1), pair.group(2));
        checkChange(place.environment());
        String image = pair.group(3);
        Environment from = image.startsWith(FROM)
                ? place(pair.group(1), image.substring(FROM.length())).environment()
                : null;
        return new SetOrder.Wanted(
                place.application(),
                place.environment(),
                from == null ? image : "",
                from,
                router,
                "",
                before,
                Map.of());
    }

    private static String key(Matcher pair) {
        return pair.group(1) + "/" + pair.group(2);
    }

    private static Matcher pair(String said, String where) {
        Matcher pair = PAIR.matcher(said);
        if (!pair.matches()) {
            throw Refusal.input(where, Messages.ReleaseSetCommand_pair(), Messages.ReleaseSetCommand_pair_next());
        }
        return pair;
    }
}
