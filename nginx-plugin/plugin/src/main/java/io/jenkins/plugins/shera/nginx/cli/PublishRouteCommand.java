package io.jenkins.plugins.shera.nginx.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.steps.PublishRouteStep;
import io.jenkins.plugins.shera.nginx.steps.RoutePlace;
import io.jenkins.plugins.shera.nginx.steps.RoutePublishing;
import io.jenkins.plugins.shera.nginx.steps.RouteTlsSettings;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code shera-nginx-publish TENANT APPLICATION ENVIRONMENT HOST}: makes the application reachable, and prints its address. */
@Extension
public class PublishRouteCommand extends NginxCommand {
    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "of that tenant")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "of that application")
    public String environment = "";

    @Argument(index = 3, metaVar = "HOST", required = true, usage = "name under which it is to be reached")
    public String host = "";

    @Option(name = "-cluster", metaVar = "ID", usage = "nginx cluster, where the tenant may use more than one")
    public String cluster = "";

    @Option(name = "-port", usage = "port of nginx, in place of the cluster's")
    public int port;

    @Option(name = "-path", usage = "path, in place of /")
    public String path = "";

    @Option(name = "-service", metaVar = "NAME", usage = "Service, in place of the one named as the application")
    public String service = "";

    @Option(name = "-servicePort", usage = "port of the Service, in place of its first")
    public int servicePort;

    @Option(
            name = "-address",
            metaVar = "WAY",
            usage = "by which address nginx reaches the Service: clusterIP, podIP or nodePort")
    public String address = "";

    @Option(
            name = "-member",
            metaVar = "ADDRESS",
            usage = "address outside of Kubernetes in place of the Service; may be repeated")
    public List<String> members = new ArrayList<>();

    @Option(
            name = "-certificate",
            metaVar = "NAME",
            usage = "serve it over TLS, too, with this certificate of the cluster")
    public String certificate = "";

    @Option(name = "-redirect", usage = "send the plain port to TLS")
    public boolean redirect;

    @Override
    public String getName() {
        return "shera-nginx-publish";
    }

    @Override
    public String getShortDescription() {
        return Messages.PublishRouteCommand_description();
    }

    @Override
    int act() throws IOException, InterruptedException, InvalidRouteException {
        Tenant of = tenant(tenant, SheraPermissions.ROUTE);
        PublishRouteStep step = new PublishRouteStep(application, environment, host);
        step.setPath(path.isEmpty() ? step.getPath() : path);
        step.setPort(port);
        step.setService(service);
        step.setServicePort(servicePort);
        step.setMembers(members);
        step.setAddress(address);
        if (!certificate.isEmpty()) {
            RouteTlsSettings tls = new RouteTlsSettings(certificate);
            tls.setRedirect(redirect);
            step.setTls(tls);
        }
        RoutePlace place = RoutePlace.of(cluster(cluster, of), of, application, environment, caller());
        stdout.println(RoutePublishing.publish(step, place).getUrl());
        return 0;
    }
}
