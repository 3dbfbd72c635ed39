package io.jenkins.plugins.shera.deploy.analysis;

import java.io.IOException;
import java.util.Optional;

/** Asks whatever an analysis measures. */
@FunctionalInterface
public interface Measurer {

    /**
     * One measurement; empty while it is still being made (a Job that runs), then the same is asked again.
     *
     * @param run names this measurement, the same when it is asked again after a restart
     * @throws IOException when the source does not answer; the text tells why
     */
    Optional<Sample> measure(AnalysisSpec spec, String run) throws IOException;
}
