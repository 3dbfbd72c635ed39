package io.jenkins.plugins.shera.monitoring.alertmanager;

import java.util.ArrayList;
import java.util.List;

/** The rules by which alerts of one tenant are kept quiet by others; what is kept quiet is always asked for by the tenant. */
final class Inhibitions {

    private final String tenant;
    private final List<String> lines = new ArrayList<>();

    private Inhibitions(String tenant) {
        this.tenant = tenant;
    }

    /** Lines of YAML: a critical alert over its warning, and the platform's outages over everything. */
    static List<String> lines(String tenant, Timing timing, NoticePolicy policy) {
        Inhibitions all = new Inhibitions(tenant);
        if (!timing.keepWarnings()) {
            all.add(
                    all.own("severity=\"critical\""),
                    all.own("severity=\"warning\""),
                    List.of("application", "environment", "metric"));
        }
        for (String outage : policy.outages()) {
            // An alert of a tenant is none of the platform, whatever its name is.
            List<String> source = List.of("alertname=\"" + outage + "\"", "managed_by!=\"shera\"", "tenant=\"\"");
            all.add(source, all.own(TenantBlock.TEST + "=\"\""), policy.outageLabels());
        }
        return all.lines;
    }

    private List<String> own(String more) {
        return List.of("managed_by=\"shera\"", "tenant=\"" + tenant + "\"", more);
    }

    private void add(List<String> source, List<String> target, List<String> equal) {
        lines.add("- source_matchers: " + list(source));
        lines.add("  target_matchers: " + list(target));
        if (!equal.isEmpty()) {
            lines.add("  equal: " + list(equal));
        }
    }

    private static String list(List<String> texts) {
        return "[" + String.join(", ", texts.stream().map(TenantBlock::quoted).toList()) + "]";
    }
}
