package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.parts.Part;
import io.jenkins.plugins.shera.demo.site.Browser;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a git repository to a page that answers through nginx. */
final class QuickstartExample implements Example {
    private static final String HOST = "shop.localhost";

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of("GIT_URL", site.repository(), "REGISTRY", "house", "HOST", HOST, "BASE", site.baseImage());
    }

    @Override
    public Map<String, Part> doneBy(DemoSite site) {
        Part registry = site.registry().part();
        Map<String, Part> doneBy = new LinkedHashMap<>();
        doneBy.put("Image", new Part("git, Maven, daemonless build, " + registry.what(), registry.real()));
        doneBy.put("Deploy", site.cluster().part());
        doneBy.put("Route", site.nginx().part());
        return doneBy;
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        long start = System.nanoTime();
        String body = Browser.get(HOST, site.routePort());
        boolean welcome = body.contains("Welcome to the shop");
        table.add(
                "Answer",
                new Part("GET http://" + HOST + ":" + site.routePort() + "/", true),
                Duration.ofNanos(System.nanoTime() - start),
                welcome);
        build.expect(welcome, "The application answered '" + body + "'");
    }

    @Override
    public List<String> look(DemoSite site) {
        return List.of("the application   http://" + HOST + ":" + site.routePort() + "/");
    }
}
