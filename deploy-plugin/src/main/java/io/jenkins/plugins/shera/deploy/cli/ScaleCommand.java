package io.jenkins.plugins.shera.deploy.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.scale.CustomMetric;
import io.jenkins.plugins.shera.deploy.scale.ScaleFacts;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-scale TENANT APPLICATION ENVIRONMENT [NUMBER | wake] [--min N --max N --cpu P --memory P --metric NAME --metric-target T]}: one line about the number of
 * pods, which it sets when told to.
 */
@Extension
public class ScaleCommand extends PlaceCommand {

    @Argument(index = 3, metaVar = "NUMBER", usage = "number of pods, 0 to send it to sleep, or wake")
    public String number = "";

    @Option(name = "--min", usage = "fewest pods of an autoscaler")
    public Integer min;

    @Option(name = "--max", usage = "most pods of an autoscaler")
    public Integer max;

    @Option(name = "--cpu", usage = "percent of the CPU asked for that it aims at")
    public Integer cpu;

    @Option(name = "--memory", usage = "percent of the memory asked for that it aims at")
    public Integer memory;

    @Option(name = "--metric", usage = "a metric besides CPU and memory")
    public String metric = "";

    @Option(name = "--metric-kind", usage = "pods, object or external")
    public String metricKind = "";

    @Option(name = "--metric-target", usage = "value it aims at")
    public String metricTarget = "";

    @Option(name = "--metric-object", usage = "kind and name of the object it is of, as Ingress/shop")
    public String metricObject = "";

    @Option(name = "--metric-selector", usage = "labels of the series, as queue=orders")
    public String metricSelector = "";

    @Override
    public String getName() {
        return "shera-scale";
    }

    @Override
    public String getShortDescription() {
        return Messages.ScaleCommand_description();
    }

    @Override
    protected String change() {
        return number.isEmpty() && max == null ? "" : "application.scale";
    }

    @Override
    protected void act(Subject subject, Environment where) {
        if (!number.isEmpty() || max != null) {
            checkChange(where);
            stdout.println(ScaleDesk.scale(subject, order()));
        } else {
            stdout.println(ScaleDesk.look(subject).map(ScaleCommand::line).orElse("-"));
        }
    }

    private ScaleOrder order() {
        boolean wake = number.equals("wake");
        if (!wake && !number.matches("[0-9]{0,6}")) {
            throw Refusal.input("NUMBER", Messages.ScaleCommand_number(), Messages.ScaleCommand_number_next());
        }
        return ScaleOrder.of(
                wake || number.isEmpty() ? null : Integer.valueOf(number),
                min,
                max,
                cpu,
                memory,
                CustomMetric.of(metricKind, metric, metricTarget, metricObject, metricSelector),
                wake);
    }

    private static String line(ScaleFacts facts) {
        return facts.ready() + "/" + facts.wanted() + "\t"
                + (facts.autoscaler() == null
                        ? facts.asleepFrom() > 0 ? "asleep, wakes to " + facts.asleepFrom() : "fixed"
                        : "autoscaler " + facts.autoscaler().name() + " "
                                + facts.autoscaler().min() + ".."
                                + facts.autoscaler().max());
    }
}
