package io.jenkins.plugins.shera.demo.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.demo.site.Browser;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The whole road of one service, with a second environment in a namespace of its own beside the first. */
final class CompanyPipelineExample extends RolloutExample {
    private static final String HOST = "pay.localhost";

    CompanyPipelineExample() {
        super("pay");
    }

    @Override
    public String missing(DemoSite site) {
        String prometheus = ExamplePrometheus.missing();
        return prometheus.isEmpty() ? super.missing(site) : prometheus;
    }

    @Override
    public void beforeJenkins(DemoSite site) throws IOException {
        ExamplePrometheus.of(site);
    }

    @Override
    public void prepare(DemoSite site) throws Exception {
        site.client()
                .write(
                        "shera/tenant/" + Tenants.FIRST + "/createApplication",
                        Map.of(
                                "name",
                                "pay",
                                "environments",
                                List.of(
                                        Map.of(
                                                "name",
                                                "dev",
                                                "cluster",
                                                "local",
                                                "namespace",
                                                site.namespace(Tenants.FIRST)),
                                        Map.of(
                                                "name",
                                                "live",
                                                "cluster",
                                                "local",
                                                "namespace",
                                                site.liveNamespace()))));
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        Map<String, String> parameters = new HashMap<>(super.parameters(site));
        parameters.put("HOST", HOST);
        return parameters;
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        String body = Browser.get(HOST, site.routePort());
        build.expect(body.contains("Welcome to the shop"), "The application answered '" + body + "'");
        JsonNode releases = site.client().read("shera/tenant/" + Tenants.FIRST + "/application/pay/releases/api/json");
        build.expect(
                releases.findValuesAsText("phase").contains("Completed")
                        || releases.toString().contains("Successful"),
                "The release to live is known on its page: " + releases);
    }
}
