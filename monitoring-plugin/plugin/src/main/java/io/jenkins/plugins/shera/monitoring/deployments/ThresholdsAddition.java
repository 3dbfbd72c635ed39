package io.jenkins.plugins.shera.monitoring.deployments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.shera.monitoring.config.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.desk.Changes;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdDesk;
import io.jenkins.plugins.shera.monitoring.rules.RuleChange;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.monitoring.thresholds.ThresholdBook;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.extension.DeploymentAddition;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;

/** The parameter {@code thresholds} of deployments: what an application is warned about in the environment it is deployed to. */
@Extension
public class ThresholdsAddition extends DeploymentAddition {

    private static final String NAME = "thresholds";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.ALERT;
    }

    @Override
    public ObjectNode form(Place place) throws IOException {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        form.put("title", Messages.ThresholdsAddition_title());
        form.put("help", Messages.ThresholdsAddition_help());
        form.put("item", "threshold");
        ArrayNode fields = form.putArray("fields");
        field(fields, "metric", Messages.ThresholdsAddition_metric(), "text");
        field(fields, "warning", Messages.ThresholdsAddition_warning(), "text");
        field(fields, "critical", Messages.ThresholdsAddition_critical(), "text");
        field(fields, "for", Messages.ThresholdsAddition_for(), "text");
        field(fields, "below", Messages.ThresholdsAddition_below(), "switch");
        field(fields, "off", Messages.ThresholdsAddition_off(), "switch");
        field(fields, "runbookUrl", Messages.ThresholdsAddition_runbookUrl(), "text");
        ArrayNode values = form.putArray("values");
        ThresholdDesk.book(place.tenant().getId())
                .at(ThresholdBook.place(
                        place.application().getName(), place.environment().getName()))
                .forEach(each -> values.add(ThresholdSettings.of(each).asRest()));
        return form;
    }

    private static void field(ArrayNode fields, String name, String label, String kind) {
        fields.addObject().put("name", name).put("label", label).put("kind", kind);
    }

    @Override
    public String read(Fields fields) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        fields.objects(NAME, ThresholdSettings::checked).forEach(each -> all.add(each.asRest()));
        return all.toString();
    }

    private static List<Threshold> thresholds(String settings) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        try {
            body.set(NAME, JSON.readTree(settings));
        } catch (JsonProcessingException e) {
            throw new IOException("The saved thresholds cannot be read: " + e.getOriginalMessage(), e);
        }
        return new Fields(body, "")
                .objects(NAME, ThresholdSettings::checked).stream()
                        .map(ThresholdSettings::read)
                        .toList();
    }

    private static ThresholdDesk.Spot spot(Place place) {
        return new ThresholdDesk.Spot(
                place.application().getName(), place.environment().getName());
    }

    @Override
    public List<String> plan(Place place, String settings) throws IOException, InterruptedException {
        return lines(ThresholdDesk.preview(place.tenant(), spot(place), thresholds(settings)));
    }

    private static List<String> lines(List<RuleChange> changes) {
        return changes.stream().map(Changes::text).toList();
    }

    @Override
    public List<String> apply(Place place, String settings, Run<?, ?> build) throws IOException, InterruptedException {
        String tenant = place.tenant().getId();
        AuditLine line = AuditLine.of(
                        "thresholds.set",
                        tenant + "/" + place.application().getName() + "/"
                                + place.environment().getName())
                .tenant(tenant);
        if (build != null) {
            line.from(build);
        }
        ThresholdDesk.Outcome outcome;
        try {
            outcome = ThresholdDesk.set(place.tenant(), spot(place), thresholds(settings), -1, plan -> {});
        } catch (IOException e) {
            line.failed(String.valueOf(e.getMessage()));
            throw e;
        }
        line.done();
        UnaryOperator<TimelineEntry> more =
                entry -> build == null ? entry : entry.linked(build.getFullDisplayName(), "/" + build.getUrl());
        Changes.tell(tenant, outcome.changes(), Jenkins.getAuthentication2().getName(), more);
        return lines(outcome.changes());
    }
}
