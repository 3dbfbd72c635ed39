package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import java.io.IOException;

/**
 * Sends a share of an application's requests to its canary. Whatever carries the weight also carries the rollout's generation;
 * a call with an older generation than the one found there is refused, so that of two writers the later rollout wins.
 */
public abstract class TrafficRouter extends AbstractDescribableImpl<TrafficRouter> implements ExtensionPoint {

    /** Whose traffic, and on behalf of which rollout. */
    public record Target(String tenant, String application, String environment, long generation) {}

    /** Requests that go to the canary whatever the weight; {@code name} is a header's or a cookie's. */
    public record Match(boolean cookie, String name, String value) {}

    /**
     * Gives the canary this share of requests.
     *
     * @param percent 0 to 100
     * @throws IOException when the weight was refused or is not really there after reading it back
     */
    public abstract void setWeight(Target target, int percent) throws IOException;

    /** Sends matching requests to the canary. */
    public abstract void setMatch(Target target, Match match) throws IOException;

    /** Sends everything to stable again and takes our marks away. */
    public abstract void reset(Target target) throws IOException;
}
