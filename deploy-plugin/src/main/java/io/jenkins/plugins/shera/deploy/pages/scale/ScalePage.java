package io.jenkins.plugins.shera.deploy.pages.scale;

import io.jenkins.plugins.shera.deploy.pages.place.PlacesPage;
import io.jenkins.plugins.shera.deploy.scale.CustomMetric;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import java.util.OptionalLong;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** How many pods one application has in each environment, and the way to change that. */
@ExportedBean
public final class ScalePage extends PlacesPage {

    ScalePage(Tenant tenant, Application application) {
        super(tenant, application, "scale", Messages.ScaleTab_title(), Messages.class);
    }

    /** One for each environment, in order. */
    @Exported
    public List<ScaleView> getScales() {
        return each(place -> new ScaleView(subject(place), mayChange(place)));
    }

    /** Sets the number of pods: {@code replicas}, or {@code max} with {@code min}, {@code cpu}, {@code memory} and
     * {@code metric}, or {@code wake}. */
    @RequirePOST
    public HttpResponse doScale(StaplerRequest2 request) {
        return change(request, "application.scale", (subject, fields) -> {
            ScaleOrder order = order(fields);
            fields.done();
            return ScaleDesk.scale(subject, order);
        });
    }

    private static CustomMetric metric(Fields fields) {
        try {
            return CustomMetric.of(
                    fields.text("metricKind"),
                    fields.text("metric"),
                    fields.text("metricTarget"),
                    fields.text("metricObject"),
                    fields.text("metricSelector"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("metric", e.getMessage(), "");
        }
    }

    private static ScaleOrder order(Fields fields) {
        CustomMetric metric = metric(fields);
        try {
            return ScaleOrder.of(
                    number(fields, "replicas"),
                    number(fields, "min"),
                    number(fields, "max"),
                    number(fields, "cpu"),
                    number(fields, "memory"),
                    metric,
                    fields.flag("wake"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("replicas", e.getMessage(), "");
        }
    }

    private static Integer number(Fields fields, String name) {
        OptionalLong given = fields.number(name);
        return given.isEmpty() ? null : (int) Math.max(-1, Math.min(Integer.MAX_VALUE, given.getAsLong()));
    }
}
