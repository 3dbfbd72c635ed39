package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds of two tenants against a real nginx; the upstreams are addresses, so no cluster is asked. */
@WithJenkins
class PublishRouteStepTest {
    private static final String MEMBERS = "members: ['127.0.0.1:9']";

    @TempDir
    Path folder;

    private RealNginx nginx;
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        nginx = RealNginx.start(folder);
        jenkins = rule;
        List<Tenant> tenants = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        for (String id : List.of("retail", "bank")) {
            rule.createProject(Folder.class, id);
            Tenant tenant = new Tenant(id);
            tenant.setFolder(id);
            tenant.setClusters(List.of("east"));
            tenant.setNamespaces(List.of(new TenantNamespace("east", id)));
            tenants.add(tenant);
            Application application = new Application(id, "shop");
            application.setEnvironments(List.of(new Environment("dev", "east", id)));
            applications.add(application);
        }
        KubernetesCluster east = new KubernetesCluster("east");
        east.setServer("https://127.0.0.1:9");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setClusters(List.of(east));
            SheraConfiguration.get().setTenants(tenants);
            SheraConfiguration.get().setApplications(applications);
            NginxConfiguration.get().setClusters(List.of(edge("retail bank")));
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void publishesAndTellsWhere() throws Exception {
        WorkflowRun run = run(
                "retail",
                "def r = publishRoute(application: 'shop', environment: 'dev'," + " host: 'shop.example.com', "
                        + MEMBERS + ")\necho \"at ${r.url} generation ${r.generation}\"");

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("at http://shop.example.com:" + nginx.port() + "/ generation 1", run);
        assertThat(new NginxNode(nginx.installation()).routes().routes())
                .singleElement()
                .satisfies(route -> assertThat(route.owner().id()).isEqualTo("retail.shop.dev"));
    }

    @Test
    void refusesAHostOfAnotherTenant() throws Exception {
        String publish =
                "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', " + MEMBERS + ")";
        jenkins.assertBuildStatus(Result.SUCCESS, run("retail", publish));

        WorkflowRun run = run("bank", publish);

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("The host shop.example.com belongs to another tenant of this nginx cluster.", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void doesNotFollowPodsWhereNobodyIsThatCould() throws Exception {
        WorkflowRun pods = run(
                "retail",
                "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', address: 'podIP')");

        jenkins.assertBuildStatus(Result.FAILURE, pods);
        jenkins.assertLogContains("The address 'podIP' needs nginx nodes that run KubeNg", pods);
    }

    @Test
    void doesNotKnowAnNginxClusterThatIsNotTheTenants() throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge("bank")));
        }

        WorkflowRun run =
                run("retail", "publishRoute(application: 'shop', environment: 'dev', host: 'h', nginx: 'edge')");

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("There is no nginx cluster 'edge' that tenant retail may use.", run);
    }

    @Test
    void findsAHandEditAndPutsItBackWhereTheClusterIsTheTenantsOwn() throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge("retail")));
        }
        Path routes = nginx.installation().folder().resolve("current/routes.conf");

        WorkflowRun run = run(
                "retail",
                "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', " + MEMBERS + ")\n"
                        + "echo \"clean ${checkDrift().drifted}\"\n"
                        + "node { sh \"sed -i s/weight=1/weight=7/ " + routes + "\" }\n"
                        + "def d = checkDrift(nginx: 'edge', overwrite: true)\n"
                        + "echo \"found ${d.drifted} ${d.nodes[0].changes.size()} ${d.nodes[0].overwritten}\"\n"
                        + "echo \"after ${checkDrift().drifted}\"");

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("clean false", run);
        jenkins.assertLogContains("server 127.0.0.1:9 weight=1; -> server 127.0.0.1:9 weight=7;", run);
        jenkins.assertLogContains("found true 1 true", run);
        jenkins.assertLogContains("after false", run);
    }

    @Test
    void leavesEveryNodeAsItWasWhenOneRefuses() throws Exception {
        Path second = Files.createDirectory(folder.resolve("second"));
        try (RealNginx other = RealNginx.start(second)) {
            NginxCluster both = new NginxCluster("edge", List.of(node(nginx), node(other)));
            both.setTenants("retail");
            both.setPort(nginx.port());
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                NginxConfiguration.get().setClusters(List.of(both));
            }
            Path main = other.installation().mainConfig();
            Files.writeString(main, Files.readString(main).replace("access_log off;", "no_such_directive on;"));

            WorkflowRun run = run(
                    "retail",
                    "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', " + MEMBERS + ")");

            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains("unknown directive \"no_such_directive\"", run);
            jenkins.assertLogContains("Node built-in of nginx cluster edge serves what it served before", run);
            assertThat(new NginxNode(nginx.installation()).routes().routes()).isEmpty();
            assertThat(new NginxNode(other.installation()).routes().routes()).isEmpty();
        }
    }

    @Test
    void setsAWeightByHandAndTakesItBack() throws Exception {
        String weigh = "setRouteWeight(application: 'shop', environment: 'dev', members: ['127.0.0.1:8'], weight: ";
        WorkflowRun run = run(
                "retail",
                "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', " + MEMBERS + ")\n"
                        + weigh + "30)\n");

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("30 % of the requests go to [127.0.0.1:8] (nginx cluster edge)", run);
        NginxNode node = new NginxNode(nginx.installation());
        assertThat(node.weights().weights()).singleElement().satisfies(weight -> {
            assertThat(weight.percent()).isEqualTo(30);
            assertThat(weight.generation()).isZero();
        });

        WorkflowRun bank = run("bank", weigh + "30)");

        jenkins.assertBuildStatus(Result.FAILURE, bank);
        jenkins.assertLogContains("There is no route of bank.shop.dev on this nginx", bank);
    }

    @Test
    void keepsTheRulesAndTheGenerationOfARolloutWhenAWeightIsSetByHand() throws Exception {
        String weigh = "setRouteWeight(application: 'shop', environment: 'dev', members: ['127.0.0.1:8'], weight: ";
        jenkins.assertBuildStatus(
                Result.SUCCESS,
                run(
                        "retail",
                        "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', " + MEMBERS
                                + ")"));
        NginxNode node = new NginxNode(nginx.installation());
        List<CanaryRule> rules = List.of(CanaryRule.of(false, "X-Beta", "yes"), CanaryRule.of(true, "beta", "1"));
        List<Member> canary = List.of(Member.of("127.0.0.1", 7, 1));
        node.weigh(Weight.of(RouteOwner.of("retail", "shop", "dev"), 10, rules, canary, "shop-7", 4));

        jenkins.assertBuildStatus(Result.SUCCESS, runAs("raise", "retail", weigh + "30)"));

        assertThat(node.weights().weights()).singleElement().satisfies(weight -> {
            assertThat(weight.percent()).isEqualTo(30);
            assertThat(weight.rules()).isEqualTo(rules);
            assertThat(weight.canary()).containsExactly(Member.of("127.0.0.1", 8, 1));
            assertThat(weight.rollout()).isEqualTo("shop-7");
            assertThat(weight.generation()).isEqualTo(4);
        });

        jenkins.assertBuildStatus(Result.SUCCESS, runAs("lower", "retail", weigh + "0)"));

        assertThat(node.weights().weights()).singleElement().satisfies(weight -> {
            assertThat(weight.percent()).isZero();
            assertThat(weight.rules()).isEqualTo(rules);
            assertThat(weight.canary()).as("where the rules lead").isNotEmpty();
        });
    }

    @Test
    void refusesAWeightThatIsNoPercentage() throws Exception {
        WorkflowRun run = run(
                "retail",
                "setRouteWeight(application: 'shop', environment: 'dev', members: ['127.0.0.1:8'], weight: 101)");

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("The weight 101 of retail.shop.dev is not a percentage: give 0 to 100.", run);
    }

    @Test
    void doesNotOverwriteAnNginxThatOthersUse() throws Exception {
        WorkflowRun run = run("retail", "checkDrift(overwrite: true)");

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("The nginx cluster edge is used by other tenants too", run);
    }

    @Test
    void keepsItsClustersWhenTheyAreReadBackFromDisk() throws Exception {
        NginxConfiguration read = new NginxConfiguration();

        assertThat(read.getClusters()).singleElement().satisfies(cluster -> {
            assertThat(cluster.getTenants()).isEqualTo("retail bank");
            assertThat(cluster.getPort()).isEqualTo(nginx.port());
            assertThat(cluster.getNodes().get(0).getFolder())
                    .isEqualTo(nginx.installation().folder().toString());
        });
    }

    private NginxCluster edge(String tenants) {
        NginxCluster cluster = new NginxCluster("edge", List.of(node(nginx)));
        cluster.setTenants(tenants);
        cluster.setPort(nginx.port());
        return cluster;
    }

    private static NginxNodeSettings node(RealNginx nginx) {
        NginxInstallation installation = nginx.installation();
        NginxNodeSettings node = new NginxNodeSettings(
                installation.mainConfig().toString(), installation.folder().toString());
        node.setBinary(installation.binary().toString());
        node.setVersionPort(installation.versionPort());
        return node;
    }

    private WorkflowRun run(String tenant, String script) throws Exception {
        return runAs("publish", tenant, script);
    }

    private WorkflowRun runAs(String name, String tenant, String script) throws Exception {
        Folder folder = jenkins.jenkins.getItemByFullName(tenant, Folder.class);
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }
}
