package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.parts.Part;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.util.List;
import java.util.Map;

/**
 * How one file of {@code Jenkinsfile.examples} is prepared, run and checked. The class of {@code canary-header} is
 * {@code CanaryHeaderExample} in this package; a file without a class runs as it stands, with its default parameters. Its job
 * stands in the folder of the tenant {@code retail}, which has an application {@code shop} with an environment {@code dev}; an
 * example that changes more than the quickstart does makes an application of its own. The methods are called in this order.
 */
public interface Example {
    /** Why it cannot run here, e.g. {@code "no docker engine: DOCKER_HOST names none"}; empty when it can. */
    default String missing(DemoSite site) {
        return "";
    }

    /**
     * The plugin of others that it needs and that the harness does not play, as {@code docker-workflow}; then it runs on Jenkins
     * alone, by {@code bin/verify-on-jenkins}. Empty for all others.
     */
    default String neighbour() {
        return "";
    }

    /** Whose folder its job stands in; one of its own is entered by {@link #prepare}. */
    default String tenant() {
        return Tenants.FIRST;
    }

    /** Starts its servers ({@link DemoSite#closing}), and writes what Jenkins reads at its start into {@link DemoSite#home}. */
    default void beforeJenkins(DemoSite site) throws Exception {}

    /** Enters what it needs over REST: an application, a credential, a rule. */
    default void prepare(DemoSite site) throws Exception {}

    /** The parameters of the build; empty for the defaults. */
    default Map<String, String> parameters(DemoSite site) {
        return Map.of();
    }

    /** Called once when the build was started: promotes, stops or answers what it waits for. */
    default void meanwhile(DemoSite site, RunningBuild build) throws Exception {}

    /** Called after SUCCESS: throws when the outside is not as the example promises; may add lines to the demo's table. */
    default void check(DemoSite site, RunningBuild build, Stages table) throws Exception {}

    /** For {@code bin/demo}: the stages shown in its table, and what does each; empty when the demo leaves the example out. */
    default Map<String, Part> doneBy(DemoSite site) {
        return Map.of();
    }

    /** For {@code bin/demo}: what to look at afterwards, as lines of {@code <what>  <address>}. */
    default List<String> look(DemoSite site) {
        return List.of();
    }
}
