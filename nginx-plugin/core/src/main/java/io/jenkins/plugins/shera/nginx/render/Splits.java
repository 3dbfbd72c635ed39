package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.language.Directive.Entry;
import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Headers before cookies before the share, as a chain of {@code map} blocks that ends in {@code split_clients}. The
 * canary's range comes first, so a client that is in it stays in it while the weight rises.
 */
final class Splits {
    private Splits() {}

    static List<Directive> of(WeightSet weights) {
        List<Directive> directives = new ArrayList<>();
        List<Entry> choices = new ArrayList<>(List.of(Entry.expression("default", "$shera_stable")));
        int number = 0;
        for (Weight weight : weights.weights()) {
            if (!weight.sendsNothing()) {
                number++;
                String variable = "$shera_" + number;
                directives.add(Balancing.plain(canaryName(weight), weight.canary()));
                String chosen = chain(weight, variable, directives);
                choices.add(Entry.expression(Servers.routeKey(weight.owner()), chosen));
            }
        }
        directives.add(Directive.mapOf("$shera_route", "$shera_to", choices));
        return directives;
    }

    /** Adds the blocks that decide, the last first, and gives the variable or name that holds the decision. */
    private static String chain(Weight weight, String variable, List<Directive> directives) {
        String decided = share(weight, variable, directives);
        List<CanaryRule> lastFirst = weight.rules().stream()
                .sorted(Comparator.comparing(CanaryRule::cookie).reversed())
                .toList();
        int number = 0;
        for (CanaryRule rule : lastFirst) {
            String next = variable + "_" + ++number;
            directives.add(Directive.mapOf(
                    source(rule),
                    next,
                    List.of(Entry.expression("default", decided), Entry.of(pattern(rule), canaryName(weight)))));
            decided = next;
        }
        return decided;
    }

    private static String share(Weight weight, String variable, List<Directive> directives) {
        if (weight.percent() == 0) {
            return "$shera_stable";
        }
        if (weight.percent() == 100) {
            return canaryName(weight);
        }
        String drawn = variable + "_s";
        directives.add(Directive.splitOf(
                salt(weight) + "$remote_addr$http_user_agent",
                drawn,
                List.of(Entry.of(weight.percent() + "%", "1"), Entry.of("*", "0"))));
        directives.add(Directive.mapOf(
                drawn,
                variable,
                List.of(Entry.expression("default", "$shera_stable"), Entry.of("1", canaryName(weight)))));
        return variable;
    }

    /** Each rollout draws other clients. */
    private static String salt(Weight weight) {
        String drawn = weight.owner().id() + "/" + weight.rollout();
        return Fingerprint.of(drawn.getBytes(StandardCharsets.UTF_8)).substring(0, 20);
    }

    private static String source(CanaryRule rule) {
        return rule.cookie()
                ? "$http_cookie"
                : "$http_" + rule.name().toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Regular expressions, because a plain map takes no account of case. */
    private static String pattern(CanaryRule rule) {
        return rule.cookie()
                ? "~(?:^|;\\s*)\\Q" + rule.name() + "\\E=\\Q" + rule.value() + "\\E\\s*(?:;|\\z)"
                : "~^\\Q" + rule.value() + "\\E\\z";
    }

    private static String canaryName(Weight weight) {
        return "shera.canary." + weight.owner().id();
    }
}
