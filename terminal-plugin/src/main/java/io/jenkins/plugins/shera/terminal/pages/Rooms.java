package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.desk.EngineDoor;
import io.jenkins.plugins.shera.terminal.desk.Passes;
import io.jenkins.plugins.shera.terminal.session.Containers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerResponse2;

/** The containers of one application that the tenant may enter, in the namespaces that are its own. */
record Rooms(Tenant tenant, Application application) {

    /** Of this name and in a namespace of the tenant, or a refusal. */
    Environment environment(String name) {
        return application
                .environment(name)
                .filter(each -> tenant.owns(each.getCluster(), each.getNamespace()))
                .orElseThrow(() -> Refusal.input(
                        "environment",
                        Messages.TerminalPage_environment(application.getName()),
                        Messages.TerminalPage_environment_next()));
    }

    /** The tenant's way into the environment's cluster. */
    ClusterAccess access(Environment environment) {
        KubernetesCluster cluster = SheraConfiguration.get().cluster(environment.getCluster());
        if (cluster == null) {
            throw Refusal.unknown("cluster", Messages.TerminalPage_cluster(), Messages.TerminalPage_cluster_next());
        }
        return ClusterLogin.ofTenant(cluster, tenant);
    }

    /** Refuses a container that is not the application's or does not run; what stands for a pod may be a docker engine. */
    void check(Environment environment, String pod, String container) {
        Passes.get()
                .check(
                        tenant.getId(),
                        application.getName(),
                        environment,
                        Jenkins.getAuthentication2().getName());
        boolean listed = environment.getPolicy().getTerminal().allows(container);
        if (!listed || !isThere(environment, pod, container)) {
            throw Refusal.unknown(
                    "container", Messages.TerminalPage_container(), Messages.TerminalPage_container_next());
        }
    }

    private boolean isThere(Environment environment, String pod, String container) {
        if (!EngineDoor.isEngine(pod)) {
            return running(environment).contains(new Containers.Running(pod, container));
        }
        try {
            EngineDoor.open(tenant, application, environment, pod).find(container);
            return true;
        } catch (IOException e) {
            throw failed(e.getMessage());
        }
    }

    /** Answers with what runs in the environment of this name; where one of several places does not answer, with why. */
    void answer(String name, StaplerResponse2 response) throws IOException {
        Environment environment = environment(name);
        List<Containers.Running> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (EngineDoor door : EngineDoor.all(tenant, application, environment)) {
            try {
                found.addAll(door.running());
            } catch (IOException e) {
                problems.add(door.pod() + ": " + e.getMessage());
            }
        }
        try {
            found.addAll(0, running(environment));
        } catch (Refusal e) {
            if (found.isEmpty()) {
                throw e;
            }
            problems.add(environment.getCluster() + ": " + e.why());
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode all = body.putArray("containers");
        for (Containers.Running one : found) {
            if (environment.getPolicy().getTerminal().allows(one.container())) {
                all.addObject().put("pod", one.pod()).put("container", one.container());
            }
        }
        problems.forEach(body.putArray("problems")::add);
        send(body, response);
    }

    /** Sends JSON that nobody keeps. */
    static void send(ObjectNode body, StaplerResponse2 response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private List<Containers.Running> running(Environment environment) {
        try (ClusterClient client = ClusterClient.open(access(environment), TimeLimits.INTERACTIVE)) {
            return Containers.of(client.api(), environment.getNamespace(), application.getName());
        } catch (KubeException e) {
            throw failed(Messages.TerminalPage_failed_why(e.kind()));
        }
    }

    private static Refusal failed(String why) {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE, Messages.Rooms_failed(), "", why, Messages.TerminalDesk_failed_next());
    }
}
