package io.jenkins.plugins.shera.monitoring.pages.notices;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeBook;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeRoute;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.alertmanager.Timing;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;

/** A tenant's book as JSON: as it is told, and as it is sent. */
final class NoticeBodies {

    private NoticeBodies() {}

    /** Receivers, routes and timing. */
    static void put(ObjectNode body, NoticeBook book) {
        ArrayNode receivers = body.putArray("receivers");
        for (Receiver each : book.receivers()) {
            receivers
                    .addObject()
                    .put("name", each.name())
                    .put("kind", each.kind())
                    .put("to", each.to())
                    .put("url", each.url())
                    .put("credentialsId", each.credentialsId())
                    .put("signingCredentialsId", each.signingCredentialsId());
        }
        ArrayNode routes = body.putArray("routes");
        for (NoticeRoute each : book.routes()) {
            routes.addObject()
                    .put("receiver", each.receiver())
                    .put("application", each.application())
                    .put("environment", each.environment())
                    .put("severity", each.severity())
                    .put("repeat", each.repeat());
        }
        Timing timing = book.timing();
        ObjectNode times = body.putObject("timing");
        timing.groupBy().forEach(times.putArray("groupBy")::add);
        times.put("groupWait", timing.groupWait())
                .put("groupInterval", timing.groupInterval())
                .put("repeatInterval", timing.repeatInterval())
                .put("keepWarnings", timing.keepWarnings());
    }

    /** What somebody sent as a book. */
    static NoticeBook wanted(Fields fields) {
        List<Receiver> receivers = fields.objects(
                "receivers",
                each -> valid(
                        each,
                        () -> new Receiver(
                                each.text("name"),
                                each.text("kind"),
                                each.text("to"),
                                each.text("url"),
                                each.text("credentialsId"),
                                each.text("signingCredentialsId"))));
        List<NoticeRoute> routes = fields.objects(
                "routes",
                each -> valid(
                        each,
                        () -> new NoticeRoute(
                                each.text("receiver"),
                                each.text("application"),
                                each.text("environment"),
                                each.text("severity"),
                                each.text("repeat"))));
        Timing timing = fields.object("timing", Timing.usual(), NoticeBodies::timing);
        return valid(fields, () -> new NoticeBook(0, receivers, routes, timing));
    }

    private static Timing timing(Fields fields) {
        return valid(
                fields,
                () -> new Timing(
                        fields.texts("groupBy"),
                        fields.text("groupWait"),
                        fields.text("groupInterval"),
                        fields.text("repeatInterval"),
                        fields.flag("keepWarnings")));
    }

    private static <V> V valid(Fields fields, java.util.function.Supplier<V> reading) {
        try {
            return reading.get();
        } catch (InvalidThresholdException e) {
            throw Refusal.input(fields.where(e.field()), e.why(), e.next());
        }
    }
}
