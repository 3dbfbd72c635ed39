package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.steps.ErrorWatch;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;

/** The part of a request that says how errors are watched while files are pushed. */
final class WatchFields {
    /** Two stages stay within the minute that proxies before Jenkins wait for an answer. */
    static final int LONGEST = 25;

    private static final long USUAL_REQUESTS = 50;

    private WatchFields() {}

    static ErrorWatch of(Fields fields) throws IOException {
        long seconds = fields.number("errorWatch").orElse(0);
        double rise = decimal(fields.text("errorRise"));
        long requests = fields.number("errorRequests").orElse(USUAL_REQUESTS);
        if (seconds < 0 || seconds > LONGEST) {
            throw Refusal.input("errorWatch", Messages.watch_seconds(LONGEST), Messages.watch_seconds_next());
        }
        return ErrorWatch.of((int) seconds, rise, requests);
    }

    private static double decimal(String text) {
        if (text.isEmpty()) {
            return 1;
        }
        if (!text.matches("[0-9]{1,2}(\\.[0-9]{1,3})?")) {
            throw Refusal.input("errorRise", Messages.watch_rise(), Messages.watch_rise_next());
        }
        return Double.parseDouble(text);
    }
}
